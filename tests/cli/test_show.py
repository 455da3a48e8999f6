import pytest


def test_tells_everything(run, some_records):
    run("update", "1", "--response", "Two\nlines", "--status", "proposed")
    assert run("show", "1").stdout == (
        "CPC-2223-001\n"
        "  Meeting:         Formal, 15 March 2023, 2022/23\n"
        "  Item:            Item 5. Fostering\n"
        "  Action:          Provide a briefing note.\n"
        "  Referred to:     Head of Fostering\n"
        "  Due:             30 April 2023\n"
        "  Status:          Proposed for closure\n"
        "  Response:        Two\n"
        "                   lines\n"
        "\n"
        "History\n"
        "  1 Jul 2023 00:00  clerk: added\n"
        "  1 Jul 2023 00:00  clerk: response from nothing to “Two lines”\n"
        "  1 Jul 2023 00:00  clerk: status from “open” to “proposed”\n"
    )


@pytest.mark.parametrize(
    "typed", ["CPC-2223-001", "cpc-2223-1", "2223-001", "2223-1", "1", " 001 "]
)
def test_finds_a_reference_however_typed(run, some_records, typed):
    assert run("show", typed).stdout.startswith("CPC-2223-001\n")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("CPC-2233-001", "Did you mean CPC-2223-001"),
        ("2223-011", "Did you mean CPC-2223-001"),
        ("xyz", "“cpctrack list” shows them all"),
        ("", "No action has the reference “”"),
    ],
)
def test_an_unknown_reference(run, some_records, typed, message):
    assert message in run("show", typed, exit_code=1).stderr


def test_an_ambiguous_number_names_the_candidates(run, some_records):
    run("add", "--meeting", "20/7/2023", "--type", "formal", "--item", "1", "--action", "Act")
    result = run("show", "1", exit_code=1)
    assert "CPC-2223-001" in result.stderr
    assert "CPC-2324-001" in result.stderr


def test_words_stand_with_the_day_they_are_read_as(run, some_records):
    run("update", "1", "--due", "Summer term")
    assert "  Due:             Summer term (by 31 July 2023)\n" in run("show", "1").stdout
    run("update", "1", "--due", "Ongoing")
    assert "  Due:             Ongoing\n" in run("show", "1").stdout


def test_show_says_what_the_executive_answered(run, new_store):
    meeting = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
    run("add", *meeting, "--recommendation", "That fares be free", "--kind", "recommendation")
    run("update", "1", "--accepted", "in part", "--accepted-on", "20/6/2023")
    shown = run("show", "1").stdout
    assert "  Executive:       Accepted in part\n" in shown
    assert "  Answered on:     20 June 2023\n" in shown


def test_an_answer_to_an_action_is_told_of_at_once(run, new_store):
    meeting = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
    run("add", *meeting, "--action", "Report back")
    told = run("update", "1", "--accepted", "yes").stderr
    assert "“Accepted” by the executive, but its kind is action." in told

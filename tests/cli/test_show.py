import json

import pytest


def test_tells_everything(run, some_records):
    run("update", "1", "--response", "Two\nlines", "--status", "proposed")
    assert run("show", "1").stdout == (
        "CPC-2223-001          Reported done\n"
        "\n"
        "Provide a briefing note.\n"
        "\n"
        "Response     Two\n"
        "             lines\n"
        "Referred to  Head of Fostering\n"
        "Agreed       15 March 2023, formal, item 5. Fostering\n"
        "Due          30 April 2023\n"
        "\n"
        "History\n"
        " 1 Jul 2023  clerk  added\n"
        " 1 Jul 2023  clerk  response added; To do → Reported done\n"
    )


def test_begins_with_how_late_it_is(run, some_records):
    first = run("show", "1").stdout.partition("\n")[0]
    assert first == "CPC-2223-001          To do · 9 weeks overdue (due 30 April 2023)"


def test_shows_several(run, some_records):
    shown = run("show", "1", "3").stdout
    assert "Provide a briefing note." in shown
    assert "That dentists be asked." in shown
    assert [one["ref"] for one in json.loads(run("show", "1", "3", "--json").stdout)] == [
        "CPC-2223-001", "CPC-2223-003",
    ]  # fmt: skip
    assert json.loads(run("show", "1", "--json").stdout)["ref"] == "CPC-2223-001"


@pytest.mark.parametrize(
    "typed",
    [
        "CPC-2223-001",
        "cpc-2223-1",
        "2223-001",
        "2223-1",
        "1",
        " 001 ",
        "2223/1",
        "CPC 2223 001",
        "cpc2223-1",
        "CPC/2223/001",
        "2223 – 1",
    ],
)
def test_finds_a_reference_however_typed(run, some_records, typed):
    assert run("show", typed).stdout.startswith("CPC-2223-001 ")


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


def test_a_reference_may_stand_in_three_words(run, some_records):
    assert run("show", "CPC", "2223", "001").stdout == run("show", "1").stdout


@pytest.fixture
def two_years(run, some_records):
    run("add", "--meeting", "20/7/2023", "--type", "formal", "--item", "1", "--action", "Act")


def test_a_number_of_two_years_is_the_latest_where_it_is_read(run, two_years):
    result = run("show", "1")
    assert result.stdout.startswith("CPC-2324-001 ")
    assert result.stderr == "“1” is in several years; this is the latest.\n"
    assert "2324-001" in run("history", "1").stdout


def test_and_refused_with_its_candidates_where_it_is_written(run, two_years):
    said = run("update", "1", "--response", "Sent.", exit_code=1).stderr
    assert "“1” could be CPC-2223-001, CPC-2324-001; give the whole reference." in said


def test_words_stand_with_the_day_they_are_read_as(run, some_records):
    run("update", "1", "--due", "Summer term")
    assert "\nDue          Summer term (by 31 July 2023)\n" in run("show", "1").stdout
    run("update", "1", "--due", "Ongoing")
    assert "\nDue          Ongoing\n" in run("show", "1").stdout


def test_show_says_what_the_executive_answered(run, new_store):
    meeting = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
    run("add", *meeting, "--recommendation", "That fares be free", "--kind", "recommendation")
    run("update", "1", "--accepted", "in part", "--accepted-on", "20/6/2023")
    shown = run("show", "1").stdout
    assert "\nExecutive    Accepted in part\n" in shown
    assert "\nAnswered on  20 June 2023\n" in shown


def test_an_answer_to_an_action_is_told_of_at_once(run, new_store):
    meeting = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
    run("add", *meeting, "--action", "Report back")
    told = run("update", "1", "--accepted", "yes").stderr
    assert "“Accepted”, but this is no recommendation." in told

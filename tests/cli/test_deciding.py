"""``agree``, ``reopen`` and ``extend`` as a clerk types them."""

import json

import pytest


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-20")


def shown(run, ref):
    return json.loads(run("show", ref, "--json").stdout)


def test_agreeing_closes_what_was_proposed(run, some_records):
    run("update", "1", "--status", "proposed", "--response", "Sent.")
    result = run("agree", "1", "3", "--meeting", "19/7/2023")
    assert result.stdout == ""
    assert result.stderr == (
        "CPC-2223-001: agreed as completed, formal meeting of 19 July 2023.\n"
        "CPC-2223-003: agreed as completed, formal meeting of 19 July 2023.\n"
    )
    record = shown(run, "1")
    assert (record["status"], record["agreed_on"]) == ("completed", "2023-07-19")
    assert record["history"][-1]["meeting"] == "2023-07-19"
    again = run("agree", "1", "--meeting", "2023-07-19").stderr
    assert again == (
        "CPC-2223-001: was agreed as completed already, formal meeting of 19 July 2023.\n"
    )
    run("update", "2", "4", "--due", "29 September 2023", "--response", "Begun.")
    assert run("check").stdout == ""


def test_agreeing_is_all_or_nothing_and_adds_no_meeting_by_the_way(run, some_records):
    before = some_records.read_bytes()
    result = run("agree", "3", "2", "--meeting", "2023-07-19", exit_code=1)
    assert "Nobody has said that CPC-2223-002 is done: its status is “Under way”." in result.stderr
    assert some_records.read_bytes() == before


@pytest.mark.parametrize(
    ("meeting", "message"),
    [
        ("2023-01-18", "was informal, and only a formal one agrees"),
        ("2023-07-21", "The meeting of 21 July 2023 is still to come"),
    ],
)
def test_only_a_formal_meeting_that_was_held_agrees(run, some_records, meeting, message):
    assert message in run("agree", "3", "--meeting", meeting, exit_code=1).stderr


def test_the_meeting_is_kept_and_undone_with_it(run, some_records):
    before = some_records.read_bytes()
    run("agree", "3", "--meeting", "2023-07-19")
    assert "2023-07-19-formal" in json.loads(some_records.read_text("utf-8"))["meetings"]
    run("undo", "--yes")
    assert some_records.read_bytes() == before


def test_what_was_agreed_is_only_reopened_with_a_reason(run, some_records):
    run("agree", "3", "--meeting", "2023-07-19")
    refused = run("update", "3", "--status", "open", exit_code=1)
    assert "reopen CPC-2223-003 --reason TEXT" in refused.stderr
    assert "--reason" in run("reopen", "3", exit_code=2).stderr
    result = run("reopen", "3", "--reason", "Members want the figures.", "--meeting", "")
    assert result.stderr == "CPC-2223-003: to do again.\n"
    assert (shown(run, "3")["status"], shown(run, "3")["agreed_on"]) == ("open", None)
    assert ": Members want the figures." in run("show", "3").stdout


def test_more_time_is_counted_from_the_first_date(run, some_records):
    result = run("extend", "1", "--to", "31 May 2023", "--reason", "No staff.")
    assert result.stderr == (
        "CPC-2223-001: now due 31 May 2023. First due 30 April 2023, moved once.\n"
    )
    result = run(
        "extend", "1", "--to", "Autumn term", "--reason", "Still.", "--meeting", "2023-07-19"
    )
    assert result.stderr == (
        "CPC-2223-001: now due Autumn term. First due 30 April 2023, moved twice.\n"
        "Note: the due date “Autumn term” is read as 31 December 2023.\n"
    )
    text = run("show", "1").stdout
    assert "First due 30 April 2023, moved twice" in " ".join(text.split())
    assert "due 31 May 2023 → Autumn term (meeting of 19 Jul 2023): " in text


def test_more_time_may_have_words_around_its_date(run, some_records):
    run("extend", "1", "--to", "before 31 May 2023", "--reason", "No staff.")
    assert shown(run, "1")["due"] == "2023-05-31"


def test_more_time_that_is_none_changes_nothing(run, some_records):
    before = some_records.read_bytes()
    refused = run("extend", "1", "--to", "31/6/2023", "--reason", "x", exit_code=2)
    assert "“31/6/2023” is not a day of the calendar; correct it." in refused.stderr
    result = run("extend", "1", "--to", "1 April 2023", "--reason", "x", exit_code=1)
    assert "is due 30 April 2023 already; give a later date" in result.stderr
    assert some_records.read_bytes() == before


def test_adding_exempt_business_warns_of_git(run, new_store):
    result = run(
        "--quiet", "add", "--meeting", "2023-03-15", "--type", "formal", "--item", "12",
        "--action", "Settle the lease.", "--exempt", "3",
    )  # fmt: skip
    assert result.stdout == "CPC-2223-001\n"
    assert "whoever has it, or its history in git, can read it" in result.stderr

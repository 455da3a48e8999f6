import json

import pytest

from cpctrack.cli.commands import history as history_command
from cpctrack.records.model import Change
from cpctrack.records.query import Event, history
from cpctrack.render.screen import plain

HEADER = "at\tby\tref\tvia\tchange\tfrom\tto\n"


@pytest.fixture
def two_days(run, one_record, monkeypatch):
    """Give a store in which something changed on 1 and on 5 July."""
    run("add", "--meeting", "2023-01-18", "--type", "informal", "--item", "2", "--action", "Visit.")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-05")
    run("update", "1", "--response", "Sent\tto\nall.", "--owner", "Chair", "--owner", "Deputy")
    return one_record


def test_lines_for_a_pipe_the_newest_last(run, two_days):
    assert run("history").stdout == (
        f"{HEADER}"
        "2023-07-01T00:00:00Z\tclerk\tCPC-2223-002\tadd\tadded\t\t\n"
        "2023-07-01T00:00:00Z\tclerk\tCPC-2223-001\tadd\tadded\t\t\n"
        "2023-07-05T00:00:00Z\tclerk\tCPC-2223-001\tupdate\tresponse\t\tSent to all.\n"
        "2023-07-05T00:00:00Z\tclerk\tCPC-2223-001\tupdate\towners\tHead of Fostering\t"
        "Chair; Deputy\n"
    )


def test_of_one_record(run, two_days):
    assert run("history", "2").stdout.splitlines()[1:] == [
        "2023-07-01T00:00:00Z\tclerk\tCPC-2223-002\tadd\tadded\t\t"
    ]
    assert "No action has the reference" in run("history", "99", exit_code=1).stderr


def test_since_a_day_or_a_meeting(run, two_days):
    assert len(run("history", "--since", "5/7/2023").stdout.splitlines()) == 3
    assert len(run("history", "--since", "1 July 2023").stdout.splitlines()) == 5
    done = run("history", "--since", "2023-07-06")
    assert (done.stdout, done.stderr) == (HEADER, "Nothing has changed since then.\n")
    run("history", "--since", "last week", exit_code=2)


def test_json_for_scripts(run, two_days):
    rows = json.loads(run("history", "1", "--since", "2023-07-02", "--json").stdout)
    assert {row.pop("committee") for row in rows} == {"Corporate Parenting Committee"}
    assert rows == [
        {"at": "2023-07-05T00:00:00Z", "by": "clerk", "ref": "CPC-2223-001", "via": "update",
         "change": "response", "from": "", "to": "Sent\tto\nall."},
        {"at": "2023-07-05T00:00:00Z", "by": "clerk", "ref": "CPC-2223-001", "via": "update",
         "change": "owners", "from": ["Head of Fostering"], "to": ["Chair", "Deputy"]},
    ]  # fmt: skip


def test_of_an_empty_store(run, new_store):
    done = run("history", "--json")
    assert (json.loads(done.stdout), done.stderr) == ([], "Nothing was changed yet.\n")


def test_a_window_gets_words(run, two_days, monkeypatch):
    monkeypatch.setattr(history_command, "window", lambda: 60)
    assert run("history", "1").stdout == (
        " 5 Jul 2023  clerk  2223-001  response added; referred to C…\n"
        " 1 Jul 2023  clerk  2223-001  added\n"
        "Newest first. In full: cpctrack history 1 --long\n"
    )
    assert run("history", "1", "--long").stdout == (
        "1 Jul 2023 00:00   CPC-2223-001  clerk: added\n"
        "5 Jul 2023 00:00   CPC-2223-001  clerk: response from\n"
        "    nothing to “Sent to all.”\n"
        "5 Jul 2023 00:00   CPC-2223-001  clerk: owners from “Head of\n"
        "    Fostering” to “Chair; Deputy”\n"
    )


def test_tells_nothing_of_what_was_taken_back(run, one_record):
    before = run("history").stdout
    run("update", "1", "--response", "Sent.")
    run("undo", "--yes")
    assert run("history").stdout == before


def test_order_is_that_of_time_whatever_the_records(make_record):
    def change(at):
        return Change(at, "Clerk", "update", "status", "open", "completed")

    first = make_record(ref="A", history=(change("2023-01-01"), change("2023-03-01")))
    second = make_record(ref="B", history=(change("2023-02-01"), change("2023-03-01")))
    told = history([second, first])
    assert [(one.ref, one.change.at) for one in told] == [
        ("A", "2023-01-01"), ("B", "2023-02-01"), ("A", "2023-03-01"), ("B", "2023-03-01"),
    ]  # fmt: skip
    assert [one.ref for one in history([second, first], "2023-02-02")] == ["A", "B"]


def test_hostile_words_stay_one_line():
    change = Change("no time", "\x1b[31mme", "", "status", "a\nb", ("c", "d\te"))
    (_, line) = plain.history_tsv([Event("R\t1", change)])
    assert line == "no time\t[31mme\tR 1\t\tstatus\ta b\tc; d e\n"
    (words,) = plain.history_lines([Event("R\t1", change)], 99)
    assert words == "no time            R 1  [31mme: status from “a b” to “c; d e”"
    assert list(plain.history_lines([], 80)) == []

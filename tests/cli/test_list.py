import csv
import io
import json

import pytest


def refs(run, *options):
    return [row["ref"][-1] for row in json.loads(run("list", "--json", *options).stdout)]


def test_order_is_that_of_the_printed_table(run, some_records):
    assert refs(run) == ["2", "1", "3", "4"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--status", "open"), "14"),
        (("--status", "open", "--status", "completed"), "134"),
        (("--owner", "JOSE"), "2"),
        (("--owner", "head"), "14"),
        (("--meeting", "18 January 2023"), "2"),
        (("--year", "2223"), "2134"),
        (("--year", "2021/22"), ""),
        (("--search", "dentists"), "3"),
        (("--search", "FOSTERING"), "1"),
        (("--overdue",), "1"),
        (("--due-within", "0"), ""),
        (("--due-within", "14"), ""),
        (("--open",), "214"),
        (("--open", "--owner", "head", "--meeting", "15/3/23", "--search", "lease"), "4"),
    ],
)
def test_filters_combine(run, some_records, options, expected):
    assert "".join(refs(run, *options)) == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--due-within", "0"), "4"),
        (("--due-within", "29"), "4"),
        (("--due-within", "30"), "24"),
        (("--due-within", "30", "--owner", "property"), "4"),
        (("--due-within", "3660", "--overdue"), ""),
    ],
)
def test_due_within_days_from_today(run, some_records, options, expected):
    run("update", "2", "--due", "end of July")
    run("update", "3", "--due", "1 July 2023")  # it is completed
    run("update", "4", "--due", "1 July 2023")
    assert "".join(refs(run, *options)) == expected


@pytest.mark.parametrize(
    ("order", "expected"),
    [("ref", "1234"), ("due", "1243"), ("owner", "1423"), ("meeting", "2134"), ("status", "1423")],
)
def test_the_order_that_is_asked_for(run, some_records, order, expected):
    assert "".join(refs(run, "--sort", order)) == expected
    rows = csv.DictReader(io.StringIO(run("list", "--sort", order).stdout), delimiter="\t")
    assert "".join(row["ref"][-1] for row in rows) == expected


def test_what_more_time_was_asked_for(run, some_records):
    run("update", "2", "--due", "1 September 2023")
    for ref, granted in (("1", ()), ("2", ("--meeting", "15/3/2023"))):
        run("extend", ref, "--to", "1 December 2023", "--reason", "Ill.", *granted)
    assert refs(run, "--extended") == ["1"]


@pytest.mark.parametrize("days", ["-1", "x", "9999999"])
def test_days_that_are_none(run, some_records, days):
    assert "--due-within" in run("list", "--due-within", days, exit_code=2).stderr


def test_a_pipe_gets_whole_texts_between_tabs(run, some_records):
    run("update", "1", "--response", "One\ttab\nand a line")
    rows = list(csv.DictReader(io.StringIO(run("list").stdout), delimiter="\t"))
    assert [row["ref"] for row in rows] == [f"CPC-2223-00{n}" for n in (2, 1, 3, 4)]
    assert rows[1]["response"] == "One tab and a line"
    assert rows[1]["overdue"] == "overdue"
    assert rows[0]["owners"] == "Participation Lead; José, Youth Worker"


def test_an_empty_store_lists_nothing(run, new_store):
    assert run("list").stdout.count("\n") == 1
    assert json.loads(run("list", "--json").stdout) == []


def test_an_unknown_owner_is_no_empty_list(run, some_records):
    result = run("list", "--owner", "Hed of Fostering", exit_code=1)
    assert "No owner is called “Hed of Fostering”." in result.stderr
    assert "Did you mean Head of Fostering?" in result.stderr


def test_an_unknown_status_is_wrong_usage(run, some_records):
    assert "Did you mean completed?" in run("list", "--status", "completd", exit_code=2).stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--year", "2019/20"), "There is nothing of 2019/20, only of 2022/23.\n"),
        (("--meeting", "1/1/2020"), "There is nothing of a meeting on 1 January 2020.\n"),
        (("--status", "deferred"), "Nothing found.\n"),
        (("--owner", "head", "--search", "dentists"), "Nothing found. Try without --owner.\n"),
        (("--open", "--search", "dentists"), "Nothing found. Try without --search.\n"),
    ],
)
def test_an_empty_list_says_why(run, some_records, options, message):
    assert run("list", *options).stderr == message


@pytest.fixture
def passed_over(run, some_records, monkeypatch):
    """Let a formal meeting pass: one is overdue, two have no date, one waits, one has no answer."""
    run("update", "3", "--status", "open", "--due", "30 September 2023")
    run("update", "4", "--status", "proposed")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-20")
    run(
        "add", "--meeting", "2023-07-19", "--type", "formal", "--item", "Item 1", "--action", "New."
    )
    return some_records


@pytest.mark.parametrize(
    ("ref", "attention", "shown"),
    [
        ("CPC-2223-001", "overdue", "To do · 12 weeks overdue (due 30 April 2023)"),
        ("CPC-2223-002", "undated", "Under way · no date"),
        ("CPC-2223-003", "unanswered", "To do · no answer"),
        ("CPC-2223-004", "waiting", "Reported done · to agree"),
        ("CPC-2324-001", "", "To do"),
    ],
)
def test_what_might_be_forgotten_is_marked(run, passed_over, ref, attention, shown):
    assert json.loads(run("show", ref, "--json").stdout)["attention"] == attention
    assert run("show", ref).stdout.startswith(f"{ref}          {shown}\n")
    heading, *lines = run("list").stdout.splitlines()
    assert heading.endswith("\tattention")
    assert [line.endswith(f"\t{attention}") for line in lines if line.startswith(ref)] == [True]


def test_all_of_it_is_listed_at_once_and_filters_combine(run, passed_over):
    assert refs(run, "--needs-attention") == ["2", "1", "3", "4"]
    assert refs(run, "--needs-attention", "--status", "proposed") == ["4"]


def test_nothing_that_needs_attention_is_said(run, new_store):
    run("add", "--meeting", "2023-03-15", "--type", "formal", "--item", "1", "--action", "New.")
    result = run("list", "--needs-attention")
    assert result.stderr == "Nothing found.\n"

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
    assert "Did you mean Head of Fostering?" in result.stderr


def test_an_unknown_status_is_wrong_usage(run, some_records):
    assert "Did you mean completed?" in run("list", "--status", "completd", exit_code=2).stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--year", "2019/20"), "The store has nothing of 2019/20; it has 2022/23.\n"),
        (("--meeting", "1/1/2020"), "The store has nothing of a meeting on 1 January 2020.\n"),
        (("--status", "deferred"), "No record answers all of that.\n"),
    ],
)
def test_an_empty_list_says_why(run, some_records, options, message):
    assert run("list", *options).stderr == message

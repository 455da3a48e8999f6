"""Meetings in two clones: a meeting is a row, and what each side says of it stays."""

import json

import pytest

from . import test_commands

sides = test_commands.sides

MEETING = ("meeting", "2023-07-19", "--type", "formal")
KEY = "2023-07-19-formal"


@pytest.fixture
def known(run, new_store):
    run(*MEETING)


def rows(path):
    return json.loads(path.read_text("utf-8"))["meetings"]


def test_one_that_both_add_is_one(sides, new_store):
    sides([(*MEETING, "--note", "In the mill.")], [(*MEETING, "--cancelled")])
    assert rows(new_store)[KEY] == {
        "cancelled": True, "date": "2023-07-19", "note": "In the mill.", "type": "formal"
    }  # fmt: skip


def test_one_notes_what_the_other_cancels(known, sides, new_store, run):
    sides([(*MEETING, "--note", "In the mill.")], [(*MEETING, "--cancelled")])
    assert rows(new_store)[KEY]["note"] == "In the mill."
    assert rows(new_store)[KEY]["cancelled"]
    assert run("conflicts").stdout == ""


def test_one_moves_what_the_other_cancels_is_for_a_person(known, sides, new_store, run):
    sides([(*MEETING, "--moved-to", "26/7/2023")], [(*MEETING, "--cancelled")], exit_code=1)
    assert {each["field"] for each in json.loads(run("conflicts", "--json").stdout)} == {
        "cancelled", "moved_to"
    }  # fmt: skip
    run("resolve", KEY, "moved_to", "--ours")
    assert rows(new_store)[KEY].get("moved_to") == "2023-07-26"
    assert run("conflicts").stdout == ""
    assert run("check").stdout == ""


def test_a_cancelled_one_is_no_second_meeting_of_its_day(sides, new_store, run):
    informal = ("meeting", "2023-07-19", "--type", "informal")
    sides([(*MEETING, "--cancelled")], [informal])
    assert run("conflicts").stdout == ""
    assert len(rows(new_store)) == 3

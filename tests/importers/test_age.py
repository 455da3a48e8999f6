"""Rows of our own sheets that were edited, and rows that are merely old."""

import pytest

from cpctrack.changes import Author, amend, create
from cpctrack.importers.age import is_older
from cpctrack.importers.reconcile import plan
from cpctrack.model import Draft, Kind, Meeting, MeetingType, Status

ADD = Author("clerk", "2023-04-01T00:00:00Z", "add")
UPDATE = Author("clerk", "2023-05-01T00:00:00Z", "update")
MARCH = Meeting(date="2023-03-15", type=MeetingType.FORMAL, year="2022/23")


def row(**fields):
    values = {
        "item": "5. Homes", "action": "Send a note.", "response": "Asked", "follow_up": "Open",
        "owner_text": "Ann Bell; Ben Carr", "owners": ("Ann Bell", "Ben Carr"),
        "status": Status.OPEN, "completed_on": "", "kind": Kind.ACTION,
    }  # fmt: skip
    return Draft(MARCH, values | fields, "a.xlsx, line 2", 2)


def typed(**fields):
    values = {"item": "5. Homes", "action": "Send a note.", "response": "Asked",
              "owners": ("Ann Bell", "Ben Carr")}  # fmt: skip
    return create(Draft(MARCH, values | fields), record_id="a", ref="CPC-2223-001", author=ADD)


def planned(draft, *records):
    found = plan([draft], records, ours=True)
    return [dict(one.values) for one in found.changed], [one.field for one in found.conflicts]


def test_an_edited_cell_is_taken_over_what_was_typed():
    assert planned(row(response="Sent"), typed()) == ([{"response": "Sent"}], [])
    assert planned(row(), typed()) == ([], [])
    edited = row(owner_text="Dee Vale", owners=("Dee Vale",))
    assert planned(edited, typed()) == ([{"owner_text": "Dee Vale", "owners": ("Dee Vale",)}], [])


def test_an_edited_follow_up_takes_the_status_with_it():
    decided = amend(typed(), {"status": Status.IN_PROGRESS}, UPDATE)
    edited = row(follow_up="Completed 3/5/2023", status=Status.COMPLETED, completed_on="2023-05-03")
    assert planned(edited, decided) == (
        [{"follow_up": "Completed 3/5/2023", "status": Status.COMPLETED,
          "completed_on": "2023-05-03"}],
        [],
    )  # fmt: skip


def test_a_response_does_not_undo_a_status_that_somebody_set():
    decided = amend(typed(), {"status": Status.IN_PROGRESS}, UPDATE)
    edited = row(response="Done", follow_up="In progress", status=Status.PROPOSED)
    assert planned(edited, decided) == ([{"response": "Done"}], ["status"])


@pytest.mark.parametrize(
    ("before", "after", "cells"),
    [
        ({"response": "Asked"}, {"response": "Answered"}, {"response": "Asked"}),
        ({"response": ""}, {"response": "Answered"}, {"response": ""}),
        ({"owners": ("A B", "C D")}, {"owners": ("A B",)}, {"owner_text": "A B; C D"}),
        ({}, {"status": Status.COMPLETED}, {"follow_up": "Open"}),
        ({"follow_up": "Ongoing"}, {"status": Status.COMPLETED}, {"follow_up": "Ongoing"}),
        ({"item": "5. Home"}, {"item": "5. Homes"}, {"item": "5. Home"}),
    ],
)
def test_a_row_that_says_what_was_so_once_is_older(before, after, cells):
    record = typed(**before)
    now = amend(record, after, UPDATE)
    same = {name: value for name, value in cells.items() if name != "follow_up"}
    assert is_older(row(**{"response": now.response} | cells), now)
    assert not is_older(row(**same), record)


def test_a_sheet_that_is_older_than_something_typed_changes_nothing_typed():
    other = typed(action="Write to the Minister.")._replace(id="b", ref="CPC-2223-002")
    moved_on = amend(other, {"response": "Answered"}, UPDATE)
    found = plan(
        [row(response="Sent"), row(action="Write to the Minister.")],
        [typed(), moved_on],
        ours=True,
    )
    assert found.changed == ()
    assert [(one.record.ref, one.field) for one in found.conflicts] == [
        ("CPC-2223-001", "response")
    ]


def test_what_came_back_to_what_it_was_is_not_older():
    record = amend(amend(typed(), {"response": "B"}, UPDATE), {"response": "Asked"}, UPDATE)
    assert not is_older(row(), record)

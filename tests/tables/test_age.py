"""What a cell of a sheet of ours says, and whose answer stands."""

import pytest

from cpctrack.records.changes import Author, amend, create
from cpctrack.records.model import Draft, Kind, Meeting, MeetingType, Status
from cpctrack.tables.age import SheetCell, Shows, look
from cpctrack.tables.plan import plan

ADD = Author("clerk", "2023-04-01T00:00:00Z", "add")
UPDATE = Author("clerk", "2023-05-01T00:00:00Z", "update")
LATER = Author("clerk", "2023-05-02T00:00:00Z", "update")
IMPORT = Author("clerk", "2023-06-01T00:00:00Z", "import")
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
        ({}, {"status": Status.COMPLETED}, {"follow_up": "To do"}),
        ({"follow_up": "Ongoing"}, {"status": Status.COMPLETED}, {"follow_up": "Ongoing"}),
        (
            {"status": Status.COMPLETED, "completed_on": "2023-05-01"},
            {"status": Status.OPEN, "completed_on": ""},
            {"follow_up": "Completed 1 May 2023"},
        ),
        ({"due": "2023-05-01"}, {"due": "2023-06-01"}, {"due_text": "1 May 2023"}),
        ({"due_text": "Spring"}, {"due_text": "Summer"}, {"due_text": "Spring"}),
        ({"item": "5. Home"}, {"item": "5. Homes"}, {"item": "5. Home"}),
    ],
)
def test_a_cell_that_says_what_was_printed_once_is_no_edit(before, after, cells):
    record = typed(**before)
    now = amend(amend(record, after, UPDATE), {"response": "Later."}, LATER)
    ((shows, change, _),) = look(cells, now).values()
    assert (shows, change.at) == (Shows.BEFORE, UPDATE.at)
    assert [cell.shows for cell in look(cells, record).values()] == [Shows.NOW]
    assert [cell.shows for cell in look({"item": "Other"}, now).values()] == [Shows.NEW]


def test_what_came_back_to_what_it_was_is_what_is_printed():
    record = amend(amend(typed(), {"response": "B"}, UPDATE), {"response": "Asked"}, LATER)
    assert look({"response": "Asked"}, record)["response"] == SheetCell(Shows.NOW)


def two_records(author, **values):
    """Give two records, of which somebody has changed the second."""
    other = typed(action="Write to the Minister.")._replace(id="b", ref="CPC-2223-002")
    return typed(), amend(other, values, author)


def both(planned):
    return (
        [(one.record.ref, dict(one.values)) for one in planned.changed],
        [(one.record.ref, one.field, one.theirs) for one in planned.conflicts],
    )


SECOND = "Write to the Minister."


def test_an_old_sheet_is_taken_where_nobody_else_has_answered():
    rows = [row(response="Sent"), row(action=SECOND)]
    records = two_records(UPDATE, response="Answered")
    assert both(plan(rows, records, ours=True)) == ([("CPC-2223-001", {"response": "Sent"})], [])


def test_an_answer_to_what_somebody_else_has_answered_is_kept_apart():
    rows = [row(), row(action=SECOND, response="Mine")]
    kept = [("CPC-2223-002", "response", "Mine")]
    assert both(plan(rows, two_records(IMPORT, response="Theirs"), ours=True)) == ([], kept)
    # Typed, and the same row shows that the sheet is from before.
    values = {"response": "Theirs", "status": Status.IN_PROGRESS}
    assert both(plan(rows, two_records(UPDATE, **values), ours=True)) == ([], kept)


def test_a_sheet_that_was_printed_after_an_answer_may_edit_it():
    one, other = two_records(IMPORT, response="Theirs", status=Status.PROPOSED)
    rows = [row(), row(action=SECOND, response="Edited", follow_up="Proposed for closure")]
    changed, kept = both(plan(rows, (one, other), ours=True))
    assert (changed[0][1]["response"], kept) == ("Edited", [])
    longer = row(action=SECOND, response="Theirs, and more", follow_up="Open")
    changed, kept = both(plan([row(), longer], (one, other), ours=True))
    assert (changed, kept) == ([("CPC-2223-002", {"response": "Theirs, and more"})], [])


def test_what_was_typed_back_is_told():
    one, other = two_records(UPDATE, response="New")
    later = amend(other, {"status": Status.IN_PROGRESS}, LATER)
    rows = [row(), row(action=SECOND, response="Asked", follow_up="In progress")]
    kept = [("CPC-2223-002", "response", "Asked")]
    assert both(plan(rows, (one, later), ours=True)) == ([], kept)


def test_an_emptied_cell_takes_nothing_away():
    assert planned(row(response="", owner_text="", owners=()), typed()) == ([], [])


def test_a_status_is_not_read_beside_a_follow_up_from_before():
    record = amend(typed(), {"follow_up": "Ongoing", "status": Status.ONGOING}, IMPORT)
    answered = row(response="Sent", status=Status.PROPOSED)
    assert planned(answered, record) == ([{"response": "Sent"}], [])

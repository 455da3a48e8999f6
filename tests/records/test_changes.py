"""A change is a new record with a line of history for each field that differs."""

from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.changes import Author, amend, create, value_when_imported
from cpctrack.records.model import Draft, Meeting, MeetingType, Record, Status

CLERK = Author(by="Clerk", at="2022-06-16T09:00:00Z", via="update")
IMPORT = CLERK._replace(via="import")


def test_a_typed_record_begins_with_added(meeting: Meeting, author: Author) -> None:
    draft = Draft(meeting, {"action": "Do it", "owners": ("Head of Health",)})
    record = create(draft, record_id="0" * 12, ref="CPC-2223-001", author=author)
    (first,) = record.history
    assert (record.id, record.ref, record.action) == ("0" * 12, "CPC-2223-001", "Do it")
    assert record.owners == ("Head of Health",)
    assert (first.at, first.by, first.via) == ("2022-06-16T09:00:00Z", "Clerk", "add")
    assert (first.what, first.before, first.after) == ("added", "", "")


def test_an_imported_record_begins_with_where_it_was_read(meeting: Meeting) -> None:
    draft = Draft(meeting, {"action": "Do it"}, "log.tsv, line 12", 12)
    record = create(draft, record_id="0" * 12, ref="CPC-2223-001", author=IMPORT)
    assert record.history[0].what == "imported"
    assert record.history[0].after == "log.tsv, line 12"


def test_only_what_differs_is_a_change(make_record) -> None:
    record = make_record(response="Sent", status=Status.OPEN, history=())
    changed = amend(record, {"response": "Sent", "status": Status.COMPLETED}, CLERK)
    (line,) = changed.history
    assert changed.status is Status.COMPLETED
    assert (line.what, line.before, line.after) == ("status", "open", "completed")
    assert (line.at, line.by, line.via) == ("2022-06-16T09:00:00Z", "Clerk", "update")
    assert record.history == ()


def test_history_stays_in_order_when_the_clock_was_put_back(make_record) -> None:
    record = amend(make_record(history=()), {"response": "Sent"}, CLERK)
    earlier = CLERK._replace(at="2021-01-01T00:00:00Z")
    changed = amend(record, {"response": "Sent again"}, earlier)
    assert [line.at for line in changed.history] == [CLERK.at, CLERK.at]
    assert [line.after for line in changed.history] == ["Sent", "Sent again"]


def test_nothing_that_differs_is_no_change(make_record) -> None:
    record = make_record(response="Sent")
    assert amend(record, {"response": "Sent", "owners": record.owners}, CLERK) is record
    assert amend(record, {}, CLERK) is record


def test_lists_and_meetings_are_written_plainly(make_record) -> None:
    record = make_record(history=())
    later = Meeting(date="2022-07-20", type=MeetingType.INFORMAL, year="2022/23")
    changed = amend(record, {"owners": ("A", "B"), "meeting": later}, CLERK)
    assert [(line.what, line.before, line.after) for line in changed.history] == [
        ("owners", ("Head of Fostering",), ("A", "B")),
        ("meeting", "2022-06-15-formal", "2022-07-20-informal"),
    ]


RESPONSES = st.lists(st.tuples(st.text(max_size=3), st.booleans()), max_size=6)


@given(st.text(max_size=3), RESPONSES)
def test_what_was_imported_is_remembered_whatever_was_typed_since(
    first: str, later: list[tuple[str, bool]]
) -> None:
    meeting = Meeting(date="2022-06-15", type=MeetingType.FORMAL, year="2022/23")
    draft = Draft(meeting, {"response": first}, "log.tsv, line 2", 2)
    record = create(draft, record_id="0" * 12, ref="CPC-2223-001", author=IMPORT)
    imported = first
    for response, by_import in later:
        before = record.response
        record = amend(record, {"response": response}, IMPORT if by_import else CLERK)
        if by_import and response != before:
            imported = response
    assert value_when_imported(record, "response") == imported
    assert value_when_imported(record, "action") == ""


def test_a_record_that_was_typed_has_its_first_value(make_record) -> None:
    record: Record = amend(make_record(response="one", history=()), {"response": "two"}, CLERK)
    assert value_when_imported(record, "response") == "one"
    assert value_when_imported(record, "status") == "open"
    assert value_when_imported(record, "owners") == ("Head of Fostering",)


def test_cells_of_unknown_columns_are_written_as_one_text(make_record) -> None:
    record = make_record(history=(), printed={"Notes": "old"})
    (line,) = amend(record, {"printed": {"Notes": "new", "RAG": "Green"}}, CLERK).history
    assert (line.before, line.after) == ("Notes: old", "Notes: new; RAG: Green")

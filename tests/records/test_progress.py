"""Which part of the progress report an action stands in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.records.calendar import Calendar, formal_days, previous_formal
from cpctrack.records.changes import SLIPPED, Author, amend
from cpctrack.records.model import Change, Meeting, MeetingType, Record, Status
from cpctrack.records.progress import Part, divide

BEFORE = Meeting("2022-11-23", MeetingType.FORMAL, "2022/23")
SINCE = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
BETWEEN = Meeting("2023-05-10", MeetingType.INFORMAL, "2022/23")
FOR = "2023-07-19"
TODAY = date(2023, 7, 10)


def record(meeting: Meeting = BEFORE, ref: str = "CPC-2223-001", **fields: object) -> Record:
    return Record(id=ref, ref=ref, meeting=meeting, action="Do it.", **fields)  # type: ignore[arg-type]


def part_of(one: Record, since: str = SINCE.date, printed_for: str = FOR) -> Part | None:
    calendar = Calendar(TODAY, (BEFORE.date, SINCE.date))
    parts = divide([one], since=since, printed_for=printed_for, calendar=calendar)
    found = [part for part, records in parts.items() if records]
    assert len(found) <= 1
    return found[0] if found else None


def changed(one: Record, at: str, via: str = "update", **values: object) -> Record:
    return amend(one, values, Author("Clerk", f"{at}T10:00:00Z", via))


IMPORTED = (Change("2023-01-01T00:00:00Z", "Clerk", "import", "imported", "", "table.tsv"),)
PRINTED = record(status=Status.COMPLETED, history=IMPORTED)
DUE = record(due="2023-04-01")
ANSWERED = changed(record(due_text="in good time"), "2023-05-01", response="Begun.")
MOVED_BEFORE = amend(
    DUE, {"due": "2023-06-01"}, Author("Clerk", "2023-05-01T10:00:00Z", "import"), reason=SLIPPED
)


@pytest.mark.parametrize(
    ("one", "part"),
    [
        (record(), Part.LATE),
        (ANSWERED, Part.OPEN),
        (record(status=Status.ONGOING), Part.OPEN),
        (record(SINCE, due="2023-07-09"), Part.LATE),
        (record(SINCE, due="2023-07-10"), Part.NEW),
        (record(due="2023-08-01"), Part.LATE),
        (changed(record(due="2023-08-01"), "2023-05-01", response="Begun."), Part.OPEN),
        (changed(record(due="2023-07-01"), "2023-05-01", response="Begun."), Part.LATE),
        (record(SINCE), Part.NEW),
        (record(BETWEEN), Part.NEW),
        (record(BETWEEN, status=Status.NO_FOLLOW_UP), Part.NEW),
        (record(status=Status.NO_FOLLOW_UP), None),
        (record(Meeting(FOR, MeetingType.FORMAL, "2023/24")), None),
        (record(status=Status.PROPOSED), Part.TO_AGREE),
        (record(SINCE, status=Status.PROPOSED), Part.TO_AGREE),
        (record(status=Status.COMPLETED), Part.TO_AGREE),
        (record(status=Status.COMPLETED, completed_on="2022-12-01"), Part.TO_AGREE),
        (record(status=Status.COMPLETED, agreed_on=SINCE.date), Part.AGREED),
        (record(status=Status.COMPLETED, agreed_on=BEFORE.date), None),
        (record(status=Status.COMPLETED, agreed_on=FOR), Part.TO_AGREE),
        (record(status=Status.DEFERRED), Part.STOPPED),
        (record(status=Status.DEFERRED, due="2023-07-01"), Part.LATE),
        (record(SINCE, status=Status.SUPERSEDED), Part.STOPPED),
        (record(status=Status.NOT_PROCEEDING), None),
        (changed(record(), "2023-05-01", status=Status.NOT_PROCEEDING), Part.STOPPED),
        (changed(record(), "2023-03-15", status=Status.NOT_PROCEEDING), Part.STOPPED),
        (changed(record(), "2023-03-14", status=Status.NOT_PROCEEDING), None),
        (changed(DUE, "2023-05-01", "extend", due="2023-09-01"), Part.TO_EXTEND),
        (changed(DUE, "2023-05-01", "extend", due="2023-06-01"), Part.TO_EXTEND),
        (changed(DUE, "2023-01-20", "extend", due="2023-09-01"), Part.LATE),
        (changed(DUE, "2023-05-01", due="2023-06-01"), Part.LATE),
        (MOVED_BEFORE, Part.LATE),
    ],
)
def test_each_action_stands_in_one_part(one: Record, part: Part | None) -> None:
    assert part_of(one) is part


def extended(one: Record, at: str, to: str, meeting: str = "") -> Record:
    return amend(one, {"due": to}, Author("Clerk", f"{at}T10:00:00Z", "extend"), meeting=meeting)


def test_a_new_date_is_to_be_agreed_until_a_meeting_has_agreed_one() -> None:
    asked = extended(changed(DUE, "2023-05-01", response="Begun."), "2023-05-01", "2023-09-01")
    assert part_of(asked) is Part.TO_EXTEND
    assert part_of(extended(asked, "2023-05-10", "2023-10-01", BETWEEN.date)) is Part.OPEN
    assert part_of(extended(asked, "2023-07-20", "2023-10-01", FOR)) is Part.TO_EXTEND
    done = changed(asked, "2023-05-11", status=Status.PROPOSED)
    assert part_of(done) is Part.TO_AGREE


def test_what_an_old_meeting_was_asked_for_is_no_new_date() -> None:
    asked = extended(DUE, "2023-03-14", "2023-09-01")
    assert part_of(changed(asked, "2023-05-01", response="Begun.")) is Part.OPEN


def test_the_meeting_it_is_for_makes_nothing_late_that_was_not() -> None:
    """Printed again after its meeting, the report says what the pack said."""
    days = (BEFORE.date, SINCE.date, FOR)
    for today in (TODAY, date(2023, 7, 20)):
        calendar = Calendar(today, days)
        parts = divide([ANSWERED], since=SINCE.date, printed_for=FOR, calendar=calendar)
        assert parts[Part.OPEN] == [ANSWERED]


@pytest.mark.parametrize(
    ("one", "part"),
    [
        (PRINTED, None),
        (PRINTED._replace(completed_on="2023-03-15"), None),
        (
            PRINTED._replace(completed_on="2023-03-16"),
            Part.TO_AGREE,
        ),
        (PRINTED._replace(meeting=SINCE), Part.TO_AGREE),
        (
            changed(record(history=IMPORTED), "2023-01-02", status=Status.COMPLETED),
            Part.TO_AGREE,
        ),
        (
            changed(record(history=IMPORTED), "2023-01-02", "import", status=Status.COMPLETED),
            None,
        ),
    ],
)
def test_what_a_published_table_printed_as_completed_is_not_asked_again(
    one: Record, part: Part | None
) -> None:
    assert part_of(one) is part


def test_the_first_report_has_everything() -> None:
    assert part_of(record(), since="") is Part.NEW
    assert part_of(MOVED_BEFORE, since="") is Part.LATE
    assert part_of(record(status=Status.COMPLETED, agreed_on=BEFORE.date), since="") is Part.AGREED
    assert part_of(record(status=Status.COMPLETED, history=IMPORTED), since="") is Part.TO_AGREE


def test_agreed_actions_are_printed_once() -> None:
    agreed = record(status=Status.COMPLETED, agreed_on=SINCE.date)
    assert part_of(agreed, since=SINCE.date, printed_for=FOR) is Part.AGREED
    assert part_of(agreed, since=FOR, printed_for="2023-09-20") is None


def test_what_is_overdue_longest_comes_first_and_what_is_only_silent_last() -> None:
    dues = {"1": "", "2": "2023-08-01", "3": "2023-07-01", "4": "2023-02-01", "5": "2023-07-01"}
    records = [record(ref=f"CPC-2223-00{number}", due=due) for number, due in dues.items()]
    calendar = Calendar(TODAY, (BEFORE.date, SINCE.date))
    parts = divide(records, since=SINCE.date, printed_for=FOR, calendar=calendar)
    assert [each.ref[-1] for each in parts[Part.LATE]] == ["4", "3", "5", "1", "2"]


def test_parts_stand_in_the_order_members_need() -> None:
    assert [part for part in Part if part.is_decision] == list(Part)[:2]
    assert list(Part)[2:] == [Part.LATE, Part.NEW, Part.OPEN, Part.STOPPED, Part.AGREED]


@given(
    st.lists(
        st.builds(
            record,
            st.sampled_from((BEFORE, SINCE, BETWEEN)),
            st.uuids().map(str),
            status=st.sampled_from(Status),
            completed_on=st.sampled_from(("", "2022-12-01", "2023-05-01")),
            due=st.sampled_from(("", "2023-05-01", "2023-08-01")),
        ),
        max_size=8,
    )
)
def test_whatever_is_open_is_told_once(records: list[Record]) -> None:
    parts = divide(records, since=SINCE.date, printed_for=FOR, calendar=Calendar(TODAY))
    told = [each.ref for part in parts.values() for each in part]
    assert len(told) == len(set(told))
    assert {each.ref for each in records if each.status.is_open} <= set(told)


def test_the_meeting_before_is_a_formal_one() -> None:
    days = formal_days([BETWEEN, SINCE, BEFORE], ["2023-06-01"])
    assert days == ("2022-11-23", "2023-03-15", "2023-06-01")
    assert previous_formal(days, FOR) == "2023-06-01"
    assert previous_formal(days, "2023-03-15") == "2022-11-23"
    assert previous_formal(days, "2022-11-23") == ""

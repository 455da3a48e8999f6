"""What was to come to a meeting: days and rows that can't be read, and what did not come."""

from datetime import date

import pytest

from cpctrack.check import find_problems
from cpctrack.records.model import Meeting, MeetingType, Status

TODAY = date(2023, 7, 1)
MAY = Meeting("2023-05-24", MeetingType.FORMAL, "2023/24")
JUNE, JULY = (MAY._replace(date=day) for day in ("2023-06-14", "2023-07-19"))
MOVED = MAY._replace(moved_to=JUNE.date)


@pytest.fixture
def check(make_record, settings):
    """Give the problems of one record, of meetings and of rows of a work programme."""

    def call(*meetings, rows=None, **fields):
        record = make_record(**fields)
        held = {each.key: each for each in (record.meeting, *meetings)}
        found = find_problems([record], held, settings, TODAY, {"programme": rows or {}})
        return [(each.name, each.ref, each.field, each.message) for each in found]

    return call


@pytest.mark.parametrize(
    ("meetings", "fields", "day"),
    [
        ((), {}, ""),
        ((), {"goes_to": "2023-07-01"}, ""),
        ((MAY,), {"goes_to": "2023-05-24"}, "24 May 2023"),
        ((MOVED, JUNE), {"goes_to": "2023-05-24"}, "14 June 2023"),
        ((MOVED._replace(moved_to=JULY.date), JULY), {"goes_to": "2023-05-24"}, ""),
        ((MAY,), {"goes_to": "2023-05-24", "status": Status.NO_FOLLOW_UP}, ""),
    ],
)
def test_what_did_not_come_to_its_meeting_is_named(check, meetings, fields, day):
    message = f"It was to come to the meeting of {day} and did not."
    expected = [("did-not-come", "CPC-2223-001", "goes_to", message)] if day else []
    assert check(*meetings, **fields) == expected


def test_a_day_that_never_is(check):
    ((*what, message),) = check(goes_to="30/2/2024")
    assert what == ["unreadable-goes-to", "CPC-2223-001", "goes_to"]
    assert message == (
        "“30/2/2024” is no day of the calendar; correct it with “cpctrack update CPC-2223-001 "
        "--goes-to”."
    )


def test_a_row_that_is_no_report(check):
    rows = {"x\n": {"title": 1}, "y": {"title": "Homes"}, "a": {"title": "Tea", "meeting": "soon"}}
    fix = "correct the row in the file, or take it out and import the programme again"
    message = f"This report can't be read, so nothing prints it; {fix}."
    assert check(rows=rows) == [
        ("unreadable-report", "a", "programme", message),
        ("unreadable-report", "x", "programme", message),
    ]


@pytest.mark.parametrize("status", [Status.OPEN, Status.COMPLETED])
def test_a_meeting_to_come_that_is_cancelled_is_named(check, status):
    found = check(JULY._replace(cancelled=True), goes_to=JULY.date, status=status, response="Done.")
    message = (
        "It goes to the meeting of 19 July 2023, which is cancelled; give it another with "
        "“cpctrack update --goes-to”."
    )
    named = ("goes-to-a-cancelled-meeting", "CPC-2223-001", "goes_to", message)
    assert [each for each in found if "cancelled" in each[0]] == [named] * status.is_open

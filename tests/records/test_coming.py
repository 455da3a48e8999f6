"""The meeting that an action is to come to: its day, where it was moved to, when it has been."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpctrack.errors import DecisionError
from cpctrack.records.calendar import Calendar, moved_days
from cpctrack.records.decisions import require_coming
from cpctrack.records.model import Meeting, MeetingType, Status

TODAY = date(2024, 6, 12)
JUNE, JULY, AUGUST = "2024-06-05", "2024-07-17", "2024-08-21"


def formal(day, **fields):
    return Meeting(day, MeetingType.FORMAL, "2024/25", **fields)


def calendar(*meetings):
    return Calendar(TODAY, moved=moved_days(meetings))


@pytest.mark.parametrize(
    ("meetings", "held"),
    [
        ((), JUNE),
        ((formal(JUNE),), JUNE),
        ((formal(JUNE, moved_to=JULY),), JULY),
        ((formal(JUNE, moved_to=JULY), formal(JULY, moved_to=AUGUST)), AUGUST),
        ((formal(JUNE, moved_to=JULY), formal(JULY, moved_to=JUNE)), JUNE),
        ((formal(JUNE, moved_to=JUNE),), JUNE),
        ((formal(JUNE, cancelled=True),), JUNE),
        # Another meeting is held on that day all the same.
        ((formal(JUNE, moved_to=JULY), Meeting(JUNE, MeetingType.INFORMAL, "2024/25")), JUNE),
    ],
)
def test_a_moved_meeting_leads_on_to_its_new_day(meetings, held):
    assert calendar(*meetings).held_on(JUNE) == held


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 6)), st.integers(1, 6))
def test_no_circle_is_endless(moves, start):
    moved = {f"2024-07-0{day}": f"2024-07-0{to}" for day, to in moves.items()}
    held = Calendar(TODAY, moved=moved).held_on(f"2024-07-0{start}")
    assert held == f"2024-07-0{start}" or held not in moved


@pytest.mark.parametrize(
    ("fields", "missed"),
    [
        ({}, False),
        ({"goes_to": JUNE}, True),
        ({"goes_to": "2024-06-12"}, False),
        ({"goes_to": JULY}, False),
        ({"goes_to": JUNE, "status": Status.PROPOSED}, True),
        ({"goes_to": JUNE, "status": Status.COMPLETED}, False),
    ],
)
def test_what_is_open_after_its_meeting_did_not_come(make_record, fields, missed):
    assert calendar().did_not_come(make_record(**fields)) is missed


def test_a_meeting_that_was_moved_is_still_to_come(make_record):
    record = make_record(goes_to=JUNE)
    assert not calendar(formal(JUNE, moved_to=JULY)).did_not_come(record)


@pytest.mark.parametrize("day", ["", JUNE, "2024-06-12", JULY])
def test_an_action_can_go_to_a_meeting_that_is_known_and_to_any_day_to_come(day):
    require_coming(day, [formal(JUNE)], "2024-06-12")


def test_a_day_that_has_been_without_a_meeting_is_refused():
    with pytest.raises(DecisionError) as error:
        require_coming("2024-06-04", [formal(JUNE)], "2024-06-12")
    assert str(error.value) == (
        "4 June 2024 has been, and no meeting is known on it; give the day of a meeting with "
        "--goes-to, or first keep that one with “cpctrack meeting 2024-06-04 --type formal”."
    )

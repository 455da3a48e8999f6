"""Meetings that are cancelled or moved: they stand in the store and count for nothing."""

from datetime import date

import pytest

from cpctrack.errors import DecisionError, NotFoundError
from cpctrack.records import decisions
from cpctrack.records.calendar import formal_days
from cpctrack.records.model import Meeting, MeetingType, Status
from cpctrack.records.query import type_on
from cpctrack.render.views.appendix import check_printed_for, year_to_print

FORMAL = Meeting("2024-06-12", MeetingType.FORMAL, "2024/25")
INFORMAL = Meeting("2024-06-12", MeetingType.INFORMAL, "2024/25")
CANCELLED = FORMAL._replace(cancelled=True)
MOVED = FORMAL._replace(moved_to="2024-06-19")


def test_what_became_of_it() -> None:
    assert (FORMAL.fate, CANCELLED.fate, MOVED.fate) == ("", "cancelled", "moved to 19 June 2024")


@pytest.mark.parametrize("fallen", [CANCELLED, MOVED])
def test_no_pack_makes_a_meeting_of_one_that_was_not_held(fallen) -> None:
    assert formal_days([FORMAL], ["2024-06-12", "2024-09-18"]) == ("2024-06-12", "2024-09-18")
    assert formal_days([fallen], ["2024-06-12", "2024-09-18"]) == ("2024-09-18",)
    assert formal_days([INFORMAL._replace(cancelled=True)], ["2024-06-12"]) == ("2024-06-12",)


def test_the_type_of_a_day_is_that_of_the_meeting_that_stands() -> None:
    assert type_on([CANCELLED, INFORMAL], "2024-06-12") is MeetingType.INFORMAL
    assert type_on([CANCELLED], "2024-06-12") is MeetingType.FORMAL
    assert type_on([FORMAL, INFORMAL], "2024-06-12") is None


@pytest.mark.parametrize(
    ("fallen", "why"), [(CANCELLED, "was cancelled"), (MOVED, "was moved to 19 June 2024")]
)
def test_it_agrees_nothing(make_record, author, fallen, why) -> None:
    with pytest.raises(DecisionError, match=f"formal meeting of 12 June 2024 {why}, so it agreed"):
        decisions.agree(make_record(status=Status.PROPOSED), fallen, author)


def test_no_pack_is_printed_for_it() -> None:
    today = date(2024, 6, 1)
    check_printed_for([FORMAL], "2024-06-12", today)
    with pytest.raises(NotFoundError, match="is moved to 19 June 2024, so it gets no pack"):
        check_printed_for([MOVED], "2024-06-12", today)
    with pytest.raises(NotFoundError, match=r"so no pack was printed for it\. Name one"):
        check_printed_for([CANCELLED], "2024-05-30", today)


def test_the_year_is_that_of_the_last_meeting_that_was_held(settings) -> None:
    march = Meeting("2024-03-13", MeetingType.FORMAL, "2023/24")
    to_come = [CANCELLED, INFORMAL._replace(date="2024-07-03"), march]
    assert year_to_print(to_come, settings, today=date(2024, 6, 20)) == "2023/24"
    late = {"printed_for": "2024-09-18", "today": date(2024, 6, 20)}
    assert year_to_print(to_come, settings, **late) == "2023/24"
    assert year_to_print([INFORMAL], settings, today=date(2024, 6, 1)) == "2024/25"


def test_before_the_first_meeting_it_is_not_the_year_of_the_last_that_is_planned(settings) -> None:
    days = (("2023-06-14", "2023/24"), ("2024-03-13", "2023/24"), ("2024-06-12", "2024/25"))
    planned = [Meeting(day, MeetingType.FORMAL, year) for day, year in days]
    first = {"printed_for": "2023-06-14", "today": date(2023, 5, 20)}
    assert year_to_print(planned, settings, **first) == "2023/24"
    assert year_to_print(planned, settings, today=date(2023, 5, 1)) == "2023/24"

"""Why an open action needs somebody, and when it was last heard of."""

from datetime import date

import pytest

from cpctrack.records import asking, decisions
from cpctrack.records.attention import (
    Reason,
    is_answer,
    is_passed_over,
    last_heard,
    proposed_on,
    reason_of,
)
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import SLIPPED, Author, amend
from cpctrack.records.model import TWIN, Change, Meeting, MeetingType, Record, Status

AGREED = Meeting("2023-09-20", MeetingType.FORMAL, "2023/24")
INFORMAL = Meeting("2023-11-08", MeetingType.INFORMAL, "2023/24")
BEFORE = Meeting("2023-03-15", MeetingType.FORMAL, "2022/23")
DAYS = ("2023-03-15", "2023-09-20", "2023-11-29", "2024-03-13", "2024-06-12")
TODAY = date(2024, 4, 10)
LAST = "2024-03-13"


def record(meeting: Meeting = AGREED, **fields: object) -> Record:
    return Record(id="1", ref="PRK-2324-001", meeting=meeting, action="Mend it.", **fields)  # type: ignore[arg-type]


def then(one: Record, at: str, via: str = "update", reason: str = "", **values: object) -> Record:
    return amend(one, values, Author("Clerk", f"{at}T10:00:00Z", via), reason=reason)


def why(one: Record, today: date = TODAY, days: tuple[str, ...] = DAYS) -> Reason | None:
    return reason_of(one, Calendar(today, days))


DUE = record(due="2024-09-30")
ADDED = Change("2023-09-25T10:00:00Z", "Clerk", "add", "added")


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (record(due="2024-04-09"), Reason.OVERDUE),
        (then(record(due="2024-04-09"), "2024-04-10", response="Soon"), Reason.OVERDUE),
        (record(due="2024-04-09", status=Status.PROPOSED), Reason.WAITING),
        (record(due="2024-04-09", status=Status.COMPLETED), None),
        (record(status=Status.NO_FOLLOW_UP), None),
        (DUE, Reason.UNANSWERED),
        (then(DUE, "2024-03-12", response="Begun"), Reason.UNANSWERED),
        (then(DUE, LAST, response="Begun"), None),
        (then(DUE, "2024-03-14", evidence=("photo.jpg",)), None),
        (then(DUE, "2024-03-14", status=Status.IN_PROGRESS), None),
        (then(DUE, "2024-03-14", follow_up="Half done"), None),
        (then(DUE, "2024-03-14", "extend", due="2024-10-31"), None),
        (then(DUE, "2024-03-14", "import", SLIPPED, due="2024-10-31"), None),
        (then(DUE, "2024-03-14", due="2024-10-31"), Reason.UNANSWERED),
        (then(DUE, "2024-03-14", response="Noted."), Reason.UNANSWERED),
        (then(then(DUE, "2024-03-01", response="x"), "2024-03-14", response=""), Reason.UNANSWERED),
        (then(DUE, "2024-03-14", owners=("Warden",)), Reason.UNANSWERED),
        (then(DUE, "2024-03-14", "resolve", response="Begun"), Reason.UNANSWERED),
        (then(DUE, "2024-03-14", "roll-over", follow_up="Carried on"), Reason.UNANSWERED),
        (then(DUE, "2025-03-14", response="Typed on a wrong day"), Reason.UNANSWERED),
        (record(), Reason.UNDATED),
        (then(record(), "2024-03-14", response="Begun"), Reason.UNDATED),
        (then(record(), "2024-03-14", due="2024-09-30"), None),
        (record(due_text="as soon as possible"), Reason.UNDATED),
        (record(due_text="October 2024"), Reason.UNANSWERED),
        (record(INFORMAL), Reason.UNDATED),
        (record(Meeting(LAST, MeetingType.FORMAL, "2023/24")), None),
        (record(goes_to="2024-06-12"), None),
        (record(goes_to="2024-04-09"), Reason.UNDATED),
        (record(BEFORE, goes_to="2024-06-12"), Reason.UNANSWERED),
        (record(status=Status.DEFERRED), Reason.UNANSWERED),
        (then(record(), "2024-03-14", status=Status.DEFERRED), None),
        (record(status=Status.DEFERRED, due="2024-09-30"), None),
        (record(BEFORE, status=Status.DEFERRED, due="2024-09-30"), Reason.UNANSWERED),
        (record(status=Status.DEFERRED, due="2024-04-09"), Reason.OVERDUE),
        (record(status=Status.ONGOING), None),
        (record(BEFORE, status=Status.ONGOING), Reason.UNANSWERED),
        (then(record(BEFORE), "2023-05-14", status=Status.ONGOING), Reason.UNANSWERED),
        (then(record(BEFORE), "2023-05-15", status=Status.ONGOING), None),
    ],
)
def test_the_first_reason_that_holds(one: Record, reason: Reason | None) -> None:
    assert why(one) is reason


def test_a_proposal_waits_from_the_meeting_after_it() -> None:
    proposed = then(DUE, "2024-03-13", status=Status.PROPOSED)
    assert why(proposed) is None
    assert why(proposed, date(2024, 6, 12)) is Reason.WAITING
    again = then(proposed, "2024-06-20", response="It is, really.")
    assert why(again, date(2024, 7, 1)) is Reason.WAITING
    assert proposed_on(again) == "2024-03-13"
    opened = decisions.reopen(
        again, Author("Clerk", "2024-07-02T10:00:00Z", "reopen"), reason="It leaks."
    )
    assert why(opened, date(2024, 7, 2)) is None


@pytest.mark.parametrize(
    ("fields", "heard"),
    [
        ({}, "2023-09-20"),
        ({"response": "Begun"}, "2023-09-25"),
        ({"response": "TBC"}, "2023-09-20"),
        ({"evidence": ("photo.jpg",)}, "2023-09-25"),
        ({"status": Status.PROPOSED}, "2023-09-25"),
    ],
)
def test_what_came_with_the_record_was_heard_when_it_was_taken_in(
    fields: dict[str, object], heard: str
) -> None:
    one = record(history=(ADDED,), **fields)
    assert last_heard(one, TODAY) == heard
    assert proposed_on(one) == ""


def test_a_merge_is_no_word() -> None:
    twin = Change("2024-04-01T10:00:00Z", "Clerk", "merge", TWIN, "PRK-2324-009", "table.tsv")
    assert last_heard(record(history=(twin,)), TODAY) == "2023-09-20"


def test_no_meeting_or_one_that_was_no_day_passes_nothing_over() -> None:
    assert why(record(), days=()) is None
    assert why(record(), days=("2024-06-12",)) is None
    assert why(record(BEFORE, status=Status.ONGOING), days=("2024-02-31",)) is Reason.UNANSWERED


def test_the_council_says_when_its_year_begins() -> None:
    spoken = then(record(BEFORE), "2024-02-01", status=Status.ONGOING)
    assert reason_of(spoken, Calendar(TODAY, DAYS)) is None
    assert reason_of(spoken, Calendar(TODAY, DAYS, year_starts="03-01")) is Reason.UNANSWERED


def test_another_meeting_may_count_as_the_last() -> None:
    calendar = Calendar(date(2024, 3, 13), DAYS)
    spoken = then(DUE, "2023-12-01", response="Begun")
    assert reason_of(spoken, calendar) is Reason.UNANSWERED
    assert reason_of(spoken, calendar, "2023-11-29") is None
    assert reason_of(spoken, calendar, "") is None


def test_passed_over() -> None:
    assert is_passed_over(DUE, Calendar(TODAY, DAYS))
    assert not is_passed_over(DUE, Calendar(TODAY, DAYS[:2]))


def heard(one: Record, at: str) -> Record:
    author = Author("Clerk", f"{at}T10:00:00Z", "replies")
    return asking.answer(one, asking.Heard("parks@council.example", at, "1@x"), author)


@pytest.mark.parametrize("response", ["No change.", "", "As before"])
def test_an_answer_that_changes_nothing_is_heard(response: str) -> None:
    """“No change” sent twice leaves no line of a response, and yet its owner has answered."""
    quiet = then(record(), "2024-01-10", response=response)
    answered = then(heard(quiet, "2024-03-20"), "2024-03-20", "replies", response=response)
    assert [line.what for line in answered.history][-1] == asking.ANSWERED
    assert is_passed_over(quiet, Calendar(TODAY, DAYS))
    assert not is_passed_over(answered, Calendar(TODAY, DAYS))
    assert last_heard(answered, TODAY) == "2024-03-20"
    public = asking.for_the_public(answered)  # who answered is left out, that somebody did is not
    assert last_heard(public, TODAY) == "2024-03-20"


@pytest.mark.parametrize(
    ("response", "says"),
    [("Sent", True), ("", False), (" N/A ", False), ("Noted.", False), ("Noted by all", True)],
)
def test_an_answer_says_something(response: str, says: bool) -> None:
    assert is_answer(response) is says


def test_each_reason_has_words() -> None:
    assert [each.words for each in Reason] == ["overdue", "to agree", "no date", "no answer"]

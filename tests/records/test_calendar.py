"""When due dates in words have passed, and from which day they count."""

from datetime import date, timedelta

import pytest

from cpctrack.dates import Terms
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author, create
from cpctrack.records.decisions import extend
from cpctrack.records.model import Draft, Status

FORMAL = ("2022-06-15", "2022-09-14", "2022-11-16", "2023-03-15")


def calendar(today: str, **more: object) -> Calendar:
    return Calendar(date.fromisoformat(today), FORMAL, **more)  # type: ignore[arg-type]


def test_what_is_due_by_the_next_meeting_is_late_the_day_after(make_record) -> None:
    record = make_record(due_text="by the next meeting")
    assert not calendar("2022-09-14").is_overdue(record)
    assert calendar("2022-09-15").is_overdue(record)
    assert not calendar("2022-09-15").is_overdue(record._replace(status=Status.PROPOSED))


def test_settings_that_changed_count(make_record) -> None:
    term, year = make_record(due_text="Spring term"), make_record(due_text="end of municipal year")
    assert calendar("2023-04-03").is_overdue(term)
    assert not calendar("2023-04-03", terms=Terms(spring="04-05")).is_overdue(term)
    assert calendar("2023-05-18").is_overdue(year)
    assert not calendar("2023-05-18", year_starts="05-20").is_overdue(year)


@pytest.mark.parametrize(
    ("meeting", "words", "day"),
    [
        ("2022-11-16", "end of August", "2023-08-31"),
        ("2022-11-16", "by the next meeting", "2023-03-15"),
        ("", "in 6 weeks", "2023-02-12"),
        ("2022-11-16", "end of February 2023", "2023-02-28"),
    ],
)
def test_more_time_in_words_counts_from_the_extension(
    make_record, author: Author, meeting: str, words: str, day: str
) -> None:
    fields = {"item": "1", "action": "Report.", "due_text": "end of August"}
    record = create(
        Draft(make_record().meeting, fields), record_id="a", ref="CPC-2223-001", author=author
    )
    assert calendar("2022-07-01").last_day(record) == date(2022, 8, 31)
    when = author._replace(at="2023-01-01T09:00:00Z", via="extend")
    moved = extend(record._replace(due_text="July"), when, to=words, reason="Ill.", meeting=meeting)
    assert calendar("2023-01-02").last_day(moved) == date.fromisoformat(day)


def test_due_within_days_from_today(make_record) -> None:
    record = make_record(due_text="end of August")
    found = [
        days
        for days in (0, 13, 14, 15)
        if calendar("2022-08-17").is_due_within(record, timedelta(days))
    ]
    assert found == [14, 15]
    assert calendar("2022-08-31").is_due_within(record, timedelta(0))
    assert not calendar("2022-09-01").is_due_within(record, timedelta(14))

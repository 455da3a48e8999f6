"""The strip that shows how old an action is, on one scale for a whole report. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from cpctrack.dates import find_date
from cpctrack.records import ageing
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Record
from cpctrack.render.views.view import MarkView


class Scale(NamedTuple):
    """The first and the last day that the strips of a report show, and the formal meetings."""

    first: date
    last: date
    meetings: tuple[MarkView, ...] = ()

    def mark(self, kind: str, start: date, end: date | None = None) -> MarkView:
        """Place a mark; what is beyond an end of the scale stands at that end."""
        return _mark(kind, start, end or start, self.first, self.last)


@lru_cache(maxsize=4096)  # few days for many records
def _mark(kind: str, start: date, end: date, first: date, last: date) -> MarkView:
    span = max(1, (last - first).days)
    places = [min(1000, max(0, round(1000 * (day - first).days / span))) for day in (start, end)]
    return MarkView(kind, *places)


def scale_of(records: Iterable[Record], calendar: Calendar) -> Scale:
    """Give the one scale of the strips of records.

    It goes from the day the oldest was agreed to the last due date, but not so far ahead that what
    has been would be squeezed.
    """
    records, today = list(records), calendar.today
    first = min(filter(None, (find_date(ageing.began(each)) for each in records)), default=today)
    ahead = max(filter(None, map(calendar.last_day, records)), default=today)
    most = min(timedelta(30) + (today - first) / 4, date.max - today)
    scale = Scale(min(first, today), max(today, min(ahead, today + most)))
    days = filter(None, map(find_date, calendar.formal_days))
    on = (scale.mark("meeting", day) for day in days if scale.first <= day <= scale.last)
    return scale._replace(meetings=tuple(on))


def strip_of(
    record: Record, age: ageing.Age | None, scale: Scale, calendar: Calendar
) -> tuple[MarkView, ...]:
    """Draw how old a record is: the bars, the meetings, then the days that it was and is due."""
    began = find_date(ageing.began(record))
    if began is None or age is None:
        return ()
    marks = [scale.mark("agreed", began, began + timedelta(age.days))]
    due = calendar.last_day(record)
    if due and calendar.is_overdue(record):
        marks.append(scale.mark("overdue", due, calendar.today))
    marks += scale.meetings
    before = ageing.first_due(record)
    first = find_date(before)
    if before and not first:
        first = calendar.last_day_of(before, record.meeting.date)
    if first and first != due:
        marks.append(scale.mark("first-due", first))
    return (*marks, scale.mark("due", due)) if due else tuple(marks)

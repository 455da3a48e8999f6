"""What day it is, which formal meetings there are, and so what is overdue. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from cpctrack.dates import DEFAULT_YEAR_STARTS, TERMS, Terms, find_date
from cpctrack.records.model import Meeting, MeetingType, Record


class Calendar(NamedTuple):
    """The day it is, and what a committee's due dates hang on.

    `formal_days` are the days (ISO) of its formal meetings, held or to come, in order, and
    `year_starts` (``MM-DD``) the day its municipal year begins.
    """

    today: date
    formal_days: Sequence[str] = ()
    terms: Terms = TERMS
    year_starts: str = DEFAULT_YEAR_STARTS

    @property
    def last_formal(self) -> str:
        """The day (ISO) of the formal meeting that was held last, be it today, or nothing."""
        held = bisect_right(self.formal_days, self.today.isoformat())
        return self.formal_days[held - 1] if held else ""

    @property
    def next_formal(self) -> str:
        """The day (ISO) of the formal meeting that comes next, be it today, or nothing."""
        at = bisect_left(self.formal_days, self.today.isoformat())
        return next(iter(self.formal_days[at:]), "")

    def last_day(self, record: Record) -> date | None:
        """Give the last day that the due date allows, or None where it names none."""
        if record.due:
            return find_date(record.due)
        if not record.due_text:
            return None
        from cpctrack.due import latest_day  # most due dates are days

        return latest_day(
            record.due_text, record.meeting.date, terms=self.terms, formal_days=self.formal_days
        )

    def is_overdue(self, record: Record) -> bool:
        """Tell whether the last day the due date allows has passed and it still needs doing."""
        if not record.status.can_be_overdue:
            return False
        if record.due:
            return record.due < self.today.isoformat()
        last = self.last_day(record)
        return last is not None and last < self.today

    def is_due_within(self, record: Record, days: timedelta) -> bool:
        """Tell whether the last day the due date allows is one of the next, today's among them."""
        if not record.status.can_be_overdue:
            return False
        last = self.last_day(record)
        return last is not None and self.today <= last <= self.today + days


def formal_days(meetings: Iterable[Meeting], others: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the days (ISO) of the formal meetings that stand, in order, with those of `others`."""
    held = {each.date for each in meetings if each.type is MeetingType.FORMAL and each.stands}
    return tuple(sorted(held.union(others)))


def previous_formal(days: Iterable[str], printed_for: str) -> str:
    """Give the last formal meeting (ISO) before the one the report is for, or nothing."""
    return max((day for day in days if day < printed_for), default="")

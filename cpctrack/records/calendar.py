"""What day it is, which formal meetings there are, and so what is overdue. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from cpctrack.dates import DEFAULT_YEAR_STARTS, TERMS, Terms, find_date
from cpctrack.records.ageing import EXTEND
from cpctrack.records.model import NOTHING, Meeting, MeetingType, Record, Settings


class Calendar(NamedTuple):
    """The day it is, and what a committee's due dates hang on.

    `formal_days` are the days (ISO) of its formal meetings, held or to come, in order;
    `year_starts` is ``MM-DD``; `moved` gives the day that a meeting was moved to, by its own, and
    `cancelled` are the days (ISO) on which one was to be held and none is.
    """

    today: date
    formal_days: Sequence[str] = ()
    terms: Terms = TERMS
    year_starts: str = DEFAULT_YEAR_STARTS
    moved: Mapping[str, str] = NOTHING
    cancelled: Collection[str] = ()

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

    def held_on(self, day: str) -> str:
        """Give the day (ISO) on which the meeting of that day is held, however often it moved.

        Days that a hand has sent round in a circle lead nowhere: the one asked for comes back.
        """
        seen = [day]
        while on := self.moved.get(seen[-1]):
            if on in seen:
                return day
            seen.append(on)
        return seen[-1]

    def will_come(self, record: Record) -> bool:
        """Tell whether it goes to a meeting that is still to come, be it today."""
        day = self.held_on(record.goes_to)
        return day >= self.today.isoformat() and day not in self.cancelled

    def did_not_come(self, record: Record) -> bool:
        """Tell whether the meeting it was to come to has been, and it is open there still."""
        is_open = bool(record.goes_to) and record.status.is_open
        return is_open and self.held_on(record.goes_to) < self.today.isoformat()

    def last_day(self, record: Record) -> date | None:
        """Give the last day that the due date allows, or None where it names none."""
        if record.due:
            return find_date(record.due)
        return self.last_day_of(record.due_text, _said_on(record)) if record.due_text else None

    def last_day_of(self, due_text: str, said_on: str) -> date | None:
        """Give the last day that words allow that were agreed on a day (ISO), or None."""
        from cpctrack.due import latest_day  # most due dates are days

        return latest_day(
            due_text,
            said_on,
            terms=self.terms,
            formal_days=self.formal_days,
            year_starts=self.year_starts,
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


def calendar_of(
    settings: Settings, meetings: Collection[Meeting], today: date, others: Iterable[str] = ()
) -> Calendar:
    """Give the calendar of a committee; `others` are formal days (ISO) known from elsewhere."""
    days = formal_days(meetings, others)
    held = {each.date for each in meetings if each.stands}
    cancelled = frozenset(each.date for each in meetings if each.cancelled) - held
    moved = moved_days(meetings)
    return Calendar(today, days, settings.terms, settings.year_starts, moved, cancelled)


def _said_on(record: Record) -> str:
    """Give the day (ISO) from which words count: that of its meeting, or of what extended it."""
    changes = (change for change in reversed(record.history) if change.what == "due_text")
    last = next(changes, None)
    if last is None or last.via != EXTEND:
        return record.meeting.date
    return last.meeting or last.at[:10]


def formal_days(meetings: Iterable[Meeting], others: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the days (ISO) of the formal meetings that stand, in order, with those of `others`.

    A day among `others` is none whose formal meeting is known to be cancelled or moved.
    """
    stands = {each.date: each.stands for each in meetings if each.type is MeetingType.FORMAL}
    return tuple(sorted(day for day in stands.keys() | set(others) if stands.get(day, True)))


def moved_days(meetings: Iterable[Meeting]) -> dict[str, str]:
    """Give the day (ISO) that each meeting was moved to, where no other is held on its own day."""
    every = list(meetings)
    held = {each.date for each in every if each.stands}
    return {each.date: each.moved_to for each in every if each.moved_to and each.date not in held}


def previous_formal(days: Iterable[str], printed_for: str) -> str:
    """Give the last formal meeting (ISO) before the one the report is for, or nothing."""
    return max((day for day in days if day < printed_for), default="")

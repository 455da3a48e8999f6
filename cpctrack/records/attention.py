"""Which open actions somebody must look at, so that none is forgotten. Pure.

An action is passed over where a formal meeting was held after the day it was last heard of.
"""

from datetime import date
from enum import StrEnum

from cpctrack.dates import find_date, municipal_year
from cpctrack.records.ageing import DUE_FIELDS
from cpctrack.records.asking import ANSWERED
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change, Record, Status
from cpctrack.text import fold

_NO_ANSWERS = frozenset({"", "n/a", "na", "none", "noted", "tbc"})
_TELLS = frozenset({"evidence", "status", "completed_on", "follow_up", "acceptance", ANSWERED})
_FIRST = frozenset({"added", "imported"})
# Who settles a merge or carries a year over has heard nothing new.
_TELLS_NOTHING = frozenset({"resolve", "roll-over"})


class Reason(StrEnum):
    """Why an open action needs somebody, the first that holds."""

    OVERDUE = "overdue"
    WAITING = "waiting"
    UNDATED = "undated"
    UNANSWERED = "unanswered"

    @property
    def words(self) -> str:
        """The reason behind a status: “Open, no answer”."""
        return _WORDS[self]


_WORDS = {
    Reason.OVERDUE: "overdue",
    Reason.WAITING: "to agree",
    Reason.UNDATED: "no date",
    Reason.UNANSWERED: "no answer",
}


def reason_of(record: Record, calendar: Calendar, held: str | None = None) -> Reason | None:
    """Tell why an open action needs somebody, or None where it is on track.

    `held` is the formal meeting (ISO) that counts as the last, where it isn't the calendar's.
    """
    status = record.status
    if not status.is_open:
        return None
    if calendar.is_overdue(record):
        return Reason.OVERDUE
    held = calendar.last_formal if held is None else held
    if record.meeting.date >= held:
        return None
    if status is Status.PROPOSED:
        return Reason.WAITING if _proposed(record, calendar.today) < held else None
    has_date = calendar.last_day(record) is not None  # which is to come, or it would be overdue
    goes_on = status is Status.ONGOING or calendar.will_come(record)
    if not (has_date or goes_on or status is Status.DEFERRED):
        return Reason.UNDATED
    put_off = goes_on or (status is Status.DEFERRED and has_date)
    since = _year_began(held, calendar.year_starts) if put_off else held
    return Reason.UNANSWERED if last_heard(record, calendar.today) < since else None


def is_late(record: Record, calendar: Calendar, held: str) -> bool:
    """Tell whether it is overdue, or was last heard of before the formal meeting `held` (ISO).

    What goes on, or was put off to a day, is to be heard of once a year, as for `reason_of`.
    """
    reason = reason_of(record, calendar, held)
    silent = reason is Reason.UNDATED and last_heard(record, calendar.today) < held
    return silent or reason in (Reason.OVERDUE, Reason.UNANSWERED)


def is_passed_over(record: Record, calendar: Calendar) -> bool:
    """Tell whether a formal meeting was held after the day it was last heard of."""
    return last_heard(record, calendar.today) < calendar.last_formal


def last_heard(record: Record, today: date) -> str:
    """Give the day (ISO) an action was last heard of: agreed, answered, or given more time.

    Somebody who corrects a date or puts an owner's name right has heard nothing of it.
    """
    told = [line.at[:10] for line in record.history if _tells(line, record)]
    # A clock that was wrong must not silence an action for years.
    return max([record.meeting.date, *(day for day in told if day <= today.isoformat())])


def proposed_on(record: Record) -> str:
    """Give the day (ISO) its status last changed, or nothing where it came with its status."""
    lines = (line for line in reversed(record.history) if line.what == "status")
    return next((line.at[:10] for line in lines), "")


def is_answer(response: str) -> bool:
    """Tell whether a response says anything: “Noted” does not."""
    return fold(response).strip(" .-–—") not in _NO_ANSWERS


def _proposed(record: Record, today: date) -> str:
    return proposed_on(record) or last_heard(record, today)


def _tells(line: Change, record: Record) -> bool:
    if line.what in _FIRST:
        # What came later has a later line.
        return bool(
            record.evidence or record.status is not Status.OPEN or is_answer(record.response)
        )
    if not line.after or line.via in _TELLS_NOTHING:
        return False
    if line.what == "response":
        return is_answer(str(line.after))
    if line.what in DUE_FIELDS:
        return line.via != "update" or not line.before
    return line.what in _TELLS


def _year_began(day: str, starts: str) -> str:
    """Give the day (ISO) the municipal year of that day began, or that day where it is none."""
    on = find_date(day)
    return f"{municipal_year(on, starts)[:4]}-{starts}" if on else day

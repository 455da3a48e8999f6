"""What a formal meeting is told of each action: the parts of the progress report. Pure.

They are computed from the formal meeting before. An action stands in one part only: the first
that it answers to, in the order of `Part`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from cpctrack.records.ageing import asks_for_time
from cpctrack.records.attention import is_late
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change, Record, Status
from cpctrack.records.query import in_order


class Part(StrEnum):
    """A part of the report, in the order in which it is printed."""

    TO_AGREE = "to-agree"
    TO_EXTEND = "to-extend"
    LATE = "late"
    NEW = "new"
    OPEN = "open"
    STOPPED = "stopped"
    AGREED = "agreed"

    @property
    def is_decision(self) -> bool:
        """Whether the committee is asked to decide about what stands in it."""
        return self in (Part.TO_AGREE, Part.TO_EXTEND)


_STOPPED = frozenset({Status.NOT_PROCEEDING, Status.SUPERSEDED})


def divide(
    records: Iterable[Record], *, since: str, printed_for: str, calendar: Calendar
) -> Mapping[Part, Sequence[Record]]:
    """Give the actions of every meeting before `printed_for` that it is to be told of, by part.

    `since` is the formal meeting before (ISO; empty where this is the first). Of what is late, that
    which is overdue longest comes first.
    """
    parts: dict[Part, list[Record]] = {part: [] for part in Part}
    for record in in_order(records):
        if record.meeting.date >= printed_for:
            continue
        if part := _part_of(record, since, printed_for, calendar):
            parts[part].append(record)
    parts[Part.LATE].sort(
        key=lambda record: (calendar.is_overdue(record) and calendar.last_day(record)) or date.max
    )
    return parts


def _part_of(record: Record, since: str, printed_for: str, calendar: Calendar) -> Part | None:
    status, is_new = record.status, record.meeting.date >= since
    if status is Status.PROPOSED:
        return Part.TO_AGREE
    if status is Status.COMPLETED:
        return _completed(record, since, printed_for)
    if status.is_open and asks_for_time(record, since, printed_for):
        return Part.TO_EXTEND
    if status is Status.DEFERRED:
        return Part.LATE if calendar.is_overdue(record) else Part.STOPPED
    if status in _STOPPED:
        last = _last_status(record)
        since_then = last is not None and last.via != "import" and last.at[:10] >= since
        return Part.STOPPED if is_new or since_then else None
    # The meeting that it is printed for hasn't been held, also where it is printed again later.
    if is_late(record, calendar, min(since, calendar.last_formal)):
        return Part.LATE
    if is_new:
        return Part.NEW
    return Part.OPEN if status.is_open else None


def _completed(record: Record, since: str, printed_for: str) -> Part | None:
    # A report printed once more after its meeting still asks what that meeting then agreed.
    if record.agreed_on and record.agreed_on < printed_for:
        return Part.AGREED if record.agreed_on >= since else None
    if was_printed(record) and record.completed_on <= since and record.meeting.date < since:
        return None
    return Part.TO_AGREE


def was_printed(record: Record) -> bool:
    """Tell whether the completion was read from a published table: the committee has seen it."""
    change = _last_status(record)
    if change is not None:
        return change.via == "import"
    return bool(record.history) and record.history[0].what == "imported"


def _last_status(record: Record) -> Change | None:
    return next((each for each in reversed(record.history) if each.what == "status"), None)

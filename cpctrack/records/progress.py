"""What a formal meeting is told of each action: the parts of the progress report. Pure.

They are computed from the formal meeting before. An action stands in one part only: the first
that it answers to, in the order of `Part`.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from cpctrack.records.ageing import extensions
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Change, Record, Status
from cpctrack.records.query import in_order


class Part(StrEnum):
    """A part of the report, in the order in which it is printed."""

    TO_AGREE = "to-agree"
    AGREED = "agreed"
    STOPPED = "stopped"
    EXTENDED = "extended"
    NEW = "new"
    OPEN = "open"


_STOPPED = frozenset({Status.NOT_PROCEEDING, Status.SUPERSEDED})


def divide(
    records: Iterable[Record], *, since: str, printed_for: str, calendar: Calendar
) -> Mapping[Part, Sequence[Record]]:
    """Give the actions of every meeting before `printed_for` that it is to be told of, by part.

    `since` is the formal meeting before (ISO; empty where this is the first). What is overdue
    comes first among what is still open.
    """
    parts: dict[Part, list[Record]] = {part: [] for part in Part}
    for record in in_order(records):
        if record.meeting.date < printed_for and (part := _part_of(record, since, printed_for)):
            parts[part].append(record)
    parts[Part.OPEN].sort(key=lambda record: not calendar.is_overdue(record))
    return parts


def _part_of(record: Record, since: str, printed_for: str) -> Part | None:
    status, is_new = record.status, record.meeting.date >= since
    if status is Status.PROPOSED:
        return Part.TO_AGREE
    if status is Status.COMPLETED:
        return _completed(record, since, printed_for)
    if status is Status.DEFERRED or status in _STOPPED:
        last = _last_status(record)
        since_then = last is not None and last.via != "import" and last.at[:10] >= since
        return Part.STOPPED if status is Status.DEFERRED or is_new or since_then else None
    if status.is_open and any(
        move.at and (move.at[:10] >= since or move.meeting >= since) for move in extensions(record)
    ):
        return Part.EXTENDED
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

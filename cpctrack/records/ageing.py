"""How old an action is and how often its due date moved. Pure.

Extensions are read from the history: each was one ``extend`` command, a move that an imported
table told of, which has a reason, or one of a record that this one goes on from. A due date
corrected with ``update`` is no extension.
"""

from bisect import bisect
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cpctrack.dates import find_date
from cpctrack.records.model import Change, Record

EXTEND = "extend"
_IMPORT = "import"
REOPEN = "reopen"
DUE_FIELDS = frozenset({"due", "due_text"})

EARLIER = "earlier_due_date"
"""What a line of history has changed that tells of a move of the due date of a former record."""


class Extension(NamedTuple):
    """One move of a due date: ISO dates, or the words where they name no day.

    `meeting` is the meeting (ISO) that granted it, empty while it is only asked for; `at` is when
    it was recorded, empty where a table told of it later.
    """

    before: str
    after: str
    reason: str
    meeting: str
    at: str


class Age(NamedTuple):
    """How long an action has been with its owner: days, and formal meetings held meanwhile."""

    days: int
    meetings: int


def extensions(record: Record) -> tuple[Extension, ...]:
    """Give every extension of the due date, the first one first."""
    earlier = [
        Extension(str(each.before), str(each.after), each.reason, each.meeting, "")
        for each in record.history
        if each.what == EARLIER
    ]
    commands: list[list[Change]] = []
    for change in record.history:
        moves = change.via == EXTEND or (change.via == _IMPORT and change.reason)
        if moves and change.what in DUE_FIELDS:
            if not (commands and _is_of(change, commands[-1])):
                commands.append([])
            commands[-1].append(change)
    return (*earlier, *map(_extension, commands))


def waits_for_time(record: Record) -> bool:
    """Tell whether its owner asked for more time, and no meeting has granted it yet."""
    last = extensions(record)[-1:] if record.status.is_open else ()
    return any(move.at and not move.meeting for move in last)


def first_due(record: Record) -> str:
    """Give the due date before every extension: ISO, or the words where they name no day."""
    moves = extensions(record)
    return moves[0].before if moves else record.due or record.due_text


def reopened(record: Record) -> Change | None:
    """Give the line of history that tells of the last time it was reopened, if it still is."""
    lines = (change for change in reversed(record.history) if change.what == "status")
    last = next(lines, None)
    return last if last is not None and last.via == REOPEN else None


def began(record: Record) -> str:
    """Give the day of the meeting (ISO) that agreed it, or the record that it first goes on from.

    A line of history that tells of a link bears that day.
    """
    days = (line.meeting for line in record.history if line.what == "links" and line.meeting)
    return min(days, default=record.meeting.date)


def age(record: Record, formal_days: Sequence[str], today: date) -> Age | None:
    """Tell how old an action is: from the day it `began` to this day, or to the day it was done.

    `formal_days` are the days (ISO) of formal meetings, in order. None for a meeting without date.
    """
    first = find_date(began(record))
    if first is None:
        return None
    done = None if record.status.is_open else find_date(record.completed_on or record.agreed_on)
    ended = max(first, min(done or today, today))
    held = bisect(formal_days, ended.isoformat()) - bisect(formal_days, first.isoformat())
    return Age((ended - first).days, held)


def _is_of(change: Change, command: list[Change]) -> bool:
    """Tell whether a line is the second of a command's two: the day comes before its words."""
    first = command[0]
    return (
        change.what != "due"
        and all(change.what != line.what for line in command)
        and (change.at, change.by, change.reason) == (first.at, first.by, first.reason)
    )


def _extension(command: list[Change]) -> Extension:
    before = {line.what: str(line.before) for line in command}
    after = {line.what: str(line.after) for line in command}
    first = command[0]
    old, new = (each.get("due") or each.get("due_text", "") for each in (before, after))
    at = first.at if first.via == EXTEND else ""
    return Extension(old, new, first.reason, first.meeting, at)

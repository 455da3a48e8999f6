"""What it would change to take a command back, or to do it again. Pure.

A row is only touched where it still is what the command left. The store's table ``withdrawn``
keeps the references of records that were taken back, so that none is ever given away again.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple

from cpctrack.dates import long_date
from cpctrack.records.changes import value_of
from cpctrack.records.model import Change, Value
from cpctrack.store import chases, packs, programme
from cpctrack.store.codec import CONFLICTS, COPIES, HABITS, OWNERS, WITHDRAWN, Document, Row
from cpctrack.store.undo_log import Logged, RowChange, UndoLog
from cpctrack.text import shorten

ACTIONS = "actions"
MEETINGS = "meetings"
SETTINGS = "settings"

_TITLE = 60  # letters of a report's
_NO_FIELD = "history"  # it tells of the other fields' changes


class Way(Enum):
    """Where to go along the log."""

    UNDO = "undo"
    REDO = "redo"


class Obstacle(NamedTuple):
    """What stands in the way: somebody changed `field` of the record or meeting `name` since.

    `field` is empty where the whole row went, or came to be. `change` is the line of history that
    tells who it was, where one does. `published` is the meeting (ISO) whose pack has printed the
    record, where that is all that stands in the way.
    """

    name: str
    field: str
    change: Change | None = None
    is_there: bool = True
    published: str = ""


class Step(NamedTuple):
    """Taking one command back or doing it again: the rows as they are and as they will be."""

    way: Way
    entry: Logged
    rows: tuple[RowChange, ...]
    obstacles: tuple[Obstacle, ...]


def find_step(log: UndoLog, document: Document, way: Way) -> Step | None:
    """Plan the next step along the log, or None where it ends.

    Commands of which the store shows nothing are passed over: they never came to be written, or
    somebody has put the file back.
    """
    if way is Way.UNDO:
        for entry in reversed(log.undone):
            again = _plan(document, entry, Way.UNDO)
            # Somebody has put the file back. A withdrawn reference may be another record's by now.
            back = any(row.table != WITHDRAWN for row in again.rows)
            if back and not again.obstacles:
                return again
    entries: Iterable[Logged] = reversed(log.done) if way is Way.UNDO else log.undone
    steps = (_plan(document, entry, way) for entry in entries)
    return next((step for step in steps if step.rows or step.obstacles), None)


def applied(document: Document, step: Step) -> Document:
    """Give the document as it is after the step; the one given stays as it is."""
    new = {name: dict(table) for name, table in document.items()}
    for change in step.rows:
        table = new.setdefault(change.table, {})
        if change.after is None:
            del table[change.id]
        else:
            table[change.id] = change.after
    # A store without any has no such table.
    for name in (WITHDRAWN, COPIES, packs.TABLE, HABITS, OWNERS, programme.TABLE, chases.TABLE):
        if not new.get(name):
            new.pop(name, None)
    return new


def moved(log: UndoLog, step: Step) -> UndoLog:
    """Give the log as it is after the step, without the commands that were passed over.

    The command keeps only the rows that the step has changed: the way back is exactly that.
    """
    if step.way is Way.UNDO and step.entry in log.undone:
        return log
    if step.way is Way.UNDO:
        at = log.done.index(step.entry)
        entry = step.entry._replace(rows=tuple(map(_back, step.rows)))
        return log._replace(done=log.done[:at], undone=(entry, *log.undone))
    at = log.undone.index(step.entry)
    entry = step.entry._replace(rows=step.rows, undone=False)
    return log._replace(done=(*log.done, entry), undone=log.undone[at + 1 :])


def differences(before: Row, after: Row) -> Iterator[Change]:
    """Give each field that differs between two states of a row, without who and when."""
    for name in sorted(before.keys() | after.keys()):
        if name != _NO_FIELD and before.get(name) != after.get(name):
            say = _clashing if name == CONFLICTS else value_of
            what = name.strip("_")
            yield Change("", "", "", what, say(before.get(name)), say(after.get(name)))


def name_of(change: RowChange) -> str:
    """Name a row as people know it: a record by its reference, a meeting by its date and type."""
    row = change.after or change.before or {}
    if change.table == MEETINGS:
        day = long_date(str(row.get("date", "")))
        return f"the {row.get('type', '')} meeting of {day}"
    if change.table == SETTINGS:
        return "the settings"
    if change.table == packs.TABLE:
        return f"the pack of {long_date(str(row.get('meeting', '')))}"
    if change.table == OWNERS:
        return f"the owner {row.get('name', change.id)}"
    if change.table == programme.TABLE:
        return f"the report “{shorten(str(row.get('title', change.id)), _TITLE)}”"
    if change.table == chases.TABLE:
        return f"the message {change.id} to {row.get('owner', '')}"
    return str(row.get("ref", change.id))


def _clashing(clashes: Any) -> Value:
    """Name the fields that conflicts are about; what they hold is for `conflicts` to show."""
    if not isinstance(clashes, list):
        return ()
    return tuple(str(each.get("field") or "removal") for each in clashes if isinstance(each, dict))


def _plan(document: Document, entry: Logged, way: Way) -> Step:
    wanted = entry.rows if way is Way.REDO else [_back(change) for change in entry.rows]
    rows, obstacles = [], []
    for change in wanted:
        now = document.get(change.table, {}).get(change.id)
        if now == change.after:
            continue
        if now == change.before:
            rows.append(change)
        elif change.table != HABITS:  # what was learnt since stays, and stands in nobody's way
            obstacles.append(_obstacle(change, now))
    rows = _without_needed_meetings(document, rows)
    rows += _withdrawals(document, rows)
    obstacles += _used_references(document, rows)
    obstacles += _published(document, rows)
    return Step(way, entry, tuple(rows), tuple(obstacles))


def _back(change: RowChange) -> RowChange:
    return change._replace(before=change.after, after=change.before)


def _without_needed_meetings(document: Document, rows: list[RowChange]) -> list[RowChange]:
    """Leave the meetings where they are that records of later commands belong to."""
    actions = dict[str, Row | None](document.get(ACTIONS, {}))
    actions |= {change.id: change.after for change in rows if change.table == ACTIONS}
    needed = {str(row.get("meeting")) for row in actions.values() if row}
    return [
        change
        for change in rows
        if change.table != MEETINGS or change.after is not None or change.id not in needed
    ]


def _withdrawals(document: Document, rows: list[RowChange]) -> list[RowChange]:
    """Keep the references of records that leave the store from being given away again."""
    known = document.get(WITHDRAWN, {}).keys() | {
        change.id for change in rows if change.table == WITHDRAWN
    }
    refs = {str(row.get("ref", "")) for row in _leaving(rows).values()} - _coming(rows)
    return [RowChange(WITHDRAWN, ref, None, {}) for ref in sorted(refs - known - {""})]


def _leaving(rows: list[RowChange]) -> dict[str, Row]:
    """Give the records that leave the store, by id, as they are now."""
    return {
        change.id: change.before
        for change in rows
        if change.table == ACTIONS and change.before and change.after is None
    }


def _coming(rows: list[RowChange]) -> set[str]:
    """Give the references of records that come back."""
    return {
        str(change.after.get("ref", ""))
        for change in rows
        if change.table == ACTIONS and change.before is None and change.after
    }


def _used_references(document: Document, rows: list[RowChange]) -> Iterator[Obstacle]:
    """Find references of records that come back and that another record, which stays, bears."""
    coming = _coming(rows)
    leaving = _leaving(rows)
    for row_id, row in document.get(ACTIONS, {}).items() if coming else ():
        if row.get("ref") in coming and row_id not in leaving:
            yield Obstacle(str(row["ref"]), "", _first(row))


def _published(document: Document, rows: list[RowChange]) -> Iterator[Obstacle]:
    """Find records that would leave the store and that a pack has printed, a colleague's say."""
    if not (leaving := _leaving(rows)):
        return
    staying = {change.id for change in rows if change.table == packs.TABLE}
    printed = document.get(packs.TABLE, {}).items()
    held = {packs.TABLE: {row_id: row for row_id, row in printed if row_id not in staying}}
    told: dict[str, Obstacle] = {}
    for ref, record, meeting in packs.printed(held):
        if record in leaving:
            told.setdefault(record, Obstacle(ref, "", published=meeting))
    yield from told.values()


def _obstacle(change: RowChange, now: Row | None) -> Obstacle:
    name = name_of(change)
    if now is None:
        return Obstacle(name, "", is_there=False)
    if change.before is None:
        return Obstacle(name, "", _first(now))
    fields = [difference.what for difference in differences(change.before, now)] or [_NO_FIELD]
    known = _history(change.before)
    since = (_change(line) for line in _history(now) if line not in known)
    told = {line.what: line for line in since}
    field = next((field for field in fields if field in told), fields[0])
    return Obstacle(name, field, told.get(field))


def _first(row: Row) -> Change | None:
    return next((_change(line) for line in _history(row)), None)


def _history(row: Row) -> list[Mapping[str, Any]]:
    lines = row.get("history")
    return [line for line in lines if isinstance(line, dict)] if isinstance(lines, list) else []


def _change(line: Mapping[str, Any]) -> Change:
    at, by, via, what = (str(line.get(name, "")) for name in ("at", "by", "via", "change"))
    return Change(at, by, via, what, value_of(line.get("from")), value_of(line.get("to")))

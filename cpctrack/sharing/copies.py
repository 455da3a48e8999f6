"""What a store and a copy of it both come from, as far as that can be told; pure.

Each record's history tells it of the record. Of the rest the undo log or git may know the last
state that both had; where nothing tells, what differs is for somebody to settle.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from cpctrack.sharing.merge.history import lines_of
from cpctrack.sharing.merge.sides import ABSENT, Sides, put
from cpctrack.store import canonical, undo
from cpctrack.store.codec import CONFLICTS, COPIES, WITHDRAWN, Document, Row
from cpctrack.store.conflicts import KEPT
from cpctrack.store.undo_log import UndoLog


def states(document: Document, log: UndoLog) -> Iterator[Document]:
    """Give a store as it is, then as it was before each command of the log, the last one first.

    It ends where the log is not of this store.
    """
    yield document
    for entry in reversed(log.done):
        rows = tuple(each._replace(before=each.after, after=each.before) for each in entry.rows)
        held = (document.get(each.table, {}).get(each.id) for each in rows)
        if any(now != each.before or now == each.after for now, each in zip(held, rows)):  # noqa: B905
            return
        document = undo.applied(document, undo.Step(undo.Way.UNDO, entry, rows, ()))
        yield document


def last_common(states: Iterable[Document], ours: Document, theirs: Document) -> Document | None:
    """Find the last of these states, the newest first, that both sides come from.

    That is told by the histories of their records. Of several states with the same it is the
    oldest, and an older one with others must be known: what was changed between or before them
    may have been changed by one side only.
    """
    held = [_lines(each) for each in (ours, theirs)]
    found, known = None, set[tuple[str, bytes]]()
    for state in states:
        lines = _lines(state)
        if found is not None and lines != known:
            return found
        if all(lines <= each for each in held):
            found, known = state, lines
    return None


def base_of(ours: Document, theirs: Document, known: Document) -> Document:
    """Give what both sides come from: records by their histories, the rest as `known` has it."""
    mine, other = ours.get("actions", {}), theirs.get("actions", {})
    before = known.get("actions", {})
    rows = {
        row_id: _row_before(Sides(before.get(row_id, {}), mine[row_id], other[row_id]))
        for row_id in mine.keys() & other.keys()
    }
    # No log tells when these came, and nothing but one's own `redo` ever takes one away.
    return {**known, "actions": rows, WITHDRAWN: {}, COPIES: {}}


def _lines(document: Document) -> set[tuple[str, bytes]]:
    rows = document.get("actions", {})
    lines = {(key, canonical.dumps(line)) for key, row in rows.items() for line in lines_of(row)}
    return lines | {(key, b"") for key in rows}


def _row_before(rows: Sides) -> Row:
    mine, other = rows[1:]
    if mine == other:
        return dict(mine)
    own = [
        [line for line in lines_of(one) if line not in lines_of(two)]
        for one, two in ((mine, other), (other, mine))
    ]
    firsts = [{str(line.get("change")): line for line in reversed(lines)} for lines in own]
    row: Row = {}
    for name in mine.keys() | other.keys():
        put(row, name, _value_before(rows.part(name), [each.get(name) for each in firsts]))
    if lines_of(mine):
        row["history"] = [line for line in lines_of(mine) if line not in own[0]]
    settled = [_settled(lines) for lines in own]
    clashes = [
        clash
        for side, names in ((mine, settled[1]), (other, settled[0]))
        for clash in side.get(CONFLICTS, [])
        if (str(clash.get("field")).partition(".")[0] or KEPT) in names
    ]
    put(row, CONFLICTS, clashes or ABSENT)
    return row


def _value_before(part: Sides, firsts: Sequence[Row | None]) -> Any:
    """Give what a field held, by the first line of history about it that each side alone has."""
    mine, other = firsts
    if part.ours == part.theirs or not mine:
        return part.ours if part.ours == part.theirs or other else part.base
    if not other:
        return part.theirs
    values = [line.get("from", ABSENT) for line in (mine, other)]
    # Of printed cells history keeps no more than their words.
    return values[0] if values[0] == values[1] and mine["change"] != "printed" else part.base


def _settled(lines: Iterable[Row]) -> set[str]:
    return {str(line.get("change")) for line in lines if line.get("via") == "resolve"}

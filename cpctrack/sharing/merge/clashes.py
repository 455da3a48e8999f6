"""The conflicts that a row holds: those of this merge, and those that earlier ones have left."""

from typing import Any

from cpctrack.sharing.merge.sides import ABSENT, Sides, bare
from cpctrack.store import canonical
from cpctrack.store.codec import CONFLICTS, Row


def holding(row: Row, clashes: list[Row]) -> Row:
    """Give the row with these conflicts in place of its own."""
    if clashes or CONFLICTS in row:
        row = bare(row)
    if clashes:
        row[CONFLICTS] = sorted(clashes, key=same)
    return row


def carried(rows: Sides) -> list[Row]:
    """Give the conflicts of earlier merges: a side's own stay, what a side has settled goes."""
    if not any(CONFLICTS in each for each in rows if each is not ABSENT):
        return []
    base, ours, theirs = (
        {same(line): line for line in _standing(each, rows.base)} for each in rows
    )
    stays = [line for key, line in ours.items() if key in theirs or key not in base]
    return stays + [line for key, line in theirs.items() if key not in ours and key not in base]


def _standing(row: Any, base: Row) -> list[Row]:
    # Who removes a row says nothing of its conflicts.
    lines: list[Row] = (base if row is ABSENT else row).get(CONFLICTS, [])
    return lines


def same(line: Row) -> tuple[Any, ...]:
    """Give what two conflicts share that differ in which side is called ours."""
    base, *sides = (canonical.dumps(line.get(side)) for side in ("base", "ours", "theirs"))
    return line.get("field"), base, tuple(sorted(sides))

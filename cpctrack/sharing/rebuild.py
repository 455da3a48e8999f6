"""A merge done again from what git keeps of it, with what people did to its result since; pure."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from cpctrack.sharing.merge import Renumbered, Sides, Twins, three_way
from cpctrack.store import canonical, packs
from cpctrack.store.codec import CONFLICTS, WITHDRAWN, Document, Row
from cpctrack.store.conflicts import PRINTED

_BY_MERGE = "merge"  # how a merge signs the lines of history it adds itself


class Rebuilt(NamedTuple):
    """The store, the references that had to change, and the actions that both sides took in."""

    document: Document
    renumbered: tuple[Renumbered, ...]
    twins: tuple[Twins, ...] = ()


def rebuild(
    sides: Sides, merged: Document | None, now: Document | None, *, at: str, by: str
) -> Rebuilt:
    """Merge both sides of the store again, and keep what was done to the result.

    `merged` is what somebody or something else made of the merge, `now` the store of today; either
    may be nothing where it can't be read. A record of `merged` that has all of both sides stays as
    it is, whoever settled it; one that lacks something is made anew. Whatever was changed between
    `merged` and `now` stays, or becomes a conflict.
    """
    again = three_way(*sides, at=at, by=by)
    if now is None:
        return Rebuilt(again.document, again.renumbered, again.twins)
    # What the merge done again and the store of today are both compared with.
    before: Document = {
        name: {
            row_id: row
            for row_id, made in (now if merged is None else merged).get(name, {}).items()
            # A row that no side has was added to the merge, and stays as an addition.
            if (mine := rows.get(row_id)) is not None
            and (row := _row_before(sides.base.get(name, {}).get(row_id), mine, made)) is not None
        }
        for name, rows in again.document.items()
    }
    doubled = _doubled(sides, again.twins, now)
    before["actions"] |= doubled
    whole = three_way(before, again.document, now, at=at, by=by)
    kept = whole.document["actions"]
    told = [each for each in again.renumbered if kept.get(each.id, {}).get("ref") == each.new]
    twins = [each for each in again.twins if each.gone not in kept]
    refs = {row["ref"] for row in doubled.values()} - {row["ref"] for row in kept.values()}
    if refs:
        gone = {**whole.document.get(WITHDRAWN, {}), **{ref: {} for ref in refs}}
        whole.document[WITHDRAWN] = gone
    return Rebuilt(whole.document, (*told, *whole.renumbered), (*twins, *whole.twins))


def _doubled(sides: Sides, twins: Iterable[Twins], now: Document) -> dict[str, Row]:
    """Give what stands twice since that merge, so that it goes: where nobody has touched it."""
    printed = {record for _, record, _ in packs.printed(now)}
    own = sides.theirs["actions"] | sides.ours["actions"]
    rows = {each.gone: now["actions"].get(each.gone) for each in twins if not each.both}
    return {
        row_id: row
        for row_id, row in rows.items()
        if row is not None
        and row_id not in printed
        and _differing(own[row_id], row) <= {"ref", "history"}
        and all(
            line.get("via") == _BY_MERGE
            for key, line in _lines(row).items()
            if key not in _lines(own[row_id])
        )
    }


def _row_before(base: Row | None, again: Row, merged: Row) -> Row | None:
    mine, other = _lines(again), _lines(merged)
    added = [line for key, line in other.items() if key not in mine]
    lacks = any(key not in other and line.get("via") != _BY_MERGE for key, line in mine.items())
    told = {str(line.get("change")) for line in added}
    clashing = (str(clash.get("field")) for clash in again.get(CONFLICTS, []))
    told |= {"printed" if field.startswith(PRINTED) else field for field in clashing}
    if not lacks and _differing(again, merged) <= told | {"history", CONFLICTS}:
        return again  # it is whole, so it stands as it was made, and what was settled is settled
    # It is made anew, unless somebody worked on it: then both are shown where they differ.
    return base if added else merged


def _lines(row: Row) -> dict[bytes, Row]:
    return {canonical.dumps(line): line for line in row.get("history", [])}


def _differing(row: Row, other: Row) -> set[str]:
    nothing: Any = object()
    names = row.keys() | other.keys()
    return {name for name in names if row.get(name, nothing) != other.get(name, nothing)}

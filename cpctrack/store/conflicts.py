"""What a merge left open: finding it, telling of it, and settling it.

The chosen value goes into the row, and into its history. A row is one of the store's tables, as
the file holds it; ``None`` is a field that is not there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from cpctrack.errors import StoreError
from cpctrack.records.changes import Author, value_of
from cpctrack.records.model import FIELDS, Change, Clash, Conflict, Record
from cpctrack.store import codec
from cpctrack.store.codec import CONFLICTS, Document, Row

if TYPE_CHECKING:
    from cpctrack.store.store import Store

ON_CONFLICTS: ContextVar[Callable[[Sequence[Conflict]], None]] = ContextVar(
    "ON_CONFLICTS", default=lambda _: None
)
"""Who is told when a store is read in which conflicts stand."""

PRINTED = "printed."
"""What begins the field of a conflict about one printed cell."""

UNITS: Mapping[str, Sequence[tuple[str, ...]]] = {
    "actions": [
        tuple([each.name for each in FIELDS if each.unit == unit])
        for unit in sorted({each.unit for each in FIELDS} - {""})
    ],
    "meetings": [("date", "type", "year")],
}
"""Fields, by table, that say one thing between them: half of each side would say neither's."""

KEPT = "kept"
"""What history says of a record that one side had removed and somebody kept."""


def find(document: Document) -> list[Conflict]:
    """Give everything that merges left to be settled, by reference; raises `StoreError`."""
    rows = (
        (table, row_id, row)
        for table, held in document.items()
        for row_id, row in held.items()
        if CONFLICTS in row  # nearly never, so nothing else is looked at
    )
    return in_order(
        Conflict(table, row_id, called(table, row_id, row), clash)
        for table, row_id, row in rows
        for clash in codec.decode_clashes(row, f"Record {called(table, row_id, row)}")
    )


def in_order(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Sort conflicts as people look for them: the settings, then every row by its name."""
    return sorted(
        conflicts, key=lambda each: (each.table != "settings", each.ref, each.id, each.clash.field)
    )


def called(table: str, row_id: str, row: Row) -> str:
    """Name a row as people do: a record by its reference, the settings, a meeting by its id."""
    if table == "actions":
        return str(row.get("ref") or row_id)
    return table if table == "settings" else row_id


def counted(conflicts: Sequence[Conflict]) -> str:
    """Say how many conflicts wait for somebody to settle them."""
    count = len(conflicts)
    return f"A merge has left {count} conflict{'' if count == 1 else 's'}"


def require_settled(document: Document) -> None:
    """Refuse to go on while conflicts stand; raises `StoreError`."""
    if found := find(document):
        raise StoreError(
            f"{counted(found)}: nothing is printed before somebody has said what is right. See "
            "“cpctrack conflicts”, then “cpctrack resolve”."
        )


def refuse_unsettled(before: Record, after: Record) -> None:
    """Refuse to change a field while a merge's two values for it wait for somebody to choose."""
    old, new = (codec.encode_record(each) if after.conflicts else {} for each in (before, after))
    for clash in after.conflicts:
        if clash.field and held(old, clash.field) != held(new, clash.field):
            raise StoreError(
                f"Two people changed the {clash.field.replace('_', ' ')} of {after.ref} in "
                "different ways, and a merge has left both. First say what is right with “cpctrack "
                f"resolve {after.ref}”; nothing was changed."
            )


def belonging(conflicts: Iterable[Conflict], chosen: Conflict) -> list[Conflict]:
    """Give the conflicts that are settled together with this one: they say one thing in parts."""
    unit = next(
        (unit for unit in UNITS.get(chosen.table, ()) if chosen.clash.field in unit),
        (chosen.clash.field,),
    )
    return [
        each
        for each in conflicts
        if (each.table, each.id) == (chosen.table, chosen.id) and each.clash.field in unit
    ]


def row_of(store: "Store", conflict: Conflict) -> Row:
    """Give the row that a conflict is about as it is now: not to be changed."""
    if conflict.table == "actions":
        return codec.encode_record(store.record(conflict.id))
    return store.document[conflict.table][conflict.id]


def settle(store: "Store", conflict: Conflict, values: Mapping[str, Any], author: Author) -> None:
    """Settle the conflicts of this row about these fields; raises `StoreError`.

    The field ``""`` with None lets the row go; its reference is not used again.
    """
    if "" in values and values[""] is None:
        store.drop_row(conflict.table, conflict.id, author)
    else:
        row = settled(row_of(store, conflict), values, author)
        store.put_row(conflict.table, conflict.id, row, author)


def settled(row: Row, values: Mapping[str, Any], author: Author) -> Row:
    """Give the row with these values, without its conflicts about them.

    A record is told of each in its history, whether the value is another than before or not.
    """
    new = dict(row)
    for field, value in values.items():
        _put(new, field, value)
    left = [clash for clash in codec.decode_clashes(row, "The record") if clash.field not in values]
    new.pop(CONFLICTS, None)
    if left:
        new[CONFLICTS] = codec.encode_clashes(tuple(left))
    if "history" in row:
        lines = (_line(row, field, value, author) for field, value in values.items())
        new["history"] = [*row["history"], *map(codec.encode_change, lines)]
    return new


def held(row: Row, field: str) -> Any:
    """Give what a row holds in a field or a printed cell, or None."""
    if field.startswith(PRINTED):
        return row.get("printed", {}).get(field.removeprefix(PRINTED))
    return row.get(field) if field else row


def touched(row: Row, clash: Clash, side: Any) -> Row:
    """Give the line of history that tells who gave the field this side's value, or nothing."""
    lines: list[Row] = row.get("history", [])
    name = clash.field.partition(".")[0]
    told = (
        line
        for line in reversed(lines)
        if line.get("change") == name and (name != clash.field or line.get("to") == side)
    )
    return next(told, {})


def _line(row: Row, field: str, value: Any, author: Author) -> Change:
    last = row["history"][-1]["at"] if row["history"] else ""
    at = max(author.at, last)  # however wrong a clock is, history stays in order
    if not field:
        return Change(at, author.by, author.via, KEPT)
    before, after = value_of(held(row, field)), value_of(value)
    return Change(at, author.by, author.via, field, before, after)


def _put(row: Row, field: str, value: Any) -> None:
    if field.startswith(PRINTED):
        cells = dict(row.get("printed", {}))
        _put(cells, field.removeprefix(PRINTED), value)
        _put(row, "printed", cells or None)
    elif value is None:
        row.pop(field, None)
    elif field:
        row[field] = value

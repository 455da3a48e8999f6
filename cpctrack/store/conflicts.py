"""Settling what a merge left open: the chosen value goes into the row, and into its history. Pure.

A row is one of the store's tables, as the file holds it; ``None`` is a field that is not there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from cpctrack.records.changes import Author
from cpctrack.records.model import Change, Clash, Conflict, Value
from cpctrack.store import canonical, codec
from cpctrack.store.codec import Row

PRINTED = "printed."
"""What begins the field of a conflict about one printed cell."""

UNITS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "actions": (
        ("due", "due_text"),
        ("owners", "owner_text"),
        ("status", "completed_on", "agreed_on"),
    ),
    "meetings": (("date", "type", "year"),),
}
"""Fields, by table, that say one thing between them: half of each side would say neither's."""

KEPT = "kept"
"""What history says of a record that one side had removed and somebody kept."""


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


def settle(row: Row, values: Mapping[str, Any], author: Author) -> Row:
    """Give the row with these values, without its conflicts about them.

    A record is told of each in its history, whether the value is another than before or not.
    """
    new = dict(row)
    for field, value in values.items():
        _put(new, field, value)
    left = [clash for clash in codec.decode_clashes(row, "The record") if clash.field not in values]
    new.pop(codec.CONFLICTS, None)
    if left:
        new[codec.CONFLICTS] = codec.encode_clashes(tuple(left))
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
    before, after = _plain(held(row, field)), _plain(value)
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


def _plain(value: Any) -> Value:
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return tuple(value)
    return value if isinstance(value, str) else canonical.dumps(value).decode().strip()

"""What a merge left open: finding it, telling of it, and settling it.

The chosen value goes into the row, and into its history. A row is one of the store's tables, as
the file holds it; ``None`` is a field that is not there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

from cpctrack.errors import StoreError, UsageError
from cpctrack.records.changes import Author, amend, value_of
from cpctrack.records.model import FIELDS, Change, Clash, Conflict, Record, agreed, words_of
from cpctrack.store import codec
from cpctrack.store.codec import CONFLICTS, WITHDRAWN, Document, Row
from cpctrack.text import one_line

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
    "meetings": [("date", "type", "year"), ("cancelled", "moved_to")],
}
"""Fields, by table, that say one thing between them: half of each side would say neither's."""

_OTHER_WORDS: Mapping[str, str] = {
    "": "removal",
    "ref": "reference",
    "year_starts": "start of the municipal year",
}

KEPT = "kept"
"""What history says of a record that one side had removed and somebody kept."""


class Resolution(NamedTuple):
    """What somebody says is right: a side, or values by field, as the file holds them."""

    side: str = ""
    values: Mapping[str, Any] = {}


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
        for clash in codec.decode_clashes(row, f"Action {called(table, row_id, row)}")
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


def field_words(field: str) -> str:
    """Name a field as a person would; a printed cell is named by its column."""
    if field.startswith(PRINTED):
        return f"printed cell “{one_line(field.removeprefix(PRINTED))}”"
    return _OTHER_WORDS.get(field) or one_line(words_of(field))


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
                f"Two people changed the {field_words(clash.field)} of {after.ref} in "
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


def apply(
    document: Document, conflict: Conflict, resolution: Resolution, author: Author
) -> tuple[Document, list[Conflict]]:
    """Give the document in which a conflict is settled, and what goes with it, and which those are.

    The document given stays as it is. Raises `UsageError` where a side can mean two things or
    nothing would be left to do, and `StoreError` where another record has the reference by now.
    """
    together = belonging(find(document), conflict)
    values = dict(resolution.values)
    if side := resolution.side:
        values = {each.clash.field: getattr(each.clash, side) for each in together}
        if any(getattr(each.clash, side) != values[each.clash.field] for each in together):
            raise UsageError(
                f"Two merges left conflicts about the {field_words(conflict.clash.field)} of "
                f"{conflict.ref}, so --{side} can mean two things; give --value TEXT."
            )
    settled = [each for each in together if each.clash.field in values]
    row = document[conflict.table][conflict.id]
    if (conflict.table, conflict.clash.field) == ("meetings", "type"):
        if values["type"] != row["type"]:
            return _moved_to_the_other(document, conflict.id, author), settled
    elif conflict.table == "actions" and not ("" in values and values[""] is None):
        _check(document, conflict, values)
    if "" in values and values[""] is None:
        return _without(document, conflict.table, conflict.id), settled
    return _with(document, conflict.table, {conflict.id: _settled(row, values, author)}), settled


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


def _check(document: Document, conflict: Conflict, values: Mapping[str, Any]) -> None:
    """Refuse what would leave a store that `check` calls damaged."""
    rows = document["actions"]
    if values.keys() & {"action", "recommendation"}:
        from cpctrack.records.decisions import require_text

        require_text(conflict.ref, agreed({**rows[conflict.id], **values}))
    used = {other.get("ref") for row_id, other in rows.items() if row_id != conflict.id}
    if values.get("ref") in used:
        raise StoreError(f"Another action has the reference {values['ref']} by now; keep the one.")


def _moved_to_the_other(document: Document, key: str, author: Author) -> Document:
    """Move the records of a meeting to the one of the other type on that day, and let it go."""
    settings = codec.decode_settings(document["settings"][codec.SETTINGS_ID])
    meetings = codec.decode_meetings(document["meetings"], settings)
    gone = meetings[key]
    other = next(
        each for each in meetings.values() if each.date == gone.date and each.type is not gone.type
    )
    moved: dict[str, Row] = {}
    for row_id, row in document["actions"].items():
        if row.get("meeting") == key:
            before = codec.decode_record(row_id, row, meetings)
            after = amend(before, {"meeting": other}, author)
            refuse_unsettled(before, after)
            moved[row_id] = codec.encode_record(after)
    return _without(_with(document, "actions", moved), "meetings", key)


def _with(document: Document, table: str, rows: Mapping[str, Row]) -> Document:
    return {**document, table: {**document.get(table, {}), **rows}}


def _without(document: Document, table: str, row_id: str) -> Document:
    """Give the document without a row; a record's reference is not used again."""
    rows = dict(document[table])
    row = rows.pop(row_id)
    without = {**document, table: rows}
    return _with(without, WITHDRAWN, {row["ref"]: {}}) if table == "actions" else without


def _settled(row: Row, values: Mapping[str, Any], author: Author) -> Row:
    """Give the row with these values, without its conflicts about them.

    A record is told of each in its history, whether the value is another than before or not.
    """
    new = dict(row)
    for field, value in values.items():
        _put(new, field, value)
    left = [clash for clash in codec.decode_clashes(row, "The action") if clash.field not in values]
    new.pop(CONFLICTS, None)
    if left:
        new[CONFLICTS] = codec.encode_clashes(tuple(left))
    if "history" in row:
        last = row["history"][-1]["at"] if row["history"] else ""
        at = max(author.at, last)  # however wrong a clock is, history stays in order
        new["history"] = list(row["history"])
        for field, value in values.items():
            line = Change(at, author.by, author.via, KEPT)
            if field:
                before, after = value_of(held(row, field)), value_of(value)
                line = line._replace(what=field, before=before, after=after)
            new["history"].append(codec.encode_change(line))
    return new


def _put(row: Row, field: str, value: Any) -> None:
    if field.startswith(PRINTED):
        cells = dict(row.get("printed", {}))
        _put(cells, field.removeprefix(PRINTED), value)
        _put(row, "printed", cells or None)
    elif value is None:
        row.pop(field, None)
    elif field:
        row[field] = value

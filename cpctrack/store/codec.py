"""Records to and from plain dictionaries: the store's format and the JSON that scripts read.

Fields this version does not know are carried along untouched. `docs/store.md` describes each.
"""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar

from cpctrack.dates import DEFAULT_YEAR_STARTS, find_date, municipal_year
from cpctrack.errors import StoreError
from cpctrack.records.model import (
    NOTHING,
    TEXT_FIELDS,
    Change,
    Clash,
    Conflict,
    Kind,
    Meeting,
    MeetingType,
    Record,
    Settings,
    Status,
    Value,
    split_item,
)
from cpctrack.records.query import is_overdue

SCHEMA = 2
SETTINGS_ID = "store"
CONFLICTS = "_conflicts"
"""The field of a row, in any table, that holds what a merge left to be settled."""

WITHDRAWN = "withdrawn"
"""The table of references that were given away and taken back: rows that hold nothing."""

_MOST_LEVELS = 50
_NESTING = (dict, list)
_PARAGRAPH = "exempt_paragraph"
_DECODED = frozenset({"actions", "meetings"})  # tables whose every row is looked at anyway

Row = dict[str, Any]
Document = dict[str, dict[str, Row]]

_T = TypeVar("_T")

_NO_PARTS: list[Any] = []  # adding to it fails on anything but a list
_STATUSES = {status.value: status for status in Status}
_KINDS = {kind.value: kind for kind in Kind}
_TYPES = {type_.value: type_ for type_ in MeetingType}
_WORDS: Mapping[str, Mapping[str, object]] = {"kind": _KINDS, "status": _STATUSES}
_PLAIN_FIELDS = frozenset({*TEXT_FIELDS, "ref", "meeting"})
_BLANK_TEXTS = dict.fromkeys(TEXT_FIELDS, "")
_texts_of = itemgetter(*TEXT_FIELDS)
_RECORD_FIELDS = frozenset(Record._fields) - {"id", "conflicts", "extra"} | {CONFLICTS}
_MEETING_FIELDS = frozenset({"date", "type", "year"})
_CHANGE_FIELDS = frozenset({"at", "by", "via", "change", "from", "to", "reason", "meeting"})
_CLASH_FIELDS = frozenset({"field", "base", "ours", "theirs"})
_SETTINGS_FIELDS = frozenset({"committee", "prefix", "schema", "year_starts"})


def upgrade(document: Document) -> Document:
    """Bring a document of an older schema to this one, step by step; raises `StoreError`."""
    schema = _schema(document)
    if schema > SCHEMA:
        raise StoreError(
            f"The store was written by a newer cpctrack (schema {schema}; this one knows "
            f"{SCHEMA}); upgrade cpctrack to open it."
        )
    _refuse_deep({name: table for name, table in document.items() if name not in _DECODED})
    for version in range(schema, SCHEMA):
        document = _STEPS[version](document)
    document["settings"][SETTINGS_ID]["schema"] = SCHEMA
    return document


def decode_settings(row: Row) -> Settings:
    """Read the settings; raises `StoreError` where the committee is missing."""
    if "committee" not in row:
        raise StoreError("The store names no committee; restore the file from git or a backup.")
    where = "The store's settings"
    return Settings(
        committee=_text(row, "committee", where),
        prefix=_text(row, "prefix", where, "ACT"),
        year_starts=_text(row, "year_starts", where, DEFAULT_YEAR_STARTS),
        extra=_extra(row, _SETTINGS_FIELDS),
    )


def encode_settings(settings: Settings) -> Row:
    """Write the settings with this version's schema."""
    return {
        **settings.extra,
        "committee": settings.committee,
        "prefix": settings.prefix,
        "schema": SCHEMA,
        "year_starts": settings.year_starts,
    }


def decode_meeting(row: Row, settings: Settings) -> Meeting:
    """Read a meeting; its year follows from its date unless it states one."""
    held_on = _text(row, "date", "A meeting of the store")
    stated = _text(row, "year", f"The store's meeting {held_on}")
    return Meeting(
        date=held_on,
        type=_known(_TYPES, row.get("type"), "meeting type", f"meeting {held_on}"),
        year=stated or year_of(held_on, settings),
        year_stated=bool(stated),
        extra=_extra(row, _MEETING_FIELDS),
    )


def encode_meeting(meeting: Meeting) -> Row:
    """Write a meeting."""
    row: Row = {**meeting.extra, "date": meeting.date, "type": meeting.type.value}
    if meeting.year_stated:
        row["year"] = meeting.year
    return row


def year_of(iso: str, settings: Settings) -> str:
    """Name the municipal year of a stored date, or nothing where it is no date."""
    day = find_date(iso)
    return municipal_year(day, settings.year_starts) if day else ""


def decode_record(record_id: str, row: Row, meetings: Mapping[str, Meeting]) -> Record:
    """Read a record; raises `StoreError` naming the record and what is wrong with it.

    An exempt paragraph that is no text is carried along like an unknown field: the record is
    exempt, whatever was meant.
    """
    if type(row.get(_PARAGRAPH, "")) is not str:
        return _decode_unclear(record_id, row, meetings)
    get = row.get
    try:
        texts = _texts_of({**_BLANK_TEXTS, **row})
        owners = tuple(_NO_PARTS + get("owners", _NO_PARTS))
        printed = get("printed", NOTHING)
        # One join fails on anything that is no text, in a fraction of the time of a look at each.
        "".join((row["ref"], *texts, *owners, *printed.values()))
        return Record._make(
            (
                record_id,
                row["ref"],
                meetings[row["meeting"]],
                _KINDS[get("kind", "action")],
                _STATUSES[get("status", "open")],
                owners,
                *texts,
                printed,
                tuple([_decode_change(line) for line in _NO_PARTS + get("history", _NO_PARTS)]),
                decode_clashes(row, f"Record {row['ref']}") if CONFLICTS in row else (),
                _extra(row, _RECORD_FIELDS),
            )
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise StoreError(_what_is_wrong(record_id, row, meetings)) from error


def _decode_unclear(record_id: str, row: Row, meetings: Mapping[str, Meeting]) -> Record:
    unclear = {_PARAGRAPH: row[_PARAGRAPH]}
    _refuse_deep(unclear)
    rest = {name: value for name, value in row.items() if name != _PARAGRAPH}
    record = decode_record(record_id, rest, meetings)
    return record._replace(extra={**record.extra, **unclear})


def check_readable(document: Document, records: AbstractSet[str]) -> None:
    """Refuse a document in which these records can't be read; raises `StoreError`."""
    settings = decode_settings(document["settings"][SETTINGS_ID])
    meetings = {
        key: decode_meeting(row, settings) for key, row in document.get("meetings", {}).items()
    }
    rows = document.get("actions", {})
    for record_id in records & rows.keys():
        decode_record(record_id, rows[record_id], meetings)


def encode_record(record: Record) -> Row:
    """Write a record; fields that hold nothing are left out."""
    row: Row = {
        **record.extra,
        **{name: value for name in TEXT_FIELDS if (value := getattr(record, name))},
        "ref": record.ref,
        "history": [encode_change(change) for change in record.history],
        "kind": record.kind.value,
        "meeting": record.meeting.key,
        "status": record.status.value,
    }
    if record.owners:
        row["owners"] = list(record.owners)
    if record.printed:
        row["printed"] = dict(record.printed)
    if record.conflicts:
        row[CONFLICTS] = encode_clashes(record.conflicts)
    return row


def to_json(record: Record, today: date, *, history: bool = False) -> Row:
    """Give a record as ``list --json`` and ``show --json`` print it: a contract with scripts."""
    number, title = split_item(record.item)
    row: Row = {
        "ref": record.ref,
        "kind": record.kind.value,
        "meeting_type": record.meeting.type.value,
        "meeting_date": record.meeting.date,
        "municipal_year": record.meeting.year,
        "item": record.item,
        "item_number": number,
        "item_title": title,
        "recommendation": record.recommendation,
        "action": record.action,
        "referrer": record.referrer,
        "owners": list(record.owners),
        "owner_text": record.owner_text,
        "due": record.due or None,
        "due_text": record.due_text,
        "response": record.response,
        "status": record.status.value,
        "follow_up": record.follow_up,
        "completed_on": record.completed_on or None,
        "agreed_on": record.agreed_on or None,
        "overdue": is_overdue(record, today),
        "exempt": record.exempt,
        "exempt_paragraph": record.exempt_paragraph,
        "source_ref": record.source_ref,
        "printed": dict(record.printed),
    }
    if history:
        row["history"] = [{"from": "", "to": "", **encode_change(c)} for c in record.history]
    return row


def called(table: str, row_id: str, row: Row) -> str:
    """Name a row as people do: a record by its reference, the settings, a meeting by its id."""
    if table == "actions":
        return str(row.get("ref") or row_id)
    return table if table == "settings" else row_id


def find_conflicts(document: Document) -> list[Conflict]:
    """Give everything that merges left to be settled, by reference; raises `StoreError`."""
    rows = (
        (table, row_id, row)
        for table, held in document.items()
        for row_id, row in held.items()
        if CONFLICTS in row  # nearly never, so nothing else is looked at
    )
    return in_order_of_reference(
        Conflict(table, row_id, called(table, row_id, row), clash)
        for table, row_id, row in rows
        for clash in decode_clashes(row, f"Record {called(table, row_id, row)}")
    )


def in_order_of_reference(conflicts: Iterable[Conflict]) -> list[Conflict]:
    """Sort conflicts as people look for them: the settings, then every row by its name."""
    return sorted(
        conflicts, key=lambda each: (each.table != "settings", each.ref, each.id, each.clash.field)
    )


def decode_clashes(row: Row, where: str) -> tuple[Clash, ...]:
    """Read what a merge left to be settled in a row of any table; raises `StoreError`."""
    lines = row.get(CONFLICTS, _NO_PARTS)
    if not isinstance(lines, list) or not all(map(_is_clash, lines)):
        raise StoreError(
            f"{where}: its conflicts are not as docs/store.md describes them; correct the file, or "
            "restore it from git or a backup."
        )
    _refuse_deep(lines)
    return tuple(
        Clash(
            line["field"],
            line.get("base"),
            line.get("ours"),
            line.get("theirs"),
            _extra(line, _CLASH_FIELDS),
        )
        for line in lines
    )


def encode_clashes(clashes: tuple[Clash, ...]) -> list[Row]:
    """Write what a merge left to be settled; a value that is absent is null."""
    sides = ("field", "base", "ours", "theirs")
    return [{**each.extra, **dict(zip(sides, each, strict=False))} for each in clashes]


def _is_clash(line: Any) -> bool:
    if not isinstance(line, dict) or not isinstance(line.get("field"), str):
        return False
    return all(_can_hold(line["field"], line.get(side)) for side in ("base", "ours", "theirs"))


def _can_hold(field: str, value: Any) -> bool:
    if value is None:
        return True
    if not field:
        return isinstance(value, dict)
    if field == "owners":
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    words: Mapping[str, object] | None = _WORDS.get(field)
    if words is not None:
        return isinstance(value, str) and value in words
    return isinstance(value, str) or field not in _PLAIN_FIELDS


def _decode_change(row: Row) -> Change:
    get = row.get
    at, by, via, what = row["at"], row["by"], get("via", ""), row["change"]
    before, after = get("from", ""), get("to", "")
    reason, meeting = get("reason", ""), get("meeting", "")
    "".join((at, by, via, what, reason, meeting))
    if type(before) is not str or type(after) is not str:
        before, after = _decode_value(before), _decode_value(after)
    return Change(at, by, via, what, before, after, reason, meeting, _extra(row, _CHANGE_FIELDS))


def encode_change(change: Change) -> Row:
    """Write a line of history."""
    row = {
        **change.extra,
        "at": change.at,
        "by": change.by,
        "via": change.via,
        "change": change.what,
    }
    if change.before != "":
        row["from"] = _encode_value(change.before)
    if change.after != "":
        row["to"] = _encode_value(change.after)
    if change.reason:
        row["reason"] = change.reason
    if change.meeting:
        row["meeting"] = change.meeting
    return row


def _decode_value(value: Any) -> Value:
    if type(value) is str:
        return value
    "".join(value)
    return tuple(_NO_PARTS + value)


def _encode_value(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _extra(row: Row, known: frozenset[str]) -> Mapping[str, object]:
    # Nearly every row is known in full, and a subset test is the cheapest way to see it.
    if row.keys() <= known:
        return NOTHING
    extra = {name: value for name, value in row.items() if name not in known}
    _refuse_deep(extra)
    return extra


def _refuse_deep(value: Any) -> None:
    """Refuse an object or list that could be read and not be written again, so deep is it."""
    if _is_deeper(value, _MOST_LEVELS):
        raise StoreError(
            f"The store holds a value of more than {_MOST_LEVELS} levels, which no cpctrack "
            "wrote; restore the file from git or a backup."
        )


def _is_deeper(value: Any, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    # Nearly everything is text, which is not worth a call.
    return levels == 0 or any(
        _is_deeper(part, levels - 1) for part in parts if isinstance(part, _NESTING)
    )


def _text(row: Row, name: str, where: str, default: str = "") -> str:
    value = row.get(name, default)
    if not isinstance(value, str):
        raise StoreError(f"{where}: the field “{name}” must hold text; correct it in the file.")
    return value


def _known(values: Mapping[str, _T], value: Any, what: str, where: str) -> _T:
    if isinstance(value, str) and value in values:
        return values[value]
    raise StoreError(
        f"The store's {where} has the {what} “{value}”, which is none of {', '.join(values)}."
    )


def _what_is_wrong(record_id: str, row: Row, meetings: Mapping[str, Meeting]) -> str:
    ref = row.get("ref")
    if not isinstance(ref, str):
        return f"Record “{record_id}” has no reference; restore the file from git or a backup."
    where = f"Record {ref or record_id}"
    for name, values in (("kind", _KINDS), ("status", _STATUSES)):
        value = row.get(name, "")
        if name in row and not (isinstance(value, str) and value in values):
            return f"{where} has the {name} “{value}”, which is none of {', '.join(values)}."
    meeting = row.get("meeting")
    if not (isinstance(meeting, str) and meeting in meetings):
        return (
            f"{where} belongs to the meeting “{meeting}”, which the store does not hold. After a "
            "merge in git, “cpctrack resolve --from-git” puts it back; else put it into the file."
        )
    wrong = next((name for name in TEXT_FIELDS if not isinstance(row.get(name, ""), str)), "")
    if wrong:
        return f"{where}: the field “{wrong}” must hold text; correct it in the file."
    return (
        f"{where}: its owners, printed cells or history are not as docs/store.md describes them; "
        "correct the file, or restore it from git or a backup."
    )


def _schema(document: Document) -> int:
    schema = document.get("settings", {}).get(SETTINGS_ID, {}).get("schema")
    if type(schema) is not int or schema < 1:
        raise StoreError(
            "The file is JSON but not a cpctrack store (it states no schema); "
            "name the right file with --store."
        )
    return schema


def _split_due(document: Document) -> Document:
    """Take apart what schema 1 kept in one field: the due date, and what was typed for it."""
    for row in document.get("actions", {}).values():
        typed = row.get("due", "")
        if typed and isinstance(typed, str):
            day = find_date(typed)
            row["due_text"] = typed
            row["due"] = day.isoformat() if day else ""
    return document


_STEPS: Mapping[int, Callable[[Document], Document]] = {1: _split_due}

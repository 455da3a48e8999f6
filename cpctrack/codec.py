"""Records to and from plain dictionaries: the store's format and the JSON that scripts read.

Fields this version does not know are carried along untouched. `docs/store.md` describes each.
"""

from collections.abc import Callable, Mapping
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from cpctrack.dates import DEFAULT_YEAR_STARTS, find_date, municipal_year
from cpctrack.errors import StoreError
from cpctrack.model import (
    Change,
    Kind,
    Meeting,
    MeetingType,
    Record,
    Settings,
    Status,
    Value,
    split_item,
)
from cpctrack.query import is_overdue

SCHEMA = 2
SETTINGS_ID = "store"

Row = dict[str, Any]
Document = dict[str, dict[str, Row]]

_T = TypeVar("_T")

_NOTHING: Mapping[str, Any] = MappingProxyType({})
_NO_ROWS: list[Any] = []  # adding to it fails on anything but a list
_STATUSES = {status.value: status for status in Status}
_KINDS = {kind.value: kind for kind in Kind}
_TYPES = {type_.value: type_ for type_ in MeetingType}
_TEXTS = (
    "action", "completed_on", "due", "due_text", "exempt_paragraph", "follow_up", "item",
    "owner_text", "recommendation", "ref", "referrer", "response", "source_ref",
)  # fmt: skip
_texts_of = attrgetter(*_TEXTS)
_RECORD_FIELDS = frozenset({*_TEXTS, "history", "kind", "meeting", "owners", "printed", "status"})
_MEETING_FIELDS = frozenset({"date", "type", "year"})
_CHANGE_FIELDS = frozenset({"at", "by", "via", "change", "from", "to"})
_SETTINGS_FIELDS = frozenset({"committee", "prefix", "schema", "year_starts"})


def upgrade(document: Document) -> Document:
    """Bring a document of an older schema to this one, step by step; raises `StoreError`."""
    schema = _schema(document)
    if schema > SCHEMA:
        raise StoreError(
            f"The store was written by a newer cpctrack (schema {schema}; this one knows "
            f"{SCHEMA}); upgrade cpctrack to open it."
        )
    for version in range(schema, SCHEMA):
        document = _STEPS[version](document)
    document["settings"][SETTINGS_ID]["schema"] = SCHEMA
    return document


def decode_settings(row: Row) -> Settings:
    """Read the settings; raises `StoreError` where the committee is missing."""
    if not isinstance(row.get("committee"), str):
        raise StoreError("The store names no committee; restore the file from git or a backup.")
    return Settings(
        committee=row["committee"],
        prefix=str(row.get("prefix", "ACT")),
        year_starts=str(row.get("year_starts", DEFAULT_YEAR_STARTS)),
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
    held_on = str(row.get("date", ""))
    stated = str(row.get("year", ""))
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
    """Read a record; raises `StoreError` naming the record and what is wrong with it."""
    get = row.get
    try:
        record = Record(
            id=record_id,
            ref=row["ref"],
            meeting=meetings[row["meeting"]],
            kind=_KINDS[get("kind", "action")],
            item=get("item", ""),
            recommendation=get("recommendation", ""),
            action=get("action", ""),
            referrer=get("referrer", ""),
            owners=tuple(_NO_ROWS + get("owners", _NO_ROWS)),
            owner_text=get("owner_text", ""),
            due=get("due", ""),
            due_text=get("due_text", ""),
            response=get("response", ""),
            status=_STATUSES[get("status", "open")],
            follow_up=get("follow_up", ""),
            completed_on=get("completed_on", ""),
            exempt_paragraph=get("exempt_paragraph", ""),
            source_ref=get("source_ref", ""),
            printed=get("printed", _NOTHING),
            history=tuple([_decode_change(line) for line in get("history", ())]),
            extra=_extra(row, _RECORD_FIELDS),
        )
        # One join fails on anything that is no text, in a fraction of the time of a look at each.
        "".join((*_texts_of(record), *record.owners, *record.printed.values()))
    except (KeyError, TypeError, AttributeError) as error:
        raise StoreError(_what_is_wrong(record_id, row, meetings)) from error
    return record


def encode_record(record: Record) -> Row:
    """Write a record; fields that hold nothing are left out."""
    row: Row = {
        **record.extra,
        **{name: value for name in _TEXTS if (value := getattr(record, name))},
        "history": [_encode_change(change) for change in record.history],
        "kind": record.kind.value,
        "meeting": record.meeting.key,
        "status": record.status.value,
    }
    if record.owners:
        row["owners"] = list(record.owners)
    if record.printed:
        row["printed"] = dict(record.printed)
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
        "overdue": is_overdue(record, today),
        "exempt": record.exempt,
        "exempt_paragraph": record.exempt_paragraph,
        "source_ref": record.source_ref,
        "printed": dict(record.printed),
    }
    if history:
        row["history"] = [_encode_change(change) for change in record.history]
    return row


def _decode_change(row: Row) -> Change:
    change = Change(
        row["at"],
        row["by"],
        row.get("via", ""),
        row["change"],
        _decode_value(row.get("from", "")),
        _decode_value(row.get("to", "")),
        _extra(row, _CHANGE_FIELDS),
    )
    "".join((change.at, change.by, change.via, change.what))
    return change


def _encode_change(change: Change) -> Row:
    return {
        **change.extra,
        "at": change.at,
        "by": change.by,
        "via": change.via,
        "change": change.what,
        "from": _encode_value(change.before),
        "to": _encode_value(change.after),
    }


def _decode_value(value: Any) -> Value:
    if type(value) is str:
        return value
    "".join(value)
    return tuple(_NO_ROWS + value)


def _encode_value(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _extra(row: Row, known: frozenset[str]) -> Mapping[str, object]:
    # Nearly every row is known in full, and a subset test is the cheapest way to see it.
    return _NOTHING if row.keys() <= known else {k: v for k, v in row.items() if k not in known}


def _known(values: Mapping[str, _T], value: Any, what: str, where: str) -> _T:
    if isinstance(value, str) and value in values:
        return values[value]
    raise StoreError(
        f"The store's {where} has the {what} “{value}”, which is none of {', '.join(values)}."
    )


def _what_is_wrong(record_id: str, row: Row, meetings: Mapping[str, Meeting]) -> str:
    where = f"Record {row.get('ref') or record_id}"
    if not isinstance(row.get("ref"), str):
        return f"{where} has no reference; restore the file from git or a backup."
    for name, values in (("kind", _KINDS), ("status", _STATUSES)):
        if row.get(name, next(iter(values))) not in values:
            return f"{where} has the {name} “{row[name]}”, which is none of {', '.join(values)}."
    if row.get("meeting") not in meetings:
        meeting = row.get("meeting")
        return f"{where} belongs to the meeting “{meeting}”, which the store does not hold."
    return f"{where} is not as a record must be; restore the file from git or a backup."


def _schema(document: Document) -> int:
    schema = document.get("settings", {}).get(SETTINGS_ID, {}).get("schema")
    if not isinstance(schema, int) or schema < 1:
        raise StoreError(
            "The file is JSON but not a cpctrack store (it states no schema); "
            "name the right file with --store."
        )
    return schema


def _split_due(document: Document) -> Document:
    """Take apart what schema 1 kept in one field: the due date, and what was typed for it."""
    for row in document.get("actions", {}).values():
        typed = row.get("due", "")
        if typed:
            day = find_date(typed)
            row["due_text"] = typed
            row["due"] = day.isoformat() if day else ""
    return document


_STEPS: Mapping[int, Callable[[Document], Document]] = {1: _split_due}

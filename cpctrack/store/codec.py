"""The store's rows: settings, meetings and records with their changes and conflicts, to and from.

Fields this version does not know are carried along untouched. `docs/store.md` describes each.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from operator import itemgetter
from typing import Any

from cpctrack.dates import DEFAULT_YEAR_STARTS, TERMS, Terms, find_date, municipal_year
from cpctrack.errors import StoreError
from cpctrack.records.model import (
    FIELDS,
    LISTS,
    NOTHING,
    TEXT_FIELDS,
    WORDS,
    Change,
    Clash,
    Meeting,
    MeetingType,
    Record,
    Settings,
)

SCHEMA = 2
SETTINGS_ID = "store"
CONFLICTS = "_conflicts"
"""The field of a row, in any table, that holds what a merge left to be settled."""

WITHDRAWN = "withdrawn"
"""The table of references that were given away and taken back: rows that hold nothing."""

HABITS = "habits"
"""The table of what going through minutes has taught; `cpctrack.minutes.habits` reads its rows."""

OWNERS = "owners"
"""The table of what is known of owners; `cpctrack.store.owners` reads its rows."""

COPIES = "copies"
"""The table of copies of the file that were brought in: empty rows, by `store.copies.digest`."""

_MOST_LEVELS = 50
_MOST_DIGITS = 3
_NESTING = (dict, list)
_PARAGRAPH = "exempt_paragraph"

Row = dict[str, Any]
Document = dict[str, dict[str, Row]]

_NO_PARTS: list[Any] = []  # adding to it fails on anything but a list
_TYPES = {type_.value: type_ for type_ in MeetingType}
_WORDS: Mapping[str, Mapping[str, object]] = {
    name: {each.value: each for each in words} for name, words in WORDS.items()
}
_PLAIN_FIELDS = frozenset({*TEXT_FIELDS, "ref", "meeting"})
_BLANK: Row = {
    **dict.fromkeys(TEXT_FIELDS, ""),
    **dict.fromkeys((*LISTS, "history"), _NO_PARTS),
    "kind": "action",
    "status": "open",
    "acceptance": "",
    "printed": NOTHING,
}
_texts_of = itemgetter("ref", *TEXT_FIELDS)
_in_order = itemgetter(*Record._fields)
_RECORD_FIELDS = frozenset(Record._fields) - {"id", "conflicts", "extra"} | {CONFLICTS}
_MEETING_FIELDS = frozenset({"date", "type", "year", "cancelled", "moved_to", "note"})
_CHANGE_FIELDS = frozenset({"at", "by", "via", "change", "from", "to", "reason", "meeting"})
_CLASH_FIELDS = frozenset({"field", "base", "ours", "theirs"})
_TERMS = {f"{name}_ends": name for name in Terms._fields}
_LADDER = ("remind_after", "escalate_after")
_SETTINGS_FIELDS = frozenset(
    {"committee", "prefix", "schema", "year_starts", *_TERMS, *_LADDER, "clerk", "contact"}
)


def decode_settings(row: Row) -> Settings:
    """Read the settings; raises `StoreError` where the committee is missing, or one is wrong."""
    if "committee" not in row:
        raise StoreError("The store names no committee; restore the file from git or a backup.")
    where = "The store's settings"
    return Settings(
        committee=_text(row, "committee", where),
        prefix=_text(row, "prefix", where, "ACT"),
        year_starts=_text(row, "year_starts", where, DEFAULT_YEAR_STARTS),
        terms=Terms._make(
            _text(row, field, where, usual) for field, usual in zip(_TERMS, TERMS, strict=True)
        ),
        **{name: _days(row, name, where) for name in _LADDER},
        clerk=_text(row, "clerk", where),
        contact=_text(row, "contact", where),
        extra=extra_of(row, _SETTINGS_FIELDS),
    )


def encode_settings(settings: Settings) -> Row:
    """Write the settings with this version's schema."""
    row: Row = {
        **settings.extra,
        "committee": settings.committee,
        "prefix": settings.prefix,
        "schema": SCHEMA,
        "year_starts": settings.year_starts,
    }
    terms = zip(_TERMS, settings.terms, TERMS, strict=True)
    row |= {field: ends for field, ends, usual in terms if ends != usual}
    chosen = {name: getattr(settings, name) for name in (*_LADDER, "clerk", "contact")}
    usual = Settings._field_defaults
    return row | {name: str(held) for name, held in chosen.items() if held != usual[name]}


def decode_meeting(row: Row, settings: Settings) -> Meeting:
    """Read a meeting; its year follows from its date unless it states one."""
    held_on = _text(row, "date", "A meeting of the store")
    where = f"The store's meeting {held_on}"
    stated = _text(row, "year", where)
    type_ = row.get("type")
    if not (isinstance(type_, str) and type_ in _TYPES):
        raise StoreError(
            f"The store's meeting {held_on} has the type “{type_}”; write one of "
            f"{', '.join(_TYPES)} in the file."
        )
    return Meeting(
        date=held_on,
        type=_TYPES[type_],
        year=stated or year_of(held_on, settings),
        year_stated=bool(stated),
        cancelled=_flag(row, "cancelled", where),
        moved_to=_text(row, "moved_to", where),
        note=_text(row, "note", where),
        extra=extra_of(row, _MEETING_FIELDS),
    )


def decode_meetings(rows: Mapping[str, Row], settings: Settings) -> dict[str, Meeting]:
    """Read the meetings of a store, by id."""
    return {key: decode_meeting(row, settings) for key, row in rows.items()}


def encode_meeting(meeting: Meeting) -> Row:
    """Write a meeting."""
    row: Row = {**meeting.extra, "date": meeting.date, "type": meeting.type.value}
    if meeting.year_stated:
        row["year"] = meeting.year
    others = {name: getattr(meeting, name) for name in ("cancelled", "moved_to", "note")}
    return row | {name: value for name, value in others.items() if value}


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
        unclear = {_PARAGRAPH: row[_PARAGRAPH]}
        refuse_deep(unclear)
        rest = {name: value for name, value in row.items() if name != _PARAGRAPH}
        record = decode_record(record_id, rest, meetings)
        return record._replace(extra={**record.extra, **unclear})
    values = {**_BLANK, **row}
    try:
        # A join fails on anything that is no text, in a fraction of the time of a look at each.
        for name in LISTS:
            values[name] = tuple(_NO_PARTS + values[name])
            "".join(values[name])
        "".join((*_texts_of(values), *values["printed"].values()))
        values["id"] = record_id
        values["meeting"] = meetings[row["meeting"]]
        for name, words in _WORDS.items():
            values[name] = words[values[name]]
        values["history"] = tuple([_decode_change(line) for line in _NO_PARTS + values["history"]])
        values["conflicts"] = (
            decode_clashes(row, f"Action {row['ref']}") if CONFLICTS in row else ()
        )
        values["extra"] = extra_of(row, _RECORD_FIELDS)
        return Record._make(_in_order(values))
    except (KeyError, TypeError, AttributeError) as error:
        raise StoreError(_what_is_wrong(record_id, row, meetings)) from error


def check_readable(document: Document, records: AbstractSet[str]) -> None:
    """Refuse a document in which these records can't be read; raises `StoreError`."""
    settings = decode_settings(document["settings"][SETTINGS_ID])
    meetings = decode_meetings(document.get("meetings", {}), settings)
    rows = document.get("actions", {})
    for record_id in records & rows.keys():
        decode_record(record_id, rows[record_id], meetings)


def encode_record(record: Record) -> Row:
    """Write a record; fields that hold nothing are left out."""
    fields = {each.name: getattr(record, each.name) for each in FIELDS}
    row: Row = {
        **record.extra,
        **{name: plain(value) for name, value in fields.items() if value},
        "ref": record.ref,
        "history": [encode_change(change) for change in record.history],
        "meeting": record.meeting.key,
    }
    if record.conflicts:
        row[CONFLICTS] = encode_clashes(record.conflicts)
    return row


def plain(value: Any) -> Any:
    """Write what a field of a record holds as JSON does."""
    if isinstance(value, str):
        return str(value)
    return list(value) if isinstance(value, tuple) else dict(value)


def decode_clashes(row: Row, where: str) -> tuple[Clash, ...]:
    """Read what a merge left to be settled in a row of any table; raises `StoreError`."""
    lines = row.get(CONFLICTS, _NO_PARTS)
    if not isinstance(lines, list) or not all(map(_is_clash, lines)):
        raise StoreError(
            f"{where}: its conflicts are not as docs/store.md describes them; correct the file, or "
            "restore it from git or a backup."
        )
    refuse_deep(lines)
    return tuple(
        Clash(
            line["field"],
            line.get("base"),
            line.get("ours"),
            line.get("theirs"),
            extra_of(line, _CLASH_FIELDS),
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
    if field in LISTS:
        return isinstance(value, list) and all(isinstance(part, str) for part in value)
    if field in _WORDS:
        return isinstance(value, str) and value in _WORDS[field]
    return isinstance(value, str) or field not in _PLAIN_FIELDS


def _decode_change(row: Row) -> Change:
    get = row.get
    at, by, via, what = row["at"], row["by"], get("via", ""), row["change"]
    before, after = get("from", ""), get("to", "")
    reason, meeting = get("reason", ""), get("meeting", "")
    "".join((at, by, via, what, reason, meeting))
    if type(before) is not str or type(after) is not str:
        before, after = (
            each if type(each) is str else tuple(_NO_PARTS + each) for each in (before, after)
        )
        "".join((*before, *after))
    return Change(at, by, via, what, before, after, reason, meeting, extra_of(row, _CHANGE_FIELDS))


def encode_change(change: Change) -> Row:
    """Write a line of history."""
    at, by, via, what, before, after, reason, meeting, extra = change
    told = {"from": before, "to": after, "reason": reason, "meeting": meeting}
    told = {name: plain(value) for name, value in told.items() if value != ""}
    return {**extra, "at": at, "by": by, "via": via, "change": what, **told}


def extra_of(row: Row, known: frozenset[str]) -> Mapping[str, object]:
    """Give the fields of a row that a later cpctrack wrote; raises as `refuse_deep` does."""
    # Nearly every row is known in full, and a subset test is the cheapest way to see it.
    if row.keys() <= known:
        return NOTHING
    extra = {name: value for name, value in row.items() if name not in known}
    refuse_deep(extra)
    return extra


def refuse_deep(value: Any) -> None:
    """Refuse an object or list that could be read and not be written again, so deep is it."""
    if _is_deeper(value, _MOST_LEVELS):
        raise StoreError(
            f"The store has brackets within brackets, more than {_MOST_LEVELS} deep, which no "
            "cpctrack wrote; restore the file from git or a backup."
        )


def _is_deeper(value: Any, levels: int) -> bool:
    parts = value.values() if isinstance(value, dict) else value
    # Nearly everything is text, which is not worth a call.
    return levels == 0 or any(
        _is_deeper(part, levels - 1) for part in parts if isinstance(part, _NESTING)
    )


def _flag(row: Row, name: str, where: str) -> bool:
    value = row.get(name, False)
    if not isinstance(value, bool):
        raise StoreError(f"{where}: “{name}” must be true or false; correct it in the file.")
    return value


def _text(row: Row, name: str, where: str, default: str = "") -> str:
    value = row.get(name, default)
    if not isinstance(value, str):
        raise StoreError(f"{where}: the field “{name}” must hold text; correct it in the file.")
    return value


def _days(row: Row, name: str, where: str) -> int:
    text = _text(row, name, where, str(Settings._field_defaults[name]))
    if not (text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS):
        raise StoreError(
            f"{where}: the field “{name}” must hold a number of days, as in “7”; correct it in the "
            "file."
        )
    return int(text)


def _what_is_wrong(record_id: str, row: Row, meetings: Mapping[str, Meeting]) -> str:
    ref = row.get("ref")
    if not isinstance(ref, str):
        return f"The action “{record_id}” has no reference; restore the file from git or a backup."
    where = f"Action {ref or record_id}"
    for name, values in _WORDS.items():
        value = row.get(name, "")
        if name in row and not (isinstance(value, str) and value in values):
            known = ", ".join(filter(None, values))
            return f"{where} has the {name} “{value}”; write one of {known} in the file."
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
        f"{where}: its {', '.join(LISTS)}, printed cells or history are not as docs/store.md "
        "describes them; correct the file, or restore it from git or a backup."
    )

"""The tables that other programs get: records, their changes and their meetings. Pure.

The columns of a record are the fields that ``list --json`` prints, and so those of `Record`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, NamedTuple

from cpctrack.dates import is_iso
from cpctrack.errors import StoreError
from cpctrack.records.attention import Reason
from cpctrack.records.calendar import Calendar
from cpctrack.records.fields import Field, Holds
from cpctrack.records.model import (
    FIELDS,
    WORDS,
    Meeting,
    MeetingType,
    Record,
    Settings,
    words_of,
)
from cpctrack.records.owners import NO_OWNERS, Owners
from cpctrack.store.codec import Row, encode_change
from cpctrack.store.contract import to_json
from cpctrack.text import clean, one_line


class Type(Enum):
    """What a cell can be. A date may be missing; every other cell is there, if only empty."""

    TEXT = "text"
    DAY = "day"
    DATE = "date or nothing"
    NUMBER = "number"
    FLAG = "flag"
    TEXTS = "texts"
    LINKS = "links"
    CELLS = "texts by name"
    VALUE = "text or texts"


class Column(NamedTuple):
    """A column: what it means, and the words it can hold where they are a few."""

    name: str
    means: str
    type: Type = Type.TEXT
    words: tuple[str, ...] = ()


class Table(NamedTuple):
    """A table: its columns, those that tell a row from every other, and its rows' parents.

    `parents` are a table's name, the columns here, and the columns there.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parents: tuple[str, tuple[str, ...], tuple[str, ...]] | None = None


class Source(NamedTuple):
    """What of one store is written; `owners` are known for their services."""

    settings: Settings
    calendar: Calendar
    meetings: Sequence[Meeting]
    records: Sequence[Record]
    owners: Owners = NO_OWNERS


_TYPES = {
    Holds.DATE: Type.DATE,
    Holds.NAMES: Type.TEXTS,
    Holds.LINKS: Type.TEXTS,
    Holds.CELLS: Type.CELLS,
}


_MEANS = {"printed": "cells of an imported row that no other field keeps"}


def _column(field: Field) -> Column:
    type_ = Type.LINKS if field.name == "links" else _TYPES.get(field.holds, Type.TEXT)
    words = tuple(map(str, WORDS.get(field.name, ())))
    return Column(field.name, _MEANS.get(field.name, field.words), type_, words)


_MEETING_TYPES = tuple(map(str, MeetingType))
_COMMITTEE = (
    Column("committee", "committee"),
    Column("prefix", "what the committee's references begin with"),
)

MEETINGS = Table(
    "meetings",
    (
        *_COMMITTEE,
        Column("date", "day of the meeting", Type.DAY),
        Column("type", "type of meeting", words=_MEETING_TYPES),
        Column("municipal_year", "municipal year it counts to"),
        Column("cancelled", "that it is not held", Type.FLAG),
        Column("moved_to", "day it is held instead", Type.DATE),
        Column("note", "what somebody wrote of it"),
    ),
    ("prefix", "date", "type"),
)
RECORDS = Table(
    "records",
    (
        Column("ref", "printed reference"),
        _COMMITTEE[0],
        Column("meeting_type", "type of the meeting", words=_MEETING_TYPES),
        Column("meeting_date", "day of the meeting", Type.DAY),
        Column("municipal_year", "municipal year of the meeting"),
        *map(_column, FIELDS),
        Column("due_by", "last day that the due date allows", Type.DATE),
        Column("first_due", "due date before every extension, a day or words"),
        Column("times_moved", "how often it was extended", Type.NUMBER),
        Column("service", "services of its owners", Type.TEXTS),
        Column("item_number", "number of the agenda item"),
        Column("item_title", "title of the agenda item"),
        Column("overdue", "that its due date has passed and it is still to be done", Type.FLAG),
        Column("attention", "why it needs somebody, if it does", words=("", *Reason)),
        Column("exempt", "that it must stay out of what the public reads", Type.FLAG),
        _COMMITTEE[1],
    ),
    ("ref",),
    ("meetings", ("prefix", "meeting_date", "meeting_type"), MEETINGS.key),
)
CHANGES = Table(
    "changes",
    (
        Column("ref", "reference of the action"),
        Column("number", "which line of its history, from 1", Type.NUMBER),
        Column("at", "when, in UTC"),
        Column("by", "who"),
        Column("via", "command"),
        Column("change", "field that changed, or what happened"),
        Column("from", "what it held before", Type.VALUE),
        Column("to", "what it holds since", Type.VALUE),
        Column("reason", "why"),
        Column("meeting", "meeting that decided it", Type.DATE),
        Column("exempt", "that the action must stay out of what the public reads", Type.FLAG),
        *_COMMITTEE,
    ),
    ("ref", "number"),
    ("records", ("ref",), ("ref",)),
)
TABLES = (MEETINGS, RECORDS, CHANGES)
"""Parents first."""

Rows = Mapping[str, Sequence[Row]]
"""The rows of each table, by its name."""


def tables(sources: Iterable[Source]) -> Rows:
    """Lay out what stores hold; texts are `clean`, and no two rows have one key.

    Raises `StoreError` for a date that is no day, and for two rows of one key.
    """
    rows: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    for source in sources:
        rows["meetings"] += _rows(MEETINGS, _meetings(source))
        for record in source.records:
            rows["records"] += _rows(RECORDS, [_record(record, source)])
            rows["changes"] += _rows(CHANGES, _changes(record, source))
    for table in TABLES:
        _refuse_twins(table, rows[table.name])
    return rows


def _of_committee(settings: Settings) -> Row:
    return {"committee": settings.committee, "prefix": settings.prefix}


def _meetings(source: Source) -> Iterator[Row]:
    for each in source.meetings:
        yield {
            **_of_committee(source.settings),
            "date": each.date,
            "type": each.type.value,
            "municipal_year": each.year,
            "cancelled": each.cancelled,
            "moved_to": each.moved_to,
            "note": each.note,
        }


def _record(record: Record, source: Source) -> Row:
    return {
        **to_json(record, source.calendar, owners=source.owners),
        **_of_committee(source.settings),
    }


def _changes(record: Record, source: Source) -> Iterator[Row]:
    blank = dict.fromkeys(("from", "to", "reason", "meeting"), "")
    told = {"ref": record.ref, "exempt": record.exempt, **_of_committee(source.settings)}
    for number, change in enumerate(record.history, 1):
        yield {**blank, **encode_change(change), **told, "number": number}


def _rows(table: Table, made: Iterable[Row]) -> Iterator[Row]:
    """Give rows their columns in order, no text that a terminal obeys, and dates that are days."""
    for row in made:
        cells = {column.name: _clean(row[column.name]) for column in table.columns}
        for column in table.columns:
            if column.type is Type.DATE:
                cells[column.name] = cells[column.name] or None
            if column.type in (Type.DATE, Type.DAY):
                _check_date(table, column.name, cells)
        yield cells


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(str(value))  # a word of an enumeration is one
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {clean(name): _clean(part) for name, part in value.items()}
    return value


def _check_date(table: Table, name: str, cells: Row) -> None:
    value = cells[name]
    if value is not None and not is_iso(value):
        raise StoreError(
            f"{_named(table, cells)}: the {words_of(name)} “{one_line(value)}” is no day of the "
            "calendar. Nothing was written; correct it, and run the command again."
        )


def _refuse_twins(table: Table, rows: Iterable[Row]) -> None:
    seen = set()
    for row in rows:
        key = tuple(row[name] for name in table.key)
        if key in seen:
            raise StoreError(
                f"{_named(table, row)} is there twice, so nobody could tell one from the other. "
                "“cpctrack check” says how to put that right. Nothing was written."
            )
        seen.add(key)


def _named(table: Table, row: Row) -> str:
    if table is MEETINGS:
        return one_line(f"The {row['type']} meeting of {row['date']} of the {row['committee']}")
    return one_line(row["ref"])

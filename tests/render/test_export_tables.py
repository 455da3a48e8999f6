"""Tables for other programs: every field a script reads, in every form, and as the schema says."""

import csv
import io
import json
import sqlite3
from contextlib import closing
from datetime import date

import pyarrow as pa
import pytest
from amounts import times
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pyarrow import parquet

from cpctrack.cells import unguard
from cpctrack.errors import MissingExtraError, StoreError
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import (
    Acceptance,
    Change,
    Kind,
    Meeting,
    MeetingType,
    Record,
    Settings,
    Status,
)
from cpctrack.records.owners import Owner, Owners
from cpctrack.render.export import forms
from cpctrack.render.export.schema import schema
from cpctrack.render.export.tables import TABLES, Source, Type, tables
from cpctrack.store.contract import to_json

TODAY = date(2024, 6, 12)
COMMITTEE = Settings(committee="Licensing Committee", prefix="LIC", year_starts="05-15")
MARCH = Meeting("2024-03-13", MeetingType.FORMAL, "2023/24", note="In the Town Hall.")
JUNE = Meeting("2024-06-19", MeetingType.FORMAL, "2024/25", moved_to="2024-06-26")
CALENDAR = Calendar(TODAY)
COLUMNS = {table.name: {each.name: each.type for each in table.columns} for table in TABLES}


def source(*records, **fields):
    return Source(COMMITTEE, CALENDAR, fields.pop("meetings", [MARCH, JUNE]), records, **fields)


def record(number=1, **fields):
    return Record(f"{number:012x}", f"LIC-2324-{number:03}", MARCH, **fields)


FULL = record(
    item="Item 4. Taxis",
    kind=Kind.RECOMMENDATION,
    recommendation="That drivers be asked.",
    action='=HYPERLINK("x")',
    owners=("Head of Law", "Clerk"),
    due="2024-05-01",
    evidence=("https://example.org/7",),
    status=Status.IN_PROGRESS,
    acceptance=Acceptance.IN_PART,
    acceptance_on="2024-04-01",
    exempt_paragraph="3",
    links=("superseded-by LIC-2324-009",),
    printed={"RAG": "amber"},
    history=(
        Change("2024-03-14T09:00:00Z", "Clerk", "add", "added"),
        Change("2024-04-01T09:00:00Z", "Clerk", "update", "owners", ("Clerk",), "", "", MARCH.date),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def validator():
    found = json.loads(schema())
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=Draft202012Validator.FORMAT_CHECKER)


def read_sqlite(content, name):
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        database.row_factory = sqlite3.Row
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        return [dict(row) for row in database.execute(f"SELECT * FROM {name}")]


def read_csv(content):
    lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [{name: unguard(cell) for name, cell in line.items()} for line in lines]


def lists_back(name, row):
    """Make of the cells of a flat table what they stand for."""
    made = {}
    for column, type_ in COLUMNS[name].items():
        cell = row[column]
        is_list = type_ is Type.VALUE and cell.startswith("[")
        if is_list or type_ in (Type.TEXTS, Type.LINKS, Type.CELLS):
            cell = json.loads(cell)
        elif type_ is Type.DATE:
            cell = cell or None
        elif type_ is Type.NUMBER:
            cell = int(cell)
        elif type_ is Type.FLAG:
            cell = {"true": True, "false": False, 1: True, 0: False}[cell]
        made[column] = cell
    return made


def read_parquet(content, name):
    rows = parquet.read_table(pa.BufferReader(content)).to_pylist()
    for row in rows:
        for column, type_ in COLUMNS[name].items():
            if isinstance(row[column], date):
                row[column] = row[column].isoformat()
            elif type_ is Type.CELLS:
                row[column] = dict(row[column])
            elif type_ is Type.VALUE and row[column].startswith("["):
                row[column] = json.loads(row[column])
    return rows


def read_back(rows, form):
    """Write the tables in a form, and read them."""
    names = [table.name for table in TABLES]
    if form == "sqlite":
        content = forms.sqlite(rows)
        return {
            name: [lists_back(name, row) for row in read_sqlite(content, name)] for name in names
        }
    made = {name: forms.folder_of(rows, form)[f"{name}.{form}"] for name in names}
    if form == "jsonl":
        return {name: [json.loads(line) for line in made[name].split(b"\n")[:-1]] for name in names}
    if form == "csv":
        return {name: [lists_back(name, row) for row in read_csv(made[name])] for name in names}
    return {name: read_parquet(made[name], name) for name in names}


FORMS = ("jsonl", "csv", "sqlite", "parquet")


def test_the_columns_of_a_record_are_what_scripts_read():
    # Who was asked is in the table of changes.
    names = [name for name in to_json(FULL, CALENDAR) if name != "asked"]
    assert list(COLUMNS["records"]) == [*names, "prefix"]


def test_each_cell_is_what_scripts_read():
    owners = Owners({"head of law": Owner("Head of Law", service="Law")})
    (row,) = tables([source(FULL, owners=owners)])["records"]
    read = to_json(FULL, CALENDAR, committee="Licensing Committee", owners=owners)
    assert read.pop("asked") == []
    assert row == {**read, "prefix": "LIC"}
    assert row["service"] == ["Law"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_can_be_read_back_and_is_as_the_schema_says(form, validator):
    rows = tables([source(FULL, record(2, action="Report."))])
    back = read_back(rows, form)
    assert back == rows
    validator.validate(back)
    assert [row["number"] for row in back["changes"]] == [1, 2]
    assert type(rows["records"][0]["status"]) is str
    assert back["changes"][1]["from"] == ["Clerk"]
    assert back["meetings"][1]["moved_to"] == "2024-06-26"


TEXT = st.text(st.characters(codec="utf-8"), max_size=12)


@pytest.mark.parametrize("form", FORMS)
@given(data=st.data())
@settings(max_examples=times(60, 15))
def test_whatever_a_store_holds_comes_back_clean_and_valid(form, validator, data):
    def some():
        return data.draw(TEXT)

    held = record(
        item=some(), action=some(), response=some(), owners=(some(),), printed={some(): some()},
        due_text=some(), status=data.draw(st.sampled_from(Status)), links=(f"x {some()}",),
        history=(Change(some(), some(), some(), some(), f"x{some()}", (some(),), some()),),
    )  # fmt: skip
    rows = tables([source(held)])
    back = read_back(rows, form)
    assert back == rows
    validator.validate(back)
    assert "\x1b" not in str(back)


def test_a_spreadsheet_runs_no_cell():
    content = forms.folder_of(tables([source(FULL)]), "csv")["records.csv"].decode("utf-8-sig")
    assert "'=HYPERLINK" in content


@pytest.mark.parametrize("form", FORMS)
def test_the_same_tables_make_the_same_bytes(form):
    rows = tables([source(FULL)])
    made = forms.sqlite if form == "sqlite" else lambda rows: forms.folder_of(rows, form)
    assert made(rows) == made(rows)


def test_views_of_what_is_open_and_overdue():
    late = record(2, due="2024-05-01")
    done = record(3, status=Status.COMPLETED, due="2024-05-01")
    content = forms.sqlite(tables([source(record(1), late, done)]))
    assert [row["ref"][-1] for row in read_sqlite(content, "open_records")] == ["1", "2"]
    assert [row["ref"][-1] for row in read_sqlite(content, "overdue_records")] == ["2"]


def test_what_is_internal_says_so_in_the_file_or_its_name():
    rows = tables([source(FULL)])
    (note,) = read_sqlite(forms.sqlite(rows, internal=True), "not_for_publication")
    assert note["note"].startswith("Not for publication")
    names = forms.folder_of(rows, "jsonl", internal=True)
    assert set(names) == {f"not-for-publication-{table.name}.jsonl" for table in TABLES}


@pytest.mark.parametrize(
    ("damaged", "named"),
    [
        (source(record(due="2024-13-01")), "LIC-2324-001: the due date “2024-13-01”"),
        (source(meetings=[MARCH._replace(date="soon")]), "formal meeting of soon of the Licensing"),
        (source(meetings=[JUNE._replace(moved_to="x")]), "the moved to “x” is no day"),
        (source(record(), record()), "LIC-2324-001 is there twice"),
        (source(meetings=[MARCH, MARCH]), "is there twice"),
    ],
)
def test_what_no_table_can_hold_is_refused(damaged, named):
    with pytest.raises(StoreError, match=named):
        tables([damaged])


def test_parquet_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match="install the extra “parquet”"):
        forms.folder_of(tables([source(FULL)]), "parquet")


def test_a_row_that_is_none_would_be_found(validator):
    rows = tables([source(FULL)])
    (row,) = rows["records"]
    for wrong in ({"due": "soon"}, {"status": "done"}, {"owners": "x"}, {"overdue": 1}):
        assert not validator.is_valid({**rows, "records": [row | wrong]})

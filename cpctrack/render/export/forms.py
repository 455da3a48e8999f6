"""The tables as files: JSON lines, CSV, Parquet, or one SQLite database.

The same tables make the same bytes, with one version of the library that writes them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cpctrack.extras import needed
from cpctrack.labels import NOT_FOR_PUBLICATION
from cpctrack.records.model import Status
from cpctrack.render.export.tables import TABLES, Column, Rows, Table, Type
from cpctrack.store.codec import Row

MARK = "not-for-publication"
"""What begins the name of each file that holds exempt business, and names the table that says so.

In SQLite it is ``not_for_publication``.
"""


def folder_of(rows: Rows, form: str, *, internal: bool = False) -> dict[str, bytes]:
    """Make a file of each table, by its name; `internal` ones are marked in it.

    Raises `MissingExtraError` where Parquet's library is not installed.
    """
    write = WRITERS[form]
    before = f"{MARK}-" if internal else ""
    return {f"{before}{each.name}.{form}": write(each, rows[each.name]) for each in TABLES}


def sqlite(rows: Rows, *, internal: bool = False) -> bytes:
    """Make a database: the tables, their keys, and views of what is open and overdue."""
    import sqlite3
    from contextlib import closing

    open_ = ", ".join(f"'{status.value}'" for status in Status if status.is_open)
    with closing(sqlite3.connect(":memory:")) as database:
        for table in TABLES:
            database.execute(_create(table))
            marks = ", ".join("?" for _ in table.columns)
            lines = (tuple(map(flat, row.values())) for row in rows[table.name])
            database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", lines)
        database.execute(
            f"CREATE VIEW open_records AS SELECT * FROM records WHERE status IN ({open_})"
        )
        database.execute("CREATE VIEW overdue_records AS SELECT * FROM records WHERE overdue")
        if internal:
            database.execute("CREATE TABLE not_for_publication (note TEXT NOT NULL)")
            note = f"{NOT_FOR_PUBLICATION}: exempt business is among these rows."
            database.execute("INSERT INTO not_for_publication VALUES (?)", (note,))
        database.commit()
        return database.serialize()


def flat(value: Any) -> Any:
    """Give a cell of a table that has no lists: JSON stands for one."""
    if isinstance(value, list | dict):
        import orjson

        return orjson.dumps(value).decode()
    return value


_SQL = {Type.NUMBER: "INTEGER NOT NULL", Type.FLAG: "INTEGER NOT NULL", Type.DATE: "TEXT"}


def _create(table: Table) -> str:
    lines = [f'"{each.name}" {_SQL.get(each.type, "TEXT NOT NULL")}' for each in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    if table.parents:
        parent, here, there = table.parents
        lines.append(f"FOREIGN KEY ({_names(here)}) REFERENCES {parent} ({_names(there)})")
    body = ",\n  ".join(lines)
    return f"CREATE TABLE {table.name} (\n  {body}\n)"


def _names(columns: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in columns)


def _jsonl(_table: Table, rows: Iterable[Row]) -> bytes:
    import orjson

    return b"".join([orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows])


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    from cpctrack.render import csv_table

    return csv_table.write([each.name for each in table.columns], map(_cells, rows))


def _cells(row: Row) -> Iterator[str]:
    for value in row.values():
        if value is None:
            yield ""
        elif isinstance(value, str | list | dict):
            yield flat(value)
        else:
            yield str(value).lower()


def _parquet(table: Table, rows: Iterable[Row]) -> bytes:
    with needed("parquet", "A Parquet file"):
        import pyarrow as pa
        from pyarrow import parquet

    text = pa.string()
    types = {
        Type.DAY: pa.date32(),
        Type.DATE: pa.date32(),
        Type.NUMBER: pa.int32(),
        Type.FLAG: pa.bool_(),
        Type.TEXTS: pa.list_(text),
        Type.LINKS: pa.list_(pa.struct([("kind", text), ("ref", text)])),
        Type.CELLS: pa.map_(text, text),
    }
    schema = pa.schema([(each.name, types.get(each.type, text)) for each in table.columns])
    arrow = pa.Table.from_pylist([_typed(table.columns, row) for row in rows], schema=schema)
    sink = pa.BufferOutputStream()
    parquet.write_table(arrow, sink)
    return bytes(sink.getvalue())


def _typed(columns: Iterable[Column], row: Row) -> Row:
    from datetime import date

    as_type: Mapping[Type, Callable[[Any], Any]] = {
        Type.DAY: date.fromisoformat,
        Type.DATE: lambda value: value and date.fromisoformat(value),
        Type.CELLS: lambda value: list(value.items()),
        Type.VALUE: flat,
    }
    return {
        each.name: as_type[each.type](row[each.name]) if each.type in as_type else row[each.name]
        for each in columns
    }


WRITERS: Mapping[str, Callable[[Table, Iterable[Row]], bytes]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "parquet": _parquet,
}
"""What makes a file of a table, by the format and ending."""

"""The formats there are, and which of them a file is in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cpctrack.errors import ImportRefusedError, UsageError
from cpctrack.reading.base import BinaryReader, Named, RawTable, Reader, Row
from cpctrack.reading.decode import read_bytes, to_text
from cpctrack.reading.excel import xlsx
from cpctrack.reading.html import tables
from cpctrack.reading.text import delimited, markdown
from cpctrack.tables import lookalikes
from cpctrack.text import seen

READERS: Sequence[Reader] = (delimited.TSV, delimited.CSV, markdown.READER, tables.READER)
BINARY_READERS: Sequence[BinaryReader] = (xlsx.READER,)
FORMATS = tuple(reader.name for reader in (*READERS, *BINARY_READERS))

_R = TypeVar("_R", bound=Named)
_HEAD = 64 * 1024
_MOST_NAMED = 3


def read_tables(path: Path, format_: str | None = None) -> list[RawTable]:
    """Read every table of a file, in the format named, else that of its ending or its content.

    Raises `ImportRefusedError` where the file is not what its name says, is in no format there
    is a reader for, or breaks its format.
    """
    content = read_bytes(path)
    if binary := choose_binary(path, content, format_):
        tables = binary.read(content, path.name)
    else:
        text = to_text(content, path)
        tables = choose(path, text.lstrip()[:_HEAD], format_).read(text, path.name)
    # A sheet of ours says what was typed, to the letter.
    return [table if table.ours else _seen(table) for table in tables]


def is_minutes(path: Path) -> bool:
    """Tell a text or a web page that reads like minutes."""
    try:
        return lookalikes.is_minutes(to_text(read_bytes(path), path)[:_HEAD])
    except ImportRefusedError:
        return False


def _seen(table: RawTable) -> RawTable:
    return replace(table, rows=tuple(map(_seen_row, table.rows)))


def _seen_row(row: Row) -> Row:
    living = None if row.living is None else tuple(map(seen, row.living))
    return Row(row.line, tuple(map(seen, row.cells)), living)


def choose_binary(path: Path, content: bytes, format_: str | None = None) -> BinaryReader | None:
    """Choose the reader for a file that is not text; None where it is to be read as text."""
    if format_:
        return next((reader for reader in BINARY_READERS if reader.name == format_), None)
    found = [reader for reader in BINARY_READERS if reader.recognises(content)]
    return _agreed(path, found, (*READERS, *BINARY_READERS)) if found else None


def choose(
    path: Path, head: str, format_: str | None = None, readers: Sequence[Reader] = READERS
) -> Reader:
    """Choose the reader for a text; two that claim one file are an error, not first come."""
    if format_:
        return _named(format_, readers)
    by_content = [reader for reader in readers if reader.detect(head)]
    return _agreed(path, by_content, (*readers, *BINARY_READERS))


def _agreed(path: Path, by_content: Sequence[_R], readers: Sequence[Named]) -> _R:
    """Choose the reader that the ending names, if the content is what it reads."""
    by_ending = [reader for reader in readers if path.suffix.lower() in reader.endings]
    _refuse_several(path, by_ending)
    if by_ending:
        for reader in by_content:
            if reader is by_ending[0]:
                return reader
        raise _not_what_it_says(path, by_ending[0], by_content)
    _refuse_several(path, by_content)
    if not by_content:
        raise ImportRefusedError(
            f"{path} holds no table; cpctrack reads {_list(readers)}, so save the table as one."
        )
    return by_content[0]


def _named(format_: str, readers: Sequence[Reader]) -> Reader:
    for reader in readers:
        if reader.name == format_:
            return reader
    there_are = _list((*readers, *BINARY_READERS))
    raise UsageError(f"There is no format “{format_}”; there are {there_are}.")


def _refuse_several(path: Path, claiming: Sequence[Named]) -> None:
    if len(claiming) > 1:
        raise ImportRefusedError(
            f"{path} could be {' or '.join(reader.name for reader in claiming)}; "
            "say which with --format."
        )


def _not_what_it_says(path: Path, named: Named, found: Sequence[Named]) -> ImportRefusedError:
    if not found:
        return ImportRefusedError(
            f"{path} holds no table in the format its name says ({named.name}); "
            "export the table again."
        )
    really = " or ".join(reader.name for reader in found[:_MOST_NAMED])
    return ImportRefusedError(
        f"{path} is {really} by its content, not {named.name}; rename it, or add "
        f"--format {found[0].name}."
    )


def _list(readers: Sequence[Named]) -> str:
    return ", ".join(reader.name for reader in readers)

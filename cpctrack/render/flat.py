"""The table as spreadsheets hold it: one row an action, blanks blank, notes under the text.

The progress report is one table too: its first column names the part, to filter by.
"""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from cpctrack.labels import PART
from cpctrack.render.view import AppendixView, CellView, RowView


class Line(NamedTuple):
    """One row of the sheet, and the reference of the record it shows."""

    ref: str
    cells: tuple[CellView, ...]


def header(view: AppendixView) -> tuple[str, ...]:
    """Name the columns."""
    return (PART, *view.columns) if view.parts else view.columns


def lines(view: AppendixView) -> Iterator[Line]:
    """Give the rows in their order."""
    if not view.parts:
        return map(_line, view.rows)
    return chain.from_iterable(
        (_line(row, CellView(part.title)) for row in part.rows) for part in view.parts
    )


def words(cell: CellView) -> str:
    """Give what a cell says, or nothing where it is blank, and its note on a line of its own."""
    text = "" if cell.blank else cell.text
    return f"{text}\n{cell.note}" if text and cell.note else text or cell.note


def _line(row: RowView, *before: CellView) -> Line:
    return Line(row.ref, (*before, *row.cells))

"""The table as spreadsheets hold it: one row an action, blanks blank, notes under the text.

A report in parts is one table too: its first column names the part, to filter by. In the progress
report the last one holds the printed cell, which stands under the status elsewhere. Tables of
figures, which have columns of their own, are one with a line a figure.
"""

from collections.abc import Iterator

from cpctrack.labels import COLUMNS, DECISION, PART, WORKING_COLUMNS
from cpctrack.render.views.progress import working_cells
from cpctrack.render.views.view import AppendixView, CellView, GroupView


def header(view: AppendixView) -> tuple[str, ...]:
    """Name the columns."""
    if view.view == "progress":
        return (PART, *WORKING_COLUMNS.values(), COLUMNS["follow_up"])
    return (PART, *view.columns) if view.parts else view.columns


def lines(view: AppendixView) -> Iterator[tuple[str, tuple[CellView, ...]]]:
    """Give the rows in their order, each with the reference of its record.

    A row that stands over others has none, and its text in its first cell.
    """
    for meeting in view.meetings:
        yield from ((row.ref, row.cells) for row in meeting.rows)
    for part in view.parts:
        title = f"{DECISION}{part.title}" if part.decision else part.title
        for row in part.rows:
            cells = row.cells
            if view.view == "progress":
                cells = (*working_cells(row), CellView(row.follow_up_printed))
            yield row.ref, (CellView(title), *cells)
    carried = [GroupView("", view.carried_title, ())] if view.carried else []
    for group in (*view.groups, *carried, *view.carried):
        if group.title:
            yield "", (CellView(group.title), *[CellView("", True)] * (len(view.columns) - 1))
        yield from ((row.ref, row.cells) for row in group.rows)
    for table in view.tables:
        for line in table.rows:
            of_it = zip(table.columns[1:], line.cells[1:], strict=True)
            for column, cell in of_it:
                name = line.cells[0].text
                yield line.ref, (CellView(table.title), CellView(name), CellView(column), cell)


def words(cell: CellView) -> str:
    """Give what a cell says, or nothing where it is blank, and its note on a line of its own."""
    text = "" if cell.blank else cell.text
    return f"{text}\n{cell.note}" if text and cell.note else text or cell.note

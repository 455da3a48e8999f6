"""The tables of figures on a terminal, fitted to the window, or as plain text in a pipe."""

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from cpctrack.render.views.view import AppendixView, CellView, TableView

_MANY = 6  # columns, whose gaps give way in a window of 80 letters


def print_figures(view: AppendixView) -> None:
    """Print the title, the sentence that sums all up, and every table."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(Text(view.committee))
    console.print(Text(f"{view.heading}: {view.title}", style="bold"))
    console.print(Text(view.summary))
    for table in view.tables:
        console.print()
        console.print(Text(table.title, style="bold"))
        console.print(Text(table.introduction, style="dim"))
        if table.rows:
            console.print(_table(table))


def _table(table: TableView) -> Table:
    gap = 0 if len(table.columns) > _MANY else 1
    made = Table(box=SIMPLE_HEAD, padding=(0, gap), pad_edge=False, show_edge=False)
    for place, column in enumerate(table.columns):
        if table.numeric and place:
            # A heading may fold, but no word of it, and no number.
            words = [*column.split(), *(row.cells[place].text for row in table.rows)]
            made.add_column(column, justify="right", width=max(map(len, words)))
        else:
            made.add_column(column, overflow="fold")
    for row in table.rows:
        made.add_row(*map(_text, row.cells))
    return made


def _text(cell: CellView) -> Text:
    made = Text(cell.text, style="dim" if cell.blank else "")
    return made.append(f"\n{cell.note}", style="bold red") if cell.note else made

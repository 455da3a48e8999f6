"""Asking what the columns, shades and words of a table mean that cpctrack does not understand."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from cpctrack.cli.dialogue.asking import confirm, prompt
from cpctrack.cli.types import StatusWord
from cpctrack.errors import LayoutError
from cpctrack.records.model import Status
from cpctrack.tables.colours import colour_name
from cpctrack.tables.layout import (
    DAY_FIRST,
    MEANS_NOTHING,
    MONTH_FIRST,
    Layout,
    Reading,
    meanings_of,
)
from cpctrack.text import counted, fold, one_line, shorten

_TEXT = 90  # letters shown of a cell
_CELLS = 3
_KEPT = "kept"
_HELP = f"""\
  reference, meeting date, meeting type, item   what the action came from
  action, recommendation                        what was agreed
  owner, raised by                              who does it, and who asked for it
  due, revised due                              by when, at first and now
  response, follow-up, status                   what came of it, in words
  done, rag, percent, completed on              a tick, a colour, a number, a day
  exempt                                        that it is not for the public
  {_KEPT}                                          none of these: it stands beside the action
Part several with a comma, as they stand in the cell: meeting date, reference."""


class Asker:
    """Asks about each thing once, however often the files are read."""

    def __init__(self) -> None:
        self._asked: set[tuple[str, ...]] = set()

    def ask(self, file: str, reading: Reading) -> Layout | None:
        """Ask what is not understood of a table, and give its layout with the answers.

        Nothing where there is nothing to ask.
        """
        before = len(self._asked)
        layout = reading.layout
        columns = {
            heading: _ask_column(file, heading, cells)
            for heading, cells in reading.unknown.items()
            if cells and self._is_new("column", heading, *cells)
        }
        if columns:  # which may explain what else there is to ask
            return layout._replace(columns={**layout.columns, **columns})
        shading = {
            colour: _ask_status(f"{_rows(rows)} shaded {colour_name(colour)} (first: {text})")
            for colour, (rows, text) in _shown(reading.shades).items()
            if self._is_new("shade", colour, text)
        }
        words = {
            word: _ask_status(
                f"“{one_line(word)}” stands in {counted(rows, 'row')} (first: {text})"
            )
            for word, (rows, text) in _shown(reading.words).items()
            if self._is_new("word", word, text)
        }
        dates = layout.dates
        if reading.month_first and not dates and self._is_new("dates", *reading.month_first):
            shown = ", ".join(map(one_line, reading.month_first[:_CELLS]))
            question = f"{shown} can only have the month first. Do all dates of this table?"
            dates = MONTH_FIRST if confirm(question, default=False) else DAY_FIRST
        if len(self._asked) == before:
            return None
        return layout._replace(
            shading={**layout.shading, **shading},
            status={**layout.status, **words},
            dates=dates,
        )

    def ask_action(self, file: str, headings: Sequence[str]) -> str:
        """Ask which column holds the actions of a table in which none is known to."""
        click.echo(f"{one_line(file)} has no column that is known to hold actions.", err=True)
        for number, heading in enumerate(headings, 1):
            click.echo(f"    {number}  {shorten(heading, _TEXT)}", err=True)
        numbers = click.IntRange(0, len(headings))
        which: int = prompt("  Which of them does (0 for none)", default=0, type=numbers)
        return headings[which - 1] if which else ""

    def _is_new(self, *what: str) -> bool:
        new = what not in self._asked
        if new and not self._asked:
            click.echo("Some of this table is not understood. What you answer is kept.", err=True)
        self._asked.add(what)
        return new


def _ask_column(file: str, heading: str, cells: tuple[str, ...]) -> tuple[str, ...]:
    click.echo(f"\n{one_line(file)} has a column “{one_line(heading)}”:", err=True)
    for cell in cells[:_CELLS]:
        click.echo(f"    {shorten(cell, _TEXT)}", err=True)

    def read(typed: str) -> tuple[str, ...] | None:
        if typed.strip() == "?":
            return None
        try:
            return meanings_of(heading, typed)
        except LayoutError as error:
            raise click.UsageError(str(error)) from error

    label = "  What is it: owner, due, response …? (? lists all)"
    while (meant := prompt(label, default=_KEPT, value_proc=read)) is None:
        click.echo(_HELP, err=True)
    return tuple(meant)


def _ask_status(what: str) -> Status | None:
    def read(typed: str) -> Any:
        if fold(typed) == MEANS_NOTHING:
            return None
        return StatusWord().convert(typed, None, None)

    click.echo(f"\n{what}.", err=True)
    label = "  What does it mean: Completed, Under way, To do …, or nothing?"
    answer: Status | None = prompt(label, default=MEANS_NOTHING, value_proc=read)
    return answer


def _rows(rows: int) -> str:
    return "1 row is" if rows == 1 else f"{rows:,} rows are"


def _shown(found: Mapping[str, tuple[int, str]]) -> dict[str, tuple[int, str]]:
    return {what: (rows, shorten(text, _TEXT)) for what, (rows, text) in found.items()}

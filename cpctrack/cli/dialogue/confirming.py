"""Showing which records a command is about to change, and asking once."""

from collections.abc import Iterable

import click

from cpctrack.cli.context import App
from cpctrack.errors import UsageError
from cpctrack.records.model import Record
from cpctrack.text import one_line, shorten

_TEXT = 60  # letters of a record


def show(heading: str, records: Iterable[Record]) -> None:
    """Print records, one a line, below a heading."""
    lines = [f"  {one_line(each.ref)}  {shorten(each.text, _TEXT)}" for each in records]
    click.echo("\n".join([heading, *lines]))


def confirm(app: App, question: str, *, yes: bool, default: bool = True) -> None:
    """Ask, unless the answer was given as ``--yes``.

    Raises `click.Abort` where the answer is no, `UsageError` where nobody is there to ask.
    """
    if yes:
        return
    if not app.interactive:
        raise UsageError("Nobody is there to ask: add --yes. Nothing was changed.")
    click.confirm(question, default=default, abort=True, err=True)

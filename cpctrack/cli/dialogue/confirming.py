"""Showing which records a command is about to change, and asking once."""

from collections.abc import Iterable

import click

from cpctrack.cli.context import App
from cpctrack.cli.dialogue.asking import require
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

    Raises `click.exceptions.Exit` where the answer is no, `UsageError` where nobody is there.
    """
    if not yes:
        check_answer(app)
        require(question, default=default)


def check_answer(app: App, *, given: bool = False) -> None:
    """Raise `UsageError` where no answer is given and nobody is there to ask."""
    if not (given or app.interactive):
        context = click.get_current_context()
        others = " …" if len(context.params) > 1 else ""
        looks = " (or --dry-run, to look only)" if "dry_run" in context.params else ""
        raise UsageError(f"This needs a yes. Run: {context.command_path}{others} --yes{looks}")

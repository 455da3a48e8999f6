"""Letting a person change a record in their own editor, without losing what they wrote."""

from typing import Any

import click

from cpctrack.cli import form
from cpctrack.cli.types import Day, Line, StatusWord, Text
from cpctrack.errors import UsageError
from cpctrack.model import Record

_TEXT = Text()
_READERS: dict[str, click.ParamType[Any]] = {
    "item": Line(),
    "referrer": Line(),
    "due": Line(),
    "status": StatusWord(),
    "completed_on": Day(),
}


def ask(record: Record) -> dict[str, Any]:
    """Open the record's form in the editor and give what was changed, as options are given.

    A form that can't be read opens again with what was written, until it can or the person
    gives up (`click.Abort`).
    """
    text = form.write(record)
    while True:
        written = _edit(text)
        if written is None:
            return {}
        try:
            return _read(written, record)
        except (UsageError, click.UsageError) as error:
            message = error.message if isinstance(error, click.UsageError) else str(error)
            click.echo(message, err=True)
            click.confirm("Open the form again?", default=True, abort=True, err=True)
            text = written


def _edit(text: str) -> str | None:
    import shlex

    from cpctrack import programs

    why = "there is no program of its name"
    if command := programs.editor():
        try:
            return click.edit(text, editor=shlex.join(command), extension=".txt")
        except click.ClickException as error:
            why = error.message
    raise UsageError(
        f"Your editor can't be used ({why}); name one that can in EDITOR, or say what to change, "
        "as in --response TEXT."
    )


def _read(written: str, record: Record) -> dict[str, Any]:
    changed = form.read(written, record)
    given: dict[str, Any] = {
        name: _READERS.get(name, _TEXT).convert(text, None, None) for name, text in changed.items()
    }
    if "owners" in given:
        # An empty tuple would mean that nothing was given.
        given["owners"] = tuple(given["owners"].split("\n"))
    return given

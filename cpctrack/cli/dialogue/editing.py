"""Letting a person change a record in their own editor, without losing what they wrote."""

import codecs
import os
from typing import Any

import click

from cpctrack.cli.dialogue import form
from cpctrack.cli.options import type_of
from cpctrack.errors import UsageError
from cpctrack.records.model import FIELDS, LISTS, Record
from cpctrack.text import clean


def ask(record: Record) -> dict[str, Any]:
    """Open the record's form in the editor and give what was changed, as options are given.

    A form that can't be read opens again with what was written, until it can or the person
    gives up (`click.Abort`).
    """
    text = form.write(record)
    while True:
        try:
            written = _edit(text)
        except FileNotFoundError:
            _ask_again("Your editor has removed the form instead of saving it.", text)
            continue
        if written is None:
            return {}
        text = _decoded(written)
        try:
            _check_letters(text, form.write(record))
            return _read(text, record)
        except (UsageError, click.UsageError) as error:
            message = error.message if isinstance(error, click.UsageError) else str(error)
            _ask_again(message, text)


def _ask_again(message: str, text: str) -> None:
    """Say what is wrong with a form and ask whether to open it; show it to whoever gives up."""
    click.echo(message, err=True)
    try:
        click.confirm("Open the form again?", default=True, abort=True, err=True)
    except click.Abort:
        click.echo(f"\nThe form as it was last:\n{clean(text)}", err=True)
        raise


def _decoded(written: bytes) -> str:
    """Read UTF-8, UTF-16 with its mark, or Windows-1252, in which Notepad saves as “ANSI”."""
    marked = written.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return written.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        return written.decode("cp1252", errors="replace")


def _check_letters(written: str, sent: str) -> None:
    """Refuse a form in which letters became question marks: the editor's encoding has them not."""
    foreign = {letter for letter in sent if not letter.encode("cp1252", errors="ignore")}
    lost = [mark for mark in "?\ufffd" if written.count(mark) > sent.count(mark)]
    if lost and (foreign - set(written) or "\ufffd" in lost):
        raise UsageError("Your editor has not saved every letter; let it save the form as UTF-8.")


def _edit(text: str) -> bytes | None:
    """Open a text in the editor, in the form that those of this system like best."""
    import shlex

    from cpctrack import programs

    mark = "" if os.linesep == "\n" else "\ufeff"
    sent = (mark + text.replace("\n", os.linesep)).encode()
    why = "there is no program of its name"
    if command := programs.editor():
        try:
            return click.edit(sent, editor=shlex.join(command), extension=".txt")
        except click.ClickException as error:
            why = error.message
    raise UsageError(
        f"Your editor can't be used ({why}); name one that can in EDITOR, or say what to change, "
        "as in --response TEXT."
    )


def _read(written: str, record: Record) -> dict[str, Any]:
    given: dict[str, Any] = form.read(written, record)
    for field in FIELDS:
        text = given.get(field.given)
        if text is None:
            continue
        if field.name in LISTS:
            # An empty tuple would mean that nothing was given.
            given[field.given] = tuple(clean(text).strip("\n").split("\n"))
        else:
            given[field.given] = type_of(field).convert(text, None, None)
    return given

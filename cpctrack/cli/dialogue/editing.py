"""Letting a person change a record or a layout in their own editor, and lose nothing they wrote."""

import codecs
import contextlib
import os
import re
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import click

from cpctrack.cli.dialogue.asking import confirm
from cpctrack.cli.options import type_of
from cpctrack.errors import CpctrackError, UsageError
from cpctrack.records.model import FIELDS, LISTS, Record
from cpctrack.text import clean

_FORM = [each for each in FIELDS if each.form]
_FIRST = [each.name for each in _FORM].index("response")  # the field that is written most
_FIELDS = {each.given: each for each in (*_FORM[_FIRST:], *_FORM[:_FIRST])}
_HEADINGS = {each.form: name for name, each in _FIELDS.items()}
_END = "End of the form"
_Read = TypeVar("_Read")
_LEAST = 6
_LONG_AGO = 1_000_000_000  # so that saving at once gives another time


def ask(
    record: Record, instead: str = "say what to change, as in --response TEXT"
) -> dict[str, Any]:
    """Open the record's form in the editor and give what was changed, as options are given.

    A form that can't be read opens again with what was written, until it can or the person
    gives up (`click.Abort`). `instead` is what somebody without an editor may do.
    """

    def read(text: str) -> dict[str, Any]:
        given: dict[str, Any] = read_form(text, record)
        for field in FIELDS:
            if (typed := given.get(field.given)) is None:
                continue
            if field.name in LISTS:
                # An empty tuple would mean that nothing was given.
                given[field.given] = tuple(clean(typed).strip("\n").split("\n"))
            else:
                given[field.given] = type_of(field).convert(typed, None, None)
        return given

    form = write_form(record)
    return edit_until(form, read, what="form", instead=instead, name=record.ref) or {}


def edit_until(
    text: str, read: Callable[[str], _Read], *, what: str, instead: str, name: str = ""
) -> _Read | None:
    """Open a text in the editor, until what was written can be read; give what was read of it.

    Nothing where it was closed without saving. A text that can't be read opens again with what was
    written, until it can or the person gives up (`click.Abort`). `instead` is what somebody without
    an editor may do; the file has the `name`, else that of what it holds. Raises `UsageError`.
    """
    sent = text
    while True:
        try:
            written = _edit(text, instead, name or what)
        except FileNotFoundError:
            _ask_again(f"Your editor has removed the {what} instead of saving it.", what, text)
            continue
        if written is None:
            return None
        text = _decoded(written)
        try:
            _check_letters(text, sent)
            return read(text)
        except (CpctrackError, click.UsageError) as error:
            message = error.message if isinstance(error, click.UsageError) else str(error)
            _ask_again(message, what, text)


def _ask_again(message: str, what: str, text: str) -> None:
    """Say what is wrong with a form and ask whether to open it; show it to whoever gives up."""
    click.echo(message, err=True)
    again = False
    with contextlib.suppress(click.Abort):
        again = confirm(f"Open the {what} again?")
    if not again:
        click.echo(f"\nThe {what} as it was last:\n{clean(text)}", err=True)
        raise click.Abort


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
        raise UsageError(
            "Your editor has not saved every letter; save the form as UTF-8 (menu “Encoding”)."
        )


def _edit(text: str, instead: str, name: str) -> bytes | None:
    """Open a text in the editor."""
    import shlex
    from tempfile import TemporaryDirectory

    from cpctrack import programs, system

    why = "there is no program of its name"
    if command := programs.editor():
        title = re.sub(r"[^\w-]+", " ", name)
        with TemporaryDirectory(prefix="cpctrack-", ignore_cleanup_errors=True) as folder:
            path = Path(folder, f"{title}.txt")
            path.write_bytes(system.for_editor(text))
            os.utime(path, (_LONG_AGO, _LONG_AGO))
            try:
                click.edit(filename=str(path), editor=shlex.join(command))
                return path.read_bytes() if path.stat().st_mtime != _LONG_AGO else None
            except click.ClickException as error:
                why = error.message
    raise UsageError(
        f"Your editor can't be used ({why}); name one that can in EDITOR, or {instead}."
    )


def write_form(record: Record) -> str:
    """Write the form: each field under a heading whose fence no text of the record contains."""
    values = _values(record)
    fence = _fence(values)
    lines = [
        f"# {record.ref}",
        "# Write under the headings and leave the headings as they are. Empty a field to clear it.",
        "# Save and close to take the changes in; close without saving to change nothing.",
        "",
    ]
    for heading, name in _HEADINGS.items():
        lines += [f"{fence} {heading}", values[name]]
    return "\n".join([*lines, f"{fence} {_END}", ""])


def read_form(form: str, record: Record) -> dict[str, str]:
    """Give the fields of a filled-in form that differ from the record's, to the letter.

    Raises `UsageError` where a heading is missing or stands twice.
    """
    before = _values(record)
    form = _plain_lines(form)
    heading = re.compile(rf"^{_fence(before)} ([^\n]*?) *(?:\n|\Z)", re.MULTILINE)
    found = list(heading.finditer(form))
    if [match[1] for match in found] != [*_HEADINGS, _END]:
        raise UsageError(
            "The form's headings are not as they were, so the fields can't be told apart; "
            "nothing was changed."
        )
    after = {
        # The line end before the next heading is the form's, not the field's.
        _HEADINGS[match[1]]: form[match.end() : max(match.end(), following.start() - 1)]
        for match, following in pairwise(found)
    }
    # An editor may have changed the line ends of a text nobody touched.
    return {name: after[name] for name in _FIELDS if after[name] != _plain_lines(before[name])}


def _values(record: Record) -> Mapping[str, str]:
    values = {name: getattr(record, field.name) for name, field in _FIELDS.items()}
    values |= {"due": record.due_text or record.due, "status": record.status.words}
    return {
        name: "\n".join(value) if _FIELDS[name].name in LISTS else str(value)
        for name, value in values.items()
    }


def _fence(values: Mapping[str, str]) -> str:
    runs = re.findall(r"^=+", "\n".join(values.values()), re.MULTILINE)
    return "=" * max([_LEAST, *(len(run) + 1 for run in runs)])


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

"""Where output goes: JSON and documents, to standard output or into a file."""

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpctrack import system
from cpctrack.cli.context import App
from cpctrack.errors import RenderError, UsageError, reason
from cpctrack.text import json_text

if TYPE_CHECKING:
    from cpctrack.render.documents import Format


def print_json(value: object) -> None:
    """Print a value for scripts, which may also be looked at on a terminal."""
    click.echo(json_text(value))


def window() -> int:
    """Give the window's width, or 0 in a pipe."""
    if not sys.stdout.isatty():
        return 0
    import shutil

    return shutil.get_terminal_size().columns


def page(lines: Iterable[str], app: App) -> None:
    """Print lines; where they do not fit the window and somebody is there, through a pager."""
    text = "".join(lines)
    if app.interactive and window() and system.has_pager():
        import shutil

        if text.count("\n") >= shutil.get_terminal_size().lines:
            # As git does: colours, and what was read stays on the screen.
            os.environ.setdefault("LESS", "-FRX")
            os.environ.setdefault("LESSCHARSET", "utf-8")  # whatever the locale
            click.echo_via_pager(text.removesuffix("\n"))
            return
    click.echo(text, nl=False)


def check_output(
    output: Path | None, made: "Format", sources: Sequence[Path], *, force: bool
) -> None:
    """Refuse to write over what the document is made from, or over any file without ``--force``."""
    if output is None:
        if made.binary:
            raise UsageError(f"A {made.name} document goes into a file; name it with -o FILE.")
        return
    from cpctrack.store.files import check_free

    check_free({output: None}, sources, force=force)


def write(output: Path | None, content: bytes) -> None:
    """Write a document whole or not at all, or print it; raises `RenderError`."""
    from cpctrack.store.files import write_atomically

    if output is None:
        click.echo(content, nl=False)
        return
    try:
        write_atomically(output, content)
    except OSError as error:
        raise RenderError(f"{output} can't be written ({reason(error)}).") from error

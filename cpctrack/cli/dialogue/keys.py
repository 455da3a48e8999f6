"""Single keys and pasted texts, as terminals hand them over."""

import contextlib
import os

import click

from cpctrack import system
from cpctrack.cli.dialogue.asking import prompt
from cpctrack.text import clean


def pressed(question: str) -> str:
    """Ask for a key, without Enter where the terminal can; an arrow gives more than one letter.

    Raises `click.Abort` where the person leaves.
    """
    if os.environ.get("TERM") == "dumb":
        return str(prompt(question, default="", show_default=False, prompt_suffix="")).strip()
    click.echo(question, nl=False, err=True)
    try:
        typed = click.getchar() + system.waiting_keys()
    except (KeyboardInterrupt, EOFError) as stop:
        raise click.Abort from stop
    if not typed:
        raise click.Abort
    click.echo(typed if len(typed) == 1 and typed.isprintable() else "", err=True)
    return typed


def pasted() -> str:
    """Read lines up to one that holds a dot alone; b, e, q or ? alone in the first is a key."""
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401 - without it a terminal cuts lines of more than 4,095 letters
    lines: list[str] = []
    while True:
        try:
            typed = prompt("", default="", show_default=False, prompt_suffix="")
        except click.Abort as stop:
            if not (lines and isinstance(stop.__context__, EOFError)):
                raise
            typed = "."  # Ctrl-D ends a text as well
        lines += typed.split("\n")  # a terminal may hand over all that was pasted
        if len(lines) == 1 and lines[0].strip() in ("b", "e", "q", "?"):
            return lines[0].strip()
        if lines[-1].strip() == ".":
            return clean("\n".join(lines[:-1])).strip()

"""What the plans of an import and of minutes share: counts, sections of lines, refusals."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from cpctrack.cli.output.writing import window

SHOWN = 20
WIDTH = 96
INDENT = "    "


def room() -> int:
    """Give the letters that a line of a plan may have: those of the window, if it is narrower."""
    return min(WIDTH, window() or WIDTH)


def number_of(number: int, noun: str) -> str:
    """Write a number as scripts may read it, and what it counts."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def counts(*counted: tuple[int, str, str | None]) -> list[str]:
    """Write numbers with their words, and in colour where there are any."""
    return [
        click.style(f"{number} {word}", fg=colour if number else None, bold=bool(number))
        for number, word, colour in counted
    ]


def section(title: str, explained: str, entries: Iterable[str], most: int = SHOWN) -> Iterator[str]:
    """Give a heading and its lines, cut where they are too many; nothing where there are none."""
    entries = list(entries)
    if not entries:
        return
    heading = click.style(title, bold=True)
    yield f"\n{heading}: {explained}" if explained else f"\n{heading}"
    yield from (f"  {entry}" for entry in entries[:most])
    if len(entries) > most:
        yield f"  … and {len(entries) - most} more"


def refusal(counted: Sequence[str], listed: str, problems: Iterable[Any]) -> dict[str, Any]:
    """Give what ``--json`` prints of files that are refused: no counts, and what is wrong."""
    told = [{"file": each.file, "line": each.line, "message": each.message} for each in problems]
    return {**dict.fromkeys(counted, 0), "problems": told, listed: []}

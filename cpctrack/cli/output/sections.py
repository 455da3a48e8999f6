"""A plan's sections: a heading, and the lines below it, cut where they are too many to read."""

from collections.abc import Iterator, Sequence

import click

SHOWN = 20


def section(title: str, explained: str, entries: Sequence[str], most: int = SHOWN) -> Iterator[str]:
    """Give the lines of a section, none where it has no entries."""
    if not entries:
        return
    heading = click.style(title, bold=True)
    yield f"\n{heading}: {explained}" if explained else f"\n{heading}"
    yield from (f"  {entry}" for entry in entries[:most])
    if len(entries) > most:
        yield f"  … and {len(entries) - most} more"

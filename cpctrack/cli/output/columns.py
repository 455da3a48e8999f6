"""Rows in columns: fitted to a window, of which nothing is cut, or tab-separated for a pipe."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

import click

from cpctrack.text import one_line

_GAP = "  "
_LEAST = 8  # letters of a column that gives way


def fitted(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    width: int,
    *,
    gives_way: Collection[str],
    numbers: Collection[str] = (),
) -> Iterator[str]:
    """Lay rows out under bold headings, a line each; columns in which nothing stands are left out.

    Of the columns that give way the widest wraps, until a line fits.
    """
    columns = [cells for cells in zip(headings, *rows, strict=True) if any(cells[1:])]
    widths = [max(map(len, cells)) for cells in columns]
    words = [place for place, cells in enumerate(columns) if cells[0] in gives_way]
    while words and sum(widths) + len(_GAP) * (len(widths) - 1) > width:
        widest = max(words, key=widths.__getitem__)
        if widths[widest] <= _LEAST:
            break
        widths[widest] -= 1
    for number, cells in enumerate(zip(*columns, strict=True)):
        wrapped = [wrap(cell, room) or [""] for cell, room in zip(cells, widths, strict=True)]
        for at in range(max(map(len, wrapped))):
            parts = (
                f"{lines[at] if at < len(lines) else '':{'>' if of[0] in numbers else '<'}{room}}"
                for lines, room, of in zip(wrapped, widths, columns, strict=True)
            )
            line = _GAP.join(parts).rstrip()
            yield line if number else click.style(line, bold=True)


def tsv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Write one row a line under a header line, as ``--json`` tells it; nothing for null."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        cells = (row[name] for name in columns)
        yield "\t".join("" if cell is None else one_line(str(cell)) for cell in cells) + "\n"

"""Rows in columns: fitted to a window, of which nothing is cut, or tab-separated for a pipe."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import zip_longest
from textwrap import wrap
from typing import Any

import click

from cpctrack.text import one_line

_wrap = partial(wrap, break_on_hyphens=False)
_LEAST = 16  # letters of a column that gives way, or of its longest word
_MANY = 8  # columns, whose gaps give way, too


def fitted(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    width: int,
    *,
    gives_way: Collection[str],
    numbers: Collection[str] = (),
) -> Iterator[str]:
    """Lay rows out under bold headings, a line each; columns in which nothing stands are left out.

    Of the columns that give way the widest wraps, until a line fits. The heading of numbers wraps
    always, and they never do.
    """
    columns = [cells for cells in zip(headings, *rows, strict=True) if any(cells[1:])]
    gap = " " if len(columns) > _MANY else "  "
    widths = [_widest(cells, folds=cells[0] in numbers) for cells in columns]
    least = {
        place: min(_LEAST, max(len(word) for cell in cells for word in [*cell.split(), ""]))
        for place, cells in enumerate(columns)
        if cells[0] in gives_way
    }
    while sum(widths) + len(gap) * (len(widths) - 1) > width:
        wide = [place for place, room in least.items() if widths[place] > room]
        if not wide:
            break
        widths[max(wide, key=widths.__getitem__)] -= 1
    sides = [">" if cells[0] in numbers else "<" for cells in columns]
    for number, cells in enumerate(zip(*columns, strict=True)):
        wrapped = [
            [part for line in cell.split("\n") for part in _wrap(line, width=room) or [""]]
            for cell, room in zip(cells, widths, strict=True)
        ]
        for parts in zip_longest(*wrapped, fillvalue=""):
            padded = (
                f"{part:{side}{room}}"
                for part, side, room in zip(parts, sides, widths, strict=True)
            )
            line = gap.join(padded).rstrip()
            yield line if number else click.style(line, bold=True)


def _widest(cells: Sequence[str], *, folds: bool) -> int:
    heading = cells[0].split() if folds else cells[:1]
    return max(len(line) for cell in (*heading, *cells[1:]) for line in cell.split("\n"))


def tsv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Write one row a line under a header line, as ``--json`` tells it; nothing for null."""
    yield "\t".join(columns) + "\n"
    for row in rows:
        cells = (row[name] for name in columns)
        yield "\t".join("" if cell is None else one_line(str(cell)) for cell in cells) + "\n"

"""The table as a CSV file that Excel opens rightly: UTF-8 with a mark, and no cell a formula."""

import csv
import io
from collections.abc import Iterable

from cpctrack.cells import guard
from cpctrack.render.views import flat
from cpctrack.render.views.view import AppendixView


def render(view: AppendixView) -> bytes:
    """Write the columns; dates are ISO, blank cells stay blank."""
    lines = ([cell.iso or flat.words(cell) for cell in cells] for _, cells in flat.lines(view))
    return write(flat.header(view), lines)


def write(header: Iterable[str], lines: Iterable[Iterable[str]]) -> bytes:
    r"""Write lines of texts under their header, if there is one; lines end in ``\n``."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    if names := tuple(header):
        writer.writerow(names)
    writer.writerows(map(guard, line) for line in lines)
    return stream.getvalue().encode("utf-8-sig")

"""The table as a CSV file that Excel opens rightly: UTF-8 with a mark, and no cell a formula."""

import csv
import io

from cpctrack.cells import guard
from cpctrack.render.views import flat
from cpctrack.render.views.view import AppendixView


def render(view: AppendixView) -> bytes:
    r"""Write the columns; dates are ISO, blank cells stay blank, lines end in ``\n``."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(flat.header(view))
    for _, cells in flat.lines(view):
        writer.writerow([guard(cell.iso or flat.words(cell)) for cell in cells])
    return stream.getvalue().encode("utf-8-sig")

"""The table as a CSV file that Excel opens rightly: UTF-8 with a mark, and no cell a formula."""

import csv
import io

from cpctrack.labels import FORMULA_STARTS
from cpctrack.render.view import AppendixView, RowView


def render(view: AppendixView) -> bytes:
    r"""Write the eight columns; dates are ISO, blank cells stay blank, lines end in ``\n``."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(view.columns)
    writer.writerows([guard(cell) for cell in _cells(row)] for row in view.rows)
    return stream.getvalue().encode("utf-8-sig")


def guard(cell: str) -> str:
    """Put a ``'`` before what a spreadsheet would run as a formula.

    A cell that already begins so gets one more, which keeps the import's way back exact.
    """
    return f"'{cell}" if cell.lstrip("'")[:1] in tuple(FORMULA_STARTS) else cell


def _cells(row: RowView) -> tuple[str, ...]:
    return (
        row.meeting_type,
        row.meeting_date_iso,
        f"{row.item}\n{row.exempt_note}" if row.exempt else row.item,
        row.recommendation,
        row.action,
        row.referred_to,
        row.response,
        row.follow_up,
    )

"""Rows that a page break cut in two are put together again.

What goes on does so from the foot of one page, below a header that may be printed again. It is told
only where words say so: a space drawn behind the last of a cell, or a small letter that it goes on
with. Otherwise the next page begins with a row of its own.
"""

from collections.abc import Sequence
from itertools import takewhile

from cpctrack.reading.pdf.text import RuledCell, RuledRow, Strip

_SAME_FOOT = 0.9  # letter sizes: cells that are cut end on the same line
_LINE, _PARAGRAPH = 1.0, 3.0  # letter sizes from the last line to the one that goes on
_OPEN = ("/", "-", ",")
_Ends = Sequence[Strip | None]  # the last lines of a row's cells on its last page


def with_whole_rows(pages: Sequence[Sequence[Strip]]) -> list[list[Strip]]:
    """Join what begins a page to the last row of the table that ends the one before."""
    whole = [list(page) for page in pages]
    page_of_row: list[Strip] = []  # that the row which is open stands at the end of
    header: tuple[RuledRow, ...] = ()
    ends: _Ends = ()
    for page in whole:
        table = page[0] if page else None
        if table and page_of_row and table.ruled and _width(table) == _width(page_of_row[-1]):
            repeated = sum(
                1 for _ in takewhile(_say_the_same, zip(header, table.ruled, strict=False))
            )
            upper = page_of_row[-1]
            below = table.ruled[repeated : repeated + 1]
            others = (*upper.ruled[:-1], *table.ruled[repeated + 1 :])
            numbered = len(others) > 1 and all(row[0].strips != () for row in others)
            if below and (row := _joined(upper.ruled[-1], ends, below[0], numbered=numbered)):
                page_of_row[-1] = upper._replace(ruled=(*upper.ruled[:-1], row))
                kept = (*table.ruled[:repeated], *table.ruled[repeated + 1 :])
                if len(kept) == repeated:  # the row may go on over the next page, too
                    page[:1] = [table._replace(ruled=kept)] if kept else []
                    ends = _ends(below[0])
                    if len(page) <= 1:
                        continue
                else:
                    page[0] = table._replace(ruled=kept)
        else:
            header = ()
        page_of_row = page if page and page[-1].ruled else []
        if page_of_row:
            header = header if header and len(page) == 1 else page[-1].ruled
            ends = _ends(page[-1].ruled[-1])
    return whole


def _joined(upper: RuledRow, ends: _Ends, below: RuledRow, *, numbered: bool) -> RuledRow | None:
    """Join a row to the one above; None where it is a row of its own.

    In a table that is `numbered` every row has something in its first cell.
    """
    if [cell.columns for cell in upper] != [cell.columns for cell in below]:
        return None
    foot = min((end.y for end in ends if end), default=0.0)
    cells: list[RuledCell] = []
    told = []  # of the cells that have something below, whether words say that they go on
    for above, end, cell in zip(upper, ends, below, strict=True):
        first = cell.strips[0] if cell.strips else None
        if first is None:
            cells.append(above)
            continue
        if end is None or not above.strips or end.y > foot + _SAME_FOOT * end.size:
            return None
        told.append(end.spaced or first.text[0].islower() or end.text.endswith(_OPEN))
        last = above.strips[-1]
        down = last.y - first.y - last.size * (_LINE if told[-1] else _PARAGRAPH)
        moved = (strip._replace(y=strip.y + down) for strip in cell.strips or ())
        cells.append(above._replace(strips=(*above.strips, *moved)))
    if below[0].strips:  # most tables have there what a row is known by
        goes_on = told[0] and sum(told) * 2 > len(told)
    else:
        goes_on = any(told) if numbered else sum(told) * 2 > len(told)
    return tuple(cells) if goes_on else None


def _ends(row: RuledRow) -> _Ends:
    return [cell.strips[-1] if cell.strips else None for cell in row]


def _width(table: Strip) -> int:
    return sum(cell.columns for cell in table.ruled[0]) if table.ruled else 0


def _say_the_same(rows: tuple[RuledRow, RuledRow]) -> bool:
    texts = [[[strip.text for strip in cell.strips or ()] for cell in row] for row in rows]
    return texts[0] == texts[1] and any(map(bool, texts[0]))

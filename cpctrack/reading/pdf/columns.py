"""Tables that neither tags nor lines tell: what stands under the names of a header's columns.

Programs draw a table row by row and cell by cell, each from its top. A header is a row of which
most cells are names that are known; it says where the columns begin. Lines between the rows part
them, where there are any.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cpctrack.reading.pdf.ruled import RuledGrid, Ruling, Rulings, shade_at
from cpctrack.reading.pdf.text import Piece, RuledCell, RuledRow, Strip, strips_of

_LINES_OF_A_HEADER = 4
_MOST_PIECES, _MOST_PIECES_OF_A_CELL = 60, 8  # of a header
_MOST_CELLS = 20
_LOOKED_AT = 300  # pieces below a header
_NEXT_LINE, _NEXT_PARAGRAPH = 1.6, 2.6  # letter sizes to what stands below in a cell, at most
_NEAR = 0.4  # letter sizes: on one height
_GAP = 0.5  # letter sizes between two columns, at least
_CERTAIN = 0.85  # of a guessed width
_MARGIN = 1.5  # points to the left of a column's letters
_MOST_ITEMS = 2000  # of a page; more are a drawing
_MOST_MERGED = 20  # rows
_EDGES = 2  # lines at the top and at the foot of a page that may be printed on every one
_MOST_PAGES_APART = 0.5
_DIGITS = re.compile(r"\d+")
Known = Callable[[Sequence[str]], int]
_Items = list[Piece | Strip]
_CellPieces = list[Piece]


class _Columns(NamedTuple):
    lefts: tuple[float, ...]
    header: tuple[_CellPieces, ...] = ()

    def pieces(self) -> list[Piece]:
        return [piece for cell in self.header for piece in cell]


class _DrawnRow(NamedTuple):
    cells: dict[int, _CellPieces]  # by column
    spans: bool = False  # it is one text over several columns

    def pieces(self) -> list[Piece]:
        return [piece for cell in self.cells.values() for piece in cell]


def with_columns(pages: Sequence[_Items], rulings: Sequence[Rulings], known: Known) -> list[_Items]:
    """Put each table that its header tells in the place of its first piece.

    `known` counts the cells of a row that may be names of columns.
    """
    furniture = _furniture(pages)
    goes_on: _Columns | None = None  # the table that ends the page before
    shown: list[_Items] = []
    for number, (items, drawn) in enumerate(zip(pages, rulings, strict=True)):
        lettered = [item for item in items if isinstance(item, Strip) or item.text.strip()]
        if len(lettered) > _MOST_ITEMS:
            lettered = []
        starts = Counter(round(item.x) for item in lettered)
        headers = {
            id(item): header
            for at, item in enumerate(lettered)
            if (header := _header(lettered[at : at + _LOOKED_AT], starts, known))
        }
        of_headers = {id(each) for header in headers.values() for each in header.pieces()}
        left = [
            item
            for item in lettered
            if id(item) in of_headers or (number, round(item.y)) not in furniture
        ]
        out: _Items = []
        while left:
            columns = headers.get(id(left[0]), goes_on)
            goes_on = None
            table, taken = _table(left, columns, drawn) if columns else (None, 1)
            out.append(table or left[0])
            left = left[taken:]
            if table and columns and not left:
                goes_on = columns._replace(header=())
        shown.append(out if any(map(_is_guessed, out)) else list(items))
    return shown


def _is_guessed(item: Piece | Strip) -> bool:
    return isinstance(item, Strip) and item.guessed


def _furniture(pages: Sequence[_Items]) -> set[tuple[int, int]]:
    """Find the lines, by page and height, that stand at one height on most pages."""
    edges: list[dict[int, str]] = []
    for items in pages:
        lines: dict[int, str] = {}
        for item in items:
            lines[round(item.y)] = lines.get(round(item.y), "") + item.text.strip()
        heights = sorted(height for height, text in lines.items() if text)
        at_edge = {*heights[:_EDGES], *heights[-_EDGES:]}
        edges.append({height: _DIGITS.sub("#", lines[height]) for height in at_edge})
    times = Counter(line for lines in edges for line in lines.items())
    least = max(2, _MOST_PAGES_APART * len(pages))
    return {
        (number, height)
        for number, lines in enumerate(edges)
        for height, text in lines.items()
        if times[height, text] >= least
    }


def _header(items: _Items, starts: Counter[int], known: Known) -> _Columns | None:
    """Read a header that begins here; none where a later piece begins one with more names."""
    run = _run(items[:_MOST_PIECES], starts)
    if len(run) < 2:
        return None
    counts = [
        known([" ".join(strip.text for strip in strips_of(cell)) for cell in cells])
        for cells in ([run[0][place:], *run[1:]] for place in range(len(run[0])))
    ]
    if counts[0] < max(2, len(run) / 2) or max(counts) > counts[0]:
        return None
    if _end_of(run[0][0]) > min(piece.beginning for piece in run[1]):  # a title above it
        return None
    lefts = []
    body = [item for item in items[sum(map(len, run)) :] if isinstance(item, Piece)]
    for place, cell in enumerate(run):
        left = min(piece.beginning for piece in cell)
        before = max((piece.right for piece in run[place - 1]), default=left) if place else left
        # A cell that is wider than its header, and centred, begins further to the left.
        lefts.append(
            min(
                [left]
                + [
                    each.beginning
                    for each in body
                    if before < each.beginning < left and each.right > left
                ]
            )
        )
    return _Columns(tuple(lefts), tuple(run))


def _end_of(piece: Piece) -> float:
    """Give how far a piece certainly reaches; the widths of its letters are guessed."""
    return piece.beginning + _CERTAIN * (piece.right - piece.beginning)


def _run(items: _Items, starts: Counter[int]) -> list[_CellPieces]:
    """Take the cells of one row that are drawn from left to right, each with its wrapped lines."""
    run: list[_CellPieces] = []
    for item in items:
        if isinstance(item, Strip):
            break
        if not run:
            run.append([item])
            continue
        cell, last = run[-1], run[-1][-1]
        if len(cell) > _MOST_PIECES_OF_A_CELL or len(run) > _MOST_CELLS:
            break
        right = max(piece.right for piece in cell)
        down = last.y - item.y
        if abs(down) < _NEAR * item.size and item.x > last.x:
            apart = item.beginning - _end_of(last)
            if starts[round(item.x)] < 2 and apart < _GAP * item.size:
                cell.append(item)
            else:
                run.append([item])
        elif 0 < down < _NEXT_LINE * item.size and cell[0].x - item.size < item.x < right:
            cell.append(item)
        elif item.x > cell[0].x + item.size and (
            abs(run[0][0].y - item.y) < _LINES_OF_A_HEADER * item.size
        ):
            run.append([item])
        else:
            break
    return run


def _table(items: _Items, columns: _Columns, drawn: Rulings) -> tuple[Strip | None, int]:
    """Read the table that begins here, and tell how many pieces are of it; none where none is."""
    taken = len(columns.pieces())
    rows = _rows(items[taken:], columns.lefts)
    while rows and _is_below(rows):
        rows.pop()
    if not rows or not (taken or _fits(rows[0], columns.lefts)):
        return None, 1
    of_header = [_DrawnRow(dict(enumerate(columns.header)))] if taken else []
    pieces = [piece for row in (*of_header, *rows) for piece in row.pieces()]
    ruled = _by_lines(pieces, columns.lefts, drawn, len(rows)) or [
        _ruled_row(row, columns.lefts, drawn) for row in (*of_header, *rows)
    ]
    if set(map(id, pieces)) != set(map(id, items[: len(pieces)])):
        return None, 1
    first = pieces[0]
    table = Strip("", first.x, first.y, first.x, 0, False, ruled=tuple(ruled), guessed=True)
    return table, len(pieces)


def _is_below(rows: Sequence[_DrawnRow]) -> bool:
    """Tell whether the last row is rather a line below the table."""
    alone = [row.spans or set(row.cells) == {0} for row in rows]
    return rows[-1].spans or (alone[-1] and not any(alone[:-1]))


def _fits(row: _DrawnRow, lefts: Sequence[float]) -> bool:
    """Tell whether what begins a page goes on with a table: it stands in its columns."""
    return len(row.cells) > 1 or any(
        column and abs(cell[0].beginning - lefts[column]) < 1 for column, cell in row.cells.items()
    )


def _rows(items: _Items, lefts: Sequence[float]) -> list[_DrawnRow]:
    """Part what is drawn below a header; the table ends where something stands in no column."""
    rows: list[_DrawnRow] = []
    at = -1
    for item in items:
        if isinstance(item, Strip) or item.beginning < lefts[0] - item.size:
            break
        column = max(
            place for place, left in enumerate(lefts) if place == 0 or left < item.beginning + 1
        )
        beyond = lefts[column + 1 : column + 2]
        spans = any(_end_of(item) > left + item.size for left in beyond)
        row = rows[-1] if rows else _DrawnRow({})
        beside = [piece for each, cell in row.cells.items() if each >= column for piece in cell]
        if rows and _is_in_row(item, row, column, at, spans=spans):
            row.cells.setdefault(column, []).append(item)
        elif merged := _merged(rows, item, column):
            merged.cells[column] = [item]
            continue
        elif not rows or item.y < min((piece.y for piece in beside), default=item.y + 1):
            rows.append(_DrawnRow({column: [item]}, spans))
        else:
            break
        at = column
    return rows


def _merged(rows: Sequence[_DrawnRow], item: Piece, column: int) -> _DrawnRow | None:
    """Find the row that a cell over several rows begins in; some programs draw it after others."""
    for row in reversed(rows[-_MOST_MERGED:]):
        first = row.cells[max(row.cells)][0]
        if column in row.cells:
            return None
        if column < max(row.cells) and abs(item.y - first.y) < _NEAR * item.size:
            return row
    return None


def _is_in_row(item: Piece, row: _DrawnRow, column: int, at: int, *, spans: bool) -> bool:
    last = row.cells[at][-1]
    down = last.y - item.y
    if column > at and not row.spans and not spans:
        return item.y > min(piece.y for piece in row.pieces()) - _NEAR * item.size
    if column != at or (spans and not row.spans and len(row.cells) > 1):
        return False
    most = _NEXT_PARAGRAPH if len(row.cells) > 1 else _NEXT_LINE
    return abs(down) < _NEAR * item.size or 0 < down < most * item.size


def _by_lines(
    pieces: Sequence[Piece], lefts: Sequence[float], drawn: Rulings, rows: int
) -> list[RuledRow]:
    """Part the rows by the lines between them; nothing where too few have any."""
    top = max(piece.y + piece.size for piece in pieces)
    bottom = min(piece.y - piece.size / 2 for piece in pieces)
    right = max(piece.right for piece in pieces) + _MARGIN
    xs = [*(left - _MARGIN for left in lefts), right]
    grid = RuledGrid([Ruling(x, bottom, top) for x in xs], drawn)
    if not grid.is_table() or not all(map(grid.holds, pieces)):
        return []
    found = grid.rows(pieces)
    told = sum(any(cell.strips for cell in row) for row in found)
    return found if told > 2 and told >= rows / 2 else []


def _ruled_row(row: _DrawnRow, lefts: Sequence[float], drawn: Rulings) -> RuledRow:
    cells: list[RuledCell] = []
    for column in range(len(lefts)):
        pieces = row.cells.get(column, [])
        columns = len(lefts) - column if row.spans and pieces else 1
        width = lefts[column + columns] - lefts[column] if column + columns < len(lefts) else 0.0
        x = pieces[0].beginning if pieces else lefts[column]
        shade = shade_at(drawn, x + 1, (pieces or row.pieces())[0].y + 1)
        cells.append(RuledCell(tuple(strips_of(pieces)), columns, shade, width))
        if columns > 1:
            break
    return tuple(cells)

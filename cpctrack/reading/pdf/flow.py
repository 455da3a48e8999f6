"""How the lines on the pages of a PDF make paragraphs, and rows of tables.

Gaps between lines end paragraphs. Programs draw a table cell by cell: letters that stand beside
what was drawn before them, and not below it, begin a new cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise, repeat
from typing import NamedTuple

from cpctrack.reading.document import Block, Cell, Paragraph, Place, Row, Table
from cpctrack.reading.lines import LABEL
from cpctrack.reading.office import Spanning, grid_of
from cpctrack.reading.pdf.breaks import with_whole_rows
from cpctrack.reading.pdf.text import (
    SOFT_HYPHEN,
    Piece,
    RuledCell,
    RuledRow,
    Strip,
    strips_of,
    without_furniture,
)
from cpctrack.reading.pdf.wrapping import Wrapping, gap, is_apart, is_set_otherwise, length_of

_WIDER = 1.2  # a paragraph ends where the next line is this much further down than usual
_USUAL = 1.2  # from line to line, in letter sizes, where a document has too few to tell
_LINES_TO_TELL = 8
_TIGHTEST = 0.15  # the part of all lines that certainly stands in one paragraph
_FULL = 0.85  # of the widest line
_MOST_LINES = 0.8
_SPARE = 0.15  # of the width of a line
_MOST_INDENT = 100
_FILLED = 0.75  # of a cell's width, by letters whose widths are guessed
_ENDS = ".:;!?"
StripsOfCell = list[Strip]
_Column = tuple[int, int]  # and how many columns its table has
Group = list[StripsOfCell]  # a line of text is a group of one cell with one strip

_LETTER = 0.5  # a letter's width, in its size
_MOST_COLUMNS = 100
_MOST_LINES_OF_A_CELL = 25  # of a first cell
_MOST_ABOVE = 10  # letter sizes that a later cell may reach above an earlier one
_NEAR = 0.6  # of a letter's size: on the same height
_NEXT_LINE, _NEXT_PARAGRAPH = 1.6, 2.6  # letter sizes to what stands below in a cell, at most


class _Printed(NamedTuple):
    """A line, or rows of a table; `after_gap` tells that it begins a paragraph or a table."""

    text: str
    page: int
    bold: bool
    after_gap: bool
    rows: tuple[Row, ...] = ()
    guessed: bool = False


def blocks_of(
    pages: Sequence[Sequence[Piece | Strip]],
    made_on: str = "",
    wrapping: Wrapping = Wrapping(),  # noqa: B008 - it can't be changed
) -> list[Block]:
    """Give the lines and the tables of all pages; blank lines stand between paragraphs.

    A table among the pieces is one that is already read. `made_on` is the day on which a document
    of our own was made.
    """
    strips = with_whole_rows(without_furniture([strips_of(pieces) for pieces in pages]))
    blocks: list[Block] = []
    rows: list[Row] = []
    guessed = False
    number = page = 0

    def table() -> Table:
        return Table(tuple(rows), ours=bool(made_on), made_on=made_on, guessed=guessed)

    for printed in _joined(_flow(strips, wrapping)):
        if rows and (printed.after_gap or not printed.rows):
            blocks.append(table())
            rows, guessed = [], False
        elif printed.after_gap and blocks and not rows and not printed.rows:
            blocks.append(Paragraph("", is_line=True, place=Place(number, page)))
        page = printed.page
        guessed |= printed.guessed
        for row in printed.rows:
            number += 1
            rows.append(row._replace(place=Place(number, row.place.page or page)))
        if not printed.rows:
            number += 1
            place = Place(number, page)
            blocks.append(Paragraph(printed.text, 0, printed.bold, is_line=True, place=place))
    if rows:
        blocks.append(table())
    return blocks


def _flow(pages: Sequence[Sequence[Strip]], wrapping: Wrapping) -> Iterator[_Printed]:
    """Give lines and rows in order, and whether a paragraph ended before each."""
    widest_gap = _WIDER * _usual_gap(pages)
    margin = min((strip.x for page in pages for strip in page), default=0.0)
    edges = _edges(pages)
    widest = _widest(pages)
    before: Group = []
    full = 0.0
    width_above = 0  # of a table that a page may go on with
    for number, page in enumerate(pages, 1):
        for place, group in enumerate(_groups_of(page)):
            if len(group) == 1 and group[0][0].is_table:
                rows = _rows_of(group[0][0], wrapping, widest, widest_gap)
                width = len(rows[0].cells)
                goes_on = place == 0 and bool(group[0][0].ruled) and width == width_above
                guessed = group[0][0].guessed
                yield _Printed("", number, False, not goes_on, rows, guessed)
                before, width_above = [], width
                continue
            if len(group) > 1 or len(before) != 1:
                after_gap = True
            elif place == 0:
                after_gap = not _goes_on(before[0][-1], group[0][0], full)
            else:
                above, below = before[0][-1], group[0][0]
                after_gap = is_apart(above, below, widest_gap) or _ended_early(
                    above, below, edges.get(round(above.x), 0.0)
                )
            if len(group) > 1:
                cells = tuple(_cell(cell, widest_gap) for cell in group)
                yield _Printed("", number, False, len(before) < 2, (Row(cells),), guessed=True)
            else:
                # What is far to the right is a column, and read as one.
                line = group[0][0]
                indent = min((line.x - margin) / (_LETTER * line.size or 1.0), _MOST_INDENT)
                yield _Printed(" " * int(indent) + line.text, number, line.bold, after_gap)
            before, width_above = group, 0
        full = _FULL * max((strip.right - strip.x for strip in page), default=0.0)


def _edges(pages: Iterable[Sequence[Strip]]) -> dict[int, float]:
    """Tell how far to the right most lines reach that begin at one distance from the left."""
    found: dict[int, list[float]] = {}
    for page in pages:
        for strip in page:
            found.setdefault(round(strip.x), []).append(strip.right)
    return {
        x: sorted(rights)[int(len(rights) * _MOST_LINES)]
        for x, rights in found.items()
        if len(rights) >= _LINES_TO_TELL
    }


def _ended_early(above: Strip, below: Strip, edge: float) -> bool:
    """Tell whether the next word would have fitted on the line above, with much to spare."""
    word = below.text.split(" ", 1)[0]
    spare = edge - above.right - len(word) * _LETTER * below.size
    return not word[:1].islower() and spare > _SPARE * (edge - above.x)


def _usual_gap(pages: Iterable[Sequence[Strip]]) -> float:
    """Measure how far lines of a paragraph stand apart, in letter sizes."""
    gaps = sorted(
        apart
        for page in pages
        for above, below in pairwise(page)
        if abs(above.x - below.x) < 8 * below.size and 0.8 < (apart := gap(above, below)) < 3
    )
    return gaps[int(len(gaps) * _TIGHTEST)] if len(gaps) >= _LINES_TO_TELL else _USUAL


def _goes_on(above: Strip, below: Strip, full: float) -> bool:
    """Tell whether the first line of a page belongs to the last paragraph of the one before."""
    first = below.text.split(" ", 1)[0]
    if is_set_otherwise(above, below) or LABEL.fullmatch(first):
        return False
    return below.text[:1].islower() or (
        above.right - above.x >= full and above.text[-1:] not in _ENDS
    )


def _rows_of(
    table: Strip, wrapping: Wrapping, widest: Mapping[_Column, float], widest_gap: float
) -> tuple[Row, ...]:
    if table.table:
        return table.table.rows

    def cells_of(row: RuledRow) -> Iterator[Spanning]:
        for column, (strips, columns, shade, width) in _placed(row):
            if strips is None:
                yield None, columns, 1
                continue
            longest = length_of(strips) if columns > 1 else widest[column]
            text = wrapping.text(strips, max(longest, _FILLED * width), widest_gap)
            bold = bool(strips) and all(each.bold for each in strips)
            yield Cell(text, bold=bold, shade=shade), columns, 1

    return grid_of(map(cells_of, table.ruled), repeat(Place()))


def _widest(pages: Sequence[Sequence[Strip]]) -> dict[_Column, float]:
    """Measure the longest line of each column of the tables that are drawn."""
    widest: dict[_Column, float] = {}
    for strip in chain.from_iterable(pages):
        for column, cell in chain.from_iterable(map(_placed, strip.ruled)):
            widest[column] = max(
                widest.get(column, 0.0), length_of(cell.strips or ()) if cell.columns == 1 else 0.0
            )
    return widest


def _placed(row: RuledRow) -> Iterator[tuple[_Column, RuledCell]]:
    """Give each cell with the column that it begins in, and how many its table has."""
    column = 0
    width = sum(cell.columns for cell in row)
    for cell in row:
        yield (column, width), cell
        column += cell.columns


def _cell(cell: Sequence[Strip], widest_gap: float) -> Cell:
    """Join the wrapped lines of a cell; its paragraphs stay apart."""
    text = Wrapping().text(cell, 0.0, widest_gap)
    return Cell(text, bold=bool(cell) and all(each.bold for each in cell))


def _joined(lines: Iterator[_Printed]) -> Iterator[_Printed]:
    """Put a word together that was broken with a soft hyphen, on the line it begins on."""
    waiting: _Printed | None = None
    for line in lines:
        current: _Printed | None = line
        if waiting is not None and waiting.text.endswith(SOFT_HYPHEN):
            head, _, tail = line.text.strip().partition(" ")
            waiting = waiting._replace(text=waiting.text[:-1] + head)
            current = line._replace(text=tail) if tail else None
        if current is None:
            continue
        if waiting is not None:
            yield waiting
        waiting = current
    if waiting is not None:
        yield waiting._replace(text=waiting.text.removesuffix(SOFT_HYPHEN))


def _groups_of(page: Sequence[Strip]) -> list[Group]:
    """Group the strips of a page into lines and rows."""
    groups: list[Group] = []
    for strip in page:
        if strip.is_table or not groups or not _is_taken(groups, strip):
            groups.append([[strip]])
    return _settled(groups)


def _is_taken(groups: list[Group], strip: Strip) -> bool:
    """Add a strip to the row it belongs to, or begin a row with it; say whether it found one."""
    row = groups[-1]
    if row[0][0].is_table:
        return False
    if len(row) == 1:
        if first := _cell_beside(groups, strip):
            groups[-len(first) :] = [[first, [strip]]]
        return bool(first)
    cell, size = row[-1], strip.size
    left, down = cell[0].x, cell[-1].y - strip.y
    top = max(cell[0].y for cell in row)
    # Only a row that is sure to be one has cells of several paragraphs: else it may be a line with
    # initials at its right edge, and the next line's initials below them.
    is_sure = len(row) > 2 or any(len(cell) > 1 for cell in row)
    most = _NEXT_PARAGRAPH if is_sure else _NEXT_LINE
    is_beside = strip.x > left + size and strip.y > cell[-1].y - _NEAR * size
    if is_beside and strip.y < top + _MOST_ABOVE * size:
        row.append([strip])
    elif 0 < down < most * size and strip.x > left - 1.5 * size:
        cell.append(strip)
    else:
        return False
    return True


def _cell_beside(groups: list[Group], strip: Strip) -> StripsOfCell:
    """Give the lines drawn last that make a cell to the left of this strip; none if they do not."""
    drawn = groups[-1][0][0]
    near = _NEAR * strip.size
    if strip.x < drawn.x + strip.size or strip.y < drawn.y - near:
        return []
    if strip.y < drawn.y + near:
        return [drawn]
    lines: StripsOfCell = []
    for group in reversed(groups[-_MOST_LINES_OF_A_CELL:]):
        line = group[0][0]
        if line.is_table or len(group) > 1 or line.x > strip.x - strip.size:
            break
        lines.insert(0, line)
        middle = (lines[0].y + lines[-1].y) / 2
        # The cells of a row begin, or have their middle, on one height.
        if abs(line.y - strip.y) < near or (len(lines) > 1 and abs(middle - strip.y) < near):
            return lines
    return []


def _settled(groups: list[Group]) -> list[Group]:
    """Tell rows of a table from a line with a tab in it, and fill in a row's empty cells."""
    settled: list[Group] = []
    for place, group in enumerate(groups):
        above = settled[-1] if settled else []
        around = groups[max(0, place - 1) : place] + groups[place + 1 : place + 2]
        columns = [cell[0].x for row in around if len(row) > 1 for cell in row]
        if len(group) == 2 and not _is_row(group, columns):
            # A line with something at its right-hand edge is set in spaces, as wide as printed.
            left, right = group[0][0], group[1][0]
            width = min(int((right.x - left.x) / (_LETTER * left.size or 1.0)), _MOST_COLUMNS)
            text = f"{left.text:<{width}}    {right.text}"
            bold = left.bold and right.bold
            settled.append([[left._replace(text=text, right=right.right, bold=bold)]])
        elif 1 < len(group) < len(above):
            # A row with fewer cells: they stand under those of the row above, of which one may
            # itself be empty, and stands nowhere.
            aligned: Group = [[] for _ in above]
            for cell in group:
                apart = [abs(top[0].x - cell[0].x) if top else float("inf") for top in above]
                aligned[apart.index(min(apart))] += cell
            settled.append(aligned)
        else:
            settled.append(group)
    return settled


def _is_row(group: Group, columns: Sequence[float]) -> bool:
    """Look for a wrapped cell, or for a column shared with the row above or below."""
    edge = group[1][0]
    return any(len(cell) > 1 for cell in group) or any(
        abs(column - edge.x) < edge.size for column in columns
    )

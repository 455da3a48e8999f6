"""A table of a Word document: widths, the header that is repeated, rows that stay in one piece."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from cpctrack.render.views.view import CellView, GroupView, TableView
from cpctrack.render.word.xml import Element, Words, add, paragraph

_HEADER_SHADE = "D9E2EC"
_GROUP_SHADE = "EDF1F5"
_EXEMPT_SHADE = "F2F2F2"

_LETTER = 180  # the size of letters in a table; a template's own style may have another
_LINE = 220
_SMALL_LETTERS = 15  # half points
_MOST_OF_A_PAGE = 0.75
_SLACK = 1.15  # lines are broken between words
_NARROW = dict.fromkeys(map(ord, "fijlrtI.,;:!|'()[]-/ "), 0.33)
_WIDE = dict.fromkeys(map(ord, "mwMW@%—…"), 0.95)
_SMALL = dict.fromkeys(map(ord, "abcdeghknopqsuvxyz0123456789"), 0.54)
_WIDTHS = _NARROW | _WIDE | _SMALL
_OTHER, _FULL = 0.72, 1.2
_FIRST_FULL = 0x1100  # from here on come the letters of the East and pictures


class TableRoom(NamedTuple):
    """Where a table stands: its styles by id, and the room there is, in twentieths of a point.

    `shares` are the widths of the columns, in any unit; `padding` stays free at a cell's sides.
    """

    style: str
    cell_style: str
    shares: Sequence[int]
    width: int
    height: int
    padding: int


def lay_out(
    parent: Element,
    room: TableRoom,
    columns: Sequence[str],
    groups: Iterable[GroupView | TableView],
    *,
    title: str,
    description: str,
    shades: Mapping[str, str],
) -> None:
    """Add a table as wide as the text; the title of a group stands over all its columns.

    `shades` gives the colour behind a cell that says no more than this.
    """
    # Shared out without losing a point to rounding.
    ends = [room.width * end // sum(room.shares) for end in accumulate(room.shares, initial=0)]
    widths = [after - before for before, after in pairwise(ends)]
    made = add(parent, "tbl")
    about = add(made, "tblPr")
    add(about, "tblStyle", val=room.style)
    add(about, "tblW", w=room.width, type="dxa")
    add(about, "tblLayout", type="fixed")
    margins = add(about, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=room.padding, type="dxa")
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1}
    add(about, "tblLook", val="0620", **look, noVBand=1)
    add(about, "tblCaption", val=title)
    add(about, "tblDescription", val=description)
    grid = add(made, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    head = _row(made, "cantSplit", "tblHeader")
    for column, width in zip(columns, widths, strict=True):
        cell = _cell(head, width, _HEADER_SHADE)
        paragraph(cell, room.cell_style, Words(column, bold=True), joined=True)
    rooms = [width - 2 * room.padding for width in widths]
    most = room.height * _MOST_OF_A_PAGE / _LINE
    for group in groups:
        if group.title:
            cell = _cell(_row(made, "cantSplit"), room.width, _GROUP_SHADE, span=len(widths))
            paragraph(cell, room.cell_style, Words(group.title, bold=True), joined=True)
        for row in group.rows:
            line = _row(made, *(["cantSplit"] if _fits(row.cells, rooms, most) else []))
            for said, width in zip(row.cells, widths, strict=True):
                shade = shades.get(said.text) or (_EXEMPT_SHADE if row.exempt else "")
                cell = _cell(line, width, shade)
                paragraph(cell, room.cell_style, Words(said.text, grey=said.blank))
                if said.small:
                    paragraph(cell, room.cell_style, Words(said.small, size=_SMALL_LETTERS))
                if said.note:
                    paragraph(cell, room.cell_style, Words(said.note, bold=True))


def _row(table: Element, *traits: str) -> Element:
    row = add(table, "tr")
    about = add(row, "trPr")
    for trait in traits:
        add(about, trait)
    return row


def _cell(row: Element, width: int, shade: str, *, span: int = 1) -> Element:
    cell = add(row, "tc")
    about = add(cell, "tcPr")
    add(about, "tcW", w=width, type="dxa")
    if span > 1:
        add(about, "gridSpan", val=span)
    if shade:
        add(about, "shd", val="clear", color="auto", fill=shade)
    return cell


def _fits(cells: Iterable[CellView], rooms: Iterable[int], most: float) -> bool:
    """Tell whether a row surely fits on a page; one that must not be split and does not is cut off.

    Only Word knows how it will break the lines, so the letters are measured roughly and a quarter
    of the page is kept in reserve, for the header too.
    """
    for cell, room in zip(cells, rooms, strict=True):
        text = f"{cell.text}\n{cell.note}\n{cell.small}".removesuffix("\n")
        if sum(1 + _length(line) * _SLACK // room for line in text.split("\n")) >= most:
            return False
    return True


def _length(line: str) -> float:
    measure = _WIDTHS.get
    letters = map(ord, line)
    return _LETTER * sum(
        measure(letter) or (_OTHER if letter < _FIRST_FULL else _FULL) for letter in letters
    )

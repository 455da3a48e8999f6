"""A table of a Word document: widths, the header that is repeated, rows that stay in one piece."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from cpctrack.render.views.view import SMALL, CellView, LineView
from cpctrack.render.widths import text_width
from cpctrack.render.word.xml import Element, Words, add, paragraph

_HEADER_SHADE = "E2E9F1"
_GROUP_SHADE = "EDF1F5"
_EXEMPT_SHADE = "F2F2F2"

POINT = 20
"""In the unit of widths, of which it has twenty."""

PADDING = 70
"""What stays free at each side of a cell, in the same unit."""

_SHORT = 6  # lines of a row that is not split: a long one would leave too much of a page empty
_SLACK = 1.15  # lines are broken between words


class TableRoom(NamedTuple):
    """Where a table stands: its styles by id, and the room there is, in twentieths of a point.

    `size` is that of its letters in points.
    """

    style: str
    cell_style: str
    width: int
    size: float

    @property
    def letters(self) -> float:
        """The size of its letters in twentieths of a point."""
        return self.size * POINT


class TableAbout(NamedTuple):
    """What is said of a table: its title, and what it is in a sentence.

    `shades` gives the colour behind a cell that says no more than this.
    """

    title: str
    description: str
    shades: Mapping[str, str]


def lay_out(
    parent: Element,
    room: TableRoom,
    columns: Sequence[str],
    shares: Sequence[float],
    groups: Iterable[tuple[str, Sequence[LineView]]],
    about: TableAbout,
) -> None:
    """Add a table as wide as its room; the title of a group stands over all its columns.

    `shares` are the widths of the columns, in any unit.
    """
    # Shared out without losing a point to rounding.
    whole = sum(shares)
    ends = [round(room.width * end / whole) for end in accumulate(shares, initial=0)]
    widths = [after - before for before, after in pairwise(ends)]
    made = add(parent, "tbl")
    traits = add(made, "tblPr")
    add(traits, "tblStyle", val=room.style)
    add(traits, "tblW", w=room.width, type="dxa")
    add(traits, "tblLayout", type="fixed")
    margins = add(traits, "tblCellMar")
    for side in ("left", "right"):
        add(margins, side, w=PADDING, type="dxa")
    look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0, "noHBand": 1}
    add(traits, "tblLook", val="0620", **look, noVBand=1)
    add(traits, "tblCaption", val=about.title)
    add(traits, "tblDescription", val=about.description)
    grid = add(made, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    small = round(2 * room.size * SMALL)
    head = _row(made, "cantSplit", "tblHeader")
    for column, width in zip(columns, widths, strict=True):
        cell = _cell(head, width, _HEADER_SHADE)
        paragraph(cell, room.cell_style, Words(column, bold=True, size=small), joined=True)
    rooms = [(width - 2 * PADDING) / room.letters for width in widths]
    for title, lines in groups:
        if title:
            # No heading of ours: it is a row in the table of another body, and is read as one.
            cell = _cell(_row(made, "cantSplit"), room.width, _GROUP_SHADE, span=len(widths))
            paragraph(cell, room.cell_style, Words(title, bold=True), joined=True)
        for line in lines:
            row = _row(made, *(["cantSplit"] if _is_short(line.cells, rooms) else []))
            for said, width in zip(line.cells, widths, strict=True):
                shade = about.shades.get(said.text) or (_EXEMPT_SHADE if line.exempt else "")
                cell = _cell(row, width, shade)
                words = Words(said.text, grey=said.blank, italic=said.derived)
                paragraph(cell, room.cell_style, words)
                if said.small:
                    paragraph(cell, room.cell_style, Words(said.small, size=small))
                if said.note:
                    paragraph(cell, room.cell_style, Words(said.note, bold=True, size=small))


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


def _is_short(cells: Iterable[CellView], rooms: Iterable[float]) -> bool:
    """Tell whether a row surely has few lines, with `rooms` in the sizes of its letters.

    Only Word knows how it will break them; a row that must not be split and is longer than a page
    would be cut off.
    """
    for cell, room in zip(cells, rooms, strict=True):
        lines = cell.as_long.split("\n")
        if sum(1 + text_width(line) * _SLACK // room for line in lines) > _SHORT:
            return False
    return True

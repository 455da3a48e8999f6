"""The tables of a PDF that is tagged, as screen readers find them: what stands in which cell.

What a page draws has marks with numbers, and the document's structure names for each cell the marks
that were drawn in it.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from cpctrack.reading.document import Cell, Place, Row, Table
from cpctrack.reading.office import grid_row, shade_of
from cpctrack.reading.pdf.text import ARTIFACT, SOFT_HYPHEN, Mark, Piece, Strip, joined, strips_of

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_ELEMENTS = 1_000_000
_MOST_COLUMNS = 200
_MOST_ROWS = 65_534  # that a cell may span
_GROUPS = ("/THead", "/TBody", "/TFoot")
# What goes on in the paragraph that it stands in.
_INLINE = frozenset({"/Span", "/Strong", "/Em", "/Link", "/Lbl", "/LBody", "/Quote", "/Code"})
_NEAR = 0.4  # of a letter's size: on the same line
_BREAKING = ("-", "–", "—", "/")  # a line is broken behind them, too

_Marks = tuple[Mark, ...]  # of a paragraph
_Lines = dict[_Marks, list[Strip]]


class TaggedCell(NamedTuple):
    """A cell: the marks of each of its paragraphs, and how much of the grid it takes."""

    paragraphs: tuple[_Marks, ...]
    columns: int = 1
    rows: int = 1
    shade: str = ""


TaggedTable = tuple[tuple[TaggedCell, ...], ...]


def tables_of(document: "PdfReader") -> list[TaggedTable]:
    """Give the tables of two columns or more; one with tables in it is there for the layout.

    None are given where the document has no structure, or one that can't be followed.
    """
    try:
        structure = _Structure(document)
        return list(structure.tables(structure.root, 0))
    # Whatever comes of a structure that was forged: where the letters stand tells as much.
    except Exception:
        return []


def with_tables(
    pages: Sequence[Sequence[Piece]], tables: Sequence[TaggedTable]
) -> list[list[Piece | Strip]]:
    """Put each table in the place of its first piece, and leave out its others.

    Where a table goes on, what is marked as no part of the text is left out with them: the header
    that is printed again.
    """
    drawn: dict[Mark | None, list[Piece]] = {}
    for piece in chain.from_iterable(pages):
        drawn.setdefault(piece.mark, []).append(piece)
    table_of: dict[Mark | None, int] = {}
    lines: _Lines = {}
    for number, table in enumerate(tables):
        for marks in (marks for row in table for cell in row for marks in cell.paragraphs):
            table_of.update(dict.fromkeys(marks, number))
            lines[marks] = strips_of([each for mark in marks for each in drawn.get(mark, ())])
    # Where spaces are drawn at the ends of wrapped lines, one without was broken by hand.
    keeps_spaces = any(strip.spaced for strips in lines.values() for strip in strips[:-1])
    begun: set[int | None] = set()
    shown: list[list[Piece | Strip]] = []
    for pieces in pages:
        shown.append([])
        goes_on = not begun.isdisjoint(table_of.get(piece.mark) for piece in pieces)
        for piece in pieces:
            number_of = table_of.get(piece.mark)
            if number_of is None and not (goes_on and piece.mark == ARTIFACT):
                shown[-1].append(piece)
            elif number_of is not None and number_of not in begun:
                begun.add(number_of)
                read = _table(tables[number_of], lines, keeps_spaces=keeps_spaces)
                shown[-1].append(Strip("", piece.x, piece.y, piece.x, 0, False, False, read))
    return shown


def _table(tagged: TaggedTable, lines: _Lines, *, keeps_spaces: bool) -> Table:
    rows: list[Row] = []
    covered: dict[int, int] = {}  # by column: the rows that a cell above still reaches down to
    for row in tagged:
        cells = []
        for tagged_cell in row:
            said = [lines[marks] for marks in tagged_cell.paragraphs if lines[marks]]
            text = "\n".join(_text(strips, keeps_spaces=keeps_spaces) for strips in said)
            bold = bool(said) and all(strip.bold for strips in said for strip in strips)
            cells.append(Cell(text, bold=bold, shade=tagged_cell.shade))
        pages = [mark[0] for cell in row for marks in cell.paragraphs for mark in marks]
        grid = grid_row(_placed(row, cells, covered), rows[-1].cells if rows else ())
        rows.append(Row(grid, Place(0, min(pages, default=0))))
    return Table(tuple(rows))


def _text(strips: Sequence[Strip], *, keeps_spaces: bool) -> str:
    text = ""
    for above, strip in zip((None, *strips), strips, strict=False):
        glue = " "
        if above and keeps_spaces and not above.spaced and above.y - strip.y > _NEAR * strip.size:
            glue = "" if text.endswith(_BREAKING) else "\n"
        text = joined(text, strip.text, glue)
    return text.removesuffix(SOFT_HYPHEN)


def _placed(
    row: Sequence[TaggedCell], cells: Sequence[Cell], covered: dict[int, int]
) -> Iterator[tuple[Cell | None, int, int]]:
    """Give the cells of a row, None for each that a cell of a row above covers."""
    column = 0
    for tagged, cell in zip((*row, None), (*cells, None), strict=True):
        while covered.get(column):
            covered[column] -= 1
            column += 1
            yield None, 1, 1
        if tagged is not None:
            covered.update(dict.fromkeys(range(column, column + tagged.columns), tagged.rows - 1))
            column += tagged.columns
            yield cell, tagged.columns, 1


class _Structure:
    """Walks the elements of a document's structure."""

    def __init__(self, document: "PdfReader") -> None:
        self.root: Any = document.root_object.get("/StructTreeRoot", {}).get_object()
        self._roles: Any = self.root.get("/RoleMap", {})
        self._pages = {
            page.indirect_reference.idnum: number
            for number, page in enumerate(document.pages, 1)
            if page.indirect_reference
        }
        self._left = _MOST_ELEMENTS

    def tables(self, element: Any, page: int) -> Iterator[TaggedTable]:
        """Give the tables in an element of which the page is known, or is 0."""
        inner = [
            table
            for child, its_page in self._children(element, page)
            if not isinstance(child, int)
            for table in self.tables(child, its_page)
        ]
        yield from inner
        if not inner and self._role(element) == "/Table":
            rows = tuple(tuple(self._cells(row, on)) for row, on in self._rows(element, page))
            if max(map(len, rows), default=0) > 1:
                yield rows

    def _children(self, element: Any, page: int) -> Iterator[tuple[Any, int]]:
        """Give the elements and the marks, as their numbers, in an element, and their pages."""
        page = self._page(element, page)
        children = element.get("/K", [])
        for each in children if isinstance(children, list) else [children]:
            self._left -= 1
            if self._left < 0:
                raise ValueError
            child = each.get_object()
            if isinstance(child, int):
                yield int(child), page
            elif "/S" in child:
                yield child, page
            elif "/MCID" in child and "/Stm" not in child:
                yield int(child["/MCID"]), self._page(child, page)

    def _page(self, element: Any, otherwise: int) -> int:
        page = element.raw_get("/Pg") if "/Pg" in element else None
        return self._pages.get(getattr(page, "idnum", 0), otherwise)

    def _role(self, element: Any) -> str:
        role = element.get("/S", "")
        return str(self._roles.get(role, role))

    def _rows(self, element: Any, page: int) -> Iterator[tuple[Any, int]]:
        for child, its_page in self._children(element, page):
            role = "" if isinstance(child, int) else self._role(child)
            if role == "/TR":
                yield child, its_page
            elif role in _GROUPS:
                yield from self._rows(child, its_page)

    def _cells(self, row: Any, page: int) -> Iterator[TaggedCell]:
        for child, its_page in self._children(row, page):
            if isinstance(child, int) or self._role(child) not in ("/TD", "/TH"):
                continue
            said: dict[str, Any] = {}
            attributes = child.get("/A", [])
            for owned in attributes if isinstance(attributes, list) else [attributes]:
                if isinstance(owned.get_object(), dict):
                    said.update(owned.get_object())
            colour = [
                f"{round(float(part) * 255):02x}" for part in said.get("/BackgroundColor", ())
            ]
            yield TaggedCell(
                tuple(map(tuple, self._paragraphs(child, its_page))),
                max(1, min(int(said.get("/ColSpan", 1)), _MOST_COLUMNS)),
                max(1, min(int(said.get("/RowSpan", 1)), _MOST_ROWS)),
                shade_of("".join(colour)),
            )

    def _paragraphs(self, element: Any, page: int) -> list[list[Mark]]:
        paragraphs: list[list[Mark]] = [[]]
        for child, its_page in self._children(element, page):
            if isinstance(child, int):
                paragraphs[-1].append((its_page, child))
                continue
            inner = self._paragraphs(child, its_page)
            if self._role(child) in _INLINE:
                paragraphs[-1] += inner[0] if inner else []
                paragraphs += inner[1:]
            else:
                paragraphs += [*inner, []]
        return [marks for marks in paragraphs if marks]

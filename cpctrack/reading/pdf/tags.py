"""The tables of a PDF that is tagged, as screen readers find them: what stands in which cell.

What a page draws has marks with numbers, and the document's structure names for each cell the marks
that were drawn in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from cpctrack.reading.document import Cell, Place, Table
from cpctrack.reading.office import Spanning, grid_of, shade_of
from cpctrack.reading.pdf.ruled import Rulings, shade_at
from cpctrack.reading.pdf.text import ARTIFACT, Mark, Piece, Strip, strips_of
from cpctrack.reading.pdf.wrapping import Wrapping, length_of

if TYPE_CHECKING:
    from pypdf import PdfReader

_MOST_ELEMENTS = 1_000_000
_MOST_COLUMNS = 200
_MOST_ROWS = 65_534  # that a cell may span
_GROUPS = ("/THead", "/TBody", "/TFoot")
# What goes on in the paragraph that it stands in.
_INLINE = frozenset({"/Span", "/Strong", "/Em", "/Link", "/Lbl", "/LBody", "/Quote", "/Code"})
_NEAR = 1.0  # points: at one distance from the left
_FAR = float("inf")

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
    pages: Sequence[Sequence[Piece]],
    tables: Sequence[TaggedTable],
    wrapping: Wrapping,
    rulings: Sequence[Rulings],
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
            lines[marks] = strips_of(_printed_once(marks, drawn))
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
                read = _table(tables[number_of], lines, wrapping, rulings)
                shown[-1].append(Strip("", piece.x, piece.y, piece.x, 0, False, False, read))
    return shown


def _printed_once(marks: _Marks, drawn: Mapping[Mark | None, Sequence[Piece]]) -> list[Piece]:
    """Give what is drawn, once where it is printed again on every page, as a header is."""
    by_page: dict[int, list[Piece]] = {}
    for mark in marks:
        by_page.setdefault(mark[0], []).extend(drawn.get(mark, ()))
    said = {"".join(piece.text for piece in pieces).strip() for pieces in by_page.values()}
    pages = list(by_page.values())
    return list(chain.from_iterable(pages[:1] if len(said) == 1 else pages))


def _table(
    tagged: TaggedTable, lines: _Lines, wrapping: Wrapping, drawn: Sequence[Rulings]
) -> Table:
    placed = list(_placed(tagged, lines))
    widest: dict[int, float] = {}  # by column: its longest line
    lefts: dict[int, float] = {}
    for column, cell in chain.from_iterable(placed):
        if cell and cell.columns == 1:
            strips = _strips(cell, lines)
            widest[column] = max(widest.get(column, 0.0), length_of(strips))
            lefts[column] = min([lefts.get(column, _FAR), *(strip.x for strip in strips)])
    pages = [
        min((m[0] for cell in row for marks in cell.paragraphs for m in marks), default=0)
        for row in tagged
    ]

    def cells_of(at: int) -> Iterator[Spanning]:
        row = placed[at]
        in_row = [strip for _, cell in row if cell for strip in _strips(cell, lines)[:1]]
        for column, cell in row:
            if cell is None:
                yield None, 1, 1
                continue
            strips = _strips(cell, lines)
            longest = widest[column] if cell.columns == 1 else length_of(strips)
            said = [lines[marks] for marks in cell.paragraphs if lines[marks]]
            text = "\n".join(wrapping.text(paragraph, longest) for paragraph in said)
            bold = bool(strips) and all(strip.bold for strip in strips)
            shade = cell.shade
            if in_row and not shade:  # what is filled in behind it; beside its row, if it is empty
                x, y = (
                    (strips[0].x, strips[0].y) if strips else (lefts.get(column, _FAR), in_row[0].y)
                )
                shade = shade_at(drawn[pages[at] - 1], x + _NEAR, y + _NEAR)
            yield Cell(text, bold=bold, shade=shade), cell.columns, 1

    places = (Place(0, page) for page in pages)
    return Table(grid_of(map(cells_of, range(len(placed))), places))


def _strips(cell: TaggedCell, lines: _Lines) -> list[Strip]:
    return [strip for marks in cell.paragraphs for strip in lines[marks]]


def _placed(tagged: TaggedTable, lines: _Lines) -> Iterator[list[tuple[int, TaggedCell | None]]]:
    """Give each row's cells with their columns; None is one that a cell above reaches down to.

    Browsers tag no cell that is empty: where a row lacks some, its letters tell which.
    """
    width = max(sum(cell.columns for cell in row) for row in tagged)
    lefts = [_FAR] * (width + 1)
    for row in tagged:
        for column, cell in enumerate(row if len(row) == width else ()):
            lefts[column] = min([lefts[column], *(strip.x for strip in _strips(cell, lines))])
    reaching: dict[int, int] = {}  # by column: the rows that a cell above still reaches down to
    for row in tagged:
        free = [column for column in range(width) if not reaching.get(column)]
        missing = len(free) - sum(cell.columns for cell in row)
        cells: list[tuple[int, TaggedCell | None]] = [
            (column, None) for column in range(width) if reaching.get(column)
        ]
        reaching = {column: rows - 1 for column, rows in reaching.items() if rows > 1}
        for cell in row:
            x = min((strip.x for strip in _strips(cell, lines)), default=0.0)
            while missing > 0 and lefts[free[1] if free[1:] else width] < x + _NEAR:
                cells.append((free.pop(0), TaggedCell(())))
                missing -= 1
            column = free[0] if free else width
            del free[: cell.columns]
            if cell.rows > 1:
                reaching.update(dict.fromkeys(range(column, column + cell.columns), cell.rows - 1))
            cells.append((column, cell))
        cells += [(column, TaggedCell(())) for column in free]
        yield sorted(cells, key=lambda placed: placed[0])


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

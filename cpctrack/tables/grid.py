"""The tables of a document as rows of text, each with the titles above it that part business."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from cpctrack.reading.document import Block, Document, Paragraph, Row, Table
from cpctrack.records.exempt import divides
from cpctrack.text import seen

_LONGEST_TITLE = 300  # letters of it that are looked at


@dataclass(frozen=True, slots=True)
class GridRow:
    """The texts of one row's cells, and the line of the document it starts on.

    `living` are the cells without what is struck through in them, where anything is.
    """

    line: int
    cells: tuple[str, ...]
    living: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, and what `reading` says of it; the first may be `titles` above it."""

    rows: tuple[GridRow, ...]
    titles: int = 0
    loose: bool = False
    faults: tuple[tuple[int, str], ...] = ()
    ours: bool = False
    made_on: str = ""


def grids_of(document: Document) -> list[Grid]:
    """Give every table of a document in the order they begin, those within cells too.

    In front stand the titles above it that say that what follows is exempt, or public.
    """
    return list(_grids(document.blocks, []))


def _grids(blocks: Iterable[Block], above: list[Paragraph]) -> Iterator[Grid]:
    for block in blocks:
        if isinstance(block, Paragraph):
            above.append(block)
            continue
        yield _grid(block, above)
        for row in block.rows:
            for cell in row.cells:
                if cell.blocks:
                    yield from _grids(cell.blocks, list(above))
        above = []


def _grid(table: Table, above: Sequence[Paragraph]) -> Grid:
    rows = [_grid_row(row, ours=table.ours) for row in table.rows]
    first = table.rows[0].place if table.rows else None
    titles = [*_titles(above), (first.line, first.sheet)] if first else []
    before = [
        GridRow(min(line, first.line) if first else line, (text,))
        for line, text in titles
        if divides(text)
    ]
    return Grid((*before, *rows), len(before), table.loose, table.faults, table.ours, table.made_on)


def _grid_row(row: Row, *, ours: bool) -> GridRow:
    # A table of ours says what was typed, to the letter.
    read = str if ours else seen
    living = None
    if any(cell.living is not None for cell in row.cells):
        living = tuple(
            read(cell.text if cell.living is None else cell.living) for cell in row.cells
        )
    return GridRow(row.place.line, tuple(read(cell.text) for cell in row.cells), living)


def _titles(above: Sequence[Paragraph]) -> Iterator[tuple[int, str]]:
    """Give the paragraphs above a table and their lines; those of plain texts are put together."""
    line, text = 0, ""
    for paragraph in (*above, Paragraph("")):
        is_heading = paragraph.text.startswith("#")  # of Markdown, as it stands
        if is_heading or not (paragraph.is_line and paragraph.text.strip()):
            yield line, text
            line, text = paragraph.place.line, ""
        words = (
            paragraph.text[:_LONGEST_TITLE].strip(" #*_") if paragraph.is_line else paragraph.text
        )
        text = " ".join(f"{text} {words}".split())[:_LONGEST_TITLE]
        if is_heading or not paragraph.is_line:
            yield line, text
            text = ""

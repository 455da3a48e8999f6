"""The tables of a document as rows of text, each with the titles above it that part business."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cpctrack.reading.document import Block, Document, Paragraph, Row, Table
from cpctrack.records.exempt import divides
from cpctrack.tables.blocks import blocks_of
from cpctrack.text import one_line, seen

_LONGEST_TITLE = 300  # letters of it that are looked at
_MOST_BOXED = 3  # lines of a title that has a box around it


@dataclass(frozen=True, slots=True)
class GridRow:
    """The texts of one row's cells, and the line of the document it starts on.

    `living` are the cells without what is struck through in them, where anything is; `shades` the
    colours behind them, six hexadecimal digits each, where any has one; `spans` tells a row whose
    first cell is merged with all others; `group` is the text of such a row above.
    """

    line: int
    cells: tuple[str, ...]
    living: tuple[str, ...] | None = None
    is_heading: bool = False  # of the document, above the table
    shades: tuple[str, ...] = ()
    spans: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a table, and what `reading` says of it; the first may be `titles` above it.

    `above` are the texts between it and the table before it, `below` those up to the next,
    `headings` those that it stands under, the outermost first, and `guessed` says that its columns
    were told by where its letters stand.
    """

    rows: tuple[GridRow, ...]
    titles: int = 0
    loose: bool = False
    faults: tuple[tuple[int, str], ...] = ()
    ours: bool = False
    made_on: str = ""
    above: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    guessed: bool = False
    below: tuple[str, ...] = ()


def grids_of(document: Document) -> list[Grid]:
    """Give every table of a document in the order they begin, those within cells too.

    In front stand the titles above it that say that what follows is exempt, or public.
    """
    rest: list[Paragraph] = []  # at last what stands below all tables
    grids = list(_grids(blocks_of(document.blocks), rest, {}))
    below = [*(grid.above for grid in grids[1:]), _texts(rest)]
    return [replace(grid, below=texts) for grid, texts in zip(grids, below, strict=False)]


def _grids(
    blocks: Iterable[Block], above: list[Paragraph], headings: dict[int, str]
) -> Iterator[Grid]:
    """Give the tables in some blocks; `headings` are those before, by their level."""
    for block in blocks:
        if isinstance(block, Paragraph):
            above.append(block)
            if level := block.heading or _level_in_markdown(block):
                headings = {each: text for each, text in headings.items() if each < level}
                headings[level] = one_line(block.text.strip("#"))
            continue
        yield replace(_grid(block, above), headings=tuple(headings.values()))
        if boxed := _boxed(block):
            above += boxed
            continue
        for row in block.rows:
            for cell in row.cells:
                if cell.blocks:
                    yield from _grids(cell.blocks, list(above), headings)
        above.clear()


def _level_in_markdown(line: Paragraph) -> int:
    return len(line.text) - len(line.text.lstrip("#")) if line.is_line else 0


def _texts(paragraphs: Iterable[Paragraph]) -> tuple[str, ...]:
    return tuple(text for one in paragraphs if (text := one.text.strip(" #*_|")))


def _grid(table: Table, above: Sequence[Paragraph]) -> Grid:
    rows = [_grid_row(row, ours=table.ours) for row in table.rows]
    first = table.rows[0].place if table.rows else None
    titles = [*_titles(above), (first.line, first.sheet, False)] if first else []
    before = [
        GridRow(min(line, first.line) if first else line, (text,), None, is_heading)
        for line, text, is_heading in titles
        if divides(text, heading=is_heading and not table.ours)  # our rows say for themselves
    ]
    return Grid(
        rows=(*before, *rows),
        titles=len(before),
        loose=table.loose,
        faults=table.faults,
        ours=table.ours,
        made_on=table.made_on,
        guessed=table.guessed,
        above=_texts(above),
    )


def _grid_row(row: Row, *, ours: bool) -> GridRow:
    # A table of ours says what was typed, to the letter.
    read = str if ours else seen
    living = None
    if any(cell.living is not None for cell in row.cells):
        living = tuple(
            read(cell.text if cell.living is None else cell.living) for cell in row.cells
        )
    shades = tuple(cell.shade for cell in row.cells)
    return GridRow(
        line=row.place.line,
        cells=tuple(read(cell.text) for cell in row.cells),
        living=living,
        shades=shades if any(shades) else (),
        spans=len(row.cells) > 1 and all(cell.covered == "left" for cell in row.cells[1:]),
    )


def _boxed(table: Table) -> list[Paragraph]:
    """Give the texts of a table that is a box around a title, or nothing."""
    texts = [[cell.text for cell in row.cells if cell.text.strip()] for row in table.rows]
    for_layout = any(
        isinstance(block, Table)
        for row in table.rows
        for cell in row.cells
        for block in cell.blocks
    )
    if for_layout or len(texts) > _MOST_BOXED or any(len(row) > 1 for row in texts):
        return []
    rows = zip(table.rows, texts, strict=True)
    return [Paragraph(text, place=row.place) for row, found in rows for text in found]


def _titles(above: Sequence[Paragraph]) -> Iterator[tuple[int, str, bool]]:
    """Give the paragraphs above a table, their lines, and whether they are headings.

    Those of plain texts are put together.
    """
    line, text = 0, ""
    for paragraph in (*above, Paragraph("")):
        is_heading = paragraph.text.startswith("#")  # of Markdown, as it stands
        if is_heading or not (paragraph.is_line and paragraph.text.strip()):
            yield line, text, False
            line, text = paragraph.place.line, ""
        words = (
            paragraph.text[:_LONGEST_TITLE].strip(" #*_") if paragraph.is_line else paragraph.text
        )
        text = " ".join(f"{text} {words}".split())[:_LONGEST_TITLE]
        if is_heading or not paragraph.is_line:
            yield line, text, is_heading or paragraph.heading > 0
            text = ""

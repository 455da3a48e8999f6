"""A document as minutes are read: the lines of it, in reading order."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpctrack.reading.document import Block, Document, Paragraph, Place, Row
from cpctrack.text import clean, seen

_GAPS = re.compile("[\u00a0\u2007\u202f]")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TAB = re.compile(r"\t+")
_RIGHT_EDGE = 68
_SHORT, _INITIALS, _MARGIN = 25, 7, 40  # letters
LABEL = re.compile(r"[(\[]?(?:\d+(?:[./]\d+)*|[A-Za-z]|[ivxIVX]+)[.)\]:]{0,2}|[-•·▪●○◦–\uf0b7*o]")
_LABELLED = re.compile(rf"^\s*({LABEL.pattern})\t+")
_MOST_PARAGRAPHS_OF_A_CELL = 40
_NUMBERED = frozenset({"text", "markdown", "tsv", "csv", "pdf"})  # by their lines


class Line(NamedTuple):
    """One printed line or paragraph of a document, in reading order.

    A blank line is a line with an empty text: it ends a paragraph. Of a text file `number` is the
    line, blank ones counted; of another form the running number of the paragraph.
    """

    number: int
    text: str  # as printed; emphasis marks of Markdown still in it, automatic list numbers in front
    heading: int = 0  # the level that the document's own structure gives it; 0: none
    bold: bool = False  # the whole paragraph is set bold
    cells: tuple[str, ...] = ()  # a table row's cells; `text` is then the cells joined with " | "
    page: int = 0  # where the form has pages


class CellsInLine(NamedTuple):
    """A row of a table of two columns or more."""

    cells: tuple[str, ...]
    bold: bool
    place: Place
    quoted: int = 0


_Shown = Paragraph | CellsInLine


def lines_of(document: Document) -> list[Line]:
    """Give the lines of what is neither hidden nor struck through.

    All that hold something have a number; a blank line ends each paragraph and row.
    """
    lines: list[Line] = []
    number = 0
    for block in shown(document.blocks):
        text, place = _text(block), block.place
        is_line = isinstance(block, Paragraph) and block.is_line
        if is_line and place.line:
            number = place.line
            lines.extend(_lines(block))
            continue
        if lines and lines[-1].text and not (is_line and text):
            lines.append(lines[-1]._replace(text="", heading=0, bold=False, cells=()))
        if not text:
            continue
        for line in _lines(block):
            if document.form in _NUMBERED:
                number = place.line
            else:
                number += bool(line.text)
            lines.append(line._replace(number=number))
        if not is_line:
            lines.append(Line(number, "", page=place.page))
    return lines


def tidy(text: str) -> str:
    """Give a text as it is seen: no-break spaces are spaces, soft hyphens are nothing."""
    return seen(_GAPS.sub(" ", clean(text)))


def spread(text: str) -> str:
    """Set in spaces what a tab moved; a few letters at the end were moved to the right-hand edge.

    The tab behind a list number is one space.
    """
    before, tab, after = text.rpartition("\t")
    if not tab:
        return text
    before = _TAB.sub("    ", _LABELLED.sub(r"\1 ", before)).rstrip()
    if LABEL.fullmatch(before.strip()):
        return f"{before} {after.strip()}"
    at_edge = len(after) <= (_MARGIN if len(before) > _SHORT else _INITIALS)
    return f"{before:<{_RIGHT_EDGE if at_edge else 0}}    {after.strip()}"


def shown(blocks: Iterable[Block]) -> Iterator[_Shown]:
    """Give paragraphs and rows without what is struck through in them, or hidden."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block if block.living is None else block._replace(text=block.living)
        else:
            for row in block.rows:
                if not row.hidden:
                    yield from _row(row, block.quoted)


def _row(row: Row, quoted: int) -> Iterator[_Shown]:
    """Make a row of its cells; where the table is there for the layout, give what is in them.

    That is a row of one cell, and one of cells with tables or most of a page in them.
    """
    cells: list[list[_Shown]] = []
    for cell in row.cells:
        text = Paragraph(cell.text, 0, cell.bold, cell.living, place=row.place, quoted=quoted)
        cells.append([] if cell.covered else list(shown(cell.blocks or (text,))))
    layout = any(
        len(blocks) > _MOST_PARAGRAPHS_OF_A_CELL
        or any(isinstance(block, CellsInLine) for block in blocks)
        for blocks in cells
    )
    if layout or sum(cell.covered != "left" for cell in row.cells) == 1:
        for blocks in cells:
            yield from blocks
        return
    printed = [block for blocks in cells for block in blocks if _text(block)]
    texts = (
        "\n".join(line for block in blocks for line in _printed(_text(block))) for blocks in cells
    )
    bold = bool(printed) and all(block.bold for block in printed)
    yield CellsInLine(tuple(texts), bold, row.place, quoted)


def _lines(block: _Shown) -> Iterator[Line]:
    """Give the lines of a block; two line breaks look like its end, and are meant as one."""
    page = block.place.page
    if isinstance(block, CellsInLine):
        yield Line(0, _text(block), 0, block.bold, block.cells, page)
        return
    if block.is_line and block.place.line:
        text = " ".join(tidy(block.text).split("\n")).rstrip()
        yield Line(block.place.line, text, block.heading, block.bold, page=page)
        return
    for place, text in enumerate(_BLANK_LINES.split(_text(block))):
        if place:
            yield Line(0, "", page=page)
        for line in _printed(text):
            yield Line(0, spread(line), block.heading, block.bold, page=page)


def _text(block: _Shown) -> str:
    if isinstance(block, Paragraph):
        return tidy(block.text).strip()
    return " | ".join(" ".join(cell.split()) for cell in block.cells if cell)


def _printed(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.strip():
            yield line.strip()

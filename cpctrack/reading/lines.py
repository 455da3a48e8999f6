"""What readers put together: paragraphs and rows of tables, and how they become lines."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpctrack.text import clean, seen

_GAPS = re.compile("[\u00a0\u2007\u202f]")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_TAB = re.compile(r"\t+")
_RIGHT_EDGE = 68
_SHORT, _INITIALS, _MARGIN = 25, 7, 40  # letters
LABEL = re.compile(r"[(\[]?(?:\d+(?:[./]\d+)*|[A-Za-z]|[ivxIVX]+)[.)\]:]{0,2}|[-•·▪●○◦–\uf0b7*o]")
_LABELLED = re.compile(rf"^\s*({LABEL.pattern})\t+")
_MOST_PARAGRAPHS_OF_A_CELL = 40


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


class Paragraph(NamedTuple):
    """A paragraph; its line breaks are kept."""

    text: str
    heading: int = 0
    bold: bool = False
    is_line: bool = False  # a line of a plain text: only an empty one ends a paragraph


class Row(NamedTuple):
    """A row of a table of two columns or more."""

    cells: tuple[str, ...]
    bold: bool = False


Block = Paragraph | Row


class Cell(NamedTuple):
    """What stands in one cell, and how many columns it takes."""

    blocks: Sequence[Block]
    columns: int = 1


def tidy(text: str) -> str:
    """Give a text as it is seen: no-break spaces are spaces, soft hyphens are nothing."""
    return seen(_GAPS.sub(" ", clean(text)))


def row_of(cells: Sequence[Cell]) -> Iterator[Block]:
    """Make a row of its cells; where the table is there for the layout, give what is in them.

    That is a row of one cell, and one of cells with tables or most of a page in them.
    """
    layout = any(
        len(cell.blocks) > _MOST_PARAGRAPHS_OF_A_CELL
        or any(isinstance(block, Row) for block in cell.blocks)
        for cell in cells
    )
    if layout or len(cells) == 1:
        for cell in cells:
            yield from cell.blocks
        return
    printed = [block for cell in cells for block in cell.blocks if _text(block)]
    texts: list[str] = []
    for cell in cells:
        lines = (line for block in cell.blocks for line in _printed(_text(block)))
        texts += ["\n".join(lines), *[""] * (cell.columns - 1)]
    yield Row(tuple(texts), bool(printed) and all(block.bold for block in printed))


def number_lines(blocks: Iterable[Block]) -> list[Line]:
    """Give all lines that hold something a number; a blank line ends each paragraph and row."""
    lines: list[Line] = []
    number = 0
    for block in blocks:
        is_line = isinstance(block, Paragraph) and block.is_line
        if lines and lines[-1].text and not (is_line and _text(block)):
            lines.append(Line(number, ""))
        if not _text(block):
            continue
        for line in _lines(block):
            number += bool(line.text)
            lines.append(line._replace(number=number))
        if not is_line:
            lines.append(Line(number, ""))
    return lines


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


def _lines(block: Block) -> Iterator[Line]:
    """Give the lines of a block; two line breaks look like its end, and are meant as one."""
    if isinstance(block, Row):
        yield Line(0, _text(block), 0, block.bold, block.cells)
        return
    for place, text in enumerate(_BLANK_LINES.split(tidy(block.text).strip())):
        if place:
            yield Line(0, "")
        for line in _printed(text):
            yield Line(0, spread(line), block.heading, block.bold)


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return tidy(block.text).strip()
    return " | ".join(" ".join(cell.split()) for cell in block.cells if cell)


def _printed(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.strip():
            yield line.strip()

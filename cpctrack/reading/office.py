"""What Word and OpenDocument share: how text is set, how paragraphs, cells and rows come of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading.document import BLANK, Block, Cell, Paragraph, Place, Row, Table

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_ANCESTORS = 20  # of a style
_COLOUR = re.compile("#?([0-9A-Fa-f]{6})")
# A cell, the columns it takes, and how often it stands there; None: one of the row above does.
Spanning = tuple[Cell | None, int, int]


class TextStyle(NamedTuple):
    """How text is set; None where nothing is said."""

    heading: int | None = None  # its level; 0: it is none
    bold: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    struck: bool | None = None
    is_plain: bool | None = None  # each line of a plain text is a paragraph
    shade: str | None = None  # of a cell
    numbering: "Element | None" = None  # w:numPr

    def over(self, below: "TextStyle") -> "TextStyle":
        """Lay it over what it inherits, or what is set around it."""
        said = {what: how for what, how in self._asdict().items() if how is not None}
        return below._replace(**said) if said else below


class StyleBook:
    """Looks up the styles of one document, what they inherit included.

    `said` reads what an element sets itself, `parent` the name of the style that it is based on.
    """

    def __init__(
        self,
        elements: "Mapping[str, Element]",
        said: "Callable[[Element], TextStyle]",
        parent: "Callable[[Element], str]",
    ) -> None:
        self._elements = elements
        self._said = said
        self._parent = parent
        self._known: dict[str, TextStyle] = {}

    def named(self, name: str) -> TextStyle:
        """Give a style; one the document does not define says nothing."""
        if name not in self._known:
            style, above = TextStyle(), name
            for _ in range(_MOST_ANCESTORS):
                if (element := self._elements.get(above)) is None:
                    break
                style = style.over(self._said(element))
                above = self._parent(element)
            self._known[name] = style
        return self._known[name]


class Stretch(NamedTuple):
    """Letters that are set alike."""

    text: str
    bold: bool
    struck: bool


def stretch_of(text: str, style: TextStyle) -> Stretch:
    """Print a text as its style says."""
    printed = "" if style.hidden else text.upper() if style.capitals else text
    return Stretch(printed, bool(style.bold), bool(style.struck))


def is_blank(stretches: Iterable[Stretch]) -> bool:
    """Tell whether nothing is printed."""
    return not any(stretch.text.strip() for stretch in stretches)


def paragraph_of(stretches: Sequence[Stretch], style: TextStyle, label: str) -> Paragraph:
    """Make a paragraph with its list number; it is bold where all of it that counts is."""
    if is_blank(stretches):
        return Paragraph("", is_line=bool(style.is_plain))
    living = [stretch for stretch in stretches if not stretch.struck]
    counting = stretches if is_blank(living) else living
    return Paragraph(
        _printed(stretches, label),
        style.heading or 0,
        all(stretch.bold for stretch in counting if stretch.text.strip()),
        _printed(living, label) if any(each.struck and each.text for each in stretches) else None,
        bool(style.is_plain),
    )


def _printed(stretches: Sequence[Stretch], label: str) -> str:
    text = "".join(stretch.text for stretch in stretches)
    if not text.strip():
        return ""
    return f"{label} {text.lstrip()}" if label else text


def cell_of(blocks: Sequence[Block], shade: str = "") -> Cell:
    """Make a cell of what stands in it; a table in it is none of its text."""
    paragraphs = [each for each in blocks if isinstance(each, Paragraph) and each.text.strip()]
    texts = (each.text.strip("\n") for each in paragraphs)
    living = (each.text if each.living is None else each.living for each in paragraphs)
    is_struck = any(each.living is not None for each in paragraphs)
    is_more = len(blocks) > 1 or any(isinstance(each, Table) or each.heading for each in blocks)
    return Cell(
        "\n".join(texts),
        "\n".join(each.strip("\n") for each in living if each.strip()) if is_struck else None,
        tuple(blocks) if is_more else (),
        bold=bool(paragraphs) and all(each.bold for each in paragraphs),
        shade=shade,
    )


def grid_row(cells: Iterable[Spanning], before: Sequence[Cell]) -> tuple[Cell, ...]:
    """Put cells into the grid, where they stand below those of the row `before`."""
    row: list[Cell] = []
    for cell, columns, times in cells:
        for _ in range(times):
            shown = cell
            if shown is None:
                shown = before[len(row)] if len(row) < len(before) else BLANK
                if shown.covered != "left":
                    shown = shown._replace(covered="above", blocks=(), value=None)
            row.append(shown)
            row += [Cell(covered="left")] * (columns - 1)
    return tuple(row)


def grid_of(rows: Iterable[Iterable[Spanning]], places: Iterator[Place]) -> tuple[Row, ...]:
    """Put the rows of a table into the grid, each in the next of the places."""
    grid: list[Row] = []
    for cells in rows:
        place = next(places)
        grid.append(Row(grid_row(cells, grid[-1].cells if grid else ()), place))
    return tuple(grid)


def within(parent: "Element", tags: set[str], unread: set[str]) -> Iterator["Element"]:
    """Give the elements of these names, also those wrapped in others; none within another."""
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag not in unread and len(element):
            yield from within(element, tags, unread)


def shade_of(colour: str) -> str:
    """Give a colour that is six digits, with or without a mark in front; no other is one."""
    found = _COLOUR.fullmatch(colour)
    return found[1].lower() if found else ""

"""What Word and OpenDocument share: how text is set, how paragraphs, cells and rows come of it.

Lists count, and print their numbers, alike too: 3, c, C, iii, III, 2.1.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.labels import FORM_MARK
from cpctrack.reading.document import BLANK, Block, Cell, Paragraph, Place, Row, Table, lines_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_ANCESTORS = 20  # of a style
_COLOUR = re.compile("#?([0-9A-Fa-f]{6})")
BULLET = "-"
_PLACE = re.compile("%([1-9])")

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_ROMAN = 3999
_MOST_LETTERS = 26 * 10
_NO_MARKS = repeat("")
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
    """Make a cell of what stands in it; of a table in it each row is a line."""
    lines = (lines_of(each) if isinstance(each, Table) else (each,) for each in blocks)
    paragraphs = [each for found in lines for each in found if each.text.strip()]
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


def grid_of(
    rows: Iterable[Iterable[Spanning]], places: Iterator[Place], marks: Iterable[str] = _NO_MARKS
) -> tuple[Row, ...]:
    """Put the rows of a table into the grid, each with its mark in the next of the places."""
    grid: list[Row] = []
    for cells, mark in zip(rows, marks, strict=False):
        place = next(places)
        grid.append(Row(grid_row(cells, grid[-1].cells if grid else ()), place, mark=mark))
    return tuple(grid)


def mark_in(row: "Element", bookmarks: set[str], name: str) -> str:
    """Give the name of the bookmark of ours in a row, or nothing."""
    names = (each.get(name, "") for tag in bookmarks for each in row.iter(tag))
    return next((each for each in names if each.startswith(FORM_MARK)), "")


def within(parent: "Element", tags: set[str], unread: set[str]) -> Iterator["Element"]:
    """Give the elements of these names, also those wrapped in others; none within another."""
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag not in unread and len(element):
            yield from within(element, tags, unread)


def shade_of(colour: str) -> str:
    """Give a colour that is six digits, with or without a mark in front; no other is one.

    White is what paper is anyway.
    """
    found = _COLOUR.fullmatch(colour)
    return found[1].lower() if found and found[1].lower() != "ffffff" else ""


class ListLevel(NamedTuple):
    """How the entries at one depth of a list are numbered."""

    form: str = ""  # 1, 01, a, A, i, I, or - for a bullet; nothing where no number is printed
    text: str = ""  # “%1.%2”: each stands for the number at that depth, which is 1 or more
    start: int = 1
    restart: int | None = None  # the depth that sets it back; 0: none does
    digits_only: bool = False


def count(
    counters: dict[int, int],
    levels: Mapping[int, ListLevel],
    depth: int,
    start: int | None = None,
) -> str:
    """Count one more entry at this depth and print its number; deeper ones begin again."""
    level = levels.get(depth, ListLevel())
    counters[depth] = counters.get(depth, level.start - 1) + 1 if start is None else start
    for deeper in [other for other in counters if other > depth]:
        restart = levels.get(deeper, ListLevel()).restart
        if restart is None or depth <= restart:
            del counters[deeper]
    if level.form == BULLET:
        return BULLET

    def printed(place: re.Match[str]) -> str:
        shown = levels.get(int(place[1]), ListLevel())
        number = counters.get(int(place[1]), shown.start)
        return numeral("1" if level.digits_only else shown.form, number) if shown.form else ""

    return _PLACE.sub(printed, level.text).strip()


def numeral(style: str, number: int) -> str:
    """Print a number in the style `1`, `01`, `a`, `A`, `i` or `I`; another gives plain digits."""
    if style in ("a", "A") and 0 < number <= _MOST_LETTERS:
        # After z come aa, bb, as Word and LibreOffice print them.
        letters = chr(ord(style) + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif style in ("i", "I") and 0 < number <= _MOST_ROMAN:
        letters = ""
        for value, roman in _ROMAN:
            times, number = divmod(number, value)
            letters += roman * times
        letters = letters if style == "i" else letters.upper()
    else:
        letters = f"{number:02}" if style == "01" else str(number)
    return letters

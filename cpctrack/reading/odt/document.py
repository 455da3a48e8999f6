"""OpenDocument texts: paragraphs, list numbers as printed, tables, text boxes."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cpctrack.reading.lines import Block, Cell, Line, Paragraph, number_lines, row_of
from cpctrack.reading.odt.lists import Lists
from cpctrack.reading.odt.names import DRAW, OFFICE, TABLE, TEXT, whole
from cpctrack.reading.odt.styles import Style, Styles
from cpctrack.reading.parts import Parts

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_COLUMNS = 200
_MOST_SPACES = 200
# What was deleted, notes and remarks; numbers that a program wrote down beside those it counts.
_UNREAD = {
    f"{TEXT}tracked-changes", f"{TEXT}note", f"{TEXT}number", f"{TEXT}ruby-text",
    f"{OFFICE}annotation", f"{OFFICE}forms", f"{TEXT}sequence-decls",
}  # fmt: skip
_BOX = f"{DRAW}text-box"
_PARAGRAPHS = (f"{TEXT}p", f"{TEXT}h")
_ROW, _CELLS = f"{TABLE}table-row", (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def read(content: bytes, path: Path) -> list[Line]:
    """Read the body of a document, in its order."""
    parts = Parts(content, path)
    root = parts.parse("content.xml")
    body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}text")
    if root is None or body is None:
        raise parts.damaged()
    common = parts.parse("styles.xml")
    sources = [source for source in (common, root) if source is not None]
    try:
        return number_lines(_Reader(Styles(sources), Lists(sources)).blocks(body))
    except RecursionError as error:  # tables in tables, by the hundred
        raise parts.damaged() from error


class _Reader:
    def __init__(self, styles: Styles, lists: Lists) -> None:
        self._styles = styles
        self._lists = lists

    def blocks(self, parent: "Element", label: str = "") -> Iterator[Block]:
        """Read what stands in the body, a section, a list item or a cell.

        `label` is the number of a list item; it stands in front of its first paragraph.
        """
        for element in parent:
            if element.tag in _PARAGRAPHS:
                yield self._paragraph(element, label)
                label = ""
                for box in _within(element, (_BOX,)):
                    yield from self.blocks(box)
            elif element.tag == f"{TEXT}list":
                yield from self._list(element)
            elif element.tag == f"{TABLE}table":
                for row in _within(element, (_ROW,)):
                    yield from row_of(list(self._cells(row)))
            elif element.tag not in _UNREAD:
                yield from self.blocks(element)

    def _list(self, list_: "Element") -> Iterator[Block]:
        with self._lists.entered(list_):
            for item in list_:
                if item.tag == f"{TEXT}list-item" and _begins_with_text(item):
                    yield from self.blocks(item, self._lists.label(item))
                elif item.tag not in _UNREAD:
                    yield from self.blocks(item)

    def _cells(self, row: "Element") -> Iterator[Cell]:
        """Give a row's cells; one that another covers is empty."""
        columns = 0
        covered = 0  # by the cell to the left, which counts them among its columns
        for element in _within(row, _CELLS):
            times = min(whole(element, f"{TABLE}number-columns-repeated", 1), _MOST_COLUMNS)
            for _ in range(times):
                if element.tag == _CELLS[1] and covered:
                    covered -= 1
                    continue
                cell = Cell(
                    list(self.blocks(element)) if element.tag == _CELLS[0] else (),
                    min(whole(element, f"{TABLE}number-columns-spanned", 1), _MOST_COLUMNS),
                )
                covered = cell.columns - 1
                columns += cell.columns
                if columns > _MOST_COLUMNS:
                    return
                yield cell

    def _paragraph(self, paragraph: "Element", label: str) -> Paragraph:
        style = self._styles.named(paragraph.get(f"{TEXT}style-name", ""))
        runs = [(text, bold) for text, bold in self._runs(paragraph, style) if text]
        text = "".join(text for text, _ in runs)
        heading = style.heading
        if paragraph.tag == f"{TEXT}h":
            heading = whole(paragraph, f"{TEXT}outline-level", 1)
            label = label or self._lists.heading(paragraph, heading, printed=bool(text.strip()))
        bold = bool(runs) and all(bold for text, bold in runs if text.strip())
        printed = f"{label} {text.lstrip()}" if label and text else text
        return Paragraph(printed, heading, bold, style.is_plain)

    def _runs(self, parent: "Element", around: Style) -> Iterator[tuple[str, bool]]:
        """Give the stretches of a paragraph and whether each is bold."""
        yield _set(_closed_up(parent.text), around)
        for element in parent:
            if element.tag == f"{TEXT}span":
                name = element.get(f"{TEXT}style-name", "")
                yield from self._runs(element, self._styles.within(around, name))
            elif element.tag in _LETTERS:
                yield _set(_LETTERS[element.tag](element), around)
            elif element.tag not in _UNREAD and element.tag[: len(DRAW)] != DRAW:
                yield from self._runs(element, around)
            yield _set(_closed_up(element.tail), around)


def _closed_up(text: str | None) -> str:
    """Make one space of spaces and line ends: those that are meant have elements of their own."""
    return _SPACES.sub(" ", text or "")


def _spaces(element: "Element") -> str:
    return " " * min(whole(element, f"{TEXT}c", 1), _MOST_SPACES)


_LETTERS: "dict[str, Callable[[Element], str]]" = {
    f"{TEXT}s": _spaces,
    f"{TEXT}tab": lambda _: "\t",
    f"{TEXT}line-break": lambda _: "\n",
}


def _set(text: str | None, style: Style) -> tuple[str, bool]:
    """Set a stretch of text as its style says."""
    if not text or style.hidden or style.struck:
        return "", False
    return (text.upper() if style.capitals else text), bool(style.bold)


def _within(parent: "Element", tags: tuple[str, ...]) -> Iterator["Element"]:
    """Give the elements of these names, also those wrapped in others; none within another."""
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag not in _UNREAD and len(element):
            yield from _within(element, tags)


def _begins_with_text(item: "Element") -> bool:
    """Tell an item of its own from one that is only there to hold a list of a lower level."""
    first = next(iter(item), None)
    return first is not None and first.tag != f"{TEXT}list"

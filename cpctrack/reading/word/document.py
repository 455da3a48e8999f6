"""Word documents: paragraphs, list numbers as Word prints them, tables, text boxes.

The XML is walked here because libraries for Word documents pass over what minutes hold: text in
content controls, tracked insertions, automatic numbers. Headers, footers and notes are other parts
of the archive and stay unread.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cpctrack.reading.lines import Block, Cell, Line, Paragraph, number_lines, row_of
from cpctrack.reading.parts import Parts
from cpctrack.reading.word.names import W, child, number, value
from cpctrack.reading.word.numbers import Numbering
from cpctrack.reading.word.styles import Style, Styles

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAIN = "word/document.xml"
_RELATIONS = "_rels/.rels"
_MOST_COLUMNS = 63  # of a table in Word
_OLD_READERS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Tracked deletions; what is said twice, for programs older than text boxes; how a thing is set.
_UNREAD = {f"{W}{name}" for name in ("del", "moveFrom", "rt", "pPr", "tcPr", "trPr", "tblPr")} | {
    _OLD_READERS
}
_PARAGRAPH, _TABLE, _TABLE_ROW, _CELL, _RUN, _TEXT, _BOX = (
    f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t", "txbxContent")
)
_LETTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read(content: bytes, path: Path) -> list[Line]:
    """Read the body of a document, in its order."""
    parts = Parts(content, path)
    main = _main_part(parts)
    root = parts.parse(main)
    body = child(root, "body")
    if body is None:
        raise parts.damaged()
    folder = main.rpartition("/")[0]
    styles = Styles(parts.parse(f"{folder}/styles.xml"))
    reader = _Reader(styles, Numbering(parts.parse(f"{folder}/numbering.xml"), styles))
    try:
        return number_lines(reader.blocks(body))
    except RecursionError as error:  # tables in tables, by the hundred
        raise parts.damaged() from error


def _main_part(parts: Parts) -> str:
    """Find the part that holds the text; a few programs name it otherwise than Word."""
    relations = parts.parse(_RELATIONS)
    for relation in () if relations is None else relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", _MAIN).lstrip("/")
    return _MAIN


class _Reader:
    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering

    def blocks(self, parent: "Element") -> Iterator[Block]:
        """Read paragraphs and tables, those in content controls and insertions too."""
        for element in _within(parent, {_PARAGRAPH, _TABLE}):
            if element.tag == _TABLE:
                for row in _within(element, {_TABLE_ROW}):
                    yield from self._row(row)
            else:
                yield self._paragraph(element)
                for box in _within(element, {_BOX}):
                    yield from self.blocks(box)

    def _row(self, row: "Element") -> Iterator[Block]:
        if child(child(row, "trPr"), "del") is None:
            yield from row_of([self._cell(cell) for cell in _within(row, {_CELL})])

    def _cell(self, cell: "Element") -> Cell:
        """Read a cell; one that is merged into the cell above it is empty."""
        properties = child(cell, "tcPr")
        merged = child(properties, "vMerge")
        columns = min(max(1, number(child(properties, "gridSpan"), 1)), _MOST_COLUMNS)
        if merged is not None and value(merged) != "restart":
            return Cell((), columns)
        return Cell(list(self.blocks(cell)), columns)

    def _paragraph(self, paragraph: "Element") -> Paragraph:
        """Read a paragraph with its list number; it is bold where all of it is."""
        style = self._styles.of_paragraph(paragraph)
        runs = [(text, bold) for text, bold in self._runs(paragraph, style) if text]
        text = "".join(text for text, _ in runs)
        if not text.strip():
            # Word numbers an empty paragraph too, unless a tracked change took it out.
            if not _is_taken_out(paragraph):
                self._numbering.label(paragraph)
            return Paragraph("", is_line=style.is_plain)
        label = self._numbering.label(paragraph)
        bold = all(bold for text, bold in runs if text.strip())
        printed = f"{label} {text.lstrip()}" if label else text
        return Paragraph(printed, style.heading, bold, style.is_plain)

    def _runs(self, paragraph: "Element", style: Style) -> Iterator[tuple[str, bool]]:
        for run in _within(paragraph, {_RUN}):
            hidden, capitals, bold = self._styles.of_run(run, style)
            text = "" if hidden else "".join(_letters(run))
            yield (text.upper() if capitals else text), bold


def _within(parent: "Element", tags: set[str]) -> Iterator["Element"]:
    """Give the elements of these names, also those wrapped in others; none within another."""
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag not in _UNREAD and len(element):
            yield from _within(element, tags)


def _letters(run: "Element") -> Iterator[str]:
    for element in run:
        if element.tag == _TEXT:
            yield element.text or ""
        elif element.tag in _LETTERS:
            yield _LETTERS[element.tag]


def _is_taken_out(paragraph: "Element") -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return any(child(mark, name) is not None for name in ("del", "moveFrom"))

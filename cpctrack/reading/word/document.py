"""Word documents: paragraphs, list numbers as Word prints them, tables, text boxes.

The XML is walked here because libraries for Word documents pass over what minutes hold: text in
content controls, tracked insertions, automatic numbers. Headers, footers and notes are other parts
of the archive and stay unread.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cpctrack.reading import office
from cpctrack.reading.document import Block, Cell, Document, Paragraph, Place, Row, Table
from cpctrack.reading.parts import Parts
from cpctrack.reading.word.names import W, child, number, value
from cpctrack.reading.word.numbers import Numbering
from cpctrack.reading.word.styles import WordStyles

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAIN = "word/document.xml"
_RELATIONS = "_rels/.rels"
_MOST_COLUMNS = 63  # of a table in Word
_CREATED = "{http://purl.org/dc/terms/}created"
_OLD_READERS = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
# Tracked deletions; what is said twice, for programs older than text boxes; how a thing is set.
_UNREAD = {f"{W}{name}" for name in ("del", "moveFrom", "rt", "pPr", "tcPr", "trPr", "tblPr")} | {
    _OLD_READERS
}
_PARAGRAPH, _TABLE, _TABLE_ROW, _CELL, _RUN, _TEXT, _BOX = (
    f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t", "txbxContent")
)
_LETTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def read(content: bytes, name: str) -> Document:
    """Read the body of a document called `name`, in its order.

    Raises `ImportRefusedError` for what is damaged, locked or beyond reason in size, and
    `MissingExtraError` without the library that reads XML from strangers.
    """
    parts = Parts(content, name)
    main = _main_part(parts)
    body = child(parts.parse(main), "body")
    if body is None:
        raise parts.damaged()
    folder = main.rpartition("/")[0]
    styles = WordStyles(parts.parse(f"{folder}/styles.xml"))
    numbering = Numbering(parts.parse(f"{folder}/numbering.xml"), styles)
    try:
        reader = _WordReader(styles, numbering, parts.day_made("docProps/core.xml", _CREATED))
        return Document(name, "docx", tuple(reader.blocks(body)))
    except RecursionError as error:  # tables in tables, by the hundred
        raise parts.damaged() from error


def _main_part(parts: Parts) -> str:
    """Find the part that holds the text; a few programs name it otherwise than Word."""
    relations = parts.parse(_RELATIONS)
    for relation in () if relations is None else relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            return relation.get("Target", _MAIN).lstrip("/")
    return _MAIN


class _WordReader:
    def __init__(self, styles: WordStyles, numbering: Numbering, made_on: str) -> None:
        self._styles = styles
        self._numbering = numbering
        self._made_on = made_on
        self._rows = 0

    def blocks(self, parent: "Element") -> Iterator[Block]:
        """Read paragraphs and tables, those in content controls and insertions too."""
        for element in office.within(parent, {_PARAGRAPH, _TABLE}, _UNREAD):
            if element.tag == _TABLE:
                yield self._table(element)
            else:
                yield self._paragraph(element)
                for box in office.within(element, {_BOX}, _UNREAD):
                    yield from self.blocks(box)

    def _table(self, table: "Element") -> Table:
        rows: list[Row] = []
        for element in office.within(table, {_TABLE_ROW}, _UNREAD):
            if child(child(element, "trPr"), "del") is None:
                self._rows += 1
                place = Place(self._rows)
                cells = map(self._cell, office.within(element, {_CELL}, _UNREAD))
                rows.append(Row(office.grid_row(cells, rows[-1].cells if rows else ()), place))
        return Table(tuple(rows), ours=bool(self._made_on), made_on=self._made_on)

    def _cell(self, cell: "Element") -> tuple[Cell | None, int, int]:
        """Read a cell and the columns it takes; None is one that is merged into the one above."""
        properties = child(cell, "tcPr")
        merged, shade = child(properties, "vMerge"), child(properties, "shd")
        columns = min(max(1, number(child(properties, "gridSpan"), 1)), _MOST_COLUMNS)
        if merged is not None and value(merged) != "restart":
            return None, columns, 1
        fill = "" if shade is None else shade.get(f"{W}fill", "")
        return office.cell_of(tuple(self.blocks(cell)), office.shade_of(fill)), columns, 1

    def _paragraph(self, paragraph: "Element") -> Paragraph:
        style = self._styles.of_paragraph(paragraph)
        stretches = [
            office.stretch_of("".join(_letters(run)), self._styles.of_run(run, style))
            for run in office.within(paragraph, {_RUN}, _UNREAD)
        ]
        # Word numbers an empty paragraph too, unless a tracked change took it out.
        taken_out = office.is_blank(stretches) and _is_taken_out(paragraph)
        label = "" if taken_out else self._numbering.label(paragraph)
        return office.paragraph_of(stretches, style, label)


def _letters(run: "Element") -> Iterator[str]:
    for element in run:
        if element.tag == _TEXT:
            yield element.text or ""
        elif element.tag in _LETTERS:
            yield _LETTERS[element.tag]


def _is_taken_out(paragraph: "Element") -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return any(child(mark, name) is not None for name in ("del", "moveFrom"))

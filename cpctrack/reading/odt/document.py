"""OpenDocument texts: paragraphs, list numbers as printed, tables, text boxes."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from cpctrack.reading import office
from cpctrack.reading.document import Block, Cell, Document, Paragraph, Place, Row, Table
from cpctrack.reading.odt.lists import Lists
from cpctrack.reading.odt.names import DRAW, META, OFFICE, TABLE, TEXT, whole
from cpctrack.reading.odt.styles import styles_of
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
_ROW, _CELL, _COVERED = (
    f"{TABLE}{name}" for name in ("table-row", "table-cell", "covered-table-cell")
)
_UNSET = office.TextStyle()


def read(content: bytes, name: str) -> Document:
    """Read the body of a text called `name`, in its order.

    Raises `ImportRefusedError` for what is damaged, locked or beyond reason in size, and
    `MissingExtraError` without the library that reads XML from strangers.
    """
    reader = OpenReader(Parts(content, name), "text")
    return Document(name, "odt", reader.all_of(reader.blocks(reader.body)))


_T = TypeVar("_T")


class OpenReader:
    """Reads what the documents of all OpenDocument's programs have: paragraphs, lists, cells."""

    def __init__(self, parts: Parts, kind: str) -> None:
        root, common = parts.parse("content.xml"), parts.parse("styles.xml")
        body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}{kind}")
        if root is None or body is None:
            raise parts.damaged()
        self.root, self.body = root, body
        sources = [source for source in (common, root) if source is not None]
        self._styles = styles_of(sources)
        self.made_on = parts.day_made("meta.xml", f"{META}creation-date")
        self._lists = Lists(sources)
        self._parts = parts
        self._rows = 0

    def all_of(self, parts: Iterable[_T]) -> tuple[_T, ...]:
        """Read to the end."""
        try:
            return tuple(parts)
        except RecursionError as error:  # tables in tables, by the hundred
            raise self._parts.damaged() from error

    def blocks(
        self, parent: "Element", label: str = "", around: office.TextStyle = _UNSET
    ) -> Iterator[Block]:
        """Read what stands in the body, a section, a list item or a cell.

        `label` is the number of a list item; it stands in front of its first paragraph.
        """
        for element in parent:
            if element.tag in _PARAGRAPHS:
                yield self._paragraph(element, label, around)
                label = ""
                for box in office.within(element, {_BOX}, _UNREAD):
                    yield from self.blocks(box)
            elif element.tag == f"{TEXT}list":
                yield from self._list(element, around)
            elif element.tag == f"{TABLE}table":
                yield self._table(element)
            elif element.tag not in _UNREAD:
                yield from self.blocks(element, "", around)

    def cells(self, row: "Element", most: int) -> Iterator[tuple[Cell | None, int, int]]:
        """Give a row's cells, each with the columns it takes and how often it stands there.

        None is one that a cell of a row above covers.
        """
        covered = 0  # by the cell to the left, which counts them among its columns
        for element in office.within(row, {_CELL, _COVERED}, _UNREAD):
            times = min(whole(element, f"{TABLE}number-columns-repeated", 1), most)
            columns = 1
            if element.tag == _COVERED:
                times, covered = max(0, times - covered), max(0, covered - times)
                cell: Cell | None = None
            else:
                columns = min(max(1, whole(element, f"{TABLE}number-columns-spanned", 1)), most)
                covered = columns - 1
                times = min(times, most // columns)
                cell = self.cell(element)
            if times:
                yield cell, columns, times
            most -= columns * times
            if most <= 0:
                return

    def cell(self, element: "Element") -> Cell:
        """Read a cell."""
        style = self._styles.named(element.get(f"{TABLE}style-name", ""))
        return office.cell_of(
            tuple(self.blocks(element, "", style)), office.shade_of(style.shade or "")
        )

    def _table(self, table: "Element") -> Table:
        rows: list[Row] = []
        for element in office.within(table, {_ROW}, _UNREAD):
            self._rows += 1
            place = Place(self._rows)
            cells = office.grid_row(
                self.cells(element, _MOST_COLUMNS), rows[-1].cells if rows else ()
            )
            rows.append(Row(cells, place))
        return Table(tuple(rows), ours=bool(self.made_on), made_on=self.made_on)

    def _list(self, list_: "Element", around: office.TextStyle) -> Iterator[Block]:
        with self._lists.entered(list_):
            for item in list_:
                if item.tag == f"{TEXT}list-item" and _begins_with_text(item):
                    yield from self.blocks(item, self._lists.label(item), around)
                elif item.tag not in _UNREAD:
                    yield from self.blocks(item, "", around)

    def _paragraph(self, paragraph: "Element", label: str, around: office.TextStyle) -> Paragraph:
        style = self._styles.named(paragraph.get(f"{TEXT}style-name", "")).over(around)
        stretches = tuple(self._stretches(paragraph, style))
        if paragraph.tag == f"{TEXT}h":
            depth = whole(paragraph, f"{TEXT}outline-level", 1)
            style = style._replace(heading=depth)
            printed = not office.is_blank(stretches)
            label = label or self._lists.heading(paragraph, depth, printed=printed)
        return office.paragraph_of(stretches, style, label)

    def _stretches(self, parent: "Element", around: office.TextStyle) -> Iterator[office.Stretch]:
        yield office.stretch_of(_closed_up(parent.text), around)
        for element in parent:
            if element.tag == f"{TEXT}span":
                own = self._styles.named(element.get(f"{TEXT}style-name", ""))
                yield from self._stretches(element, own.over(around))
            elif element.tag in _LETTERS:
                yield office.stretch_of(_LETTERS[element.tag](element), around)
            elif element.tag not in _UNREAD and element.tag[: len(DRAW)] != DRAW:
                yield from self._stretches(element, around)
            yield office.stretch_of(_closed_up(element.tail), around)


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


def _begins_with_text(item: "Element") -> bool:
    """Tell an item of its own from one that is only there to hold a list of a lower level."""
    first = next(iter(item), None)
    return first is not None and first.tag != f"{TEXT}list"

"""OpenDocument texts: paragraphs, list numbers as printed, tables, text boxes."""

import contextlib
import itertools
import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading import office
from cpctrack.reading.archives import Parts
from cpctrack.reading.document import Block, Cell, Document, Paragraph, Place, Table
from cpctrack.reading.office import BULLET, ListLevel, StyleBook, TextStyle, count

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{_OASIS}office:1.0}}"
STYLE = f"{_OASIS}style:1.0}}"
TEXT = f"{_OASIS}text:1.0}}"
TABLE = f"{_OASIS}table:1.0}}"
DRAW = f"{_OASIS}drawing:1.0}}"
FO = f"{_OASIS}xsl-fo-compatible:1.0}}"
META = f"{_OASIS}meta:1.0}}"
XML = "{http://www.w3.org/XML/1998/namespace}"

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
_BOOKMARKS = {f"{TEXT}bookmark-start", f"{TEXT}bookmark"}
_ROW, _CELL, _COVERED = (
    f"{TABLE}{name}" for name in ("table-row", "table-cell", "covered-table-cell")
)
_LETTERS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_UNSET = TextStyle()
_MOST_LEVELS = 9
_BULLETS = (f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image")
_NUMBERS = (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style")

_Counters = dict[int, int]
_MOST_HEADING = 10
_FILLED = ("table-cell", "table-row", "paragraph", "text")
_PLAIN = ("Preformatted_20_Text", "PlainText", "Plain_20_Text")
_STRIKING = tuple(f"{STYLE}text-line-through-{said}" for said in ("style", "type"))
_BOLD = ("bold", "600", "700", "800", "900")


def read(content: bytes, name: str) -> Document:
    """Read the body of a text called `name`, in its order.

    Raises `ImportRefusedError` for what is damaged, locked or beyond reason in size, and
    `MissingExtraError` without the library that reads XML from strangers.
    """
    reader = OpenReader(Parts(content, name), "text")
    blocks = reader.parts.all_of(reader.blocks(reader.body))
    return Document(name, "odt", blocks, tuple(reader.margins()))


class OpenReader:
    """Reads what the documents of all OpenDocument's programs have: paragraphs, lists, cells."""

    def __init__(self, parts: Parts, kind: str) -> None:
        root, common = parts.parse("content.xml"), parts.parse("styles.xml")
        body = None if root is None else root.find(f"{OFFICE}body/{OFFICE}{kind}")
        if root is None or body is None:
            raise parts.damaged()
        self.root, self.body, self._common = root, body, common
        sources = [source for source in (common, root) if source is not None]
        elements = {
            style.get(f"{STYLE}name", ""): style
            for source in sources
            for style in source.iter(f"{STYLE}style")
        }
        parent = f"{STYLE}parent-style-name"
        self._styles = StyleBook(elements, _said, lambda style: style.get(parent, ""))
        self.made_on = parts.day_made("meta.xml", f"{META}creation-date")
        self._lists = _Lists(sources)
        self.parts = parts
        self._places = map(Place, itertools.count(1))  # of rows

    def margins(self) -> Iterator[str]:
        """Give what stands at the head and the foot of the pages."""
        pages = () if self._common is None else self._common.iter(f"{STYLE}master-page")
        for page in pages:
            for element in page.iter():
                if element.tag in _PARAGRAPHS:
                    yield " ".join(" ".join(element.itertext()).split())

    def blocks(
        self, parent: "Element", label: str = "", around: TextStyle = _UNSET
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

    def cells(self, row: "Element", most: int) -> Iterator[office.Spanning]:
        """Give a row's cells, no more than there may be columns."""
        covered = 0  # by the cell to the left, which counts them among its columns
        behind = office.shade_of(self._shade_named(row))
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
                cell = cell if cell.shade else cell._replace(shade=behind)
            if times:
                yield cell, columns, times
            most -= columns * times
            if most <= 0:
                return

    def cell(self, element: "Element") -> Cell:
        """Read a cell."""
        style = self._styles.named(element.get(f"{TABLE}style-name", ""))
        shade = office.shade_of(style.shade or "") or self._shade_of_text(element)
        return office.cell_of(tuple(self.blocks(element, "", style)), shade)

    def _shade_named(self, element: "Element") -> str:
        name = element.get(f"{TABLE}style-name") or element.get(f"{TEXT}style-name") or ""
        return self._styles.named(name).shade or ""

    def _shade_of_text(self, cell: "Element") -> str:
        """Give the colour behind all that is written in a cell, where it is one."""
        found = set()
        for paragraph in office.within(cell, set(_PARAGRAPHS), _UNREAD):
            behind = office.shade_of(self._shade_named(paragraph))
            for element in paragraph.iter():
                own = self._shade_named(element) if element.tag == f"{TEXT}span" else ""
                if (element.text or "").strip():
                    found.add(office.shade_of(own) or behind)
                if element is not paragraph and (element.tail or "").strip():
                    found.add(behind)
        return found.pop() if len(found) == 1 else ""

    def _table(self, table: "Element") -> Table:
        rows = list(office.within(table, {_ROW}, _UNREAD))
        cells = (self.cells(row, _MOST_COLUMNS) for row in rows)
        marks = (office.mark_in(row, _BOOKMARKS, f"{TEXT}name") for row in rows)
        grid = office.grid_of(cells, self._places, marks)
        return Table(grid, ours=bool(self.made_on), made_on=self.made_on)

    def _list(self, list_: "Element", around: TextStyle) -> Iterator[Block]:
        with self._lists.entered(list_):
            for item in list_:
                # One that begins with a list is only there to hold it.
                begins = item[0].tag if len(item) else f"{TEXT}list"
                if item.tag == f"{TEXT}list-item" and begins != f"{TEXT}list":
                    yield from self.blocks(item, self._lists.label(item), around)
                elif item.tag not in _UNREAD:
                    yield from self.blocks(item, "", around)

    def _paragraph(self, paragraph: "Element", label: str, around: TextStyle) -> Paragraph:
        style = self._styles.named(paragraph.get(f"{TEXT}style-name", "")).over(around)
        stretches = tuple(self._stretches(paragraph, style))
        if paragraph.tag == f"{TEXT}h":
            depth = whole(paragraph, f"{TEXT}outline-level", 1)
            style = style._replace(heading=depth)
            printed = not office.is_blank(stretches)
            label = label or self._lists.heading(paragraph, depth, printed=printed)
        return office.paragraph_of(stretches, style, label)

    def _stretches(self, parent: "Element", around: TextStyle) -> Iterator[office.Stretch]:
        yield office.stretch_of(_closed_up(parent.text), around)
        for element in parent:
            if element.tag == f"{TEXT}span":
                own = self._styles.named(element.get(f"{TEXT}style-name", ""))
                yield from self._stretches(element, own.over(around))
            elif element.tag == f"{TEXT}s":
                times = min(whole(element, f"{TEXT}c", 1), _MOST_SPACES)
                yield office.stretch_of(" " * times, around)
            elif element.tag in _LETTERS:
                yield office.stretch_of(_LETTERS[element.tag], around)
            elif element.tag not in _UNREAD and element.tag[: len(DRAW)] != DRAW:
                yield from self._stretches(element, around)
            yield office.stretch_of(_closed_up(element.tail), around)


def _closed_up(text: str | None) -> str:
    """Make one space of spaces and line ends: those that are meant have elements of their own."""
    return _SPACES.sub(" ", text or "")


class _OpenList(NamedTuple):
    style: str
    counters: _Counters


class _Lists:
    """Counts the items of a document's lists, and its numbered headings."""

    def __init__(self, sources: "Iterable[Element]") -> None:
        self._levels: dict[str, dict[int, ListLevel]] = {}
        self._of_headings: dict[int, ListLevel] = {}
        for source in sources:
            for style in source.iter(f"{TEXT}list-style"):
                self._levels[style.get(f"{STYLE}name", "")] = _levels(style)
            for style in source.iter(f"{TEXT}outline-style"):
                self._of_headings = _levels(style)
        self._open: list[_OpenList] = []
        self._last: dict[str, _Counters] = {}  # by the style of the list
        self._by_id: dict[str, _Counters] = {}
        self._headings: _Counters = {}

    @contextlib.contextmanager
    def entered(self, list_: "Element") -> Iterator[None]:
        """Read a list: one inside another counts a level deeper, one by itself begins anew."""
        style = list_.get(f"{TEXT}style-name", "")
        if self._open:
            counters = self._open[-1].counters
            style = style or self._open[-1].style
        elif (continued := list_.get(f"{TEXT}continue-list")) and continued in self._by_id:
            counters = self._by_id[continued]
        else:
            goes_on = list_.get(f"{TEXT}continue-numbering") == "true"
            counters = self._last.get(style, {}) if goes_on else {}
        self._last[style] = self._by_id[list_.get(f"{XML}id", "")] = counters
        self._open.append(_OpenList(style, counters))
        try:
            yield
        finally:
            self._open.pop()

    def label(self, item: "Element") -> str:
        """Count an item of the list being read and give what is printed in front of it."""
        list_ = self._open[-1]
        levels = self._levels.get(list_.style, {})
        own = whole(item, f"{TEXT}start-value", -1)
        return count(list_.counters, levels, len(self._open), None if own < 0 else own)

    def heading(self, heading: "Element", depth: int, *, printed: bool) -> str:
        """Count a heading; most documents number none of them."""
        if not printed or heading.get(f"{TEXT}is-list-header") == "true":
            return ""
        return count(self._headings, self._of_headings, depth, None)


def _levels(style: "Element") -> dict[int, ListLevel]:
    """Read a list's levels; each says how many of the levels above it are printed with it."""
    forms = {
        whole(level, f"{TEXT}level", 0): level.get(f"{STYLE}num-format", "")
        for level in style
        if level.tag in _NUMBERS
    }
    levels = {}
    for level in style:
        depth = whole(level, f"{TEXT}level", 0)
        form = BULLET if level.tag in _BULLETS else forms.get(depth, "")
        above = depth - min(whole(level, f"{TEXT}display-levels", 1), _MOST_LEVELS)
        places = [f"%{each}" for each in range(max(0, above) + 1, depth + 1) if forms.get(each)]
        before, after = (level.get(f"{STYLE}num-{where}", "") for where in ("prefix", "suffix"))
        text = f"{before}{'.'.join(places)}{after}" if form else ""
        levels[depth] = ListLevel(form, text, whole(level, f"{TEXT}start-value", 1))
    return levels


def _said(element: "Element") -> TextStyle:
    text = element.find(f"{STYLE}text-properties")
    said = {} if text is None else text.attrib
    behind = (element.find(f"{STYLE}{what}-properties") for what in _FILLED)
    filled = (each.get(f"{FO}background-color") for each in behind if each is not None)
    weight = said.get(f"{FO}font-weight")
    display = said.get(f"{TEXT}display")
    case = said.get(f"{FO}text-transform")
    lines = [said[name] for name in _STRIKING if name in said]
    return TextStyle(
        min(whole(element, f"{STYLE}default-outline-level", 0), _MOST_HEADING) or None,
        None if weight is None else weight in _BOLD,
        None if display is None else display == "none",
        None if case is None else case == "uppercase",
        any(line != "none" for line in lines) if lines else None,
        element.get(f"{STYLE}name") in _PLAIN or None,
        next(filter(None, filled), None),
    )


def whole(element: "Element", name: str, otherwise: int) -> int:
    """Give the whole number that an attribute holds."""
    text = element.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise

"""Word documents: paragraphs, list numbers as Word prints them, tables, text boxes.

The XML is walked here because libraries for Word documents pass over what minutes hold: text in
content controls, tracked insertions, automatic numbers. Notes are other parts of the archive and
stay unread.
"""

import itertools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading import office
from cpctrack.reading.archives import Parts
from cpctrack.reading.document import Block, Document, Paragraph, Place, Table
from cpctrack.reading.office import BULLET, ListLevel, StyleBook, TextStyle, count

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = ("0", "false", "off", "none")
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
_BOOKMARK = f"{W}bookmarkStart"
_LETTERS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_PLAIN = ("plain text", "preformatted text", "html preformatted")
_NO_HEADING = 9  # Word's outline level of body text
_FORMS = {
    "bullet": BULLET,
    "none": "",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
}
_LEVELS = 9
_HIGHLIGHTS = {
    "black": "000000", "blue": "0000ff", "cyan": "00ffff", "darkBlue": "00008b",
    "darkCyan": "008b8b", "darkGray": "a9a9a9", "darkGreen": "006400", "darkMagenta": "800080",
    "darkRed": "8b0000", "darkYellow": "808000", "green": "00ff00", "lightGray": "d3d3d3",
    "magenta": "ff00ff", "red": "ff0000", "yellow": "ffff00",
}  # fmt: skip


def read(content: bytes, name: str) -> Document:
    """Read the body of a document called `name`, in its order.

    Raises `ImportRefusedError` for what is damaged, locked or beyond reason in size, and
    `MissingExtraError` without the library that reads XML from strangers.
    """
    parts = Parts(content, name)
    relations = parts.parse(_RELATIONS)
    main = _MAIN
    for relation in () if relations is None else relations:
        if relation.get("Type", "").endswith("/officeDocument"):  # a few programs name it otherwise
            main = relation.get("Target", _MAIN).lstrip("/")
            break
    body = _child(parts.parse(main), "body")
    if body is None:
        raise parts.damaged()
    folder = main.rpartition("/")[0]
    styles = _WordStyles(parts.parse(f"{folder}/styles.xml"))
    numbering = _Numbering(parts.parse(f"{folder}/numbering.xml"), styles)
    reader = _WordReader(styles, numbering, parts.day_made("docProps/core.xml", _CREATED))
    margins = parts.texts(rf"{folder}/(?:header|footer)\d*\.xml", _PARAGRAPH)
    return Document(name, "docx", parts.all_of(reader.blocks(body)), tuple(margins))


class _WordReader:
    def __init__(self, styles: "_WordStyles", numbering: "_Numbering", made_on: str) -> None:
        self._styles = styles
        self._numbering = numbering
        self._made_on = made_on
        self._places = map(Place, itertools.count(1))  # of rows

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
        rows = [
            row
            for row in office.within(table, {_TABLE_ROW}, _UNREAD)
            if _child(_child(row, "trPr"), "del") is None
        ]
        cells = (map(self._cell, office.within(row, {_CELL}, _UNREAD)) for row in rows)
        marks = (office.mark_in(row, {_BOOKMARK}, f"{W}name") for row in rows)
        grid = office.grid_of(cells, self._places, marks)
        return Table(grid, ours=bool(self._made_on), made_on=self._made_on)

    def _cell(self, cell: "Element") -> office.Spanning:
        properties = _child(cell, "tcPr")
        merged = _child(properties, "vMerge")
        columns = min(max(1, _number(_child(properties, "gridSpan"), 1)), _MOST_COLUMNS)
        if merged is not None and _value(merged) != "restart":
            return None, columns, 1
        shade = _shade(properties) or self._shade_of_text(cell)
        return office.cell_of(tuple(self.blocks(cell)), shade), columns, 1

    def _shade_of_text(self, cell: "Element") -> str:
        """Give the colour behind all that is written in a cell, where it is one."""
        found = set()
        for paragraph in office.within(cell, {_PARAGRAPH}, _UNREAD | {_TABLE}):
            behind = _shade(_child(paragraph, "pPr"))
            for run in office.within(paragraph, {_RUN}, _UNREAD):
                if any((text.text or "").strip() for text in run.iter(_TEXT)):
                    own = _child(run, "rPr")
                    marked = _HIGHLIGHTS.get(_value(_child(own, "highlight")), "")
                    found.add(marked or _shade(own) or behind)
        return found.pop() if len(found) == 1 else ""

    def _paragraph(self, paragraph: "Element") -> Paragraph:
        style = self._styles.of_paragraph(paragraph)
        stretches = []
        for run in office.within(paragraph, {_RUN}, _UNREAD):
            letters = (_LETTERS.get(e.tag, "") if e.tag != _TEXT else e.text or "" for e in run)
            stretches.append(office.stretch_of("".join(letters), self._styles.of_run(run, style)))
        # Word numbers an empty paragraph too, unless a tracked change took it out.
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        deleted = any(_child(mark, name) is not None for name in ("del", "moveFrom"))
        taken_out = office.is_blank(stretches) and deleted
        label = "" if taken_out else self._numbering.label(paragraph)
        return office.paragraph_of(stretches, style, label)


class _WordStyles:
    def __init__(self, root: "Element | None") -> None:
        elements = {
            style.get(f"{W}styleId", ""): style
            for style in (() if root is None else root.iter(f"{W}style"))
        }
        self._book = StyleBook(elements, _said, lambda style: _value(_child(style, "basedOn")))
        self._default = next(
            (
                name
                for name, style in elements.items()
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )

    def of_paragraph(self, paragraph: "Element") -> TextStyle:
        properties = _child(paragraph, "pPr")
        style = self._book.named(_value(_child(properties, "pStyle")) or self._default)
        level = _child(properties, "outlineLvl")
        return style if level is None else style._replace(heading=_level(level))

    def of_run(self, run: "Element", around: TextStyle) -> TextStyle:
        """Give how a run is set: by itself, by its style, else as the paragraph around it."""
        own = _child(run, "rPr")
        return _of_letters(own).over(self._book.named(_value(_child(own, "rStyle")))).over(around)


def _said(element: "Element") -> TextStyle:
    paragraph, name = _child(element, "pPr"), _value(_child(element, "name"))
    level, named = _child(paragraph, "outlineLvl"), _HEADING.fullmatch(name)
    heading = int(named[1]) if named else None
    return _of_letters(_child(element, "rPr"))._replace(
        heading=heading if level is None else _level(level),
        is_plain=name.lower() in _PLAIN or None,
        numbering=_child(paragraph, "numPr"),
    )


def _of_letters(properties: "Element | None") -> TextStyle:
    bold, hidden, capitals, *lines = (
        _is_on(properties, switch) for switch in ("b", "vanish", "caps", "strike", "dstrike")
    )
    struck = None if lines == [None, None] else any(lines)  # through the text, one line or two
    return TextStyle(None, bold, hidden, capitals, struck)


def _shade(properties: "Element | None") -> str:
    """Give the colour that a cell, a paragraph or a stretch of text is filled with.

    Word writes the colour itself beside the place that it has in a theme.
    """
    shade = _child(properties, "shd")
    if shade is None:
        return ""
    # A full pattern hides the fill behind it.
    return office.shade_of(shade.get(f"{W}color" if _value(shade) == "solid" else f"{W}fill", ""))


def _level(outline: "Element") -> int:
    level = _number(outline, _NO_HEADING)
    return level + 1 if level < _NO_HEADING else 0


class _WordList(NamedTuple):
    counters: dict[int, int]  # shared by all lists of one definition
    levels: dict[int, ListLevel]
    starts: dict[int, int]  # what this list starts with, where it says so


class _Numbering:
    """Counts the items of a document's lists; ask once for each paragraph, in order."""

    def __init__(self, root: "Element | None", styles: _WordStyles) -> None:
        self._styles = styles
        self._numbers = _by_id(root, "num", "numId")
        self._definitions = _by_id(root, "abstractNum", "abstractNumId")
        self._counters: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _WordList | None] = {}
        self._by_style = {
            (name, _value(_child(level, "pStyle"))): _depth(level)
            for name, definition in self._definitions.items()
            for level in definition.iter(f"{W}lvl")
            if _child(level, "pStyle") is not None
        }

    def label(self, paragraph: "Element") -> str:
        """Count a paragraph and give what stands in front of it; nothing where it is in no list."""
        name, depth = self._place(paragraph)
        if name not in self._lists:
            self._lists[name] = self._read(self._numbers.get(name))
        list_ = self._lists[name]
        if list_ is None or depth not in list_.levels:
            return ""
        return count(list_.counters, list_.levels, depth, list_.starts.pop(depth, None))

    def _place(self, paragraph: "Element") -> tuple[str, int]:
        """Give the list a paragraph is in and its depth, from 1; what it sets itself goes first."""
        own = paragraph.find(f"{W}pPr/{W}numPr")
        inherited = self._styles.of_paragraph(paragraph).numbering
        name = _value(_child(own, "numId")) or _value(_child(inherited, "numId"))
        level = _child(own, "ilvl")
        if level is None and own is None:
            level = _child(inherited, "ilvl")
            style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
            definition = _value(_child(self._numbers.get(name), "abstractNumId"))
            if (definition, style) in self._by_style:
                return name, self._by_style[definition, style]
        return name, _number(level, 0) + 1

    def _read(self, element: "Element | None") -> _WordList | None:
        name = _value(_child(element, "abstractNumId"))
        definition = self._definitions.get(name)
        if link := _value(_child(definition, "numStyleLink")):  # it only names a list style
            others = self._definitions.values()
            definition = next((d for d in others if _value(_child(d, "styleLink")) == link), None)
        if element is None or definition is None:
            return None
        levels = dict(_levels(definition))
        starts = {}
        for override in element.iter(f"{W}lvlOverride"):
            depth = _depth(override)
            levels.update(_levels(override))
            if (start := _child(override, "startOverride")) is not None:
                starts[depth] = _number(start, 1)
        return _WordList(self._counters.setdefault(name, {}), levels, starts)


def _levels(parent: "Element") -> Iterator[tuple[int, ListLevel]]:
    for element in parent.iter(f"{W}lvl"):
        restart = _child(element, "lvlRestart")
        yield (
            _depth(element),
            ListLevel(
                _FORMS.get(_value(_child(element, "numFmt")), "1"),
                _value(_child(element, "lvlText")),
                _number(_child(element, "start"), 0),
                None if restart is None else _number(restart, 0),
                bool(_is_on(element, "isLgl")),
            ),
        )


def _depth(element: "Element") -> int:
    depth = element.get(f"{W}ilvl", "0")
    return min(int(depth) + 1, _LEVELS) if depth.isdecimal() and len(depth) < 3 else 1


def _by_id(root: "Element | None", name: str, key: str) -> "dict[str, Element]":
    found = () if root is None else root.iter(f"{W}{name}")
    return {element.get(f"{W}{key}", ""): element for element in found}


def _child(parent: "Element | None", name: str) -> "Element | None":
    return None if parent is None else parent.find(f"{W}{name}")


def _value(element: "Element | None") -> str:
    return "" if element is None else element.get(f"{W}val", "")


def _number(element: "Element | None", otherwise: int) -> int:
    text = _value(element)
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise


def _is_on(properties: "Element | None", name: str) -> bool | None:
    element = _child(properties, name)
    return None if element is None else _value(element) not in _OFF

"""What Word's styles say of a paragraph and its runs: headings, bold, hidden, capitals."""

import re
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading.word.names import W, child, is_on, number, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_PLAIN = ("plain text", "preformatted text", "html preformatted")
_NO_HEADING = 9  # Word's outline level of body text
_MOST_ANCESTORS = 20


class Style(NamedTuple):
    """A style, what it inherits included."""

    heading: int = 0
    numbering: "Element | None" = None  # w:numPr
    bold: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    struck: bool | None = None
    is_plain: bool = False  # each line of a plain text is a paragraph


class Styles:
    """Looks up the styles of one document."""

    def __init__(self, root: "Element | None") -> None:
        self._elements = {
            style.get(f"{W}styleId", ""): style
            for style in (() if root is None else root.iter(f"{W}style"))
        }
        self._default = next(
            (
                name
                for name, style in self._elements.items()
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )
        self._known: dict[str, Style] = {}

    def of_paragraph(self, paragraph: "Element") -> Style:
        """Give a paragraph's style, with what is set on the paragraph itself."""
        properties = child(paragraph, "pPr")
        style = self.named(value(child(properties, "pStyle")) or self._default)
        level = child(properties, "outlineLvl")
        return style if level is None else style._replace(heading=_level(level))

    def named(self, name: str) -> Style:
        """Give a style with all it inherits; one the document does not define says nothing."""
        if name not in self._known:
            style = Style()
            for element in reversed(self._line_of(name)):
                style = _over(style, element)
            self._known[name] = style
        return self._known[name]

    def of_run(self, run: "Element", around: Style) -> tuple[bool, bool, bool]:
        """Tell whether a run is not seen, in capitals and bold, by itself or by its styles."""
        own = child(run, "rPr")
        named = self.named(value(child(own, "rStyle")))
        return (
            _first(is_on(own, "vanish"), named.hidden, around.hidden)
            or _first(_is_struck(own), named.struck, around.struck),
            _first(is_on(own, "caps"), named.capitals, around.capitals),
            _first(is_on(own, "b"), named.bold, around.bold),
        )

    def _line_of(self, name: str) -> "list[Element]":
        """Give a style and its ancestors, itself first."""
        line: list[Element] = []
        while (style := self._elements.get(name)) is not None and len(line) < _MOST_ANCESTORS:
            line.append(style)
            name = value(child(style, "basedOn"))
        return line


def _first(*said: bool | None) -> bool:
    """Take what is said nearest to the text."""
    return next((switch for switch in said if switch is not None), False)


def _over(style: Style, element: "Element") -> Style:
    """Lay what an element sets over what it inherits."""
    paragraph, run = child(element, "pPr"), child(element, "rPr")
    level, numbering = child(paragraph, "outlineLvl"), child(paragraph, "numPr")
    name = value(child(element, "name"))
    named = _HEADING.fullmatch(name)
    heading = int(named[1]) if named else style.heading
    bold, hidden, capitals = (is_on(run, switch) for switch in ("b", "vanish", "caps"))
    struck = _is_struck(run)
    return Style(
        heading if level is None else _level(level),
        style.numbering if numbering is None else numbering,
        style.bold if bold is None else bold,
        style.hidden if hidden is None else hidden,
        style.capitals if capitals is None else capitals,
        style.struck if struck is None else struck,
        style.is_plain or name.lower() in _PLAIN,
    )


def _is_struck(properties: "Element | None") -> bool | None:
    """Tell whether one line or two are switched on through the text; None where nothing is said."""
    said = [is_on(properties, name) for name in ("strike", "dstrike")]
    return any(said) if said != [None, None] else None


def _level(outline: "Element") -> int:
    level = number(outline, _NO_HEADING)
    return level + 1 if level < _NO_HEADING else 0

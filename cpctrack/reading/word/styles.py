"""What Word's styles say of a paragraph and its runs: headings, bold, hidden, capitals."""

import re
from typing import TYPE_CHECKING

from cpctrack.reading.office import StyleBook, TextStyle
from cpctrack.reading.word.names import W, child, is_on, number, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_PLAIN = ("plain text", "preformatted text", "html preformatted")
_NO_HEADING = 9  # Word's outline level of body text


class WordStyles:
    """Looks up the styles of one document."""

    def __init__(self, root: "Element | None") -> None:
        elements = {
            style.get(f"{W}styleId", ""): style
            for style in (() if root is None else root.iter(f"{W}style"))
        }
        self._book = StyleBook(elements, _said, lambda style: value(child(style, "basedOn")))
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
        """Give a paragraph's style, with what is set on the paragraph itself."""
        properties = child(paragraph, "pPr")
        style = self._book.named(value(child(properties, "pStyle")) or self._default)
        level = child(properties, "outlineLvl")
        return style if level is None else style._replace(heading=_level(level))

    def of_run(self, run: "Element", around: TextStyle) -> TextStyle:
        """Give how a run is set: by itself, by its style, else as the paragraph around it."""
        own = child(run, "rPr")
        return _of_letters(own).over(self._book.named(value(child(own, "rStyle")))).over(around)


def _said(element: "Element") -> TextStyle:
    """Read what a style sets itself."""
    paragraph, name = child(element, "pPr"), value(child(element, "name"))
    level, named = child(paragraph, "outlineLvl"), _HEADING.fullmatch(name)
    heading = int(named[1]) if named else None
    return _of_letters(child(element, "rPr"))._replace(
        heading=heading if level is None else _level(level),
        is_plain=name.lower() in _PLAIN or None,
        numbering=child(paragraph, "numPr"),
    )


def _of_letters(properties: "Element | None") -> TextStyle:
    bold, hidden, capitals, *lines = (
        is_on(properties, switch) for switch in ("b", "vanish", "caps", "strike", "dstrike")
    )
    struck = None if lines == [None, None] else any(lines)  # through the text, one line or two
    return TextStyle(None, bold, hidden, capitals, struck)


def _level(outline: "Element") -> int:
    level = number(outline, _NO_HEADING)
    return level + 1 if level < _NO_HEADING else 0

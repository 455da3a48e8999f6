"""What OpenDocument's styles say of paragraphs, spans and cells: bold, hidden, struck, shaded."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cpctrack.reading.odt.names import FO, STYLE, TEXT, whole
from cpctrack.reading.office import StyleBook, TextStyle

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_HEADING = 10
_PLAIN = ("Preformatted_20_Text", "PlainText", "Plain_20_Text")
_STRIKING = tuple(f"{STYLE}text-line-through-{said}" for said in ("style", "type"))
_BOLD = ("bold", "600", "700", "800", "900")


def styles_of(sources: "Iterable[Element]") -> StyleBook:
    """Give the styles of a document, which are in two of its parts."""
    elements = {
        style.get(f"{STYLE}name", ""): style
        for source in sources
        for style in source.iter(f"{STYLE}style")
    }
    return StyleBook(elements, _said, lambda style: style.get(f"{STYLE}parent-style-name", ""))


def _said(element: "Element") -> TextStyle:
    """Read what a style sets itself."""
    text = element.find(f"{STYLE}text-properties")
    said = {} if text is None else text.attrib
    cell = element.find(f"{STYLE}table-cell-properties")
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
        None if cell is None else cell.get(f"{FO}background-color"),
    )

"""What OpenDocument's styles say of a paragraph and its spans: bold, hidden, capitals."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.reading.odt.names import FO, STYLE, TEXT, whole

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_ANCESTORS = 20
_MOST_HEADING = 10
_PLAIN = ("Preformatted_20_Text", "PlainText", "Plain_20_Text")
_STRIKING = tuple(f"{STYLE}text-line-through-{said}" for said in ("style", "type"))
_BOLD = ("bold", "600", "700", "800", "900")


class Style(NamedTuple):
    """A style, what it inherits included."""

    heading: int = 0
    bold: bool | None = None
    hidden: bool | None = None
    capitals: bool | None = None
    struck: bool | None = None
    is_plain: bool = False  # each line of a plain text is a paragraph


class Styles:
    """Looks up the styles of one document."""

    def __init__(self, sources: "Iterable[Element]") -> None:
        self._elements = {
            style.get(f"{STYLE}name", ""): style
            for source in sources
            for style in source.iter(f"{STYLE}style")
        }
        self._known: dict[str, Style] = {}

    def named(self, name: str) -> Style:
        """Give a style with all it inherits; one the document does not define says nothing."""
        if name not in self._known:
            self._known[name] = self._over_ancestors(Style(), name)
        return self._known[name]

    def within(self, around: Style, name: str) -> Style:
        """Give the style of a span: what its own does not say, the paragraph's does."""
        return _over(around, self.named(name))

    def _over_ancestors(self, style: Style, name: str) -> Style:
        line: list[Element] = []
        while (element := self._elements.get(name)) is not None and len(line) < _MOST_ANCESTORS:
            line.append(element)
            name = element.get(f"{STYLE}parent-style-name", "")
        for element in reversed(line):
            style = _over(style, _said(element))
        return style


def _said(element: "Element") -> Style:
    """Read what a style sets itself."""
    text = element.find(f"{STYLE}text-properties")
    said = {} if text is None else text.attrib
    weight = said.get(f"{FO}font-weight")
    display = said.get(f"{TEXT}display")
    case = said.get(f"{FO}text-transform")
    lines = [said[name] for name in _STRIKING if name in said]
    return Style(
        min(whole(element, f"{STYLE}default-outline-level", 0), _MOST_HEADING),
        None if weight is None else weight in _BOLD,
        None if display is None else display == "none",
        None if case is None else case == "uppercase",
        None if not lines else any(line != "none" for line in lines),
        element.get(f"{STYLE}name") in _PLAIN,
    )


def _over(below: Style, above: Style) -> Style:
    return Style(
        above.heading or below.heading,
        below.bold if above.bold is None else above.bold,
        below.hidden if above.hidden is None else above.hidden,
        below.capitals if above.capitals is None else above.capitals,
        below.struck if above.struck is None else above.struck,
        below.is_plain or above.is_plain,
    )

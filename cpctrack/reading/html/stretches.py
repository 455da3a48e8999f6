"""Stretches of a web page that are struck through or hidden."""

import re
from collections.abc import Mapping

_BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "address"}
_CELLS = {"td", "th", "tr", "tbody"}
# Elements that need no end tag, and what ends them then.
_ENDED_BY = {
    "td": _CELLS, "th": _CELLS, "tr": {"tr", "tbody"}, "li": {"li"}, "p": _BLOCKS,
    "head": {"body"},
}  # fmt: skip
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_STRIKING = {"s", "strike", "del"}
_STRIKING_CLASS = re.compile(r"\.([\w-]+)\s*\{[^{}]*line-through[^{}]*\}")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")


class Element:
    """Follows one element to its end tag, or to what begins and can't stand in it."""

    def __init__(self) -> None:
        self._tag = ""
        self._depth = 0

    def __bool__(self) -> bool:
        """Tell whether it is open."""
        return bool(self._tag)

    def open(self, tag: str) -> None:
        """Begin with this start tag."""
        self._tag, self._depth = tag, 1

    def start(self, tag: str) -> None:
        """Take in a start tag."""
        if tag in _ENDED_BY.get(self._tag, ()):
            self._tag = ""
        self._depth += tag == self._tag

    def end(self, tag: str) -> None:
        """Take in an end tag."""
        self._depth -= tag == self._tag
        if not self._depth or (tag == "table" and self._tag in ("tr", "td", "th")):
            self._tag = ""


def striking_classes(page: str) -> frozenset[str]:
    """Give the classes by which a page strikes text through."""
    return frozenset(_STRIKING_CLASS.findall(page) if "line-through" in page else ())


def strikes(tag: str, attributes: Mapping[str, str | None], classes: frozenset[str]) -> bool:
    """Tell whether an element strikes through what stands in it."""
    return tag not in VOID and (
        tag in _STRIKING
        or "line-through" in (attributes.get("style") or "").lower()
        or not classes.isdisjoint((attributes.get("class") or "").split())
    )


def hides(attributes: Mapping[str, str | None]) -> bool:
    """Tell whether an element is hidden."""
    return "hidden" in attributes or bool(_HIDDEN.search((attributes.get("style") or "").lower()))

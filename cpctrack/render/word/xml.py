"""Elements of a Word document; whatever is handed in as text comes out as text.

A view is clean, but one that a store keeps may have been edited by hand, and XML has no place for
controls: so texts are cleaned here once more.
"""

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from cpctrack.text import clean

Element = Any
"""An element of lxml, which has no types of its own."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_GREY = "595959"  # seven to one on white, six on the grey of a marked row
_tag = functools.cache(qn)


class Words(NamedTuple):
    """A stretch of text in one look; `grey` is for words that say there is nothing.

    What is `italic` is no word of the council's.
    `size` is that of its letters, in half points, where it is not that of the style.
    """

    text: str
    bold: bool = False
    grey: bool = False
    italic: bool = False
    size: int = 0


def new(name: str, /, **attributes: object) -> Element:
    """Make an element of the main namespace on its own."""
    return OxmlElement(f"w:{name}", _named(attributes))


def add(parent: Element, name: str, /, **attributes: object) -> Element:
    """Make an element of the main namespace as the last in its parent."""
    # Ten thousand rows have a million of these; OxmlElement would declare namespaces on each.
    child = parent.makeelement(_tag(f"w:{name}"), _named(attributes))
    parent.append(child)
    return child


def paragraph(parent: Element, style: str, *stretches: Words, joined: bool = False) -> Element:
    """Add a paragraph in the style with this id, ``""`` being the default style.

    One that is `joined` stays on the page of what comes next.
    """
    made = add(parent, "p")
    if style or joined:
        look = add(made, "pPr")
        if style:
            add(look, "pStyle", val=style)
        if joined:
            add(look, "keepNext")
    for words in stretches:
        run(made, words)
    return made


def children(parent: Element, *names: str) -> Sequence[Element]:
    """List the children with these names, in the document's order."""
    return list(parent.iterchildren(*(_tag(f"w:{name}") for name in names)))


def attribute(element: Element, name: str = "val") -> str:
    """Give an attribute of the main namespace, ``""`` where there is none."""
    return element.get(_tag(f"w:{name}")) or ""


def _named(attributes: dict[str, object]) -> dict[str, str]:
    return {_tag(f"w:{name}"): clean(str(value)) for name, value in attributes.items()}


def run(parent: Element, words: Words) -> None:
    """Add a stretch of text to a paragraph."""
    made = add(parent, "r")
    if any(words[1:]):
        look = add(made, "rPr")
        for name in (["b"] if words.bold else []) + (["i"] if words.italic else []):
            add(look, name)
        if words.grey:
            add(look, "color", val=_GREY)
        if words.size:
            add(look, "sz", val=words.size)
    # Nothing but letters, breaks and tabs, so that it can't hold a field.
    for number, line in enumerate(clean(words.text).split("\n")):
        if number:
            add(made, "br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                add(made, "tab")
            if piece:
                letters = add(made, "t")
                letters.text = piece
                letters.set(_SPACE, "preserve")

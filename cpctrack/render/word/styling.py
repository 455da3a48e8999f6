"""The styles of a Word document: those of the template where it has them, and ours where not."""

from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from cpctrack.render.word.xml import Element, add, attribute, children, new

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE = "en-GB"
CELL = "Table Text"
"""The name of the style of the words in a table."""

_ID = qn("w:styleId")
_VALUE = qn("w:val")


class StyleIds(NamedTuple):
    """The ids of the styles that a document of ours uses; "" is the default paragraph style."""

    title: str
    subtitle: str
    heading: str
    part: str
    header: str
    footer: str
    marking: str
    table: str
    grid: str
    cell: str


_NAMES = StyleIds(
    title="Title",
    subtitle="Subtitle",
    heading="heading 1",
    part="heading 2",
    header="header",
    footer="footer",
    marking="Page Marking",
    table="Table Rules",
    grid="Table Grid",
    cell=CELL,
)
_SIZES = (qn("w:sz"), qn("w:szCs"))

XML = Path(__file__).with_name("styles.xml").read_text("utf-8")
"""All our styles: few and plain, so that a table pasted elsewhere takes on the looks it finds."""


def adopt(document: "Document", size: float) -> StyleIds:
    """Find the styles we use in a document, add those that it lacks, and make it British English.

    `size` is that of the letters in a table, in points, unless the template says its own.
    Word keeps the English name of a built-in style in every language; where another program did
    not, a heading is known by its level in the outline.
    """
    styles = document.part.styles.element
    _set_language(styles)
    ours = {_name(style): style for style in children(parse_xml(XML), "style")}
    for letters in ours[_NAMES.cell].iter(*_SIZES):
        letters.set(_VALUE, str(round(2 * size)))
    return StyleIds(*(_find(styles, ours[name]) or _add(styles, ours[name]) for name in _NAMES))


def _find(styles: Element, ours: Element) -> str:
    """Find the style that does in a template what this one of ours does; give its id or ""."""
    of_its_kind = [each for each in children(styles, "style") if _kind(each) == _kind(ours)]
    named = [each for each in of_its_kind if _name(each).lower() == _name(ours).lower()]
    level = _level(ours)
    alike = [each for each in of_its_kind if level and _level(each) == level]
    return next((attribute(each, "styleId") for each in (*named, *alike)), "")


def _level(style: Element) -> str:
    looks = children(style, "pPr")
    found = [attribute(each) for look in looks for each in children(look, "outlineLvl")]
    return found[0] if found else ""


def _add(styles: Element, ours: Element) -> str:
    """Add a style of ours that stands on the template's default, whose letters it takes."""
    style = deepcopy(ours)
    for loose in children(style, "basedOn", "next"):
        style.remove(loose)
    default = _default(styles, _kind(style))
    if default is not None:
        based = new("basedOn", val=attribute(default, "styleId"))
        children(style, "name")[0].addnext(based)
    taken = {attribute(each, "styleId") for each in children(styles, "style")}
    while attribute(style, "styleId") in taken:
        style.set(_ID, attribute(style, "styleId") + "0")
    styles.append(style)
    return attribute(style, "styleId")


def _set_language(styles: Element) -> None:
    """Say that the text is British English: what nobody marked otherwise, and the default style."""
    looks = [styles]
    for name in ("docDefaults", "rPrDefault", "rPr"):
        found = children(looks[-1], name)
        looks.append(found[0] if found else new(name))
        if not found:
            looks[-2].insert(0, looks[-1])
    if not children(looks[-1], "lang"):
        add(looks[-1], "lang")
    default = _default(styles, "paragraph")
    own = [] if default is None else children(default, "rPr")
    for look in (looks[-1], *own):
        for language in children(look, "lang"):
            language.set(_VALUE, LANGUAGE)


def _default(styles: Element, kind: str) -> Element | None:
    for style in children(styles, "style"):
        if _kind(style) == kind and attribute(style, "default") in ("1", "true", "on"):
            return style
    return None


def _name(style: Element) -> str:
    return next((attribute(name) for name in children(style, "name")), "")


def _kind(style: Element) -> str:
    return attribute(style, "type") or "paragraph"

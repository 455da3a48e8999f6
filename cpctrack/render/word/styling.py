"""The styles of a Word document: those of the template where it has them, and ours where not."""

from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from cpctrack.render.word.xml import Element, add, attribute, children, new

if TYPE_CHECKING:
    from docx.document import Document

LANGUAGE = "en-GB"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ID = qn("w:styleId")
_VALUE = qn("w:val")


class StyleIds(NamedTuple):
    """The ids of the styles that a document of ours uses; "" is the default paragraph style."""

    title: str
    heading: str
    part: str
    header: str
    footer: str
    marking: str
    table: str
    cell: str


_NAMES = StyleIds(
    title="Title",
    heading="heading 1",
    part="heading 2",
    header="header",
    footer="footer",
    marking="Page Marking",
    table="Table Grid",
    cell="Table Text",
)
_SIZES = (qn("w:sz"), qn("w:szCs"))
_SMALL = "16"  # eight points, in halves

XML = f"""<w:styles xmlns:w="{_NAMESPACE}">
<w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Arial" w:eastAsia="Arial" w:hAnsi="Arial" w:cs="Arial"/>
<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="{LANGUAGE}"/>
</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:spacing w:after="100"/></w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>
<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>
</w:tblCellMar></w:tblPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="60"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/>
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
<w:pPr><w:keepNext/><w:spacing w:after="160"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="30"/><w:szCs w:val="30"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/>
<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>
<w:pPr><w:keepNext/><w:spacing w:before="280" w:after="80"/><w:outlineLvl w:val="1"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:after="160"/></w:pPr>
<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:after="0"/><w:jc w:val="right"/></w:pPr>
<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="PageMarking">
<w:name w:val="Page Marking"/><w:basedOn w:val="Normal"/>
<w:pPr><w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/><w:spacing w:before="0" w:after="60"/>
<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="center"/></w:pPr>
<w:rPr><w:b/><w:vanish w:val="0"/><w:color w:val="000000"/><w:sz w:val="24"/><w:szCs w:val="24"/>
</w:rPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>
<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>
<w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/>
<w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/>
<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/>
<w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/>
<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/>
<w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/>
</w:tblBorders></w:tblPr></w:style>
<w:style w:type="paragraph" w:customStyle="1" w:styleId="TableText"><w:name w:val="Table Text"/>
<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:spacing w:before="20" w:after="20"/>
<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/></w:pPr>
<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
</w:styles>"""
"""All our styles: few and plain, so that a table pasted elsewhere takes on the looks it finds."""


def adopt(document: "Document", *, narrow: bool = False) -> StyleIds:
    """Find the styles we use in a document, add those that it lacks, and make it British English.

    On a `narrow` page the letters in a table are a size smaller, unless the template says theirs.
    Word keeps the English name of a built-in style in every language; where another program did
    not, a heading is known by its level in the outline.
    """
    styles = document.part.styles.element
    _set_language(styles)
    ours = {_name(style): style for style in children(parse_xml(XML), "style")}
    for size in ours[_NAMES.cell].iter(*_SIZES) if narrow else ():
        size.set(_VALUE, _SMALL)
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

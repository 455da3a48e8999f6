"""The package of a Word document: an empty one, what it says of itself, how it becomes bytes."""

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENTATION
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from docx.shared import Pt

from cpctrack.render.packing import repack
from cpctrack.render.word import styling
from cpctrack.text import shorten

if TYPE_CHECKING:
    from docx.document import Document

    from cpctrack.render.views.view import AppendixView

_APPLICATION_PART = PackURI("/docProps/app.xml")
_MOST_LETTERS = 255  # of a property
_OFFICE = "http://schemas.openxmlformats.org"
_WORD = f"{_OFFICE}/wordprocessingml/2006/main"
_CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINKS = f"{_OFFICE}/officeDocument/2006/relationships"
_PROPERTIES = f"{_OFFICE}/officeDocument/2006/extended-properties"
_APPLICATION = f'<Properties xmlns="{_PROPERTIES}"><Application>cpctrack</Application></Properties>'
_COUNCIL = ("Company", "Manager")  # a header can show these

# A4 upright. python-docx brings a document to begin with, which has American paper, the fonts
# and the name of its author, and 160 styles; this one has what we use.
_EMPTY = {
    "[Content_Types].xml": f"""<Types xmlns="{_OFFICE}/package/2006/content-types">
<Default Extension="rels" ContentType="{CONTENT_TYPE.OPC_RELATIONSHIPS}"/>
<Override PartName="/word/document.xml" ContentType="{_CONTENT}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_CONTENT}.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="{_CONTENT}.settings+xml"/>
</Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{_OFFICE}/package/2006/relationships">
<Relationship Id="rId1" Type="{_LINKS}/officeDocument" Target="word/document.xml"/>
</Relationships>""",
    "word/_rels/document.xml.rels": f"""<Relationships
xmlns="{_OFFICE}/package/2006/relationships">
<Relationship Id="rId1" Type="{_LINKS}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{_LINKS}/settings" Target="settings.xml"/>
</Relationships>""",
    "word/document.xml": f"""<w:document xmlns:w="{_WORD}" xmlns:r="{_LINKS}"><w:body><w:sectPr>
<w:pgSz w:w="11906" w:h="16838"/>
<w:pgMar w:top="964" w:right="737" w:bottom="850" w:left="737" w:header="425" w:footer="425"
w:gutter="0"/></w:sectPr></w:body></w:document>""",
    "word/settings.xml": f"""<w:settings xmlns:w="{_WORD}"><w:zoom w:percent="100"/>
<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>
<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
w:val="15"/></w:compat><w:themeFontLang w:val="{styling.LANGUAGE}"/>
<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>""",
    "word/styles.xml": styling.XML,
}


def new_document(size: float, *, upright: bool) -> "Document":
    """Give an empty document, A4, with our styles and letters of `size` points."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in _EMPTY.items():
            archive.writestr(name, text)
    document = docx.Document(stream)
    document.styles["Normal"].font.size = Pt(size)
    if not upright:
        (section,) = document.sections
        section.orientation = WD_ORIENTATION.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    return document


def pack(document: "Document", view: "AppendixView") -> bytes:
    """Give the document's bytes, which depend on what it says and not on when it is made.

    Its properties tell of the view, but for the council's own name.
    """
    package = document.part.package
    properties = package.core_properties
    for name, text in {
        "title": view.document_title,
        "subject": view.caption,
        "author": view.committee,
        "last_modified_by": view.committee,
        "comments": f"Made with {view.generator}",
        "language": styling.LANGUAGE,
    }.items():
        setattr(properties, name, shorten(text, _MOST_LETTERS))
    properties.created = properties.modified = datetime.fromisoformat(view.made_on_iso)
    properties.revision = 1
    _replace_application(package)
    stream = io.BytesIO()
    document.save(stream)
    return repack(stream.getvalue())


def _replace_application(package: Any) -> None:
    """Say that cpctrack made it: a template's own says how long somebody worked on what."""
    made = parse_xml(_APPLICATION)
    for key, link in list(package.rels.items()):
        if link.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES:
            told = parse_xml(link.target_part.blob)
            made.extend([each for each in told if each.tag.rpartition("}")[2] in _COUNCIL])
            del package.rels[key]
    part = Part(
        _APPLICATION_PART, CONTENT_TYPE.OFC_EXTENDED_PROPERTIES, serialize_part_xml(made), package
    )
    package.relate_to(part, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)

"""A council's own document as the template: its looks are kept, and nothing else that is in it.

Last month's pack makes a handy template, so its text must go wherever it hides: in comments,
footnotes, properties, pictures.
"""

import contextlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml.ns import nsmap, qn

from cpctrack.errors import CpctrackError, RenderError, reason
from cpctrack.reading.archives import is_strict, open_archive
from cpctrack.render.word.xml import Element, attribute, children, new
from cpctrack.store.files import read

if TYPE_CHECKING:
    from docx.document import Document

_TYPES = "[Content_Types].xml"
_MACROS = (b"macroenabled", b"vbaproject")
_AS_TEMPLATE, _AS_DOCUMENT = b"wordprocessingml.template.main", b"wordprocessingml.document.main"

_OF_PACKAGE = {"officeDocument", "extended-properties", "custom-properties"}
_OF_DOCUMENT = {"styles", "stylesWithEffects", "settings", "fontTable", "theme", "numbering"}
_ON_PAGES = {"header", "footer"}
_WITHIN = {"image", "font", "hyperlink"}
_LOCKS = (
    "writeProtection", "attachedTemplate", "mailMerge", "documentProtection", "footnotePr",
    "endnotePr", "docVars",
)  # fmt: skip
"""Settings that bind a document to files that are not there, lock it, or carry text along."""

_LINKED = f"{{{nsmap['r']}}}"
_LINK = qn("r:link")
_ID = qn("r:id")


def open_template(path: Path) -> "Document":
    """Open a user's document and take out whatever is not looks, header, footer or page set-up.

    Raises `RenderError` for a file that can't be read or holds macros, `ImportRefusedError` for an
    archive that may not be opened; what else can go wrong is for `blaming`.
    """
    document = docx.Document(io.BytesIO(_read(path)))
    body = document.element.body
    section = _section(body)
    for child in list(body):
        body.remove(child)
    body.append(section)
    part = document.part
    _drop(part.package, _OF_PACKAGE)
    used = {each.get(_ID) for each in children(section, "headerReference", "footerReference")}
    for key, link in list(part.rels.items()):
        if _name(link) in _ON_PAGES and key not in used:
            del part.rels[key]
    _drop(part, _OF_DOCUMENT | _ON_PAGES)
    for link in part.rels.values():
        _drop(link.target_part, _WITHIN)
        _cut_loose(link.target_part)
    _cut_loose(part)
    settings = document.settings.element
    for lock in children(settings, *_LOCKS):
        settings.remove(lock)
    return document


@contextlib.contextmanager
def blaming(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong with a template into a `RenderError` that names it."""
    try:
        yield
    except CpctrackError:
        raise
    # A broken document breaks python-docx in as many ways as there are things it looks for.
    except Exception as error:
        raise RenderError(
            f"{path} can't be used as a template: it is damaged or no Word document; open it in "
            "Word and save it as a Word document (.docx)."
        ) from error


def _read(path: Path) -> bytes:
    try:
        content = read(path)
    except FileNotFoundError as error:
        raise RenderError(
            f"There is no file {path}; the template of a Word document is a .docx file."
        ) from error
    except OSError as error:
        raise RenderError(f"The template {path} can't be read ({reason(error)}).") from error
    archive = open_archive(content, str(path))
    types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
    names = " ".join(archive.namelist()).encode()
    if any(word in (types + names).lower() for word in _MACROS):
        raise RenderError(
            f"{path} has macros, which a template may not have; save it without them, as a Word "
            "document (.docx)."
        )
    if is_strict(archive):
        raise RenderError(
            f"{path} is saved as “Strict Open XML”, which can't be a template; open it in Word and "
            "save it as a “Word Document (.docx)”."
        )
    if _AS_TEMPLATE not in types:
        return content
    # A Word template (.dotx) differs from a document in one word.
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as changed:
        for entry in archive.infolist():
            part = archive.read(entry)
            if entry.filename == _TYPES:
                part = part.replace(_AS_TEMPLATE, _AS_DOCUMENT)
            changed.writestr(entry.filename, part)
    return stream.getvalue()


def _section(body: Element) -> Element:
    """Give the set-up of the last section, with the header and footer it has from earlier ones."""
    for earlier in list(body.iter(qn("w:sectPrChange"))):
        earlier.getparent().remove(earlier)
    sections = list(body.iter(qn("w:sectPr")))
    if not sections:
        return new("sectPr")
    last = sections[-1]
    pages: dict[tuple[str, str], Element] = {}
    for section in sections:
        for page in children(section, "headerReference", "footerReference"):
            pages[page.tag, attribute(page, "type") or "default"] = page
    for place, page in enumerate(pages.values()):
        last.insert(place, page)
    # Eight columns don't fit in one of the columns of a newsletter.
    for name in ("cols", "printerSettings"):
        for child in children(last, name):
            last.remove(child)
    return last


def _drop(part: Any, kept: set[str]) -> None:
    """Forget what a part refers to but for these kinds; nothing outside but the links of a page."""
    for key, link in list(part.rels.items()):
        name = _name(link)
        if name not in kept or link.is_external != (name == "hyperlink"):
            del part.rels[key]


def _cut_loose(part: Any) -> None:
    """Take out the elements that refer to what was dropped: Word would call the file damaged."""
    root = getattr(part, "element", None)
    if root is None:
        return
    for element in list(root.iter("*")):
        loose = [
            name
            for name, value in element.attrib.items()
            if name.startswith(_LINKED) and value and value not in part.rels
        ]
        if _LINK in loose:  # a picture in another file
            del element.attrib[_LINK]
            loose.remove(_LINK)
        if loose and element.getparent() is not None:
            element.getparent().remove(element)


def _name(link: Any) -> str:
    return str(link.reltype).rpartition("/")[2]

"""The form as a Word document: answers are typed into it, and its rows are known again."""

import re
from typing import TYPE_CHECKING

from cpctrack import extras
from cpctrack.labels import FORM_CHOOSE, FORM_COLUMNS, FORM_MARK, FORM_NUMBER, FORM_STATUSES
from cpctrack.render.chase import form
from cpctrack.render.chase.message import Message, View

if TYPE_CHECKING:
    from cpctrack.render.word.xml import Element

_STATUS = list(FORM_COLUMNS).index("status")
_ROOM = 1100  # for an answer, in twentieths of a point: four lines
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_USERS = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # the set of properties that a user may add
_PROPERTIES = f"""<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}"><property fmtid="{_USERS}"
pid="2" name="{FORM_NUMBER}"><vt:lpwstr>%s</vt:lpwstr></property></Properties>"""


def word_form(view: View, message: Message) -> bytes:
    """Make the form; the same view and message give the same bytes.

    Its number is in the properties and the footer, each row's reference in a bookmark: these come
    through LibreOffice and back. Raises `MissingExtraError` without python-docx.
    """
    with extras.needed("office", "A Word document"):
        import docx  # noqa: F401
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    from cpctrack.render.word import body, pages, parts, styling
    from cpctrack.render.word.xml import Words, run

    laid_out = form.lay_out(view, message)
    size = laid_out.text_size
    document = parts.new_document(size, upright=False)
    styles = styling.adopt(document, size)
    body.write(document, laid_out, styles, size)
    pages.dress(document, laid_out, styles)
    footer = document.sections[-1].footer.paragraphs[-1]
    run(footer._element, Words(f" – {view.number}"))
    _, *rows = document.tables[-1]._tbl.tr_lst
    for number, (row, shown) in enumerate(zip(rows, view.actions, strict=True), 1):
        _key(row, number, FORM_MARK + re.sub(r"\W", "_", shown.ref))
    package = document.part.package
    package.core_properties.keywords = view.number
    said = (_PROPERTIES % view.number).encode()
    kind, path = CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, PackURI("/docProps/custom.xml")
    package.relate_to(Part(path, kind, said, package), RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    return parts.pack(document, laid_out)


def _key(row: "Element", number: int, name: str) -> None:
    """Give a row its bookmark, room for an answer, and a status to choose."""
    from cpctrack.render.word.xml import Words, add, children, new, run

    add(children(row, "trPr")[0], "trHeight", val=_ROOM, hRule="atLeast")
    cells = children(row, "tc")
    reference, status = (children(cells[at], "p")[0] for at in (0, _STATUS))
    reference.insert(1, new("bookmarkStart", id=number, name=name))
    add(reference, "bookmarkEnd", id=number)
    for empty in children(status, "r"):
        status.remove(empty)
    # One within a line: LibreOffice keeps no control that is around whole paragraphs.
    control = add(status, "sdt")
    about = add(control, "sdtPr")
    add(about, "alias", val=FORM_COLUMNS["status"])
    add(about, "tag", val=f"{name}_status")
    add(about, "id", val=number)
    add(about, "showingPlcHdr")
    choices = add(about, "dropDownList")
    for words in FORM_STATUSES:
        add(choices, "listItem", displayText=words, value=words)
    run(add(control, "sdtContent"), Words(FORM_CHOOSE, grey=True))

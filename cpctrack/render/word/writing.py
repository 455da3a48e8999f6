"""The appendix as a Word document, in a layout of our own or in a council's template."""

from pathlib import Path
from typing import TYPE_CHECKING

from cpctrack import extras

if TYPE_CHECKING:
    from docx.document import Document

    from cpctrack.render.views.view import AppendixView


def render(view: "AppendixView", template: Path | None = None) -> bytes:
    """Make the document; the same view and template give the same bytes.

    `template` is a document of the user's, whose styles, header, footer and page set-up are taken
    and whose text is not. Raises `RenderError` or `ImportRefusedError` for one that can't be used,
    `MissingExtraError` without python-docx.
    """
    with extras.needed("office", "A Word document"):
        import docx  # noqa: F401
    from cpctrack.render.word import house_style, parts

    if template is None:
        return _make(view, parts.new_document())
    with house_style.blaming(template):
        return _make(view, house_style.open_template(template))


def _make(view: "AppendixView", document: "Document") -> bytes:
    from cpctrack.render.word import body, pages, parts, styling

    styles = styling.adopt(document, narrow=pages.room(document).narrow)
    body.write(document, view, styles)
    pages.dress(document, view, styles)
    parts.describe(document, view)
    return parts.pack(document)

"""The appendix as a Word document, in a layout of our own or in a council's template."""

from pathlib import Path
from typing import TYPE_CHECKING

from cpctrack import extras

if TYPE_CHECKING:
    from docx.document import Document

    from cpctrack.render.view import AppendixView


def render(view: "AppendixView", template: Path | None = None) -> bytes:
    """Make the document; the same view and template give the same bytes.

    `template` is a document of the user's, whose styles, header, footer and page set-up are taken
    and whose text is not. Raises `RenderError` or `ImportRefusedError` for one that can't be used,
    `MissingExtraError` without python-docx.
    """
    with extras.needed("office", "A Word document"):
        import docx  # noqa: F401
    from cpctrack.render import word_parts, word_template

    if template is None:
        return _make(view, word_parts.new_document())
    with word_template.blaming(template):
        return _make(view, word_template.open_template(template))


def _make(view: "AppendixView", document: "Document") -> bytes:
    from cpctrack.render import word_body, word_pages, word_parts, word_styles

    styles = word_styles.adopt(document, narrow=word_pages.room(document).narrow)
    word_body.write(document, view, styles)
    word_pages.dress(document, view, styles)
    word_parts.describe(document, view)
    return word_parts.pack(document)

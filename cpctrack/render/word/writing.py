"""The appendix as a Word document, in a layout of our own or in a council's template."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from cpctrack import extras

if TYPE_CHECKING:
    from cpctrack.render.views.view import AppendixView


def render(view: "AppendixView", template: Path | None = None) -> bytes:
    """Make the document; the same view and template give the same bytes.

    `template` is a document of the user's, whose styles, header, footer and page set-up are taken
    and whose text is not. Raises `RenderError` or `ImportRefusedError` for one that can't be used,
    `MissingExtraError` without python-docx.
    """
    with extras.needed("office", "A Word document"):
        import docx  # noqa: F401
    from docx.shared import Pt

    from cpctrack.render.word import body, house_style, pages, parts, styling

    with house_style.blaming(template) if template else nullcontext():
        document = (
            house_style.open_template(template)
            if template
            else parts.new_document(view.text_size, upright=body.is_upright(view))
        )
        size = body.letters(view, pages.width(document))
        if not template:
            document.styles[styling.CELL].font.size = Pt(size)
        styles = styling.adopt(document, size)
        body.write(document, view, styles, size)
        pages.dress(document, view, styles)
        return parts.pack(document, view)

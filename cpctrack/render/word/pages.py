"""What stands on every page of a Word document: its header, its footer and its marking."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cpctrack.render.word.styling import StyleIds
from cpctrack.render.word.xml import Element, Words, add, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section, _BaseHeaderFooter

    from cpctrack.render.views.view import AppendixView

_A4_WIDTH = 11906
_MARGIN = 1440
_LEAST = 4500  # eight centimetres; a template with less is broken, and Word wants some width


def width(document: "Document") -> int:
    """Measure the width for text in twentieths of a point.

    What a template does not say is A4 with Word's margins.
    """
    section = document.sections[-1]
    left = _twips(section.page_width, _A4_WIDTH) - _twips(section.gutter, 0)
    for side in (section.left_margin, section.right_margin):
        left -= _twips(side, _MARGIN)
    return max(left, _LEAST)


def dress(document: "Document", view: "AppendixView", styles: StyleIds) -> None:
    """Give a document the header and footer that it lacks, and every page its marking."""
    section = document.sections[-1]
    if section.header.is_linked_to_previous:
        named = f"{view.heading}: {view.title} – {view.committee}"
        paragraph(_emptied(section.header), styles.header, Words(named))
    if section.footer.is_linked_to_previous:
        foot = paragraph(_emptied(section.footer), styles.footer)
        for words, instruction in (("Page ", "PAGE"), (" of ", "NUMPAGES")):
            run(foot, Words(words))
            # Word works it out itself; until then it says 1.
            run(add(foot, "fldSimple", instr=instruction), Words("1"))
    if view.page_marking:
        for place in _places(document, section):
            root = _emptied(place) if place.is_linked_to_previous else place.part.element
            root.insert(0, paragraph(root, styles.marking, Words(view.page_marking)))


def _places(document: "Document", section: "Section") -> Iterator["_BaseHeaderFooter"]:
    """List the headers and footers of all pages: the first and the even ones can have their own."""
    yield from (section.header, section.footer)
    first = section.different_first_page_header_footer
    even = document.settings.odd_and_even_pages_header_footer
    for used, place in (
        (first, section.first_page_header),
        (first, section.first_page_footer),
        (even, section.even_page_header),
        (even, section.even_page_footer),
    ):
        if used or not place.is_linked_to_previous:
            yield place


def _emptied(place: "_BaseHeaderFooter") -> Element:
    """Give a page a header or footer of its own with nothing in it."""
    place.is_linked_to_previous = False
    root = place.part.element
    for child in list(root):
        root.remove(child)
    return root


def _twips(length: Any, otherwise: int) -> int:
    return otherwise if length is None else int(length.twips)

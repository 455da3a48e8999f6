"""The text of a Word document: title, facts, summary and tables."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cpctrack.render.views.view import AppendixView, PartView
from cpctrack.render.word.pages import Page, room
from cpctrack.render.word.styling import Styles
from cpctrack.render.word.table import Place, Table, lay_out
from cpctrack.render.word.xml import Element, Words, end, paragraph

if TYPE_CHECKING:
    from docx.document import Document

_WIDE = {
    "full": (17, 22, 38, 32, 60, 30, 42, 26),
    "progress": (26, 26, 34, 54, 29, 42, 28, 28),
}
"""The widths of the columns of each view, in millimetres where the page is A4 on its side."""

_NARROW = {
    "full": (13, 16, 22, 25, 30, 17, 20, 16),
    "progress": (15, 17, 21, 31, 18, 23, 17, 17),
}
"""The same where it is upright: what counts is that each column's longest common word fits."""

_PADDING, _NARROW_PADDING = 80, 40


def write(document: "Document", view: AppendixView, styles: Styles) -> None:
    """Write a view into an empty document."""
    place = _place(room(document), view.view, styles)
    # Made in its place: lxml takes a minute to move a table of some thousand rows.
    body = document.element.body
    section = body.sectPr
    body.remove(section)
    _head(body, view, styles)
    if view.parts:
        for part in view.parts:
            _part(body, part, view.columns, styles.part, place)
    elif view.rows:
        lay_out(body, Table(view.caption, view.summary, view.columns, view.rows), place)
    end(body)
    body.append(section)


def _place(page: Page, name: str, styles: Styles) -> Place:
    return Place(
        style=styles.table,
        cell_style=styles.cell,
        shares=(_NARROW if page.narrow else _WIDE)[name],
        width=page.width,
        height=page.height,
        padding=_NARROW_PADDING if page.narrow else _PADDING,
    )


def _head(body: Element, view: AppendixView, styles: Styles) -> None:
    marking = f"{view.page_marking} – " if view.page_marking else ""
    paragraph(body, styles.title, Words(f"{marking}{view.heading}"))
    paragraph(body, styles.heading, Words(view.title))
    if view.not_for_publication:
        paragraph(body, "", Words(view.not_for_publication, bold=True))
    for name, fact in (
        ("Committee:", view.committee),
        ("Municipal year:", "" if view.parts else view.year),
        ("For the formal meeting of", view.printed_for),
        ("Since the formal meeting of", view.previous_meeting),
        ("Made on", view.made_on),
    ):
        if fact:
            paragraph(body, "", Words(f"{name} {fact}"))
    paragraph(body, "", Words(view.summary), joined=bool(view.rows))


def _part(
    body: Element, part: PartView, columns: Sequence[str], heading: str, place: Place
) -> None:
    paragraph(body, heading, Words(part.title))
    if not part.rows:
        paragraph(body, "", Words(part.none))
        return
    paragraph(body, "", Words(part.introduction), joined=True)
    lay_out(body, Table(part.title, part.count_words, columns, part.rows), place)

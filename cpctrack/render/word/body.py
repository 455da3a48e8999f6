"""The text of a Word document: title, facts, summary and tables."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from cpctrack.render.views.view import AppendixView, GroupView
from cpctrack.render.word import pages
from cpctrack.render.word.styling import StyleIds
from cpctrack.render.word.table import TableRoom, lay_out
from cpctrack.render.word.xml import Element, Words, add, paragraph

if TYPE_CHECKING:
    from docx.document import Document

_WIDE = {
    "full": (17, 22, 38, 32, 60, 30, 42, 26),
    "progress": (26, 26, 34, 54, 29, 42, 28, 28),
    "programme": (30, 96, 58, 50, 33),
}
"""The widths of the columns of each view, in millimetres where the page is A4 on its side."""

_NARROW = {
    "full": (13, 16, 22, 25, 30, 17, 20, 16),
    "progress": (15, 17, 21, 31, 18, 23, 17, 17),
    "programme": (20, 56, 34, 29, 20),
}
"""The same where it is upright: what counts is that each column's longest common word fits."""

_PADDING, _NARROW_PADDING = 80, 40


def write(document: "Document", view: AppendixView, styles: StyleIds) -> None:
    """Write a view into an empty document."""
    page = pages.room(document)
    room = TableRoom(
        style=styles.table,
        cell_style=styles.cell,
        shares=view.widths or (_NARROW if page.narrow else _WIDE).get(view.view, ()),
        width=page.width,
        height=page.height,
        padding=_NARROW_PADDING if page.narrow else _PADDING,
    )
    # Made in its place: lxml takes a minute to move a table of some thousand rows.
    body = document.element.body
    section = body.sectPr
    body.remove(section)
    _head(body, view, styles)
    lay = partial(lay_out, body, shades=view.shades)

    def head(title: str, said: str, rows: Sequence[object]) -> None:
        paragraph(body, styles.part, Words(title))
        paragraph(body, "", Words(said), joined=bool(rows))

    for part in view.parts:
        head(part.title, part.introduction if part.rows else part.none, part.rows)
        if part.rows:
            groups = [GroupView("", "", part.rows)]
            lay(room, view.columns, groups, title=part.title, description=part.count_words)
    of_year = view.groups or [GroupView("", "", each.rows) for each in view.meetings]
    if of_year:
        lay(room, view.columns, of_year, title=view.caption, description=view.summary)
    if view.carried:
        title, said = view.carried_title, view.carried_words
        head(title, said, view.carried)
        lay(room, view.columns, view.carried, title=title, description=said)
    for table in view.tables:
        title, said = table.title, table.introduction
        head(title, said, table.rows)
        if table.rows:
            shared, rows = room._replace(shares=table.widths), [table._replace(title="")]
            lay(shared, table.columns, rows, title=title, description=said)
    # The paragraph that Word wants after a last table, so small that it begins no new page.
    look = add(add(body, "p"), "pPr")
    add(look, "spacing", before=0, after=0, line=20, lineRule="exact")
    add(add(look, "rPr"), "sz", val=2)
    body.append(section)


def _head(body: Element, view: AppendixView, styles: StyleIds) -> None:
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
    paragraph(body, "", Words(view.summary), joined=bool(view.rows or view.tables))

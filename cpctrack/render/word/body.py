"""The text of a Word document: title, facts, summary, headings and tables."""

import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from cpctrack.labels import BAND_COLUMNS, BETWEEN, DECISION
from cpctrack.render.views.view import (
    AppendixView,
    CellView,
    GroupView,
    LineView,
    RowView,
    TableView,
)
from cpctrack.render.widths import MOST_UPRIGHT, column_widths, response_first, text_width
from cpctrack.render.word import pages
from cpctrack.render.word.styling import StyleIds
from cpctrack.render.word.table import (
    PADDING,
    POINT,
    TableAbout,
    TableRoom,
    lay_out,
)
from cpctrack.render.word.xml import Element, Words, add, paragraph, run

if TYPE_CHECKING:
    from docx.document import Document

_SMALLEST = 8.0  # points
_WORD = 20  # letters; a longer one is an address or the like, and may be broken
_ROOM_OF_BOLD = 1.1
_BANDS = len(BAND_COLUMNS)
_CHART_COLUMNS, _CHART_SHARES = ("Of these", "Number"), (4, 1)
_CHART_WIDTH = 0.6  # of the text's


def is_upright(view: AppendixView) -> bool:
    """Tell whether its columns are few enough for a page that stands upright."""
    most = max([len(view.places), *(len(table.columns) for table in view.tables)])
    return most <= MOST_UPRIGHT and view.view != "form"


def letters(view: AppendixView, width: int) -> float:
    """Give the size of the letters in tables, in points, at which no word is cut if that can be.

    It is that of the view, and smaller where many columns share the `width`, in twentieths.
    """
    ems = padding = 0.0
    for at in view.places:
        words = {*view.columns[at].split()}
        words.update(*(row.cells[at].said.split() for row in view.rows))
        ems += max((text_width(word[:_WORD]) for word in words), default=0) * _ROOM_OF_BOLD
        padding += 2 * PADDING
    fits = (width - padding) / POINT / max(ems, 1)
    return max(_SMALLEST, min(view.text_size, math.floor(2 * fits) / 2))


def write(document: "Document", view: AppendixView, styles: StyleIds, size: float) -> None:
    """Write a view into an empty document whose tables have letters of `size` points."""
    room = TableRoom(
        style=styles.grid if view.view == "form" else styles.table,
        cell_style=styles.cell,
        width=pages.width(document),
        size=size,
    )
    # Made in its place: lxml takes a minute to move a table of some thousand rows.
    body = document.element.body
    section = body.sectPr
    body.remove(section)
    _Body(body, view, styles, room).write()
    # The paragraph that Word wants after a last table, so small that it begins no new page.
    look = add(add(body, "p"), "pPr")
    add(look, "spacing", before=0, after=0, line=20, lineRule="exact")
    add(add(look, "rPr"), "sz", val=2)
    body.append(section)


class _Body:
    """Writes a view in its order; all tables of records are as wide, column by column."""

    def __init__(
        self, body: Element, view: AppendixView, styles: StyleIds, room: TableRoom
    ) -> None:
        self._body, self._view, self._styles, self._room = body, view, styles, room
        self._places = view.places
        self._columns = [view.columns[at] for at in self._places]
        self._widths = column_widths(
            self._columns,
            [[cell.as_long for cell in self._cells(row)] for row in view.rows],
            room.width,
            size=room.letters,
            padding=2 * PADDING,
            least=response_first(self._columns),
        )

    def write(self) -> None:
        view = self._view
        self._head()
        for part in view.parts:
            title = f"{DECISION if part.decision else ''}{part.title}"
            if not part.rows:
                self._heading(title, part.none)
                continue
            self._heading(f"{title}: {len(part.rows)}", part.introduction, part.rows)
            self._table([GroupView("", "", part.rows)], title, part.count_words)
        of_year = view.groups or [GroupView("", "", each.rows) for each in view.meetings]
        self._year(of_year, view.caption, view.summary)
        if view.carried:
            self._heading(view.carried_title, view.carried_words, view.carried)
            self._year(view.carried, view.carried_title, view.carried_words)
        for table in view.tables:
            self._heading(table.title, table.introduction, table.rows)
            self._figures(table, self._room)
        # Those of other views are in its tables, or of no use beside all the rows.
        for chart in view.charts if view.parts else ():
            self._heading(chart.title)
            bars = [LineView("", (CellView(b.label), CellView(str(b.number)))) for b in chart.bars]
            table = TableView("", chart.title, "", _CHART_COLUMNS, tuple(bars), _CHART_SHARES)
            width = int(_CHART_WIDTH * self._room.width)
            self._figures(table, self._room._replace(width=width))
        if view.corrections:
            foot = add(self._body, "p")
            add(add(foot, "pPr"), "spacing", before=240)  # as a table has none behind it
            run(foot, Words(view.corrections))

    def _head(self) -> None:
        view, styles = self._view, self._styles
        marking = f"{view.page_marking} – " if view.page_marking else ""
        self._say(f"{marking}{view.heading}", styles.title)
        self._say(view.title, styles.subtitle)
        if view.not_for_publication:
            paragraph(self._body, "", Words(view.not_for_publication, bold=True))
        facts = (view.committee, view.about) if view.about else _facts(view)
        for fact in filter(None, facts):
            self._say(fact)
        self._say(view.summary, joined=bool(view.rows or view.tables))
        if view.above:
            self._say(view.above, joined=True)

    def _year(self, groups: Sequence[GroupView], title: str, said: str) -> None:
        """Write rows under a heading for their meeting and one for their item, or as one table."""
        if groups and not self._view.has_bands:
            self._table(groups, title, said)
            return
        met = ""
        rows = [row for group in groups for row in group.rows]
        for (*meeting, item), of_item in groupby(rows, lambda row: row.cells[:_BANDS]):
            own = tuple(of_item)
            if met != (met := BETWEEN.join(cell.text for cell in meeting)):
                self._say(met, self._styles.heading)
            self._say(item.text, self._styles.part)
            self._table([GroupView("", "", own)], own[0].band, self._view.caption)

    def _heading(self, title: str, said: str = "", rows: Sequence[object] = ()) -> None:
        self._say(title, self._styles.heading)
        if said:
            self._say(said, joined=bool(rows))

    def _say(self, text: str, style: str = "", *, joined: bool = False) -> None:
        paragraph(self._body, style, Words(text), joined=joined)

    def _table(self, groups: Iterable[GroupView], title: str, description: str) -> None:
        cut = [
            (group.title, [LineView(row.ref, self._cells(row), row.exempt) for row in group.rows])
            for group in groups
        ]
        about = TableAbout(title, description, self._view.shades)
        lay_out(self._body, self._room, self._columns, self._widths, cut, about)

    def _figures(self, table: TableView, room: TableRoom) -> None:
        if table.rows:
            about = TableAbout(table.title, table.introduction, self._view.shades)
            lay_out(self._body, room, table.columns, table.widths, [("", table.rows)], about)

    def _cells(self, row: RowView) -> tuple[CellView, ...]:
        return tuple([row.cells[at] for at in self._places])


def _facts(view: AppendixView) -> Iterable[str]:
    """Say what a view is of that has no sentence of its own for it, such as one of a form."""
    for name, fact in (
        ("Committee:", view.committee),
        ("Municipal year:", "" if view.parts else view.year),
        ("For the formal meeting of", view.printed_for),
        ("Since the formal meeting of", view.previous_meeting),
        ("Made on", view.made_on),
    ):
        if fact:
            yield f"{name} {fact}"

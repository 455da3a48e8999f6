"""The progress reports of several committees as one view."""

from collections.abc import Sequence

from cpctrack.labels import BETWEEN
from cpctrack.records.progress import Part
from cpctrack.render.views.frame import Printing, kinds
from cpctrack.render.views.progress import progress_cells, report
from cpctrack.render.views.view import AppendixView, PartView, RowView

_NEW = "New since the formal meeting before"


def together(views: Sequence[AppendixView], printing: Printing) -> AppendixView:
    """Put progress reports into one: in each part the rows of one committee follow another's.

    Each row names its committee, before its meeting. `printing` is of no one committee: its
    settings name all of them.
    """
    names = _short([view.committee for view in views])
    both = [(name, part) for name, view in zip(names, views, strict=True) for part in view.parts]
    parts = [
        _joined(own)
        for key in Part
        if (own := [(name, part) for name, part in both if part.name == key])
    ]
    before = [
        f"{view.previous_meeting} ({name})"
        for name, view in zip(names, views, strict=True)
        if view.previous_meeting
    ]
    return report(printing, parts, year=views[0].year, before="; ".join(before))


def _short(names: Sequence[str]) -> list[str]:
    """Leave out of committees' names what all of them end with behind a comma: their council."""
    ends = {name.rpartition(",")[2] for name in names}
    return [name.rpartition(",")[0] or name for name in names] if len(ends) == 1 else list(names)


def _joined(own: Sequence[tuple[str, PartView]]) -> PartView:
    rows = tuple(_named(row, name) for name, part in own for row in part.rows)
    first = own[0][1]
    if len({part.title for _, part in own}) > 1:  # each committee has a meeting before of its own
        first = first._replace(title=_NEW)
    return first._replace(rows=rows, count_words=kinds(rows))


def _named(row: RowView, committee: str) -> RowView:
    row = row._replace(committee=committee, facts=f"{committee}{BETWEEN}{row.facts}")
    return row._replace(cells=progress_cells(row))

"""The progress reports of several committees as one view."""

from collections.abc import Sequence
from itertools import chain

from cpctrack.render.views.frame import Printing, frame, kinds, summary
from cpctrack.render.views.view import AppendixView, PartView, RowView

_MET = 1
"""The place of the cell that says which meeting a row is of."""


def together(views: Sequence[AppendixView], printing: Printing) -> AppendixView:
    """Put progress reports into one: in each part the rows of one committee follow another's.

    Each row names its committee, above its meeting. `printing` is of no one committee: its settings
    name all of them.
    """
    first = views[0]
    names = _short([view.committee for view in views])
    parts = [_joined(names, [view.parts[at] for view in views]) for at in range(len(first.parts))]
    rows = tuple(row for part in parts for row in part.rows)
    before = [
        f"{view.previous_meeting} ({name})"
        for name, view in zip(names, views, strict=True)
        if view.previous_meeting
    ]
    return frame(
        printing,
        rows,
        title=first.title,
        year=first.year,
        words=summary(rows, rows, first.summary),
        caption=first.caption,
        columns=first.columns,
    )._replace(view=first.view, parts=tuple(parts), previous_meeting="; ".join(before))


def _short(names: Sequence[str]) -> list[str]:
    """Leave out of committees' names what all of them end with behind a comma: their council."""
    ends = {name.rpartition(",")[2] for name in names}
    return [name.rpartition(",")[0] or name for name in names] if len(ends) == 1 else list(names)


def _joined(names: Sequence[str], parts: Sequence[PartView]) -> PartView:
    both = zip(names, parts, strict=True)
    rows = chain.from_iterable([_named(row, name) for row in part.rows] for name, part in both)
    joined = tuple(rows)
    return parts[0]._replace(rows=joined, count_words=kinds(joined))


def _named(row: RowView, committee: str) -> RowView:
    met = row.cells[_MET]
    cells = list(row.cells)
    cells[_MET] = met._replace(text=f"{committee}\n{met.text}")
    return row._replace(cells=tuple(cells))

"""The progress report as a view: its parts and their rows."""

from collections.abc import Iterable, Mapping, Sequence

from cpctrack.dates import long_date
from cpctrack.labels import (
    AGREED,
    BLANKS,
    COLUMNS,
    EVIDENCE,
    EXECUTIVE,
    OVERDUE,
    OVERDUE_BY,
    PROGRESS_COLUMNS,
    TO_AGREE,
)
from cpctrack.records import progress, rolling
from cpctrack.records.calendar import previous_formal
from cpctrack.records.model import Record
from cpctrack.records.printed_status import stated
from cpctrack.records.progress import Part
from cpctrack.records.query import owner_spellings
from cpctrack.render.views.frame import TITLE, Printing, allowed, frame, kinds, unfinished, widths
from cpctrack.render.views.rows import Anchors, Surroundings, cell, row_view
from cpctrack.render.views.strips import scale_of
from cpctrack.render.views.view import AppendixView, CellView, PartView, RowView
from cpctrack.text import fold, one_line

_RESPONSE = list(PROGRESS_COLUMNS).index("response")
_PARTS: Mapping[Part, tuple[str, str]] = {
    Part.TO_AGREE: (
        "Agree as completed",
        "Members are asked to agree that these are done, or to say what is missing.",
    ),
    Part.TO_EXTEND: (
        "Agree a new date",
        "More time was asked for. Members are asked to agree to it, or to say by when instead.",
    ),
    Part.LATE: (
        "Late",
        "Overdue, the longest first, or not heard of since before the last formal meeting.",
    ),
    Part.NEW: ("New", "Agreed at the formal meeting before, or since."),
    Part.OPEN: ("Not finished, from earlier meetings", "Agreed earlier; none of these is late."),
    Part.STOPPED: ("Deferred, or will not be done", "These wait, or nothing more is done."),
    Part.AGREED: (
        "Agreed as completed",
        "The committee has agreed that these are done. They are printed here for the last time.",
    ),
}


def progress_view(records: Iterable[Record], printing: Printing, *, year: str) -> AppendixView:
    """Lay out what `printed_for` is told of every action, in parts since the formal meeting before.

    Exempt records are treated as in `appendix_view`.
    """
    calendar = printing.as_of
    since = calendar.last_formal
    if printing.printed_for:
        since = previous_formal(calendar.formal_days, printing.printed_for)
    may_show = allowed(records, printing)
    divided = progress.divide(
        may_show,
        since=since,
        printed_for=printing.until,
        calendar=calendar,
    )
    shown = [record for part in divided.values() for record in part]
    # The meeting that it is printed for hasn't been held, also where it is printed again later.
    held = min(since, calendar.last_formal)
    refs = frozenset(record.ref for record in may_show)
    spelled, scale = owner_spellings(shown, printing.owners), scale_of(shown, calendar)
    around = Surroundings(calendar, spelled, refs, held, scale=scale)
    anchors = Anchors()
    parts = tuple(
        PartView(
            anchor=anchors.take(f"part-{part}"),
            name=part.value,
            title=title,
            introduction=introduction,
            count_words=kinds(divided[part]),
            rows=tuple(
                [
                    row_view(each, around, anchors, progress_cells, as_printed=False)
                    for each in divided[part]
                ]
            ),
            decision=part.is_decision,
        )
        for part, (title, introduction) in _PARTS.items()
        if divided[part]
    )
    day = long_date(since)
    this_year = f" {calendar.today.year}"
    new = f"New since {day.removesuffix(this_year)}" if day else "New"
    named = [each._replace(title=new) if each.name == Part.NEW else each for each in parts]
    return report(printing, named, year=one_line(year), before=day)


def report(
    printing: Printing, parts: Sequence[PartView], *, year: str, before: str
) -> AppendixView:
    """Make the report of its parts; `before` says when the formal meeting before was."""
    rows = tuple(row for part in parts for row in part.rows)
    columns = tuple(PROGRESS_COLUMNS.values())
    view = frame(
        printing,
        rows,
        title=TITLE,
        year=year,
        words=_summary(parts, rows),
        caption="Actions and recommendations, by how they stand",
        columns=columns,
    )
    said = "The one before was on" if printing.printed_for else "Since the formal meeting of"
    about = (view.about, before and f"{said} {before}.")
    view = view._replace(
        view="progress",
        parts=tuple(parts),
        previous_meeting=before,
        about=" ".join(filter(None, about)),
    )
    return view._replace(widths=widths(view))


def _summary(parts: Iterable[PartView], rows: Sequence[RowView]) -> str:
    """Say what members have to know first: what they decide, what is late, what is left."""
    if not rows:
        return "There is nothing to report."
    left = unfinished(rows)
    late = [row for row in rows if row.overdue]
    longest = max(rows, key=lambda row: row.overdue_days).overdue_by.removeprefix(OVERDUE_BY)
    by = f", {'the longest ' if len(late) > 1 else ''}by {longest}" if longest else ""
    told = (
        (sum(len(part.rows) for part in parts if part.decision), "needs", "need", " a decision"),
        (len(late), "is", "are", f" overdue{by}"),
        (sum(row.cells[_RESPONSE].blank for row in left), "has", "have", " no response yet"),
        (len(left), "is", "are", " not finished in all"),
        (sum(not row.due for row in left), "of them has", "of them have", " no due date"),
    )
    return " ".join(
        f"{count:,} {one if count == 1 else more}{what}."
        for count, one, more, what in told
        if count
    )


def progress_cells(row: RowView) -> tuple[CellView, ...]:
    """Fill the four columns of the report."""
    _, _, _, action, owner, response, _, status = working_cells(row)
    due = row.due if fold(row.due).startswith("due") else f"Due {row.due}"
    # The last move was to the due date that stands before it.
    moves = [each.replace(f": to {row.due}. ", ": ") for each in row.extensions]
    dated = (row.due and due, row.slippage, *moves, row.age_words)
    small = " ".join(f"{one_line(each).rstrip('.')}." for each in dated if each)
    reported, late = "", row.overdue_by or row.attention
    if row.overdue_by and not row.due_iso:
        late += f": {row.overdue_note.removeprefix(OVERDUE)}"
    # What is set as a note alarms: that the committee has agreed does not, nor what it is asked to.
    if late.startswith(TO_AGREE):
        reported, late = late.partition(";")[0].removesuffix(status.text), ""
    quiet = (reported, small, _agreed(row), row.goes_to, status.small)
    return (
        CellView(action.text, action.blank, action.note, small=row.facts),
        owner,
        response,
        CellView(
            status.text,
            note="\n".join(filter(None, (late, row.reopened))),
            small="\n".join(filter(None, quiet)),
            derived=True,
        ),
    )


def working_cells(row: RowView) -> tuple[CellView, ...]:
    """Fill the eight columns that it has in spreadsheets."""
    met = f"{row.meeting_type}, {row.meeting_date or BLANKS['meeting_date']}"
    evidence = EVIDENCE + "; ".join(row.evidence) if row.evidence else ""
    notes = (row.attention, row.reopened, _agreed(row), row.goes_to)
    return (
        CellView(row.ref),
        CellView("\n".join(filter(None, (row.committee, met, row.age)))),
        cell(row.item, BLANKS["item"]),
        cell(row.action or row.recommendation, BLANKS["action"], note=row.exempt_note),
        cell(row.referred_to, BLANKS["owner"]),
        cell("\n".join(filter(None, (row.response, evidence, row.asked))), BLANKS["response"]),
        cell("\n".join(filter(None, (row.due, row.slippage, *row.extensions))), ""),
        CellView(
            row.standing,
            note="\n".join(filter(None, notes)),
            small=_printed(row),
            derived=row.derived,
        ),
    )


def _agreed(row: RowView) -> str:
    return f"{AGREED}{row.agreed_on}" if row.agreed_on else ""


def _printed(row: RowView) -> str:
    """Give the printed cell under its heading, unless it says what the status says, and no more.

    Below stand to which year it was rolled over, and what the executive answered.
    """
    answer = row.acceptance and f"{EXECUTIVE}{row.acceptance}"
    return "\n".join(filter(None, (_follow_up(row), answer)))


def _follow_up(row: RowView) -> str:
    printed = row.follow_up_printed
    if printed and fold(printed).startswith(fold(row.status_words)):
        said, on = stated(printed)
        if said == row.status and on in ("", row.completed_on_iso):
            printed = ""
    rolled = rolling.words(row.rolled_to) if row.rolled_to else ""
    if rolled and rolling.year_in(printed) == row.rolled_to:
        rolled = ""
    return "\n".join(filter(None, (printed and f"{COLUMNS['follow_up']}: {printed}", rolled)))

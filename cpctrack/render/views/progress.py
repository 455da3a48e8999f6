"""The progress report as a view: its parts and their rows."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.labels import AGREED, BETWEEN, BLANKS, COLUMNS, EVIDENCE, EXECUTIVE, PROGRESS_COLUMNS
from cpctrack.records import progress, rolling
from cpctrack.records.calendar import previous_formal
from cpctrack.records.model import Record
from cpctrack.records.printed_status import stated
from cpctrack.records.progress import Part
from cpctrack.records.query import owner_spellings
from cpctrack.render.views.frame import Printing, allowed, frame, kinds, summary
from cpctrack.render.views.rows import Anchors, Surroundings, cell, row_view
from cpctrack.render.views.view import AppendixView, CellView, PartView, RowView
from cpctrack.text import fold, one_line


class _PartWords(NamedTuple):
    title: str
    introduction: str
    none: str


_PARTS: Mapping[Part, _PartWords] = {
    Part.TO_AGREE: _PartWords(
        "Completed, for the committee to agree",
        "Their owners say that these are done. The committee is asked to agree that they are.",
        "Nothing was completed.",
    ),
    Part.AGREED: _PartWords(
        "Agreed as completed",
        "The committee has agreed that these are done. They are printed here for the last time.",
        "The committee has agreed no completion since then.",
    ),
    Part.STOPPED: _PartWords(
        "Deferred or not proceeding",
        "These wait, or will not be done.",
        "Nothing was deferred or stopped.",
    ),
    Part.EXTENDED: _PartWords(
        "Extensions",
        "The due dates of these were moved, or their owners ask for it.",
        "No extension was asked for.",
    ),
    Part.NEW: _PartWords(
        "New",
        "These were agreed at the previous formal meeting or since.",
        "Nothing new was agreed.",
    ),
    Part.OPEN: _PartWords(
        "Still open",
        "These were agreed earlier and are not done; what is overdue comes first.",
        "Nothing else is open.",
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
    around = Surroundings(calendar, owner_spellings(shown, printing.owners), refs, held)
    anchors = Anchors()
    parts = tuple(
        PartView(
            anchor=anchors.take(f"part-{part}"),
            name=part.value,
            title=words.title,
            introduction=words.introduction,
            none=words.none,
            count_words=kinds(divided[part]),
            rows=tuple(
                [
                    row_view(each, around, anchors, progress_cells, as_printed=False)
                    for each in divided[part]
                ]
            ),
        )
        for part, words in _PARTS.items()
    )
    rows = tuple(row for part in parts for row in part.rows)
    return frame(
        printing,
        rows,
        title="Progress on actions and recommendations",
        year=one_line(year),
        words=summary(shown, rows, "There is nothing to report."),
        caption="Actions and recommendations, by how they stand",
        columns=tuple(PROGRESS_COLUMNS.values()),
    )._replace(view="progress", parts=parts, previous_meeting=long_date(since))


def progress_cells(row: RowView) -> tuple[CellView, ...]:
    """Fill the four columns of the report."""
    ref, agreed, item, action, owner, response, due, status = working_cells(row)
    facts = (ref.text, agreed.text.replace("\n", BETWEEN), item.text)
    dated = "\n".join(filter(None, (due.text, status.small)))
    return (
        action._replace(small=BETWEEN.join(filter(None, facts))),
        owner,
        response,
        status._replace(small=dated),
    )


def working_cells(row: RowView) -> tuple[CellView, ...]:
    """Fill the eight columns that it has in spreadsheets."""
    met = f"{row.meeting_type}, {row.meeting_date or BLANKS['meeting_date']}"
    agreed = f"{AGREED}{row.agreed_on}" if row.agreed_on else ""
    evidence = EVIDENCE + "; ".join(row.evidence) if row.evidence else ""
    notes = (row.attention, row.reopened, agreed, row.goes_to)
    return (
        CellView(row.ref),
        CellView("\n".join(filter(None, (met, row.age)))),
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


def _printed(row: RowView) -> str:
    """Give the printed cell under its heading, unless it says what the status says, and no more.

    Below stand to which year it was rolled over, and what the executive answered.
    """
    answer = row.acceptance and f"{EXECUTIVE}{row.acceptance}"
    return "\n".join(filter(None, (_follow_up(row), answer)))


def _follow_up(row: RowView) -> str:
    said, on = stated(row.follow_up_printed)
    same = said == row.status and on in ("", row.completed_on_iso)
    is_said = same and fold(row.follow_up_printed).startswith(fold(row.status_words))
    printed = "" if is_said else row.follow_up_printed
    rolled = rolling.words(row.rolled_to) if row.rolled_to else ""
    if rolled and rolling.year_in(printed) == row.rolled_to:
        rolled = ""
    return "\n".join(filter(None, (printed and f"{COLUMNS['follow_up']}: {printed}", rolled)))

"""The whole document as a view: which records stand in it, its head, its marks and its charts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from cpctrack import __version__, progress
from cpctrack.dates import find_date, long_date, municipal_year
from cpctrack.errors import NotFoundError
from cpctrack.labels import BLANKS, COLUMNS, EXEMPT, NOT_FOR_PUBLICATION, PROGRESS_COLUMNS
from cpctrack.model import Kind, Meeting, MeetingType, Record, Settings, Status
from cpctrack.progress import Part
from cpctrack.query import in_order, latest_meeting
from cpctrack.render.charts import charts
from cpctrack.render.rows import (
    TYPES,
    Anchors,
    Surroundings,
    cell,
    full_cells,
    printable,
    row_view,
)
from cpctrack.render.view import (
    AppendixView,
    CellView,
    ChoiceView,
    MeetingView,
    PartView,
    RowView,
)
from cpctrack.text import fold, one_line

_HEADING = "Appendix 4"
_NO_DUE = "No due date"


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


class Printing(NamedTuple):
    """What a document is made of, beside the records.

    `today` is the day it is made, `printed_for` the formal meeting (ISO) whose pack it goes into,
    `formal_days` are the days (ISO) of all formal meetings, for the age of actions.
    """

    settings: Settings
    today: date
    printed_for: str = ""
    formal_days: Sequence[str] = ()
    include_exempt: bool = False

    @property
    def until(self) -> str:
        """The day (ISO) before which a meeting must have been held to be reported on."""
        return self.printed_for or date.max.isoformat()

    @property
    def as_of(self) -> date:
        """The day that ages and delays are counted to: a pack is never of after its meeting."""
        return min(self.today, find_date(self.printed_for) or self.today)


def appendix_view(records: Iterable[Record], printing: Printing, *, year: str) -> AppendixView:
    """Lay out Appendix 4 of a municipal year as it stands on the day it is made.

    Exempt records are left out unless the printing includes them, which marks them and the document
    as not for publication.
    """
    of_the_year = (record for record in records if record.meeting.year == year)
    shown = in_order(_allowed(of_the_year, printing))
    around = Surroundings(printing.today, printing.formal_days)
    meetings = _meetings(shown, around)
    rows = tuple(row for meeting in meetings for row in meeting.rows)
    safe_year = one_line(year)
    return _view(
        printing,
        rows,
        title=f"Progress on actions and recommendations made in {safe_year}",
        year=safe_year,
        summary=_summary(shown, rows, f"No actions or recommendations were made in {safe_year}."),
        caption=f"Actions and recommendations of {safe_year}, by meeting and agenda item",
        columns=tuple(COLUMNS.values()),
    )._replace(meetings=meetings)


def progress_view(records: Iterable[Record], printing: Printing, *, year: str) -> AppendixView:
    """Lay out what `printed_for` is told of every action, in parts since the formal meeting before.

    Exempt records are treated as in `appendix_view`.
    """
    since = progress.previous_formal(printing.formal_days, printing.until)
    divided = progress.divide(
        _allowed(records, printing),
        since=since,
        printed_for=printing.until,
        today=printing.as_of,
    )
    parts = _parts(divided, Surroundings(printing.as_of, printing.formal_days))
    rows = tuple(row for part in parts for row in part.rows)
    shown = [record for part in divided.values() for record in part]
    return _view(
        printing,
        rows,
        title="Progress on actions and recommendations",
        year=one_line(year),
        summary=_summary(shown, rows, "There is nothing to report."),
        caption="Actions and recommendations, by how they stand",
        columns=tuple(PROGRESS_COLUMNS.values()),
    )._replace(view="progress", parts=parts, previous_meeting=long_date(since))


def year_to_print(
    meetings: Iterable[Meeting],
    settings: Settings,
    *,
    wanted: str = "",
    printed_for: str = "",
    today: date,
) -> str:
    """Choose the municipal year: `wanted`, else that of the latest meeting there was.

    A pack reports what came before it: with `printed_for` (ISO) the latest meeting is the last
    one before that day, if there is one. Raises `NotFoundError` where the store has no meeting in
    the year that is wanted.
    """
    known = list(meetings)
    if wanted:
        _check_year(wanted, {meeting.year for meeting in known})
        return wanted
    before = [meeting for meeting in known if not printed_for or meeting.date < printed_for]
    latest = latest_meeting(before or known)
    return latest.year if latest else municipal_year(today, settings.year_starts)


def check_printed_for(meetings: Iterable[Meeting], day: str, today: date) -> None:
    """Make sure that a pack can be printed for a day (ISO): a formal meeting, or one to come.

    Raises `NotFoundError` naming the formal meetings there were.
    """
    formal = {meeting.date for meeting in meetings if meeting.type is MeetingType.FORMAL}
    if day in formal or day >= today.isoformat():
        return
    latest = ", ".join(long_date(held) for held in sorted(formal, reverse=True)[:3])
    raise NotFoundError(
        f"There was no formal meeting on {long_date(day)}, so no pack was printed for it. "
        + (f"The latest formal meetings: {latest}." if latest else "Name one that is to come.")
    )


def _check_year(wanted: str, known: set[str]) -> None:
    if wanted in known:
        return
    if not known:
        raise NotFoundError(f"The store holds no meetings yet, so none in {wanted}.")
    there_are = ", ".join(sorted(known, reverse=True))
    raise NotFoundError(f"The store has no meeting in {wanted}; it has {there_are}.")


def _allowed(records: Iterable[Record], printing: Printing) -> list[Record]:
    return [record for record in records if printing.include_exempt or not record.exempt]


def _view(
    printing: Printing,
    rows: tuple[RowView, ...],
    *,
    title: str,
    year: str,
    summary: str,
    caption: str,
    columns: tuple[str, ...],
) -> AppendixView:
    committee = one_line(printing.settings.committee)
    marking = _marking(rows)
    named = f"{_HEADING}: {title} – {committee}"
    return AppendixView(
        heading=_HEADING,
        title=title,
        committee=committee,
        year=year,
        made_on=long_date(printing.today.isoformat()),
        made_on_iso=printing.today.isoformat(),
        printed_for=long_date(printing.printed_for),
        printed_for_iso=printing.printed_for,
        summary=summary,
        not_for_publication=_not_for_publication(rows),
        document_title=f"{NOT_FOR_PUBLICATION} – {named}" if marking else named,
        page_marking=marking,
        caption=caption,
        columns=columns,
        blanks=BLANKS,
        meetings=(),
        rows=rows,
        overdue=sum(row.overdue for row in rows),
        exempt_shown=sum(row.exempt for row in rows),
        generator=f"cpctrack {__version__}",
        charts=charts(rows),
        owners=tuple(sorted({owner for row in rows for owner in row.owners}, key=fold)),
        statuses=_statuses(rows),
    )


def _meetings(records: Sequence[Record], around: Surroundings) -> tuple[MeetingView, ...]:
    anchors = Anchors()
    views = []
    for _, of_it in groupby(records, key=lambda record: record.meeting.key):
        own = list(of_it)
        meeting = own[0].meeting
        views.append(
            MeetingView(
                anchor=anchors.take(f"meeting-{meeting.key}"),
                type=TYPES[meeting.type],
                date=long_date(printable(meeting.date)),
                date_iso=printable(meeting.date),
                count_words=_kinds(own),
                rows=tuple([row_view(each, around, anchors, full_cells) for each in own]),
            )
        )
    return tuple(views)


def _parts(divided: Mapping[Part, Sequence[Record]], around: Surroundings) -> tuple[PartView, ...]:
    anchors = Anchors()
    return tuple(
        PartView(
            anchor=anchors.take(f"part-{part}"),
            name=part.value,
            title=words.title,
            introduction=words.introduction,
            none=words.none,
            count_words=_kinds(divided[part]),
            rows=tuple(
                [row_view(each, around, anchors, _progress_cells) for each in divided[part]]
            ),
        )
        for part, words in _PARTS.items()
    )


def _progress_cells(row: RowView) -> tuple[CellView, ...]:
    met = f"{row.meeting_type}, {row.meeting_date or BLANKS['meeting_date']}"
    notes = (row.overdue_note, row.reopened, _agreed(row))
    return (
        CellView(row.ref),
        CellView("\n".join(filter(None, (met, row.age)))),
        cell(row.item, BLANKS["item"], note=row.exempt_note),
        cell(row.action or row.recommendation, BLANKS["action"]),
        cell(row.referred_to, BLANKS["owner"]),
        cell(row.response, BLANKS["response"]),
        cell("\n".join(filter(None, (row.due, row.slippage, *row.extensions))), _NO_DUE),
        CellView(row.standing, note="\n".join(filter(None, notes))),
    )


def _agreed(row: RowView) -> str:
    return f"Agreed by the committee on {row.agreed_on}" if row.agreed_on else ""


def _summary(records: Sequence[Record], rows: Sequence[RowView], none: str) -> str:
    """Count the rows by status, as in “62 actions: 40 open, 22 completed; 3 overdue”."""
    if not records:
        return none
    statuses = Counter(record.status for record in records)
    counts = [f"{statuses[status]} {status.words.lower()}" for status in Status if statuses[status]]
    overdue = sum(row.overdue for row in rows)
    late = f"; {overdue} overdue" if overdue else ""
    return f"{_kinds(records)}: {', '.join(counts)}{late}."


def _kinds(records: Sequence[Record]) -> str:
    kinds = Counter(record.kind for record in records)
    parts = [
        f"{kinds[kind]} {kind.value}{'' if kinds[kind] == 1 else 's'}"
        for kind in Kind
        if kinds[kind]
    ]
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def _statuses(rows: Sequence[RowView]) -> tuple[ChoiceView, ...]:
    counts = Counter(row.status for row in rows)
    return tuple(
        ChoiceView(each.value, each.words, counts[each.value]) for each in Status if counts[each]
    )


def _paragraphs(rows: Iterable[RowView]) -> str:
    notes = (row.exempt_note.removeprefix(EXEMPT) for row in rows if row.exempt)
    return ", ".join(dict.fromkeys(notes))


def _marking(rows: Sequence[RowView]) -> str:
    paragraphs = _paragraphs(rows)
    return f"{NOT_FOR_PUBLICATION} ({paragraphs})" if paragraphs else ""


def _not_for_publication(rows: Sequence[RowView]) -> str:
    count = sum(row.exempt for row in rows)
    if not count:
        return ""
    are = "1 row is" if count == 1 else f"{count} rows are"
    return (
        f"{NOT_FOR_PUBLICATION}. {are} exempt under Schedule 12A of the Local Government Act 1972 "
        f"({_paragraphs(rows)})."
    )

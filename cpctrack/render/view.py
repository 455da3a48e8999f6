"""What a document of Appendix 4 shows: plain strings, flags and numbers, decided only here.

Templates only lay the view out, so that every format agrees. `docs/templates.md` describes it
field by field.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from cpctrack import __version__
from cpctrack.changes import follow_up_stands
from cpctrack.dates import latest_day, long_date, municipal_year
from cpctrack.errors import NotFoundError
from cpctrack.labels import BLANKS, COLUMNS, EXEMPT, OVERDUE
from cpctrack.model import Kind, Meeting, MeetingType, Record, Settings, Status
from cpctrack.query import in_order, is_overdue, latest_meeting
from cpctrack.text import clean, fold, one_line

_TYPES = {MeetingType.FORMAL: "Formal", MeetingType.INFORMAL: "Informal"}
_TAKEN_ANCHORS = ("table",)
_NOT_IN_AN_ANCHOR = re.compile(r"[^a-z0-9]+")


class RowView(NamedTuple):
    """One row of the table; a text is ``""`` where the record has none."""

    anchor: str
    ref: str
    kind: str
    meeting_type: str
    meeting_date: str
    meeting_date_iso: str
    item: str
    recommendation: str
    action: str
    referred_to: str
    owners: tuple[str, ...]
    response: str
    follow_up: str
    standing: str
    status: str
    status_words: str
    tone: str
    due: str
    completed_on: str
    overdue: bool
    overdue_note: str
    exempt: bool
    exempt_note: str


class MeetingView(NamedTuple):
    """A meeting and its rows, in order."""

    anchor: str
    type: str
    date: str
    date_iso: str
    count_words: str
    rows: tuple[RowView, ...]


class AppendixView(NamedTuple):
    """Appendix 4 of one municipal year."""

    heading: str
    title: str
    committee: str
    year: str
    made_on: str
    made_on_iso: str
    printed_for: str
    summary: str
    not_for_publication: str
    caption: str
    columns: tuple[str, ...]
    blanks: Mapping[str, str]
    meetings: tuple[MeetingView, ...]
    rows: tuple[RowView, ...]
    overdue: int
    exempt_shown: int
    exempt_left_out: int
    generator: str


def appendix_view(
    records: Iterable[Record],
    settings: Settings,
    *,
    year: str,
    today: date,
    printed_for: str = "",
    include_exempt: bool = False,
) -> AppendixView:
    """Lay out Appendix 4 of a municipal year as it stands on `today`.

    `printed_for` is the formal meeting (ISO) whose pack it goes into. Exempt records are counted
    and left out unless `include_exempt`, which marks them and the document as not for publication.
    """
    of_the_year = [record for record in records if record.meeting.year == year]
    shown = in_order(record for record in of_the_year if include_exempt or not record.exempt)
    meetings = _meetings(shown, today)
    rows = tuple(row for meeting in meetings for row in meeting.rows)
    exempt = sum(row.exempt for row in rows)
    safe_year = one_line(year)
    return AppendixView(
        heading="Appendix 4",
        title=f"Progress on actions and recommendations made in {safe_year}",
        committee=one_line(settings.committee),
        year=safe_year,
        made_on=long_date(today.isoformat()),
        made_on_iso=today.isoformat(),
        printed_for=long_date(printed_for),
        summary=_summary(shown, rows, safe_year),
        not_for_publication=_not_for_publication(rows),
        caption=f"Actions and recommendations of {safe_year}, by meeting and agenda item",
        columns=tuple(COLUMNS.values()),
        blanks=BLANKS,
        meetings=meetings,
        rows=rows,
        overdue=sum(row.overdue for row in rows),
        exempt_shown=exempt,
        exempt_left_out=len(of_the_year) - len(rows),
        generator=f"cpctrack {__version__}",
    )


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


def _meetings(records: Sequence[Record], today: date) -> tuple[MeetingView, ...]:
    used = set(_TAKEN_ANCHORS)
    views = []
    for _, of_it in groupby(records, key=lambda record: record.meeting.key):
        own = list(of_it)
        meeting = own[0].meeting
        held_on = _text(meeting.date)
        words = long_date(held_on)
        views.append(
            MeetingView(
                anchor=_anchor(f"meeting-{meeting.key}", used),
                type=_TYPES[meeting.type],
                date=words,
                date_iso=held_on,
                count_words=_kinds(own),
                rows=tuple([_row(record, (words, held_on), today, used) for record in own]),
            )
        )
    return tuple(views)


def _row(record: Record, held_on: tuple[str, str], today: date, used: set[str]) -> RowView:
    standing, said = _standing(record)
    overdue = is_overdue(record, today)
    overdue_note = OVERDUE + _was_due(record) if overdue else ""
    return RowView(
        anchor=_anchor(record.ref, used),
        ref=one_line(record.ref),
        kind=record.kind.value,
        meeting_type=_TYPES[record.meeting.type],
        meeting_date=held_on[0],
        meeting_date_iso=held_on[1],
        item=_text(record.item),
        recommendation=_text(record.recommendation),
        action=_text(record.action),
        referred_to=_text(record.referred_to),
        owners=tuple(one_line(owner) for owner in record.owners),
        response=_text(record.response),
        follow_up=f"{standing}\n{overdue_note}" if overdue else standing,
        standing=standing,
        status=record.status.value,
        status_words=record.status.words,
        tone=record.status.value if said else "as-printed",
        due=_due(record),
        completed_on=_date(record.completed_on),
        overdue=overdue,
        overdue_note=overdue_note,
        exempt=record.exempt,
        exempt_note=EXEMPT + _paragraph(record) if record.exempt else "",
    )


def _text(text: str) -> str:
    if not text:
        return ""
    cleaned = clean(text)
    return "" if cleaned.isspace() else cleaned


def _standing(record: Record) -> tuple[str, bool]:
    """Say how the action stands, and whether the words give its status and not something else."""
    words = record.status.words
    printed = _text(record.follow_up)
    if printed and follow_up_stands(record):
        return printed, fold(printed).startswith(fold(words))
    if record.status is Status.COMPLETED and record.completed_on:
        words = f"{words} {_date(record.completed_on)}"
    return words, True


def _due(record: Record) -> str:
    return _date(record.due) or _text(record.due_text)


def _date(iso: str) -> str:
    return long_date(_text(iso)) if iso else ""


def _was_due(record: Record) -> str:
    if record.due:
        return f"due {_date(record.due)}"
    last = latest_day(record.due_text, record.meeting.date)
    assert last is not None  # or it would not be overdue
    return f"due by {long_date(last.isoformat())}"


def _paragraph(record: Record) -> str:
    paragraph = one_line(record.exempt_paragraph)
    return f"paragraph {paragraph}" if paragraph[:1].isdecimal() else paragraph


def _anchor(name: str, used: set[str]) -> str:
    """Make an id for a link from a name; a second one of the same name gets a number."""
    wanted = _NOT_IN_AN_ANCHOR.sub("-", name.lower()).strip("-") or "row"
    anchor = wanted
    count = 1
    while anchor in used:
        count += 1
        anchor = f"{wanted}-{count}"
    used.add(anchor)
    return anchor


def _summary(records: Sequence[Record], rows: Sequence[RowView], year: str) -> str:
    """Count the rows by status, as in “62 actions: 40 open, 22 completed; 3 overdue”."""
    if not records:
        return f"No actions or recommendations were made in {year}."
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
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _not_for_publication(rows: Iterable[RowView]) -> str:
    notes = [row.exempt_note.removeprefix(EXEMPT) for row in rows if row.exempt]
    if not notes:
        return ""
    count = "1 row is" if len(notes) == 1 else f"{len(notes)} rows are"
    paragraphs = ", ".join(dict.fromkeys(notes))
    return (
        f"Not for publication. {count} exempt under Schedule 12A of the Local Government Act "
        f"1972 ({paragraphs})."
    )

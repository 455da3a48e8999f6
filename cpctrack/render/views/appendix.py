"""Appendix 4 of a municipal year as a view: its meetings and their rows."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from cpctrack.dates import long_date, municipal_year
from cpctrack.errors import NotFoundError
from cpctrack.labels import COLUMNS
from cpctrack.records.model import Meeting, MeetingType, Record, Settings
from cpctrack.records.query import in_order, latest_meeting, owner_spellings
from cpctrack.render.views.frame import Printing, allowed, frame, kinds, summary
from cpctrack.render.views.rows import TYPES, Anchors, Surroundings, full_cells, row_view
from cpctrack.render.views.view import AppendixView, MeetingView
from cpctrack.render.words import day, printable
from cpctrack.text import one_line


def agreed_in(records: Iterable[Record], printing: Printing, *, year: str) -> list[Record]:
    """Give what was agreed in a municipal year, up to the meeting it is printed for."""
    return [
        record
        for record in records
        if record.meeting.year == year
        and (not printing.printed_for or record.meeting.date <= printing.printed_for)
    ]


def appendix_view(records: Iterable[Record], printing: Printing, *, year: str) -> AppendixView:
    """Lay out Appendix 4 of a municipal year as it stands on the day it is made.

    It ends with what was agreed at the meeting it is printed for.

    Exempt records are left out unless the printing includes them, which marks them and the document
    as not for publication.
    """
    may_show = allowed(records, printing)
    shown = in_order(agreed_in(may_show, printing, year=year))
    refs = frozenset(record.ref for record in may_show)
    around = Surroundings(printing.calendar_on(printing.today), owner_spellings(shown), refs)
    anchors = Anchors()
    meetings = []
    for _, of_it in groupby(shown, key=lambda record: record.meeting.key):
        own = list(of_it)
        meeting = own[0].meeting
        view = MeetingView(
            anchor=anchors.take(f"meeting-{meeting.key}"),
            type=TYPES[meeting.type],
            date=day(meeting.date),
            date_iso=printable(meeting.date),
            count_words=kinds(own),
            rows=tuple([row_view(each, around, anchors, full_cells) for each in own]),
        )
        meetings.append(view)
    rows = tuple(row for meeting in meetings for row in meeting.rows)
    safe_year = one_line(year)
    until = f" up to {long_date(printing.printed_for)}" if printing.printed_for else ""
    return frame(
        printing,
        rows,
        title=f"Progress on actions and recommendations made in {safe_year}",
        year=safe_year,
        words=summary(
            shown, rows, f"No actions or recommendations were made in {safe_year}{until}."
        ),
        caption=f"Actions and recommendations of {safe_year}, by meeting and agenda item",
        columns=tuple(COLUMNS.values()),
    )._replace(meetings=tuple(meetings))


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
        years = sorted({meeting.year for meeting in known}, reverse=True)
        if not years:
            raise NotFoundError(f"The store holds no meetings yet, so none in {wanted}.")
        if wanted not in years:
            raise NotFoundError(f"The store has no meeting in {wanted}; it has {', '.join(years)}.")
        return wanted
    before = [meeting for meeting in known if not printed_for or meeting.date < printed_for]
    latest = latest_meeting(before or known)
    return latest.year if latest else municipal_year(today, settings.year_starts)


def check_printed_for(meetings: Iterable[Meeting], held_on: str, today: date) -> None:
    """Make sure that a pack can be printed for a day (ISO): a formal meeting, or one to come.

    Raises `NotFoundError` naming the formal meetings there were.
    """
    formal = {meeting.date for meeting in meetings if meeting.type is MeetingType.FORMAL}
    if held_on in formal or held_on >= today.isoformat():
        return
    latest = ", ".join(long_date(held) for held in sorted(formal, reverse=True)[:3])
    raise NotFoundError(
        f"There was no formal meeting on {long_date(held_on)}, so no pack was printed for it. "
        + (f"The latest formal meetings: {latest}." if latest else "Name one that is to come.")
    )

"""Appendix 4 of a municipal year as a view: its meetings and their rows."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from operator import attrgetter

from cpctrack.dates import find_date, long_date, municipal_year
from cpctrack.errors import NotFoundError
from cpctrack.labels import CARRIED, COLUMNS
from cpctrack.records.model import Meeting, MeetingType, Record, Settings
from cpctrack.records.query import in_order, latest_meeting, owner_spellings
from cpctrack.records.rolling import carried_over
from cpctrack.render.views.frame import (
    TITLE,
    Printing,
    allowed,
    frame,
    how_late,
    kinds,
    summary,
    widths,
)
from cpctrack.render.views.rows import TYPES, Anchors, Surroundings, full_cells, row_view
from cpctrack.render.views.view import AppendixView, GroupView, MeetingView
from cpctrack.render.words import day, printable
from cpctrack.text import counted, one_line

_PLACES = {name: place for place, name in enumerate(COLUMNS)}


def agreed_in(records: Iterable[Record], printing: Printing, *, year: str) -> list[Record]:
    """Give what was agreed in a municipal year, up to the meeting it is printed for."""
    of_year = (record for record in records if record.meeting.year == year)
    return [record for record in of_year if printing.reports(record)]


def carried_into(records: Iterable[Record], printing: Printing, *, year: str) -> list[Record]:
    """Give what the table of a municipal year has of earlier ones, if the printing has that."""
    carried = carried_over(records, year) if printing.carried else ()
    return [record for record in carried if printing.reports(record)]


def appendix_view(records: Iterable[Record], printing: Printing, *, year: str) -> AppendixView:
    """Lay out Appendix 4 of a municipal year as it stands on the day it is made.

    It goes as far as what was agreed at the meeting it is printed for, and ends with what is open
    of earlier years, if the printing has that.

    Exempt records are left out unless the printing includes them, which marks them and the document
    as not for publication.
    """
    may_show = allowed(records, printing)
    shown = in_order(agreed_in(may_show, printing, year=year))
    earlier = in_order(carried_into(may_show, printing, year=year))
    around = Surroundings(
        printing.calendar,
        owner_spellings([*shown, *earlier], printing.owners),
        refs=frozenset(record.ref for record in may_show),
        year=year,
        bands=printing.bands,
    )
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
    carried = tuple(
        GroupView(
            f"carried_{number}",
            "",
            tuple([row_view(each, around, anchors, full_cells) for each in of_it]),
        )
        for number, (_, of_it) in enumerate(groupby(earlier, key=lambda each: each.meeting.key))
    )
    carried_rows = tuple(row for group in carried for row in group.rows)
    safe_year = one_line(year)
    until = f" up to {long_date(printing.printed_for)}" if printing.printed_for else ""
    words = summary(
        rows,
        f"{counted(len(rows), 'row')} of {counted(len(meetings), 'meeting')}",
        f"No actions or recommendations were made in {safe_year}{until}.",
    )
    if earlier:
        rows_of_it = counted(len(carried_rows), "row")
        words += f" {CARRIED}: {rows_of_it}{how_late(carried_rows)}."
    every = (*rows, *carried_rows)
    folded = tuple(
        [
            place
            for place in (_PLACES["recommendation"], _PLACES["action"])
            if all(row.cells[place].blank and not row.cells[place].note for row in every)
        ][:1]
    )
    laid = frame(
        printing,
        every,
        title=TITLE,
        year=safe_year,
        words=words,
        caption=f"Actions and recommendations of {safe_year}, by meeting and agenda item",
        columns=tuple(COLUMNS.values()),
        of_year=safe_year,
    )._replace(
        meetings=tuple(meetings),
        folded=folded,
        carried=carried,
        carried_title=CARRIED if carried else "",
        carried_words=(
            f"Agreed before {safe_year} and not finished: {kinds(earlier)}." if carried else ""
        ),
    )
    return laid._replace(widths=widths(laid))


def year_to_print(
    meetings: Iterable[Meeting],
    settings: Settings,
    *,
    wanted: str = "",
    printed_for: str = "",
    rolled_to: Iterable[str] = (),
    today: date,
) -> str:
    """Choose the municipal year: `wanted`, else that of the latest meeting there was.

    A pack reports what came before it: with `printed_for` (ISO) the latest meeting is the last
    one before that day, if there is one. Before the first of all it is the year of the day, or else
    of the meeting that comes first. What was rolled over to the year of that day, or of today,
    is reported there: `rolled_to` are the years that actions were rolled over to. Raises
    `NotFoundError` for a year that is wanted and neither has a meeting nor is that of the day.
    """
    known = list(meetings)
    day = printed_for or today.isoformat()
    own = next((each.year for each in known if each.date == day), "")
    present = own or municipal_year(find_date(day) or today, settings.year_starts)
    years = {meeting.year for meeting in known}
    if wanted:
        if wanted not in {*years, present}:
            has = ", ".join(sorted(years, reverse=True))
            raise NotFoundError(
                f"The store has no meeting in {wanted}; it has {has}."
                if has
                else f"The store holds no meetings yet, so none in {wanted}."
            )
        return wanted
    if present in rolled_to:
        return present
    held = [each for each in known if each.stands and each.date <= today.isoformat()]
    before = [each for each in held if not printed_for or each.date < printed_for]
    if latest := latest_meeting(before or held):
        return latest.year
    ahead = min((each for each in known if each.stands), default=None, key=attrgetter("date"))
    return present if present in years or ahead is None else ahead.year


def check_printed_for(meetings: Iterable[Meeting], held_on: str, today: date) -> None:
    """Make sure that a pack can be printed for a day (ISO): a formal meeting, or one to come.

    Raises `NotFoundError` naming the formal meetings there were.
    """
    on_day = {each.date: each for each in meetings if each.type is MeetingType.FORMAL}
    named = on_day.get(held_on)
    if named and not named.stands:
        raise NotFoundError(
            f"The formal meeting of {long_date(held_on)} is {named.fate}, so it gets no pack; name "
            "another with --meeting."
        )
    if named or held_on >= today.isoformat():
        return
    formal = sorted((day for day, each in on_day.items() if each.stands), reverse=True)
    latest = ", ".join(map(long_date, formal[:3]))
    raise NotFoundError(
        f"There was no formal meeting on {long_date(held_on)}, so no pack was printed for it. "
        + (f"The latest formal meetings: {latest}." if latest else "Name one that is to come.")
    )

"""The work programme as a view: the meetings ahead, and what comes to each."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from cpctrack.dates import long_date
from cpctrack.labels import BLANKS, EXEMPT, PLANNED, PROGRAMME_COLUMNS, REPORT
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Meeting, MeetingType, Record
from cpctrack.records.query import in_order, owner_spellings
from cpctrack.render.views.frame import Printing, allowed, frame, kinds
from cpctrack.render.views.rows import TYPES, Anchors, Surroundings, cell, row_view
from cpctrack.render.views.view import AppendixView, CellView, PartView, RowView
from cpctrack.render.words import named_paragraph, printable
from cpctrack.store.programme import Report
from cpctrack.text import counted, fold, one_line

_GOES = "Goes to this meeting"
_DUE = "Due by then: "
_NO_MEETING = ("on which no meeting is known to be held", "whose meeting is cancelled")
# A report has but few of the fields of a row.
_NO_TEXTS: Mapping[str, Any] = dict.fromkeys(RowView._fields, "") | RowView._field_defaults


class Coming(NamedTuple):
    """What comes to a meeting: actions that go to it, reports, and actions due by then."""

    going: list[Record]
    reports: list[Report]
    due: list[Record]

    @property
    def count_words(self) -> str:
        """How many of each kind there are, in words."""
        actions = kinds([*self.going, *self.due])
        if not self.reports:
            return actions
        reports = counted(len(self.reports), "report")
        return f"{actions.replace(' and ', ', ')} and {reports}" if actions else reports


class Programme(NamedTuple):
    """What comes to each day ahead (ISO), what did not come, and the reports without a day."""

    missed: list[Record]
    ahead: dict[str, Coming]
    undated: list[Report]


def divide(
    records: Iterable[Record], reports: Iterable[Report], days: Iterable[str], calendar: Calendar
) -> Programme:
    """Part what is not finished by where it comes; `days` are those (ISO) of meetings ahead.

    An action stands once: at the meeting that it goes to, else at the first formal one that its
    due date allows. A day that something goes to is there whether a meeting is known or not.
    Whether a report came to a meeting that has been cannot be known, so it is left out.
    """
    today = calendar.today.isoformat()
    programme = Programme([], {day: Coming([], [], []) for day in days}, [])

    def at(day: str) -> Coming:
        return programme.ahead.setdefault(day, Coming([], [], []))

    for record in in_order(each for each in records if each.status.is_open):
        if calendar.did_not_come(record):
            programme.missed.append(record)
        elif record.goes_to:
            at(calendar.held_on(record.goes_to)).going.append(record)
        elif record.status.can_be_overdue and (last := calendar.last_day(record)):
            wanted = max(today, last.isoformat())
            if day := next((day for day in calendar.formal_days if day >= wanted), ""):
                at(day).due.append(record)
    for report in sorted(reports, key=lambda each: (fold(each.title), each.id)):
        day = calendar.held_on(report.meeting)
        if not day:
            programme.undated.append(report)
        elif day >= today:
            at(day).reports.append(report)
    return programme


def programme_view(
    records: Iterable[Record],
    reports: Iterable[Report],
    meetings: Iterable[Meeting],
    printing: Printing,
    *,
    year: str,
) -> AppendixView:
    """Lay out the meetings ahead with what comes to each, and first what was to come and did not.

    Exempt records and reports are treated as in `appendix_view`.
    """
    calendar = printing.as_of
    today = calendar.today.isoformat()
    types = {
        each.date: each.type
        for each in sorted(meetings, key=lambda each: each.type is MeetingType.FORMAL)
        if each.stands and each.date >= today
    }
    shown = allowed(records, printing)
    programme = divide(shown, allowed(reports, printing), types, calendar)
    rows = _Rows(Surroundings(calendar, owner_spellings(shown, printing.owners)))
    parts = []
    if programme.missed:
        said = "These were to come to a meeting that has been, and are not finished."
        missed = Coming(programme.missed, [], [])
        parts.append(rows.part("did-not-come", "Was due and did not come", said, missed))
    for day, coming in sorted(programme.ahead.items()):
        known = f"{TYPES[types[day]]} meeting of {long_date(day)}" if day in types else ""
        parts.append(
            rows.part(
                day,
                known or f"{long_date(day)}, {_NO_MEETING[day in calendar.cancelled]}",
                "What goes to this meeting, the reports planned for it, and what is due by then.",
                coming,
                none="Nothing is planned for it yet.",
            )
        )
    if programme.undated:
        said = "These reports are planned, and no meeting is named for them."
        parts.append(rows.part("no-date", "No date yet", said, Coming([], programme.undated, [])))
    every = tuple(row for part in parts for row in part.rows)
    return frame(
        printing,
        every,
        title="Work programme",
        year=one_line(year),
        words=_summary(programme),
        caption="What comes to which meeting",
        columns=tuple(PROGRAMME_COLUMNS.values()),
    )._replace(view="programme", parts=tuple(parts), charts=())


class _Rows:
    """Lays out parts and their rows, each with an id of its own."""

    def __init__(self, around: Surroundings) -> None:
        self._around = around
        self._anchors = Anchors()

    def part(
        self, name: str, title: str, introduction: str, coming: Coming, *, none: str = ""
    ) -> PartView:
        anchor = self._anchors.take(f"part-{name}")
        return PartView(
            anchor=anchor,
            name=name,
            title=title,
            introduction=introduction,
            none=none,
            count_words=coming.count_words,
            rows=(
                *[self._action(each, goes=True) for each in coming.going],
                *map(self._report, coming.reports),
                *[self._action(each, goes=False) for each in coming.due],
            ),
        )

    def _action(self, record: Record, *, goes: bool) -> RowView:
        def cells(row: RowView) -> tuple[CellView, ...]:
            missed = row.goes_to if self._around.calendar.did_not_come(record) else ""
            notes = (row.overdue_note, row.reopened)
            return (
                CellView(row.ref),
                cell(row.action or row.recommendation, BLANKS["action"], note=row.exempt_note),
                CellView(missed or (_GOES if goes else f"{_DUE}{row.due}")),
                cell(row.referred_to, BLANKS["owner"]),
                CellView(row.standing, note="\n".join(filter(None, notes)), derived=True),
            )

        return row_view(record, self._around, self._anchors, cells, as_printed=False)

    def _report(self, report: Report) -> RowView:
        title, contact = printable(report.title), printable(report.contact)
        why = "\n".join(filter(None, map(printable, (report.when, report.purpose))))
        exempt = EXEMPT + named_paragraph(report.exempt_paragraph) if report.exempt else ""
        told: Mapping[str, Any] = {
            "anchor": self._anchors.take(REPORT),
            "ref": REPORT,
            "kind": REPORT.lower(),
            "item": title,
            "referred_to": contact,
            "owners": (one_line(contact),) if contact else (),
            "standing": PLANNED,
            "tone": "as-printed",
            "overdue": False,
            "exempt": report.exempt,
            "exempt_note": exempt,
            "cells": (
                CellView(REPORT),
                CellView(title, note=exempt),
                cell(why, "Planned for this meeting" if report.meeting else "No date yet"),
                cell(contact, BLANKS["owner"]),
                CellView(PLANNED),
            ),
        }
        return RowView(**{**_NO_TEXTS, **told})


def _summary(programme: Programme) -> str:
    """Count what comes, as in “2 meetings ahead, with 1 action and 3 reports.”."""
    every = programme.ahead.values()
    whole = Coming(
        [record for each in every for record in each.going],
        [report for each in every for report in each.reports],
        [record for each in every for record in each.due],
    )
    days = counted(len(programme.ahead), "meeting")
    said = [f"{days} ahead, with {whole.count_words or 'nothing planned yet'}."]
    if programme.missed:
        said.append(f"Did not come when planned: {kinds(programme.missed)}.")
    if programme.undated:
        said.append(f"No date yet: {counted(len(programme.undated), 'report')}.")
    return " ".join(said)

"""Counting what was raised, answered and closed in one store or in several."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cpctrack.dates import long_date, municipal_year
from cpctrack.errors import UsageError
from cpctrack.records import statistics
from cpctrack.records.calendar import Calendar
from cpctrack.records.owners import together
from cpctrack.records.settings import contacts
from cpctrack.records.statistics import By, Case, Period, Statistics
from cpctrack.render import documents
from cpctrack.render.documents import Format
from cpctrack.render.views.frame import Printing
from cpctrack.render.views.statistics import statistics_view
from cpctrack.render.views.view import AppendixView
from cpctrack.store.conflicts import require_settled
from cpctrack.store.council import refuse_private
from cpctrack.store.store import Store
from cpctrack.tasks.print_view import templates_of
from cpctrack.text import one_line

_MOST_NAMED = 3


class Wanted(NamedTuple):
    """What to count: a municipal year, or the days from `since` (ISO) to `until`.

    Without either it is the municipal year that it is; the last day is today at the latest.
    """

    year: str = ""
    since: str = ""
    until: str = ""
    by: By | None = None
    include_exempt: bool = False


class Counted(NamedTuple):
    """What was counted, and how many exempt records, which are for the clerk alone, were not."""

    told: Statistics
    left_out: int


def count(held: Sequence[Store], wanted: Wanted, today: date) -> Counted:
    """Count the records of these stores; raises `UsageError` for a period that can't be counted."""
    periods, earlier = zip(*(_periods(wanted, each, today) for each in held), strict=True)
    now, before = (_cases(held, of_each, today) for of_each in (periods, earlier))
    left_out = 0
    if not wanted.include_exempt:
        left_out = sum(case.record.exempt for case in now)
        now, before = (
            [case for case in found if not case.record.exempt] for found in (now, before)
        )
        refuse_private(held)
    owners = together(each.owners for each in held)
    told = Statistics(
        period=_together(periods),
        committees=[one_line(each.settings.committee) for each in held],
        cases=now,
        figures=statistics.figures(now),
        period_before=_together(earlier),
        before=statistics.figures(before) if before else None,
        by=wanted.by,
        groups=statistics.groups(now, wanted.by, owners) if wanted.by else (),
    )
    return Counted(told, left_out)


def lay_out(held: Sequence[Store], told: Statistics, today: date) -> AppendixView:
    """Lay out the figures of these stores."""
    names = told.committees
    named = "; ".join(names) if len(names) <= _MOST_NAMED else f"{len(names)} committees"
    contact = contacts(each.settings for each in held)
    settings = held[0].settings._replace(committee=named, contact=contact)
    return statistics_view(told, Printing(settings, Calendar(today)))


def document(held: Sequence[Store], view: AppendixView, made: Format) -> bytes:
    """Make a document of the figures, with the templates beside the store where it is one.

    Raises `StoreError` where conflicts are to be settled, `RenderError`, `MissingExtraError`.
    """
    for each in held:
        require_settled(each.document)
    folder = templates_of(held[0].path) if len(held) == 1 else None
    return documents.render(view, made, folder=folder)


def _cases(held: Iterable[Store], periods: Iterable[Period], today: date) -> list[Case]:
    """Give what there was to do in the period of each store."""
    return [
        case
        for each, period in zip(held, periods, strict=True)
        for case in statistics.cases(
            each.records, each.calendar(today), period, one_line(each.settings.committee)
        )
    ]


def _periods(wanted: Wanted, of: Store, today: date) -> tuple[Period, Period]:
    """Give the days that are wanted of a store, and the same a year earlier."""
    day, starts = today.isoformat(), of.settings.year_starts
    if wanted.year and (wanted.since or wanted.until):
        raise UsageError("--year names all days of a year; leave it out, or --since and --until.")
    if wanted.until and not wanted.since:
        raise UsageError("--until is the last day; name the first one with --since DATE, too.")
    if wanted.since:
        period = Period(wanted.since, min(wanted.until or day, day))
        if wanted.until and wanted.until < wanted.since:
            raise UsageError(
                f"{long_date(wanted.until)} is before {long_date(wanted.since)}; name the earlier "
                "day with --since, the later one with --until."
            )
    else:
        year = wanted.year or municipal_year(today, starts)
        period = statistics.year_period(year, starts, of.meetings.values(), today)
    if period.since > day:
        raise UsageError(
            f"{long_date(period.since)}, the first day to be counted, is still to come; name an "
            "earlier one with --since, or an earlier year with --year."
        )
    return period, statistics.year_before(period, starts, of.meetings.values(), today)


def _together(periods: Sequence[Period]) -> Period:
    """Give the days of all periods: the years of two committees need not begin on one day."""
    since, until = min(each.since for each in periods), max(each.until for each in periods)
    return Period(since, until, periods[0].year)

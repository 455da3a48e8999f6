"""What goes from one municipal year to the next: in words, as a change, and among which. Pure."""

import re
from collections.abc import Iterable

from cpctrack.dates import long_date, parse_municipal_year
from cpctrack.errors import DateError, DecisionError
from cpctrack.labels import ROLLED_OVER
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Record, Status

_ROLLED = re.compile(
    r"\s*(?:this |it )?(?:(?:has been|is|was) )?"
    r"(?:rolled|carried)[ -](?:over|forward|on) (?:in)?to "
    r"(?:the )?(?:municipal year )?(?P<year>(?:20)?\d\d ?[/–-] ?(?:20)?\d\d)(?![\d/])"
    r"(?: municipal year)?[\s.;:,–-]*",
    re.ASCII | re.IGNORECASE,
)


def carried_over(records: Iterable[Record], year: str) -> list[Record]:
    """Give what is open of the municipal years before this one."""
    return [each for each in records if each.status.is_open and each.meeting.year < year]


def roll_over(record: Record, to: str, author: Author) -> Record:
    """Record that an open action goes on in a later municipal year; its status stays as it is.

    Raises `DecisionError` as `check` does.
    """
    check(record, to)
    return amend(record, {"rolled_to": to}, author)


def check(record: Record, to: str) -> None:
    """Refuse to roll over what is closed, or to a year too early; raises `DecisionError`.

    It must be later than the action's own, and not earlier than the one it was rolled over to.
    """
    if not record.status.is_open:
        raise DecisionError(
            f"{record.ref} is “{record.status.words}”, so nothing of it is left to roll over."
        )
    latest = max(record.meeting.year, record.rolled_to)
    if to < latest or to == record.meeting.year:
        how = "rolled over to" if record.rolled_to == latest else "of"
        raise DecisionError(
            f"{record.ref} is {how} {latest} and can't be rolled over to {to}; give a later year "
            "with --to."
        )


def words(year: str) -> str:
    """Say what a table prints of an action that went on in a later year."""
    return f"{ROLLED_OVER}{year} municipal year"


def cell_of(record: Record) -> str:
    """Give what the tables of the years before print under Needs Follow Up.

    Where another body's cell said it, it stays to the letter; an action that is closed by now says
    how it ended.
    """
    if record.status.is_open:
        said = year_in(record.follow_up) == record.rolled_to
        return record.follow_up if said else words(record.rolled_to)
    on = long_date(record.completed_on) if record.status is Status.COMPLETED else ""
    ended = f"{record.status.words.lower()} {on}".strip()
    return f"{words(record.rolled_to)}; {ended}"


def year_in(cell: str) -> str:
    """Give the municipal year that a printed cell says an action was rolled over to, or nothing."""
    match = _ROLLED.match(cell)
    try:
        return parse_municipal_year(match["year"]) if match else ""
    except DateError:
        return ""


def beside_year(cell: str) -> str:
    """Give what a printed cell says besides: how the action stands."""
    return _ROLLED.sub("", cell, count=1) if year_in(cell) else cell

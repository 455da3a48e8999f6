"""Telling which day words are read as, where they do not name it themselves."""

from collections.abc import Iterable, Iterator
from datetime import date

from cpctrack import timing
from cpctrack.cli.output.plan import number_of, section
from cpctrack.dates import long_date
from cpctrack.due import read_due
from cpctrack.text import shorten

Read = tuple[str, date | None]
"""The words of a due date, and the last day that they allow."""

_WAITS = "falls due once the store knows that meeting (“cpctrack meeting”)"
_FEW = 5
_LONGEST = 60


def sentences(read: Iterable[Read]) -> list[str]:
    """Say once of each of these words which day they are read as, or what they wait for.

    Nothing is said of “March 2023”, which names its day, and of “Ongoing”, which has none.
    """
    told: dict[str, None] = {}
    for text, last in read:
        if last and not read_due(text).moment:
            told[f"“{shorten(text, _LONGEST)}” is read as {long_date(last.isoformat())}"] = None
        elif not last and timing.awaits_meeting(text):
            told[f"“{shorten(text, _LONGEST)}” {_WAITS}"] = None
    return list(told)


def in_plan(read: Iterable[Read]) -> Iterator[str]:
    """Give the part of a plan that tells of these words: how many, and the first few."""
    told = sentences(read)
    explained = (
        f"{number_of(len(told), 'due date')} in words; a day without its year is the next one"
    )
    return section("When words are due", explained, told, _FEW)

"""What every check is made of, and the words they share."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from cpctrack.dates import is_iso, long_date, parse_municipal_year
from cpctrack.errors import CpctrackError
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import NOTHING, Meeting, Record, Settings
from cpctrack.records.owners import Owners
from cpctrack.store import owners
from cpctrack.store.codec import OWNERS, Document
from cpctrack.text import shorten

WIDTH = 60
"""How much of a text a message quotes."""

AFTER_A_MERGE = "after a merge in git, “cpctrack resolve --from-git” puts it right"

NOTHING_ELSE: Document = {}

_MOST_NAMED = 5

_T = TypeVar("_T")
_K = TypeVar("_K")


class Tier(StrEnum):
    """How bad a problem is."""

    DAMAGED = "damaged"
    CONTRADICTORY = "contradictory"
    ATTENTION = "attention"

    @property
    def words(self) -> str:
        """The tier as a heading."""
        return "Needs attention" if self is Tier.ATTENTION else self.value.capitalize()


class Problem(NamedTuple):
    """What a check found.

    `ref` is a record's reference, a meeting's or publication's id, ``settings``, or the name of a
    copy of the store.
    """

    name: str
    tier: Tier
    ref: str
    field: str
    message: str


class Subject(NamedTuple):
    """What is checked: records in printed order, meetings by id, settings, and the calendar.

    `document` has the store's other tables, as the file holds them; `elsewhere` are the records of
    all stores that are at hand, by prefix and reference, and `copies` the names of the store's
    copies that nobody has brought in.
    """

    records: tuple[Record, ...]
    meetings: Mapping[str, Meeting]
    settings: Settings
    calendar: Calendar
    document: Document = NOTHING_ELSE
    elsewhere: Mapping[str, Mapping[str, Record]] = NOTHING
    copies: tuple[str, ...] = ()

    @property
    def today(self) -> date:
        """The day it is."""
        return self.calendar.today

    @property
    def owners(self) -> Owners:
        """What is known of owners."""
        return owners.read(self.document.get(OWNERS, {}))


Findings = Iterable[tuple[str, str]]
"""What a check has to say: of which record or meeting, and the message."""


class Check(NamedTuple):
    """One invariant: `rule` says in a sentence what holds when all is well."""

    name: str
    tier: Tier
    field: str
    rule: str
    find: Callable[[Subject], Findings]


class Checks(list[Check]):
    """The checks of one tier, in the order in which their functions stand.

    A function's name is the check's, as in ``no_owner`` for “no-owner”, and its docstring the rule.
    """

    def __init__(self, tier: Tier) -> None:
        super().__init__()
        self._tier = tier

    def add(self, field: str) -> Callable[[Callable[[Subject], Findings]], Check]:
        """Make a check of the function that comes next; `field` is the one it is told of."""

        def made(find: Callable[[Subject], Findings]) -> Check:
            name = find.__name__.replace("_", "-")
            self.append(Check(name, self._tier, field, find.__doc__ or "", find))
            return self[-1]

        return made


def is_year(text: str) -> bool:
    """Tell whether this is a municipal year as the store writes it."""
    try:
        return parse_municipal_year(text) == text
    except CpctrackError:
        return False


def is_before(one: str, other: str) -> bool:
    """Tell whether one day is before another; what is no day is before nothing."""
    return one < other and is_iso(one) and is_iso(other)


def by(things: Iterable[_T], key: Callable[[_T], _K]) -> dict[_K, list[_T]]:
    """Group things by a key, in the order in which they come."""
    groups: dict[_K, list[_T]] = defaultdict(list)
    for thing in things:
        groups[key(thing)].append(thing)
    return groups


def quoted(text: str) -> str:
    """Quote the beginning of a text."""
    return f"“{shorten(text, WIDTH)}”"


def dated(iso: str) -> str:
    """Write a stored date for a message, whatever stands there."""
    return shorten(long_date(iso), WIDTH)


def listed(words: Iterable[str]) -> str:
    """Name a few words, and how many more there are."""
    every = list(words)
    more = len(every) - _MOST_NAMED
    return ", ".join(every[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

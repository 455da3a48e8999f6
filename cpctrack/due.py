"""When something is due, as people write it: a day with words around it, several days, or vaguely.

Patterns are texts until they are first asked for: most commands read no due date.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from cpctrack import timing
from cpctrack.dates import (
    CLOCK,
    DEFAULT_YEAR_STARTS,
    MONTH_WORDS,
    ORDINALS,
    PLAIN,
    TERMS,
    WEEKDAY_WORDS,
    Terms,
    find_date,
    full_year,
    month_end,
    month_number,
    parse_date,
)
from cpctrack.errors import DateError
from cpctrack.text import shorten

_FLAGS = re.ASCII | re.IGNORECASE | re.VERBOSE
_MOMENT = rf"""(?<![\w/])(?:
    (?P<exact>
        (?:(?:(?:dd?ydd|nos)\s+)?(?:{WEEKDAY_WORDS})\.?,?\s+)?
        (?: \d{{4}}-\d{{2}}-\d{{2}}
          | \d{{1,2}}\s?(?P<sep>[/.-])\s?\d{{1,2}}\s?(?P=sep)\s?(?:\d{{4}}|\d{{2}})
          | \d{{1,2}}(?:{ORDINALS})?[\s-]*(?:of?\s+)?(?:{MONTH_WORDS})\.?,?[\s-]*(?:\d{{4}}|\d{{2}})
          | (?:{MONTH_WORDS})\.?\s+\d{{1,2}}(?:{ORDINALS})?,?\s+\d{{4}}
        )
        (?:{CLOCK})?
    )
  | (?P<month>{MONTH_WORDS})\.?,?[\s-]+(?P<year>(?!0000)\d{{4}}|(?P<quote>['’])?\d{{2}})
)(?![\w/:]|[.-]\d)"""
# What says a time and names no day; a year of two figures only beside what has years.
_VAGUELY = rf"""(?<![\w/.-])(?:
    \d{{1,2}}(?:{ORDINALS})?[\s-]+(?:of?\s+)?(?:{MONTH_WORDS})\b
  | (?:{MONTH_WORDS})\.?[\s-]+\d{{1,2}}(?:{ORDINALS})
  | (?:(?:{MONTH_WORDS})\s*/\s*)?(?:{MONTH_WORDS})\.?,?[\s-]+\d{{4}}
  | (?:q[1-4]|h[12]|(?:quarter|qtr)\s+[1-4]|[1-4](?:st|nd|rd|th)\s+(?:quarter|half|week))
    (?:[\s,/-]+(?:of\s+)?(?:\d{{4}}|\d{{2}}[/-]\d{{2}}))?
  | (?:fy|years?|spring|summer|autumn|winter|term)\s+\d{{2}}[/-]\d{{2}}
  | (?:19|20)\d{{2}}(?:\s?[/-]\s?(?:\d{{4}}|1[3-9]|[2-9]\d))?
  | \d{{1,3}}(?:\s*(?:-|to|or)\s*\d{{1,3}})?[\s-]*(?:working\s+|calendar\s+)?
    (?:day|week|month|year|term|quarter|meeting|cycle)s?(?:ly)?\b
)(?![\w/]|[.-]\d)"""
_LONGEST = 300  # letters; more is a note


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_FILLERS = _set(
    "a and an as at be before board business but by close cob committee completion "
    "council date day deadline due during early end ending eod est estimated every "
    "expected final finish first following for from half if in is it its late later latest "
    "meeting mid middle no not now of on ongoing onward onwards or planned possible report "
    "review reviewed second since start starting starts target tbc than that the then thereafter "
    "third this till time to until update with within "
    "ar cyn dechrau diwedd dyddiad erbyn hyd o y yn ym yng & +"
)
_TIMES = _set(
    "annual annually asap autumn beginning calendar christmas commencing cycle daily easter "
    "financial following forthwith fortnight fortnightly immediate immediately meeting meetings "
    "month monthly months municipal next quarter quarterly quarters soon spring summer term termly "
    "terms week weekly weeks winter year yearly years "
    "gaeaf gwanwyn haf"
) | {*MONTH_WORDS.split("|"), *WEEKDAY_WORDS.split("|")}  # fmt: skip
_NEUTRAL = _set(
    "agreed at be business by before close cob committee completion cop date day deadline due end "
    "eod est estimated expected final finish for is latest later meeting midnight no noon not of "
    "on or planned play target than the till until "
    "ar cyn diwedd dyddiad erbyn hyd"
)
_WAS = _set(
    "first former formerly initial initially old original originally previous previously prior "
    "was were gwreiddiol gynt"
)
_IS_NOW = _set(
    "amended current currently extended new now rescheduled revised updated > → diwygiedig newydd"
)
_MOVED = _set(
    "amended back carried changed deferred delayed extended extension moved postponed pushed put "
    "rescheduled revised slip slippage slipped"
)
_NOT, _LATER = _set("no not"), _set("later latest")
_JOINS = _set("and or to & + a ac neu")
_STARTS = _set("from onward onwards since after thereafter commencing beginning ending o")


class _Role(Enum):
    """What the words at a date say of it beside others."""

    NONE = ""
    WAS = "was"
    IS_NOW = "is now"
    JOINED = "and"


_MARKED = frozenset({_Role.WAS, _Role.IS_NOW})


class Moment(NamedTuple):
    """A day, or a month, as it is printed in a text; `last` is the last day that it allows."""

    text: str
    day: date | None
    last: date

    @property
    def iso(self) -> str:
        """The day as stored, or nothing where it is none."""
        return self.day.isoformat() if self.day else ""


class When(NamedTuple):
    """What a text, which is kept to the letter, says of when something is due.

    `moment` is the day or month that counts, None where there is none; `earlier` are those that it
    was before, the first one first. `why` is what a person should look at, in words that begin
    with what is meant, and `is_wrong` tells that there stands a day that never is. `is_time` tells
    whether it says a time that can be read, be it only “Spring term”.
    """

    text: str
    moment: Moment | None = None
    earlier: tuple[Moment, ...] = ()
    why: str = ""
    is_time: bool = False
    is_wrong: bool = False

    @property
    def iso(self) -> str:
        """The day as stored, or nothing where it names none."""
        return self.moment.iso if self.moment else ""


class _Found(NamedTuple):
    """What looks like a date in a text, and why it may be none; it is none without `moment`."""

    moment: Moment | None
    start: int
    end: int
    why: str = ""


@lru_cache(maxsize=4096)
def read_due(text: str, *, month_first: bool = False) -> When:
    """Read when something is due; what can't be read is told in `When.why`, nothing is raised.

    “by 30 June 2023” and “before 30 June 2023” are due on that day: clerks write the deadline.
    `month_first` reads figures as M/D/Y.
    """
    if day := find_date(text, month_first=month_first):
        return When(text, Moment(text.strip(), day, day), is_time=True)
    plain = text.translate(PLAIN)
    if not re.search(r"\d", plain) or len(plain) > _LONGEST:
        return _vague(text, plain, ())
    found = [_found(match, text, month_first) for match in re.finditer(_MOMENT, plain, _FLAGS)]
    roles = _roles(plain, found)
    wrong = next((one.why for one in found if one.moment is None), "")
    if None in roles or not found:
        when = _vague(text, plain, found)
    else:
        when = _weighed(text, found, roles)
    return when._replace(why=wrong, is_wrong=True) if wrong else when


def latest_day(
    due_text: str,
    agreed_on: str,
    *,
    terms: Terms = TERMS,
    formal_days: Sequence[str] = (),
    year_starts: str = DEFAULT_YEAR_STARTS,
) -> date | None:
    """Give the last day a vague due date allows, or None where it allows no such reading.

    “March 2023” and “end of March 2023” allow 31 March. `agreed_on` (ISO) is the meeting from
    which “in 6 weeks” and “by the next meeting” count, and after which “27 July” is the next one.
    `formal_days` are the formal meetings (ISO) that are known, in order; `year_starts` is
    ``MM-DD``.
    """
    if moment := read_due(due_text).moment:
        return moment.last
    if (start := find_date(agreed_on)) is None:
        return None
    return timing.last_day(
        due_text, start, terms=terms, formal_days=formal_days, year_starts=year_starts
    )


def _found(match: re.Match[str], text: str, month_first: bool) -> _Found:
    """Give a date that was found, or why it is none; the printed letters are those of `text`."""
    start, end = match.span()
    printed = text[start:end]
    if match["exact"]:
        try:
            day = parse_date(printed, month_first=month_first)
        except DateError as error:
            why = str(error).partition(";")[0]
            if find_date(printed, month_first=not month_first):
                why += f", unless its {'day' if month_first else 'month'} stands first"
            return _Found(None, start, end, why)
        return _Found(Moment(printed, day, day), start, end)
    figures = match["year"].lstrip("'’")
    year, month = full_year(figures), month_number(match["month"])
    last = month_end(year, month)
    is_unsure = len(figures) == 2 and not match["quote"] and int(figures) <= 31
    return _Found(
        Moment(printed, None, last), start, end, "may mean a day or a year" if is_unsure else ""
    )


def _roles(plain: str, found: Sequence[_Found]) -> list[_Role | None]:
    """Tell of each date what the words around it say of it, None where they say something else."""
    roles: list[_Role | None] = []
    before, goes_on = plain[: found[0].start] if found else "", False
    for at, one in enumerate(found):
        role = _role(before)
        if roles and "-" in before and not _words(before):
            role = _Role.JOINED
        if role is _Role.JOINED and roles[-1:] == [_Role.WAS] and _words(before) == {"to"}:
            role = _Role.IS_NOW
        elif goes_on and roles[-1] in _MARKED and role in (_Role.NONE, _Role.JOINED):
            role = roles[-1]
        if at + 1 < len(found):
            gap = plain[one.end : found[at + 1].start]
            goes_on = not re.search(r"[)\]\n]", gap)
            ways = list(_divided(gap))
            after, before = next((way for way in ways if None not in map(_role, way)), ways[-1])
        else:
            after = plain[one.end :]
        behind = _role(after)
        if role is _Role.NONE and behind is not _Role.JOINED:
            role = behind
        elif behind not in (_Role.NONE, role):
            role = None
        roles.append(role)
    return roles


def _divided(gap: str) -> Iterator[tuple[str, str]]:
    """Give the ways in which words between two dates may be of the one before or the one behind."""
    for end in (re.search(r"[)\]]", gap), re.search(r"\n", gap)):
        if end:
            yield gap[: end.end()], gap[end.end() :]
    yield "", gap


def _role(part: str) -> _Role | None:
    words = _words(
        re.sub(r"\b\d{1,2}(?:[.:]\d\d)?\s?(?:[ap]m|noon)\b", "", part, flags=re.IGNORECASE)
    )
    if words and words <= _JOINS:
        return _Role.JOINED
    if words & _NOT and not words & _LATER:  # “not before 30 June” is when it may begin
        return None
    if "by" in words:
        words -= {"complete", "completed", "to"}
    moved = words & _MOVED
    words -= _NEUTRAL
    if not words:
        return _Role.NONE
    if moved and words <= _MOVED | {"from"} and "from" in words:
        return _Role.WAS
    if moved and words <= _MOVED | {"to", ">"} and "to" in words:
        return _Role.IS_NOW
    if words <= _WAS:
        return _Role.WAS
    return _Role.IS_NOW if words <= _IS_NOW else None


def _words(part: str) -> set[str]:
    """Give the words of a text, and signs that are more than punctuation."""
    return set(re.findall(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s,.;:()\[\]-]", part.casefold()))


def _weighed(text: str, found: Sequence[_Found], roles: Sequence[_Role | None]) -> When:
    """Tell which of the dates counts, and what it was before."""
    moments: dict[_Role | None, list[Moment]] = {role: [] for role in _Role}
    for one, role in zip(found, roles, strict=True):
        if one.moment:
            moments[role].append(one.moment)
    unmarked = moments[_Role.NONE] + moments[_Role.JOINED]
    before, now = moments[_Role.WAS], moments[_Role.IS_NOW] or unmarked
    said = f"“{shorten(text, 60)}”"
    if not any(role in _MARKED for role in roles):
        # Beside “slipped from March 2016”, “May 16” is a month.
        if unsure := next((one.why for one in found if one.moment and one.why), ""):
            return When(text, why=f"{said} {unsure}")
        if len(now) > 1 and (moments[_Role.JOINED] or not all(one.day for one in now)):
            return When(text, why=f"{said} gives several dates")
    elif now is not unmarked:
        before += unmarked
    if not now:
        last = before[-1] if before else None
        return When(
            text,
            last,
            why=f"{said} gives only the date that it was before",
            is_time=last is not None,
        )
    moment = max(now, key=attrgetter("last"))
    earlier = {one.last: one for one in (*before, *now) if one.last != moment.last}
    if max(earlier, default=moment.last) > moment.last:
        return When(text, moment, why=f"{said} moves the date to an earlier one", is_time=True)
    return When(text, moment, tuple(earlier[last] for last in sorted(earlier)), is_time=True)


def _vague(text: str, plain: str, found: Sequence[_Found]) -> When:
    """Read words around a time that names no day: “From April 2023”, “in 12 months”."""
    exact = [one for one in found if one.moment and one.moment.day]
    for one in exact:
        plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
    plain = re.sub(r"\bw/?[ce]\b", "commencing", plain, flags=re.IGNORECASE)
    has_figures = re.search(r"\d", text) is not None
    times = 0
    if has_figures and len(plain) <= _LONGEST:
        plain, times = re.subn(_VAGUELY, " ", plain, flags=_FLAGS)
    words = _words(plain)
    if words & {"by", "be"}:
        words -= {"complete", "completed"}
    is_time = bool(times or words & _TIMES or exact) and words <= _FILLERS | _TIMES
    if timing.is_settled(text):
        return When(text, is_time=True)
    if (is_time and (not exact or words & _STARTS)) or not has_figures:
        return When(text, is_time=is_time)
    return When(text, why=f"“{shorten(text, 60)}” does not say plainly when it is due")

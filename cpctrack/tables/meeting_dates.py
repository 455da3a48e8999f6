"""The dates of a year's meetings, as a text, a table or a calendar program gives them. Pure.

A date is taken only where it is exact and nothing beside it says that it is another's than a
meeting's of this committee. What is in doubt is given with the reason, and never guessed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto
from itertools import pairwise, zip_longest
from typing import NamedTuple

from cpctrack.dates import MONTH_WORDS, ORDINALS, PLAIN, WEEKDAY_WORDS, find_date, order_of
from cpctrack.matching.wordings import content, words_of
from cpctrack.reading.calendars import Event
from cpctrack.reading.lines import Line
from cpctrack.records.model import MeetingType
from cpctrack.text import fold


class Doubt(Enum):
    """Why a date is not taken."""

    NO_TYPE = auto()
    NO_YEAR = auto()
    NO_DAY = auto()
    SEVERAL = auto()
    OTHER_DAY = auto()
    OTHER_BODY = auto()
    UNCERTAIN = auto()
    SENTENCE = auto()
    REPEATS = auto()
    OTHER_TYPE = auto()
    WAS_HELD = auto()


class FoundDate(NamedTuple):
    """A date and what stands beside it; `day` is ISO, and empty where it can't be read.

    `line` is that of the file or a running number, `printed` the date as it stands there.
    """

    line: int
    printed: str
    day: str = ""
    type: MeetingType | None = None
    cancelled: bool = False
    doubt: Doubt | None = None


_TH = rf"(?:{ORDINALS})?"
_MONTH = rf"(?:{MONTH_WORDS})\b"
# Two figures that are no hour, with nothing behind them that they could belong to.
_SHORT_YEAR = r"[2-9]\d(?=\s*(?:$|[,;)(|\n]))"
_DATE = re.compile(
    rf"(?i)(?P<more>(?<![\d:./-])(?:\d{{1,2}}{_TH}\s?(?:,|&|-|and\b|to\b)\s?){{1,6}})?"
    rf"(?:\b(?:{WEEKDAY_WORDS})\b[.,]?\s+(?:the\s+)?)?(?:"
    rf"(?<![\d:./-])\d{{1,2}}{_TH}\s+(?:of\s+)?{_MONTH}[.,]?(?:\s+(?:\d{{4}}\b|{_SHORT_YEAR}))?"
    rf"|(?<![\d:./-])\d{{1,2}}-{_MONTH}-(?:\d{{4}}|\d{{2}})\b"
    rf"|\b{_MONTH}\.?\s+\d{{1,2}}{_TH},?\s+\d{{4}}\b"
    r"|(?<![\d:./-])\d{4}-\d{2}-\d{2}(?![\d-])"
    r"|(?<![\d:./-])\d{1,2}\s?(?P<by>[./-])\s?\d{1,2}\s?(?P=by)\s?(?:\d{4}|\d{2})(?![\d/-]))"
)
_TYPE = re.compile(r"(?i)\b(?:in)?formal\b")
_CANCELLED = re.compile(r"(?i)\bcancell?ed\b|\bnot (?:be )?held\b")
_OTHER_DAY = re.compile(
    r"(?i)\b(?:deadlines?|d[ei]spatch\w*|publish\w*|publication|submi\w+|draft\w*"
    r"|agendas?|reports?|papers?|call-?over|briefings?|pre-?meet\w*|minutes|training|updated"
    r"|printed|produced|revised|approved|adopted|created|as at|issued?|amended|version|due|by|until"
    r"|before|holidays?|recess|elections?|seminars?|workshops?)\b"
)
_UNCERTAIN = re.compile(
    r"(?i)\b(?:provisional(?:ly)?|tentative|reserved?|t\.?b\.?[ca]\b"
    r"|to be (?:confirmed|agreed|arranged)|if (?:required|needed|necessary)|subject to|proposed"
    r"|possible|moved|postponed|rescheduled"
    r"|previously|was|instead|no longer|called off|stood down|abandoned|deferred|not taking place)"
    r"\b|\?"
)
_NOT_BELOW = re.compile(  # of a heading, about what stands below it
    r"(?i)\b(?:cancell?ed|deadlines?|d[ei]spatch|publication|submissions?|agendas?|papers"
    r"|call-?over|briefings?|pre-?meet\w*|training|holidays?|recess|elections?|seminars?|workshops?"
    r"|provisional|reserved?|postponed|no longer|deferred)\b"
)
_BODY = r"(?i:sub-?\s?committees?|committees?|panels?|boards?|cabinet|commission|forum)\b"
_NAMED = re.compile(
    rf"(?<!\w)(?:[A-Z][\w’'-]{{0,30}},?\s(?:(?:and|of|for|&)\s){{0,2}}){{1,8}}{_BODY}(?!\s(?:[Rr]oom|\d))"
    r"|(?i:\b(?:full|annual|extraordinary)\scouncil\b)|\bCabinet\b"
)
_NO_NAME = re.compile(
    r"(?i)\b(?:the|this|dates?|meetings?|formal|informal|of|for|extraordinary|special|annual)\b"
)
_SUB = re.compile(r"(?i)\bsub-?\s?committee")
_MEETING = re.compile(r"(?i)\bmeetings?\b")
_TILL = re.compile(r"(?i)\s*(?:to|until|till|-)\s*")  # the days of a stretch of time
_ENDS_WITH_YEAR = re.compile(r"\d{4}$|[/.-]\s?\d{2}$|\s[2-9]\d$")
_MARKS = re.compile(r"#{1,6}(?=\s)")
_MOST_WORDS_BESIDE = 15
_MOST_WORDS_OF_HEADING = 10
_MOST_WORDS_OF_SHORT_HEADING = 5  # of a line that no heading is known to be
_NO_LEVEL = 7  # below every heading that a document's own structure gives


class _Above(NamedTuple):
    """What the headings above a line say of its dates."""

    type: MeetingType | None = None
    level: int = _NO_LEVEL
    other_body: bool = False
    columns: tuple[str, ...] = ()
    says: str = ""  # in full, where it is of something else than meetings that are held


def dates_in(lines: Sequence[Line], committee: str) -> list[FoundDate]:
    """Find the dates in a document's lines and cells, exact or in doubt, each once."""
    order = order_of(line.text for line in lines)
    month_first = order.month_first and not order.day_first
    above = _Above()
    found: list[FoundDate] = []
    for line in lines:
        if not line.text:
            continue
        if _DATE.search(_plain(line.text)):
            found += _in_line(line, above, committee, month_first=month_first)
        else:
            above = _under(line, above, committee)
    return _each_once(found)


def dates_of(events: Iterable[Event], committee: str) -> list[FoundDate]:
    """Give the dates of a calendar program's events; one that says of no meeting is in doubt."""
    found = []
    for event in events:
        of_another = _names_another(event.calendar, committee)
        says = _says(event.summary, "", _Above(other_body=of_another), committee)
        is_one = says.type or _MEETING.search(event.summary) or _is_named(event.summary, committee)
        if event.repeats:
            says = says._replace(doubt=Doubt.REPEATS)
        elif not event.day:
            says = says._replace(doubt=Doubt.NO_DAY)
        elif event.goes_on:
            says = says._replace(doubt=Doubt.SEVERAL)
        elif event.tentative:
            says = says._replace(doubt=says.doubt or Doubt.UNCERTAIN)
        elif not is_one:
            says = says._replace(doubt=says.doubt or Doubt.OTHER_DAY)
        cancelled = event.cancelled or says.cancelled
        printed = f"{event.day or event.start} {event.summary}".strip()
        found.append(
            says._replace(line=event.line, printed=printed, day=event.day, cancelled=cancelled)
        )
    return _each_once(found)


def _under(line: Line, above: _Above, committee: str) -> _Above:
    """Give what stands above the lines below a line without a date."""
    if line.cells:
        both = zip_longest(line.cells, above.columns, fillvalue="")
        return above._replace(columns=tuple(cell or heading for cell, heading in both))
    marks = _MARKS.match(line.text)
    level = line.heading or (len(marks[0]) if marks else 0)
    if level and level <= above.level:
        above = above._replace(type=None, level=_NO_LEVEL)
    if len(line.text.split()) > _MOST_WORDS_OF_HEADING:
        return above
    words = len(line.text.strip("#").split())
    is_short = words <= _MOST_WORDS_OF_SHORT_HEADING and not line.text.endswith(".")
    says = line.text if (level or is_short) and _NOT_BELOW.search(line.text) else ""
    if says or level or _MEETING.search(line.text) or _TYPE.search(line.text):
        above = above._replace(says=says)
    if _NAMED.search(line.text):
        other = _names_another(line.text, committee)
        above = above._replace(other_body=other, type=None if other else above.type)
    if named := _types(line.text):
        type_ = named.pop() if len(named) == 1 else None
        above = above._replace(type=type_, level=level or _NO_LEVEL)
    return above


def _in_line(
    line: Line, above: _Above, committee: str, *, month_first: bool
) -> Iterator[FoundDate]:
    parts = [(part, "") for part in re.split(r"[;\n]", line.text)]
    beside = above.says
    if line.cells:
        beside += " | ".join(cell for cell in line.cells if not _DATE.search(_plain(cell)))
        parts = list(zip_longest(line.cells, above.columns[: len(line.cells)], fillvalue=""))
    for text, heading in parts:
        own = f"{_DATE.sub(' ', _plain(text))} | {heading}"
        says = _says(own, beside, above, committee)
        for found in _in_text(text, month_first=month_first):
            yield says._replace(
                line=line.number,
                printed=found.printed,
                day=found.day,
                doubt=found.doubt or says.doubt,
            )


def _in_text(text: str, *, month_first: bool) -> Iterator[FoundDate]:
    """Give the dates of a text as they stand there, and why one can't be read."""
    plain = _plain(text)
    matches = list(_DATE.finditer(plain))
    stretches = {
        at
        for one, other in pairwise(matches)
        if _TILL.fullmatch(plain, one.end(), other.start())
        for at in (one, other)
    }
    for match in matches:
        day = find_date(match[0], month_first=month_first)
        doubt = None
        if match["more"] or match in stretches:
            doubt = Doubt.SEVERAL
        elif day is None:
            doubt = Doubt.NO_DAY if _ENDS_WITH_YEAR.search(match[0]) else Doubt.NO_YEAR
        printed = " ".join(text[match.start() : match.end()].split())
        yield FoundDate(0, printed, "" if doubt or not day else day.isoformat(), doubt=doubt)


def _says(own: str, beside: str, above: _Above, committee: str) -> FoundDate:
    """Say what the words around a date make of it: its own, and those of the cells beside."""
    text = f"{own} | {beside}"
    types = _types(own) or _types(beside)
    doubt = None
    if _names_another(text, committee) or (above.other_body and not _is_named(text, committee)):
        doubt = Doubt.OTHER_BODY
    elif _OTHER_DAY.search(text):
        doubt = Doubt.OTHER_DAY
    elif _UNCERTAIN.search(text):
        doubt = Doubt.UNCERTAIN
    elif len(types) > 1:
        doubt = Doubt.NO_TYPE
    elif len(own.split()) > _MOST_WORDS_BESIDE:
        doubt = Doubt.SENTENCE
    type_ = above.type if not types else types.pop() if len(types) == 1 else None
    return FoundDate(0, "", "", type_, bool(_CANCELLED.search(text)), doubt)


def _plain(text: str) -> str:
    return text.translate(PLAIN)


def _types(text: str) -> set[MeetingType]:
    return {MeetingType(found.lower()) for found in _TYPE.findall(text)}


def _names_another(text: str, committee: str) -> bool:
    """Tell whether a text names a body, and none that can be this committee."""
    names = [found[0] for found in _NAMED.finditer(text)]
    return bool(names) and not any(_is_named(name, committee) for name in names)


def _is_named(text: str, committee: str) -> bool:
    """Tell whether a text names the committee: in full, or a name of it in short."""
    if bool(_SUB.search(text)) is not bool(_SUB.search(committee)):
        return False
    ours = frozenset(content(words_of(committee)))
    if ours and ours <= frozenset(content(words_of(text))):
        return True
    name = _NAMED.search(text)
    if name is None or ("council" in fold(name[0]) and "council" not in fold(committee)):
        return False
    theirs = frozenset(content(words_of(_NO_NAME.sub(" ", name[0]))))
    return theirs <= ours


def _each_once(found: Iterable[FoundDate]) -> list[FoundDate]:
    """Leave out what is found again: a list of meetings often stands beside a calendar of them."""
    kept: dict[tuple[object, ...], FoundDate] = {}
    for each in found:
        kept.setdefault((each.day or fold(each.printed), *each[3:]), each)
    return list(kept.values())

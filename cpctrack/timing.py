"""When words are due that a calendar settles: “by the next meeting”, “end of August”. Pure.

A phrase is read as a whole or not at all: one word more may say something else (“from Easter”).
“Before” is read as “by”, since clerks write the deadline, and the last day that the words allow
counts. Patterns are texts until they are first asked for: most due dates are days.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from cpctrack.dates import (
    DEFAULT_YEAR_STARTS,
    MONTH_WORDS,
    ORDINALS,
    PLAIN,
    TERMS,
    WEEKDAY_WORDS,
    Terms,
    find_date,
    month_end,
    month_number,
    parse_municipal_year,
    weekday_number,
)
from cpctrack.errors import DateError

_LONGEST = 80  # letters; more is a note
_MOST_YEARS = 9  # until there is a 29 February again

_COUNTS = {
    word: count
    for count, words in enumerate(
        (
            ("a", "an", "one"), ("two",), ("three",), ("four",), ("five",), ("six",), ("seven",),
            ("eight",), ("nine",), ("ten",), ("eleven",), ("twelve",),
        ),
        1,
    )
    for word in words
}  # fmt: skip
_WELSH_TERMS = {"gwanwyn": "spring", "haf": "summer", "hydref": "autumn"}
_ENDS_OF_SEASONS = {"spring": 5, "summer": 8, "autumn": 11}  # in whole months, as forecasters do
_ENDS_OF_YEARS = {
    "calendar": (12, 31), "financial": (3, 31), "fiscal": (3, 31), "fy": (3, 31),
    "academic": (8, 31), "school": (8, 31),
}  # fmt: skip
# Ten days each, and a third of a year.
_THIRDS = {
    **dict.fromkeys(("early", "start", "beginning", "dechrau"), 1),
    **dict.fromkeys(("mid", "middle", "canol"), 2),
}


class _Base(NamedTuple):
    """What a phrase is settled by."""

    agreed_on: date
    terms: Terms
    formal_days: tuple[str, ...]
    year_starts: str

    def in_year(self, year: str | None, make: Callable[[int], date | None]) -> date | None:
        """Give the day that `make` makes of the year, or of the first that puts it after."""
        if year:
            return make(int(year))
        first = self.agreed_on.year
        days = (make(first + more) for more in range(_MOST_YEARS))
        return next((day for day in days if day and day > self.agreed_on), None)


_Said = Mapping[str, str]
_Settle = Callable[[_Said, _Base], date | None]


def last_day(
    text: str,
    agreed_on: date,
    *,
    terms: Terms = TERMS,
    formal_days: Sequence[str] = (),
    year_starts: str = DEFAULT_YEAR_STARTS,
) -> date | None:
    """Give the last day that these words allow, or None where they are none a calendar settles.

    What lacks its year is the next one after the meeting of `agreed_on`. `formal_days` are the
    formal meetings (ISO) that are known, in order; `year_starts` is ``MM-DD``.
    """
    return _settled(text, _Base(agreed_on, terms, tuple(formal_days), year_starts))


def is_settled(text: str) -> bool:
    """Tell whether a calendar settles these words."""
    return _read(text) is not None


def awaits_meeting(text: str) -> bool:
    """Tell whether these words are settled by the days of meetings to come."""
    found = _read(text)
    return found is not None and found[0] is _next_meeting


@lru_cache(maxsize=8192)  # a store has few texts, and few meetings that agreed them
def _settled(text: str, base: _Base) -> date | None:
    found = _read(text)
    try:
        return found[0](found[1], base) if found else None
    except (DateError, OverflowError, ValueError):  # no such day or year
        return None


@lru_cache(maxsize=4096)
def _read(text: str) -> tuple[_Settle, _Said] | None:
    """Give what settles a text, and what its words say."""
    plain = " ".join(text.translate(PLAIN).replace("’", "'").casefold().split())
    plain = plain.strip(" .,;:()[]").removesuffix(" latest").removesuffix(" at the")
    plain = re.sub(_TIME_OF_DAY, "", plain)
    # Most words that are no day are in no phrase, which is seen without a pattern.
    if len(plain) > _LONGEST or not _words(plain) <= _vocabulary():
        return None
    lead = re.match(_LEAD, plain)
    assert lead is not None  # all of it may be missing
    for rules, start in ((_WHOLE, 0), (_RULES, lead.end())):
        for pattern, settle in rules:
            if match := re.compile(pattern, re.ASCII).fullmatch(plain, start):
                said = {**lead.groupdict(), **match.groupdict()}
                return settle, {name: part for name, part in said.items() if part}
    return None


@cache
def _vocabulary() -> frozenset[str]:
    """Give every word of the patterns, among others."""
    patterns = (pattern for pattern, _ in (*_WHOLE, *_RULES))
    return _words(" ".join((_LEAD, *patterns)).replace("?", ""))


def _words(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in re.findall("[a-z]+", text))


def _next_meeting(said: _Said, base: _Base) -> date | None:
    number = _number(said["count"]) if "count" in said else 2 if "after_next" in said else 1
    at = bisect_right(base.formal_days, base.agreed_on.isoformat()) + number - 1
    return find_date(base.formal_days[at]) if at < len(base.formal_days) else None


def _meeting_in_month(said: _Said, base: _Base) -> date | None:
    """Give the formal meeting of a month, or the end of the month while none is known."""
    end = _month(said, base)
    known = [day for day in base.formal_days if end and day.startswith(f"{end:%Y-%m}")]
    return find_date(known[-1]) if known else end


def _term(said: _Said, base: _Base) -> date | None:
    named = said.get("term", "summer")  # the holidays have no term in their name
    name = _WELSH_TERMS.get(named, named)
    ends = getattr(base.terms, name)
    if "years" in said:
        return _on(_first_of(said["years"]) + (name != "autumn"), ends)
    return base.in_year(said.get("year"), lambda year: _on(year, ends))


def _season(said: _Said, base: _Base) -> date | None:
    if "before" in said:  # it begins, not ends
        return None
    month = _ENDS_OF_SEASONS[said["season"]]
    return base.in_year(said.get("year"), lambda year: month_end(year, month))


def _winter(said: _Said, base: _Base) -> date | None:
    if "before" in said:
        return None
    ends_in = str(_first_of(said["years"]) + 1) if "years" in said else None
    return base.in_year(ends_in, lambda year: month_end(year, 2))


def _easter(said: _Said, base: _Base) -> date | None:
    from dateutil.easter import easter

    return base.in_year(said.get("year"), easter)


def _christmas(said: _Said, base: _Base) -> date | None:
    return base.in_year(said.get("year"), lambda year: date(year, 12, 25))


def _end_of_year(said: _Said, base: _Base) -> date | None:
    kind = said.get("kind", "calendar").split()[0]

    def end(year: int) -> date | None:
        if kind == "municipal":
            start = _on(year, base.year_starts)
            return start and start - timedelta(1)
        return date(year, *_ENDS_OF_YEARS[kind])

    if "years" in said:
        return end(_first_of(said["years"]) + 1)
    day = base.in_year(said.get("year"), end)
    return end(day.year + 1) if day and said.get("which") == "next" else day


def _year(said: _Said, _base: _Base) -> date | None:
    return month_end(int(said["year"]), 4 * _third(said))


def _month(said: _Said, base: _Base) -> date | None:
    month, tens = month_number(said["month"]), 10 * _third(said)

    def end(year: int) -> date | None:
        return date(year, month, tens) if tens < 30 else month_end(year, month)

    return base.in_year(said.get("year"), end)


def _day(said: _Said, base: _Base) -> date | None:
    month, weekday = month_number(said["month"]), said.get("weekday")
    day = base.in_year(None, lambda year: _real(year, month, int(said["day"])))
    is_it = day is None or weekday is None or day.weekday() == weekday_number(weekday)
    return day if is_it else None


def _weekday(said: _Said, base: _Base) -> date | None:
    days = (weekday_number(said["weekday"]) - base.agreed_on.weekday() - 1) % 7 + 1
    return base.agreed_on + timedelta(days)


def _this_or_next(said: _Said, base: _Base) -> date | None:
    """Give the end of the week, month, quarter or term of the meeting, or of the next one."""
    day, more = base.agreed_on, said.get("which") == "next"
    match said["unit"]:
        case "week":
            return day + timedelta(6 - day.weekday() + 7 * more)
        case "month":
            return _months_on(day, more)
        case "quarter":
            return _months_on(day, (-day.month) % 3 + 3 * more)
    years = (day.year, day.year + 1)
    ends = sorted(filter(None, (_on(year, end) for year in years for end in base.terms)))
    coming: list[date | None] = [end for end in ends if end >= day]
    summer = _on(day.year, base.terms.summer)
    if summer and summer < day < date(day.year, 9, 1):
        coming.insert(0, None)  # holidays are in no term
    return next(iter(coming[more:]), None)


def _quarter(said: _Said, _base: _Base) -> date | None:
    """Give the end of a quarter: of a financial year where two years are named."""
    quarter = int(said["nth"])
    if "years" in said:
        return _months_on(date(_first_of(said["years"]), 3, 31), 3 * quarter)
    return month_end(int(said["year"]), 3 * quarter)


def _span(said: _Said, base: _Base) -> date | None:
    from dateutil.relativedelta import relativedelta

    count, unit = _number(said.get("count", "1")), said["unit"]
    if unit == "fortnight":
        count, unit = 2 * count, "week"
    return base.agreed_on + relativedelta(**{f"{unit}s": count})  # type: ignore[arg-type]


def _months_on(day: date, months: int) -> date:
    """Give the end of the month that is so many behind the day's."""
    years, month = divmod(day.month - 1 + months, 12)
    return month_end(day.year + years, month + 1)


def _number(word: str) -> int:
    return _COUNTS.get(word) or int(word)


def _first_of(years: str) -> int:
    """Give the first of two years, ``2024/25``; raises `DateError` where they are no neighbours."""
    return int(parse_municipal_year(years)[:4])


def _third(said: _Said) -> int:
    return _THIRDS.get(said.get("edge", ""), 3)


def _on(year: int, month_and_day: str) -> date | None:
    """Give a day that settings name as ``MM-DD``, and 28 February for the 29th if it must be."""
    day = find_date(f"{year:04}-{month_and_day}")
    return _real(year, 2, 28) if day is None and month_and_day == "02-29" else day


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


# At what time of a day says nothing of which day it is.
_TIME_OF_DAY = r"\b(?:co[bp]|noon|midday|close of (?:play|business)),? (?:on )?(?!of\b)"
_BY = "(?:by|before|prior to|ahead of|until|no later than|not later than) (?:the )?"
_LEAD = (
    "(?:(?:due|deadline|target(?: date)?|completion|(?:to be )?complete) ?:? )?"
    "(?:(?:to )?(?:report|bring|come)(?: back)? (?=(?:to|at) ))?"
    "(?:(?:by|(?P<before>before|prior to|ahead of|cyn)|at|(?:in time )?for|in|on|to|until|till"
    "|during|within|no later than|not later than|erbyn|yn|ym|yng) )?"
    "(?:(?:the|its|our|their|y|yr) )?"
)
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"
_MONTH = rf"(?P<month>{MONTH_WORDS})\.?"
_WEEKDAY = f"(?P<weekday>{WEEKDAY_WORDS})"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_YEARS = r"(?P<years>(?:20)?\d\d ?[/-] ?(?:20)?\d\d)"
_OF_YEARS = f"(?:of )?(?:{_YEARS}|{_YEAR})"
_OF_YEAR = rf"(?:,? (?:of )?{_YEAR})?"
_KIND = "(?P<kind>fy|(?:calendar|financial|fiscal|academic|school|municipal) year)"
_END = "(?:(?:end|close)(?: of)? (?:the )?|diwedd )"
_EDGE = (
    "(?:(?P<edge>early|mid|late|end|close|(?<!to )start|beginning|middle"
    "|diwedd|dechrau|canol)[ -](?:of |(?<=early )in |(?<=late )in )?(?:the )?(?:mis )?|mis )?"
)
_WHICH = "(?:(?P<which>this|current|next) )?"
_OWN = "(?:(?:formal|ordinary|scheduled|full|public|progress) )*(?:committee(?:'s)? )?"
_MEETING = f"{_OWN}(?:meeting|report|agenda|committee)(?: of (?:the|this) committee)?"
_PERIOD = "(?P<unit>week|month|quarter|term)"
_UNIT = "(?P<unit>day|week|fortnight|month|year)(?:s|'s|s')?(?: time)?"
_DAY = rf"(?:{_WEEKDAY},? )?(?:the )?(?P<day>\d{{1,2}})(?:{ORDINALS})?[ -]?(?:of? )?{_MONTH}"
_Rules = Sequence[tuple[str, _Settle]]
# What is only read behind some words, with them.
_WHOLE: _Rules = (
    (f"{_LEAD}(?<=the )following {_MEETING}", _next_meeting),
    (f"(?:with)?in (?:the )?(?:next )?{_COUNT} {_OWN}meetings?'?(?: time)?", _next_meeting),
    (f"{_COUNT} {_OWN}meetings' time", _next_meeting),
    (f"{_BY}(?:school )?summer (?:school )?(?:holidays?|break|recess){_OF_YEAR}", _term),
    (f"{_BY}new year", _end_of_year),
    (f"(?:by|before|on) {_WEEKDAY}", _weekday),
    (f"(?:with)?in (?:the next )?{_COUNT} {_UNIT}", _span),
    (f"(?:with)?in the next {_UNIT}", _span),
    (f"{_COUNT} (?P<unit>day|week|fortnight|month|year)(?:'s|s') time", _span),
)
# What may stand behind any lead, or none.
_RULES: _Rules = (
    (f"(?:next|forthcoming|subsequent) {_MEETING}", _next_meeting),
    (f"{_OWN}meeting (?P<after_next>after next)", _next_meeting),
    ("cyfarfod nesaf", _next_meeting),
    (f"{_MONTH}(?:'s)?(?: {_YEAR})? {_MEETING}", _meeting_in_month),
    (f"{_MEETING} (?:in|of) {_MONTH}(?: {_YEAR})?", _meeting_in_month),
    (f"{_END}?(?P<term>spring|summer|autumn) (?:school )?term(?: {_YEARS}|{_OF_YEAR})", _term),
    (f"{_END}?tymor (?:yr? )?(?P<term>{'|'.join(_WELSH_TERMS)}){_OF_YEAR}", _term),
    (f"{_END}?(?P<season>spring|summer|autumn){_OF_YEAR}", _season),
    (f"{_END}?winter(?: {_YEARS})?", _winter),
    (f"(?:easter|pasg){_OF_YEAR}", _easter),
    (f"(?:christmas|xmas|nadolig){_OF_YEAR}", _christmas),
    (f"{_END}{_WHICH}(?:{_KIND}|year){_OF_YEAR}", _end_of_year),
    (f"{_END}?{_KIND} ?{_YEARS}", _end_of_year),
    (f"{_END}?{_YEARS} {_KIND}", _end_of_year),
    (f"{_EDGE}{_YEAR}", _year),
    (f"{_EDGE}{_MONTH}{_OF_YEAR}", _month),
    (f"(?:{_OWN}meeting (?:on|of) )?{_DAY}(?: meeting)?", _day),
    (rf"(?:{_WEEKDAY},? )?{_MONTH} (?P<day>\d{{1,2}})(?:{ORDINALS})", _day),
    (f"(?=end |close |this |current |next ){_END}?{_WHICH}(?:school )?{_PERIOD}", _this_or_next),
    (rf"{_END}?(?:q|quarter |qtr )(?P<nth>[1-4]),? {_OF_YEARS}", _quarter),
    (rf"{_END}?{_YEARS},? (?:q|quarter |qtr )(?P<nth>[1-4])", _quarter),
    (rf"{_END}?(?P<nth>[1-4])(?:st|nd|rd|th) quarter,? {_OF_YEARS}", _quarter),
)  # fmt: skip

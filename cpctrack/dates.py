"""Dates as councils write them, in English or in Welsh, and municipal years.

Only forms that can be read in one way are read, figures day first; everything vaguer stays text.
Today is always an argument. Stored dates are ISO text, which sorts as it stands.
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from cpctrack.errors import DateError
from cpctrack.text import counted, one_line

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
# With the letters that a word before them changes: “o Fawrth”, “yng Ngorffennaf”.
WELSH_MONTHS = (
    ("ionawr",), ("chwefror",), ("mawrth", "fawrth"), ("ebrill",), ("mai", "fai"),
    ("mehefin", "fehefin"), ("gorffennaf", "orffennaf", "ngorffennaf"), ("awst",),
    ("medi", "fedi"), ("hydref",), ("tachwedd", "dachwedd", "thachwedd", "nhachwedd"),
    ("rhagfyr", "ragfyr"),
)  # fmt: skip
_WELSH_SHORT = {
    "ion": 1, "chwe": 2, "chwef": 2, "maw": 3, "ebr": 4, "meh": 6, "gor": 7, "gorff": 7, "med": 9,
    "hyd": 10, "tach": 11, "rhag": 12,
}  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NUMBERS = (
    {
        name: number
        for number, month in enumerate(MONTHS, 1)
        for name in (month.lower(), month[:3].lower(), *WELSH_MONTHS[number - 1])
    }
    | {"sept": 9}
    | _WELSH_SHORT
)
_WEEKDAY_NUMBERS = (
    {name: at for at, day in enumerate(_WEEKDAYS) for name in (day.lower(), day[:3].lower())}
    | {"tues": 1, "thur": 3, "thurs": 3}
    | {"llun": 0, "lun": 0, "mawrth": 1, "fawrth": 1, "mercher": 2, "fercher": 2, "iau": 3}
    | {"gwener": 4, "wener": 4, "sadwrn": 5, "sul": 6}
)
MONTH_WORDS = "|".join(_MONTH_NUMBERS)
WEEKDAY_WORDS = "|".join(_WEEKDAY_NUMBERS)
ORDINALS = "st|nd|rd|th|af|il|ydd|fed|ed|eg|ain"
CLOCK = (
    r"(?:T|,?\s+(?:at\s+)?)(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s?[ap]m)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?|\d{1,2}(?:\.\d{2})?\s?[ap]m)"
)
# Each is one letter in place of another.
PLAIN = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
    | dict.fromkeys("\xa0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\x85\u2028\u2029", " ")
)

_WEEKDAY = r"(?:(?:(?:dd?ydd|nos)\s+)?(?P<w>[a-z]+)\.?,?\s+)?"
_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII)
_NUMERIC = re.compile(
    _WEEKDAY + r"(?P<d>\d{1,2})\s?(?P<sep>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4}|\d{2})",
    re.ASCII | re.IGNORECASE,
)
_NAMED = re.compile(
    rf"{_WEEKDAY}(?P<d>\d{{1,2}})(?:{ORDINALS})?[\s-]*(?:of?\s+)?"
    r"(?P<month>[a-z]+)\.?,?[\s-]*(?P<y>\d{4}|\d{2})",
    re.ASCII | re.IGNORECASE,
)
# Not compiled before it is first asked for.
_MONTH_FIRST = (
    rf"{_WEEKDAY}(?P<month>[a-z]+)\.?\s+(?P<d>\d{{1,2}})(?:{ORDINALS})?,?\s+(?P<y>\d{{4}})"
)
_YEAR = re.compile(r"(?P<first>\d{4}|\d{2})\s*(?:/|–|-)\s*(?P<second>\d{4}|\d{2})", re.ASCII)
_YEAR_SHORT = re.compile(r"(?P<first>\d{2})(?P<second>\d{2})", re.ASCII)

DATE_FORMS = "2023-03-15, 15/3/2023, 15.03.23, 15-Mar-23 or 15 March 2023"
DEFAULT_YEAR_STARTS = "05-15"


class Terms(NamedTuple):
    """The last day of each school term, ``MM-DD``."""

    autumn: str = "12-31"
    spring: str = "03-31"
    summer: str = "07-31"


TERMS = Terms()
"""The terms of English schools, by month."""


def parse_date(text: str, *, month_first: bool = False) -> date:
    """Read an exact date; a weekday beside it must be the right one, a clock time is left out.

    Forms: ISO, D/M/Y with ``/ . -``, D Month Y, Month D, Y; years of two digits are 1970 to 2069.
    `month_first` reads figures as M/D/Y. Raises `DateError` for anything else.
    """
    stripped = " ".join(text.split())  # a cell may break a date over lines, or hold it together
    plain = stripped.translate(PLAIN).strip(" .,;:()[]")
    if ":" in plain or plain[-1:] in ("m", "M"):
        plain = re.sub(f"{CLOCK}$", "", plain, count=1, flags=re.ASCII | re.IGNORECASE)
    match = (
        _ISO.fullmatch(plain)
        or _NUMERIC.fullmatch(plain)
        or _NAMED.fullmatch(plain)
        or re.fullmatch(_MONTH_FIRST, plain, re.ASCII | re.IGNORECASE)
    )
    if match is None:
        raise DateError(f"“{stripped}” is not a date cpctrack can be sure of; write {DATE_FORMS}.")
    parts = match.groupdict()
    number, month = parts["d"], parts.get("m") or str(month_number(parts["month"]))
    if month_first and parts.get("sep"):
        number, month = month, number
    try:
        day = date(full_year(parts["y"]), int(month), int(number))
    except ValueError as error:
        raise DateError(f"“{stripped}” is not a day of the calendar; correct it.") from error
    if parts.get("w") and weekday_number(parts["w"]) != day.weekday():
        actual = _WEEKDAYS[day.weekday()]
        raise DateError(f"“{stripped}”: {long_date(day.isoformat())} is a {actual}; correct one.")
    return day


@lru_cache(maxsize=4096)  # a year of actions has a few dozen dates
def find_date(text: str, *, month_first: bool = False) -> date | None:
    """Read an exact date as `parse_date` does, or give None."""
    try:
        return parse_date(text, month_first=month_first)
    except DateError:
        return None


class Order(NamedTuple):
    """In which ways every date in figures can be read; both where there is none."""

    day_first: bool
    month_first: bool


def order_of(texts: Iterable[str]) -> Order:
    """Tell whether the figures of a column fit when the day stands first, or the month."""
    figures = [
        found[0]
        for text in texts
        for found in re.finditer(
            r"(?<![\d/.-])\d{1,2}\s?([/.-])\s?\d{1,2}\s?\1\s?(?:\d{4}|\d{2})(?![/-]|\.?\d)",
            text.translate(PLAIN),
            re.ASCII,
        )
    ]
    return Order(
        *(all(find_date(one, month_first=first) for one in figures) for first in (False, True))
    )


def month_number(name: str) -> int:
    """Give the number of a month named in full or in short, 0 where it is none."""
    return _MONTH_NUMBERS.get(name.lower(), 0)


def month_end(year: int, month: int) -> date:
    """Give the last day of a month; raises `ValueError` for a year that no calendar has."""
    if month == 12:  # year 9999 has no next one
        return date(year, 12, 31)
    return date(year, month + 1, 1) - timedelta(days=1)


def weekday_number(name: str) -> int:
    """Give the number of a weekday named in full or in short, 0 for Monday, -1 for none."""
    return _WEEKDAY_NUMBERS.get(name.lower(), -1)


def municipal_year(day: date, starts: str = DEFAULT_YEAR_STARTS) -> str:
    """Name the municipal year a day falls in: 15 March 2023 is in ``2022/23``.

    `starts` is the month and day of the council's annual meeting, ``MM-DD``.
    """
    first = day.year if f"{day:%m-%d}" >= starts else day.year - 1
    return year_name(first)


def year_begins(year: str, starts: str = DEFAULT_YEAR_STARTS) -> date:
    """Give the day (`starts`, ``MM-DD``) on which a municipal year such as ``2022/23`` begins."""
    first = max(1, int(year.partition("/")[0]))
    try:
        return date.fromisoformat(f"{first:04}-{starts}")
    except ValueError:  # there is a 29 February in few years only
        return date(first, 3, 1)


def parse_municipal_year(text: str) -> str:
    """Read a municipal year (2022/23, 2022-23, 22/23, 2223) as ``2022/23``; raises `DateError`."""
    stripped = text.strip()
    match = _YEAR.fullmatch(stripped) or _YEAR_SHORT.fullmatch(stripped)
    if match:
        first = full_year(match["first"])
        if int(match["second"]) in (first + 1, (first + 1) % 100):
            return year_name(first)
    raise DateError(f"“{stripped}” is not a municipal year; write it like 2022/23.")


def parse_year_starts(text: str) -> str:
    """Read a day of every year, ``05-15`` or 15 May, as ``MM-DD``; raises `DateError`."""
    typed = text.strip()
    # A leap year, so that 29 February can be told from a day that never is.
    day = find_date(f"2024-{typed}") or find_date(f"{typed} 2024")
    if day is None:
        raise DateError(f"“{one_line(text)}” is not a day of the year; write it like 05-15.")
    return f"{day:%m-%d}"


def day_of_year(stored: str) -> str:
    """Write ``MM-DD`` for a person: 15 May. What is no day stays, on one line."""
    day = f"2024-{stored}"
    return long_date(day).removesuffix(" 2024") if is_iso(day) else one_line(stored)


def is_iso(text: str) -> bool:
    """Tell whether a stored date is a real day in ISO form."""
    return _ISO.fullmatch(text) is not None and find_date(text) is not None


@lru_cache(maxsize=4096)
def long_date(iso: str) -> str:
    """Write a stored date for a document: 15 March 2023. What is no date stays, on one line."""
    return f"{int(iso[8:])} {MONTHS[int(iso[5:7]) - 1]} {iso[:4]}" if is_iso(iso) else one_line(iso)


def weekday_date(iso: str) -> str:
    """Write a stored date with its weekday: Wednesday 15 March 2023. What is no date stays."""
    day = find_date(iso) if is_iso(iso) else None
    return f"{_WEEKDAYS[day.weekday()]} {long_date(iso)}" if day else long_date(iso)


def short_date(iso: str) -> str:
    """Write a stored date for a narrow column: 15 Mar 2023. What is no date stays, on one line."""
    month = MONTHS[int(iso[5:7]) - 1][:3] if is_iso(iso) else ""
    return f"{int(iso[8:])} {month} {iso[:4]}" if month else one_line(iso)


def length_in_words(days: int) -> str:
    """Say how long that is in the nearest unit that is easily pictured: 12 days, 9 weeks, 3 months.

    Weeks begin at a fortnight, months at 13 weeks, years at two.
    """
    if days < 14:
        return counted(days, "day")
    if days < 91:
        return counted(round(days / 7), "week")
    if days < 730:
        return counted(round(days / 30.4375), "month")
    return counted(round(days / 365.25), "year")


def full_year(digits: str) -> int:
    """Give the year of four digits or of two: 1970 to 2069."""
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def year_name(first: int) -> str:
    """Name the municipal year that begins in a year of the calendar."""
    return f"{first}/{(first + 1) % 100:02}"

"""Dates as councils write them, and municipal years.

Only forms that can be read in one way are read, day first; everything vaguer stays text. Today
is always an argument. Stored dates are ISO text, which sorts as it stands.
"""

import re
from datetime import date
from functools import lru_cache

from cpctrack.errors import DateError
from cpctrack.text import one_line

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH_NUMBERS = {
    name: number
    for number, month in enumerate(MONTHS, 1)
    for name in (month.lower(), month[:3].lower())
} | {"sept": 9}
_WEEKDAY_NUMBERS = {
    name: number for number, day in enumerate(_WEEKDAYS) for name in (day.lower(), day[:3].lower())
} | {"tues": 1, "thur": 3, "thurs": 3}

_ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII)
_NUMERIC = re.compile(
    r"(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})", re.ASCII
)
_NAMED = re.compile(
    r"(?:(?P<w>[a-z]+)\.?,?\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?"
    r"(?P<month>[a-z]+)\.?,?[\s-]+(?P<y>\d{4}|\d{2})",
    re.ASCII | re.IGNORECASE,
)
_MONTH_ONLY = re.compile(
    r"(?:by\s+)?(?:the\s+)?(?:end\s+of\s+)?(?P<month>[a-z]+)\.?,?[\s-]+(?P<y>\d{4})",
    re.ASCII | re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:with)?in\s+(?P<count>\d{1,3})\s+(?P<unit>day|week|month|year)s?", re.ASCII | re.IGNORECASE
)
_YEAR = re.compile(r"(?P<first>\d{4}|\d{2})\s*(?:/|–|-)\s*(?P<second>\d{4}|\d{2})", re.ASCII)
_YEAR_SHORT = re.compile(r"(?P<first>\d{2})(?P<second>\d{2})", re.ASCII)

DATE_FORMS = "2023-03-15, 15/3/2023, 15.03.23, 15-Mar-23 or 15 March 2023"
DEFAULT_YEAR_STARTS = "05-15"


def parse_date(text: str) -> date:
    """Read an exact date, day first; a weekday beside it must be the right one.

    Forms: ISO, D/M/Y with ``/ . -``, D Month Y; years of two digits are 1970 to 2069. Raises
    `DateError` for anything else.
    """
    stripped = " ".join(text.split())  # a cell may break a date over lines, or hold it together
    match = _ISO.fullmatch(stripped) or _NUMERIC.fullmatch(stripped) or _NAMED.fullmatch(stripped)
    if match is None:
        raise DateError(f"“{stripped}” is not a date cpctrack can be sure of; write {DATE_FORMS}.")
    parts = match.groupdict()
    month = int(parts["m"]) if "m" in parts else _MONTH_NUMBERS.get(parts["month"].lower(), 0)
    try:
        day = date(_full_year(parts["y"]), month, int(parts["d"]))
    except ValueError as error:
        raise DateError(f"“{stripped}” is not a day of the calendar; correct it.") from error
    if parts.get("w") and _WEEKDAY_NUMBERS.get(parts["w"].lower()) != day.weekday():
        actual = _WEEKDAYS[day.weekday()]
        raise DateError(f"“{stripped}”: {long_date(day.isoformat())} is a {actual}; correct one.")
    return day


@lru_cache(maxsize=4096)  # a year of actions has a few dozen dates
def find_date(text: str) -> date | None:
    """Read an exact date as `parse_date` does, or give None."""
    try:
        return parse_date(text)
    except DateError:
        return None


def latest_day(due_text: str, agreed_on: str) -> date | None:
    """Give the last day a vague due date allows, or None where it allows no such reading.

    “March 2023” and “end of March 2023” allow 31 March; “in 6 weeks” and “within 12 months” are
    counted from `agreed_on` (ISO). “Spring term” and “27 July” name no one day.
    """
    stripped = due_text.strip()
    if match := _MONTH_ONLY.fullmatch(stripped):
        month = _MONTH_NUMBERS.get(match["month"].lower())
        year = int(match["y"])
        return _shift(date(year, month, 1), day=31) if month and year else None
    if match := _SPAN.fullmatch(stripped):
        return _after(agreed_on, int(match["count"]), match["unit"].lower() + "s")
    return None


def municipal_year(day: date, starts: str = DEFAULT_YEAR_STARTS) -> str:
    """Name the municipal year a day falls in: 15 March 2023 is in ``2022/23``.

    `starts` is the month and day of the council's annual meeting, ``MM-DD``.
    """
    first = day.year if f"{day:%m-%d}" >= starts else day.year - 1
    return _year_name(first)


def parse_municipal_year(text: str) -> str:
    """Read a municipal year (2022/23, 2022-23, 22/23, 2223) as ``2022/23``; raises `DateError`."""
    stripped = text.strip()
    match = _YEAR.fullmatch(stripped) or _YEAR_SHORT.fullmatch(stripped)
    if match:
        first = _full_year(match["first"])
        if int(match["second"]) in (first + 1, (first + 1) % 100):
            return _year_name(first)
    raise DateError(f"“{stripped}” is not a municipal year; write it like 2022/23.")


def parse_year_starts(text: str) -> str:
    """Read the day the municipal year starts on as ``MM-DD``; raises `DateError`."""
    try:
        # A leap year, so that 29 February can be told from a day that never is.
        return f"{date.fromisoformat('2024-' + text.strip()):%m-%d}"
    except ValueError as error:
        raise DateError(f"“{text}” is not a day of the year; write it like 05-15.") from error


def is_iso(text: str) -> bool:
    """Tell whether a stored date is a real day in ISO form."""
    return _ISO.fullmatch(text) is not None and find_date(text) is not None


@lru_cache(maxsize=4096)
def long_date(iso: str) -> str:
    """Write a stored date for a document: 15 March 2023. What is no date stays, on one line."""
    return f"{int(iso[8:])} {MONTHS[int(iso[5:7]) - 1]} {iso[:4]}" if is_iso(iso) else one_line(iso)


def short_date(iso: str) -> str:
    """Write a stored date for a narrow column: 15 Mar 2023. What is no date stays, on one line."""
    month = MONTHS[int(iso[5:7]) - 1][:3] if is_iso(iso) else ""
    return f"{int(iso[8:])} {month} {iso[:4]}" if month else one_line(iso)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (2000 if year < 70 else 1900)


def _year_name(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02}"


def _after(iso: str, count: int, unit: str) -> date | None:
    start = find_date(iso)
    return _shift(start, **{unit: count}) if start else None


def _shift(start: date, **by: int) -> date | None:
    from dateutil.relativedelta import relativedelta

    try:
        return start + relativedelta(**by)  # type: ignore[arg-type]
    except (OverflowError, ValueError):  # past the year 9999
        return None

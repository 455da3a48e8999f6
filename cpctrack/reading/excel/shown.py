"""What a spreadsheet shows of the value in a cell: the text a clerk reads there. Pure."""

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from cpctrack.dates import MONTHS

_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')  # of a number format: words, colours
_DAY = re.compile(r"(?<!d)dd?(?!d)")
_NUMBER = re.compile(r"(?P<groups>#,##)?(?P<zeros>0*)(?:\.(?P<places>0+))?(?P<percent>%?)")
_DIGITS = 15  # of a spreadsheet's number; what follows is noise


def shown(value: object, number_format: str) -> str:
    """Write a value as its cell shows it, a date so that it can be read in one way only.

    A whole date is ISO; one that is shown without its day or its year is written without, since
    spreadsheets make a date of “March 2023” and of “27 July” and add what nobody said.
    """
    if isinstance(value, bool):
        return str(value).upper()
    code = _NOT_A_CODE.sub("", number_format.partition(";")[0]).lower()
    if isinstance(value, int | float):
        return _number(value, code)
    if isinstance(value, date):
        return _date(value, code)
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _number(value: float, code: str) -> str:
    match = _NUMBER.fullmatch(code)
    exact = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not match or not code or abs(exact) >= 10**_DIGITS:
        return _plain(exact)
    places = len(match["places"] or "")
    percent = match["percent"]
    rounded = (exact * 100 if percent else exact).quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP
    )
    if match["groups"]:
        return f"{rounded:,}{percent}"
    width = len(match["zeros"]) + (places + 1 if places else 0)
    return f"{rounded:0{width}}{percent}"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _date(value: date, code: str) -> str:
    month = MONTHS[value.month - 1]
    if "m" in code and "y" in code and not _DAY.search(code):
        return f"{month} {value.year}"
    if "m" in code and "y" not in code and _DAY.search(code):
        return f"{value.day} {month}"
    if isinstance(value, datetime) and "h" in code and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"

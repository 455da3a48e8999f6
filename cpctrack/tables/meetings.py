"""The meeting a row belongs to, as its cells name it."""

import re

from cpctrack.dates import find_date
from cpctrack.records.model import MeetingType
from cpctrack.text import fold

_TYPES = {"formal": MeetingType.FORMAL, "informal": MeetingType.INFORMAL}
_TYPE_IN_DATE = re.compile(
    r"(?i)\(?\b(?P<type>(?:in)?formal)\b\)?(?:\s+meeting)?(?:\s+(?:of|on))?|\bmeeting\b(?:\s+(?:of|on))?"
)
_AGE = re.compile(r"\n[\d,]+ days?, [^\n]+ since\Z", re.ASCII)  # below it, in the progress report
_AROUND = " \t\n\u00a0,:;–—-"


def read_day(cell: str, *, month_first: bool = False) -> str:
    """Read the date of a meeting (“15/6/2022”, “Formal – 15 March 2023”) as ISO, or ``""``.

    `month_first` reads figures as M/D/Y.
    """
    text = _AGE.sub("", cell.strip())
    day = find_date(text, month_first=month_first)
    if day is None and _TYPE_IN_DATE.search(text):
        bare = " ".join(_TYPE_IN_DATE.sub(" ", text).strip(_AROUND).split())
        day = find_date(bare, month_first=month_first)
    return day.isoformat() if day else ""


def read_type(cell: str) -> MeetingType | None:
    """Read whether a meeting was formal or informal, or None."""
    return _TYPES.get(fold(cell).removesuffix(" meeting"))


def type_in_date(cell: str) -> MeetingType | None:
    """Read the type that stands beside a meeting's date in one cell, or None."""
    match = re.search(r"\b(?:in)?formal\b", cell, re.IGNORECASE)
    return _TYPES[match[0].lower()] if match else None

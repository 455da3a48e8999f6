"""Calendar files (iCalendar, RFC 5545): the events in them, and on which day each is. Pure."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from cpctrack.dates import find_date
from cpctrack.text import one_line

_FOLD = re.compile(r"\r?\n[ \t]")
_LINE = re.compile(
    r'(?P<name>[\w-]+)(?P<parameters>(?:;[\w-]+=(?:"[^"]*"|[^":;]*))*):(?P<value>.*)', re.DOTALL
)
_START = re.compile(r"(?P<day>\d{8})(?:T(?P<time>\d{6})(?P<utc>Z)?)?", re.ASCII)
_ESCAPED = re.compile(r"\\([nN,;\\])")
_REPEATING = frozenset({"RRULE", "RDATE"})


class Event(NamedTuple):
    """An event: its line in the file, when it starts as written, and the day (ISO) that is here.

    `day` is empty where the start can't be read. One that `repeats` has more days than that, and
    `end` is the day (ISO) it ends on, or before. `calendar` is the name of the calendar it is in.
    """

    line: int
    start: str = ""
    day: str = ""
    summary: str = ""
    cancelled: bool = False
    repeats: bool = False
    tentative: bool = False
    end: str = ""
    calendar: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether it is of several days; a whole day ends before the next."""
        first, end = find_date(self.day), find_date(self.end)
        return first is not None and end is not None and end - first > timedelta(1)


def is_calendar(text: str) -> bool:
    """Tell whether a text is a calendar file, by how it begins."""
    return text.lstrip()[:15].upper() == "BEGIN:VCALENDAR"


def events_of(text: str) -> list[Event]:
    """Give the events of a calendar, in its order; of what is no line of one nothing is read."""
    events: list[Event] = []
    calendar = ""
    within: list[str] = []  # a time zone and an alarm have starts and rules of their own
    for number, name, value in _lines(text):
        if name == "BEGIN":
            within.append(value.upper())
            if within[-1] == "VEVENT":
                events.append(Event(number, calendar=calendar))
        elif name == "X-WR-CALNAME":
            calendar = _text(value)
        elif name == "END":
            del within[-1:]
        elif within[-1:] == ["VEVENT"]:
            events[-1] = _with(events[-1], name, value)
    return events


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Give each line, put together again where it was folded: its number, name and value."""
    number = 1
    for line in re.split(r"\r?\n(?![ \t])", text):
        if match := _LINE.fullmatch(_FOLD.sub("", line)):
            yield number, match["name"].upper(), match["value"].strip()
        number += line.count("\n") + 1


def _with(event: Event, name: str, value: str) -> Event:
    if name == "DTSTART":
        return event._replace(start=value, day=_day(value))
    if name == "SUMMARY":
        return event._replace(summary=_text(value))
    if name == "DTEND":
        return event._replace(end=_day(value))
    if name == "STATUS":
        said = value.upper()
        return event._replace(cancelled=said == "CANCELLED", tentative=said == "TENTATIVE")
    return event._replace(repeats=True) if name in _REPEATING else event


def _text(value: str) -> str:
    return one_line(_ESCAPED.sub(lambda found: " " if found[1] in "nN" else found[1], value))


def _day(start: str) -> str:
    """Give the day (ISO) of a start, or nothing: a date, or a date and a time.

    A time is that of the place where the meeting is, unless it says that it is universal (``Z``).
    """
    match = _START.fullmatch(start)
    day = find_date(f"{match['day'][:4]}-{match['day'][4:6]}-{match['day'][6:]}") if match else None
    if match is None or day is None:
        return ""
    if match["utc"]:
        hour = int(match["time"][:2])
        moment = datetime(day.year, day.month, day.day, min(hour, 23), tzinfo=UTC)
        # A whole day is often written so: in summer it begins at 23:00 of the day before.
        day = (moment + timedelta(hours=_is_summer_time(moment))).date()
    return day.isoformat()


def _is_summer_time(moment: datetime) -> bool:
    """Tell whether clocks in the United Kingdom are put forward (Summer Time Order 2002)."""
    begins, ends = (_last_sunday(moment.year, month) for month in (3, 10))
    return begins <= moment < ends


def _last_sunday(year: int, month: int) -> datetime:
    last = date(year, month, 31)
    day = last.day - last.isoweekday() % 7
    return datetime(year, month, day, 1, tzinfo=UTC)

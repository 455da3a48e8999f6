"""What is to come as a calendar file (iCalendar, RFC 5545), for Outlook and the like. Pure.

Nothing in it hangs on today, so what has not changed makes the same bytes. An event keeps its
identifier, so that a file that is opened again brings the calendar up to date.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from cpctrack.dates import find_date, long_date
from cpctrack.errors import StoreError
from cpctrack.labels import EXEMPT
from cpctrack.records.asking import open_asks
from cpctrack.records.exempt import is_withheld
from cpctrack.records.model import Meeting, Record
from cpctrack.records.query import Query
from cpctrack.render.export.tables import Source
from cpctrack.text import clean, counted, one_line, shorten

_TITLE, _LINE = 80, 200  # letters of an action in the title of its event, and in a list of several
_OCTETS = 75  # of a line, without its end


class Edition(NamedTuple):
    """How many changes led to what a store holds, and the day of the last one.

    Both tell a calendar which of two events is newer. They are of the whole store, since words
    like “by the next meeting” hang on more than their record.
    """

    changes: int
    day: date


class Event(NamedTuple):
    """A whole day in a calendar; `uid` tells it from every other for good."""

    day: date
    uid: str
    summary: str
    description: str
    edition: Edition
    cancelled: bool = False


class Events(NamedTuple):
    """What a calendar has, and how many actions to be done name no day and so are not in it."""

    due: list[Event]
    replies: list[Event]
    meetings: list[Event]
    undated: int


def events(sources: Sequence[Source], query: Query) -> Events:
    """Give due dates and days of reply of the actions that a query finds, and every meeting.

    Raises `StoreError` for a meeting whose date is no day.
    """
    found: list[Record] = []
    due: list[Event | None] = []
    meetings: list[Event] = []
    for source in sources:
        edition = _edition([source])
        records = query.select(source.records, source.calendar)
        found += records
        due += [_due(each, source, edition) for each in records if each.status.can_be_overdue]
        meetings += [_meeting(each, source, edition) for each in source.meetings]
    replies = list(_replies(found, query, _edition(sources)))
    return Events([each for each in due if each], replies, meetings, due.count(None))


def written(events: Iterable[Event], name: str, *, internal: bool = False) -> bytes:
    """Write a calendar of this name; every event of an `internal` one is private."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//cpctrack//calendar//EN",
        f"X-WR-CALNAME:{_text(EXEMPT * internal + name)}",
    ]
    for event in sorted(events):
        lines += _lines(event, internal=internal)
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _due(record: Record, source: Source, edition: Edition) -> Event | None:
    day = source.calendar.last_day(record)
    if day is None:
        return None
    facts = [
        record.text,
        record.referred_to and f"Referred to: {record.referred_to}",
        record.due_text and f"Due: {record.due_text}",
        record.item,
        f"Agreed at the {record.meeting.type} meeting of {long_date(record.meeting.date)}",
        source.settings.committee,
    ]
    summary = f"{_mark([record])}Due {record.ref}: {shorten(record.text, _TITLE)}"
    return Event(day, f"{record.id}-due", summary, "\n".join(filter(None, facts)), edition)


def _meeting(meeting: Meeting, source: Source, edition: Edition) -> Event:
    """Give a meeting; one that does not stand is cancelled, so that calendars drop it."""
    summary = f"{source.settings.committee}: {meeting.type} meeting"
    day = find_date(meeting.date)
    if day is None:
        raise StoreError(
            f"{one_line(summary)}: “{one_line(meeting.date)}” is no day of the calendar. Nothing "
            "was written; correct it, and run the command again."
        )
    uid = f"{source.settings.prefix}-{meeting.key}"
    told = f"{summary}, {meeting.fate}" if meeting.fate else summary
    return Event(day, uid, told, meeting.note, edition, cancelled=not meeting.stands)


def _replies(records: Iterable[Record], query: Query, edition: Edition) -> Iterator[Event]:
    """Give one event for an owner and a day, whatever the committees; the last question counts."""
    expected: dict[tuple[str, date], list[tuple[str, Record]]] = {}
    for record in records:
        last = {
            query.owners.id_of(ask.owner): (ask.owner, find_date(ask.reply_by))
            for ask in open_asks(record)
            if ask.owner
        }
        for key, (owner, day) in last.items():
            wanted = not query.owner or query.is_owned(record._replace(owners=(owner,)))
            if wanted and day:
                expected.setdefault((key, day), []).append((owner, record))
    for (key, day), asked in expected.items():
        (owner, *_), about = zip(*asked, strict=True)
        uid = f"{sha256(f'{day} {clean(key)}'.encode()).hexdigest()[:16]}-reply"
        summary = f"{_mark(about)}Reply due: {owner} ({counted(len(about), 'action')})"
        actions = "\n".join(f"{each.ref}: {shorten(each.text, _LINE)}" for each in about)
        yield Event(day, uid, summary, actions, edition)


def _edition(sources: Iterable[Source]) -> Edition:
    days = [
        line.at[:10] for source in sources for record in source.records for line in record.history
    ]
    meetings = sum(2 - each.stands for source in sources for each in source.meetings)
    last = max(filter(None, map(find_date, set(days))), default=date(1970, 1, 1))
    return Edition(len(days) + meetings, last)


def _mark(records: Iterable[Record]) -> str:
    return EXEMPT if any(map(is_withheld, records)) else ""


def _lines(event: Event, *, internal: bool) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(one_line(event.uid))}@cpctrack"
    yield f"DTSTAMP:{_basic(event.edition.day)}T000000Z"
    yield f"SEQUENCE:{event.edition.changes}"
    yield f"DTSTART;VALUE=DATE:{_basic(event.day)}"
    yield f"SUMMARY:{_text(one_line(event.summary))}"
    if event.description:
        yield f"DESCRIPTION:{_text(event.description)}"
    if internal:
        yield "CLASS:PRIVATE"
    if event.cancelled:
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"  # else a whole day counts as taken
    yield "END:VEVENT"


def _basic(day: date) -> str:
    return day.isoformat().replace("-", "")


def _text(text: str) -> str:
    return re.sub(r"[\\;,]", r"\\\g<0>", clean(text)).replace("\n", "\\n")


def _folded(line: str) -> str:
    """Fold a line between letters, each of which is one to four octets."""
    lines = [""]
    for letter in line:
        if len(f"{lines[-1]}{letter}".encode()) > _OCTETS:
            lines.append(" ")
        lines[-1] += letter
    return "\r\n".join(lines)

"""Which records answer a question, and in what order they stand."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from cpctrack.errors import NotFoundError
from cpctrack.records.ageing import asks_for_time
from cpctrack.records.asking import asks, waits
from cpctrack.records.attention import Reason, reason_of
from cpctrack.records.calendar import Calendar
from cpctrack.records.fields import Holds, names_of
from cpctrack.records.model import (
    FIELDS,
    LISTS,
    Change,
    Meeting,
    MeetingType,
    Record,
    Status,
    split_item,
)
from cpctrack.records.owners import NO_OWNERS, Owners
from cpctrack.records.refs import split_ref
from cpctrack.suggest import did_you_mean
from cpctrack.text import fold

_texts_of = attrgetter(*names_of(FIELDS, Holds.LINE, Holds.TEXT, Holds.NAME))
_lists_of = attrgetter(*LISTS)
_STATUSES = list(Status)
_NUMBER = re.compile(r"\d+|[a-z]+", re.IGNORECASE)


class Event(NamedTuple):
    """A line of history, and the reference of the record that it is of."""

    ref: str
    change: Change


def history(records: Iterable[Record], since: str = "") -> list[Event]:
    """Give what changed in these records from that day on (ISO), the newest last."""
    told = [
        Event(record.ref, change)
        for record in in_order(records)
        for change in record.history
        if change.at >= since
    ]
    return sorted(told, key=lambda one: one.change.at)


class Dated(NamedTuple):
    """A record, beside the calendar and the name of the committee that agreed it."""

    record: Record
    calendar: Calendar
    committee: str = ""

    @property
    def overdue(self) -> bool:
        """Whether it should have been done by now."""
        return self.calendar.is_overdue(self.record)

    @property
    def reason(self) -> Reason | None:
        """Why it needs somebody, if it does."""
        return reason_of(self.record, self.calendar)

    @property
    def days_late(self) -> int:
        """The days by which it is overdue, or 0."""
        last = self.calendar.last_day(self.record) if self.overdue else None
        return (self.calendar.today - last).days if last else 0


class Order(StrEnum):
    """In what order a list can be shown."""

    REF = "ref"
    DUE = "due"
    OWNER = "owner"
    MEETING = "meeting"
    STATUS = "status"


def arranged(records: Iterable[Dated], order: Order) -> list[Dated]:
    """Sort records, those that are alike as they stand; by due date the latest ones come first.

    What has no owner or date comes after what has one, and what is finished after what is not.
    """

    def key(one: Dated) -> tuple[object, ...]:
        record = one.record
        match order:
            case Order.REF:
                return split_ref(record.ref)
            case Order.OWNER:
                return not record.referred_to, fold(record.referred_to)
            case Order.MEETING:
                return _meeting_key(record.meeting)
            case Order.STATUS:
                return (_STATUSES.index(record.status),)
        last = one.calendar.last_day(record) if record.status.is_open else None
        return not record.status.is_open, not one.overdue, last or date.max

    return sorted(records, key=key)


class Query(NamedTuple):
    """What to list; everything given must hold.

    `owner` is part of a name, case and accents ignored, as are `service` and `search`, which looks
    at every text of a record; `meeting` is an ISO date, `year` a municipal year. `due_within`
    counts days, today's is 0; `asked_before` is the day (ISO) before which an owner was asked last.
    `owners` are what is known of the records' owners: any name of theirs
    finds them.
    """

    statuses: frozenset[Status] = frozenset()
    owner: str = ""
    meeting: str = ""
    year: str = ""
    search: str = ""
    overdue: bool = False
    open: bool = False
    due_within: int | None = None
    service: str = ""
    owners: Owners = NO_OWNERS
    needs_attention: bool = False
    unanswered: bool = False
    asked_before: str = ""
    extended: bool = False

    def select(self, records: Iterable[Record], calendar: Calendar) -> list[Record]:
        """Give the records that answer, in the order of the printed table."""
        if self == _EVERYTHING:
            return in_order(records)
        return in_order(record for record in records if self._answers(record, calendar))

    def _answers(self, record: Record, calendar: Calendar) -> bool:
        return (
            (not self.statuses or record.status in self.statuses)
            and (not self.open or record.status.is_open)
            and (not self.meeting or record.meeting.date == self.meeting)
            and (not self.year or record.meeting.year == self.year)
            and (not self.owner or self.is_owned(record))
            and (not self.service or self.is_of_service(record))
            and (not self.search or fold(self.search) in fold(_all_text(record)))
            and (not self.overdue or calendar.is_overdue(record))
            and (
                self.due_within is None
                or calendar.is_due_within(record, timedelta(self.due_within))
            )
            and (not self.needs_attention or reason_of(record, calendar) is not None)
            and (
                not self.extended
                or (record.status.is_open and asks_for_time(record, calendar.last_formal))
            )
            and self._was_asked(record)
        )

    def _was_asked(self, record: Record) -> bool:
        """Tell whether what was asked about a record is as the query says."""
        if self.unanswered and not waits(record):
            return False
        asked = [one.at[:10] for one in asks(record)] if self.asked_before else []
        return not self.asked_before or "" < max(asked, default="") < self.asked_before

    def is_owned(self, record: Record) -> bool:
        """Tell whether the query's owner is part of the name of one of the record's."""
        wanted = fold(self.owner)
        return any(
            wanted in fold(name) for owner in record.owners for name in self.owners.names_of(owner)
        )

    def is_of_service(self, record: Record) -> bool:
        """Tell whether the query's service is part of that of one of the record's owners."""
        wanted = fold(self.service)
        return any(wanted in fold(each) for each in self.owners.services(record.owners))

    def refuse_unknown(self, records: Collection[Record]) -> None:
        """Refuse an owner or service that no record has: nothing found would say all is done."""
        if self.owner and not any(map(self.is_owned, records)):
            hint = did_you_mean(self.owner, known_owners(records)) or _WHO
            raise NotFoundError(f"No owner is called “{self.owner}”.{hint}")
        if self.service and not any(map(self.is_of_service, records)):
            hint = did_you_mean(self.service, {one.service for one in self.owners}) or _WHO
            raise NotFoundError(
                f"No owner of an action is of a service called “{self.service}”.{hint}"
            )


_EVERYTHING = Query()
_WHO = " “cpctrack owners” lists them."


def in_order(records: Iterable[Record], *, by_item: bool = True) -> list[Record]:
    """Sort records by meeting, agenda item and order of agreement, as Appendix 4 prints them.

    Without `by_item` those of a meeting stand in the order in which they were recorded.
    """
    records = list(records)
    refs = {record.id: split_ref(record.ref)[1:] for record in records}
    # Items are few and dear to compare: ranked once, and then compared as numbers.
    firsts: dict[str, tuple[object, ...]] = {}
    for record in records:
        firsts[record.item] = min(firsts.get(record.item, refs[record.id]), refs[record.id])
    keys = {item: _item_key(item, first) for item, first in firsts.items()}
    places = {key: number for number, key in enumerate(sorted(set(keys.values())))}
    rank = {item: places[key] for item, key in keys.items()}

    def key(record: Record) -> tuple[object, ...]:
        meeting = _meeting_key(record.meeting)
        place = by_item and rank[record.item]
        return (*meeting, place, *refs[record.id], record.ref, record.id)

    return sorted(records, key=key)


def latest_meeting(meetings: Iterable[Meeting]) -> Meeting | None:
    """Give the meeting that was held last."""
    return max(meetings, key=_meeting_key, default=None)


def known_owners(records: Iterable[Record]) -> list[str]:
    """Give every owner's name once, in alphabetical order; its usual capitals count."""
    return sorted(owner_spellings(records).values(), key=fold)


def owner_spellings(records: Iterable[Record], owners: Owners = NO_OWNERS) -> dict[str, str]:
    """Give the usual spelling of each owner, by the name without its capitals.

    Names that mean one of `owners` have one spelling: that of most records, not that of the row,
    which is for no public document.
    """
    return spellings((owner for record in records for owner in record.owners), owners)


def spellings(names: Iterable[str], owners: Owners = NO_OWNERS) -> dict[str, str]:
    """Give the usual spelling of each name, by the name without its capitals."""
    usual: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for name, _ in Counter(names).most_common():
        spelled = usual.setdefault(owners.canonical(name).casefold(), name)
        by_name.setdefault(name.casefold(), spelled)
    return by_name


def _meeting_key(meeting: Meeting) -> tuple[str, bool]:
    return meeting.date, meeting.type is MeetingType.FORMAL


def _item_key(item: str, first: tuple[object, ...]) -> tuple[object, ...]:
    """Sort “Item 10” after “Item 9”, 5(b) after 5(a), and items without a number last.

    Those stand in the order of the `first` record of each.
    """
    number, _ = split_item(item)
    parts = tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.lower())
        for part in _NUMBER.findall(number)
    )
    return (not number, parts, () if number else first)


def _all_text(record: Record) -> str:
    lists = [part for each in _lists_of(record) for part in each]
    return "\n".join((record.ref, *_texts_of(record), *lists, *record.printed.values()))


def type_on(meetings: Iterable[Meeting], day: str | None) -> MeetingType | None:
    """Give the type of the one meeting there is on that day (ISO), if there is just one.

    One that is cancelled or moved counts only where there is no other.
    """
    there = [meeting for meeting in meetings if meeting.date == day]
    types = {meeting.type for meeting in there if meeting.stands} or {each.type for each in there}
    return types.pop() if len(types) == 1 else None

"""The meetings of committees: listing them, keeping one, taking in the dates of a year."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.errors import ImportRefusedError, StoreError, UsageError
from cpctrack.reading.lines import lines_of
from cpctrack.records.changes import Author
from cpctrack.records.model import Meeting, MeetingType
from cpctrack.records.query import type_on
from cpctrack.store import store
from cpctrack.store.store import Store
from cpctrack.tables import lookalikes
from cpctrack.tables.meeting_dates import Doubt, FoundDate, dates_in, dates_of
from cpctrack.tasks.read_documents import DATES, read_events, read_listing

_FIRST = 10  # lines, among which a title stands


class Listed(NamedTuple):
    """A meeting, whose it is, and how many records it agreed."""

    meeting: Meeting
    committee: str
    records: int


class Wanted(NamedTuple):
    """What somebody says of a meeting; None is what they say nothing of.

    `moved_to` is ISO, and empty where the meeting is held on its own day after all.
    """

    type: MeetingType | None = None
    year: str = ""
    cancelled: bool | None = None
    moved_to: str | None = None
    note: str | None = None


class Kept(NamedTuple):
    """The meeting as it was (None where it is new) and as it is, and the one it was moved to."""

    before: Meeting | None
    after: Meeting
    moved: Meeting | None = None


class Plan(NamedTuple):
    """What a list of dates says that the store does not, what both say, and what is in doubt."""

    new: tuple[Meeting, ...] = ()
    cancelled: tuple[Meeting, ...] = ()
    known: tuple[Meeting, ...] = ()
    doubts: tuple[FoundDate, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.cancelled)


def list_meetings(held: Iterable[Store], year: str = "") -> list[Listed]:
    """Give the meetings of stores, held and to come, by committee and day."""
    listed = []
    for each in held:
        agreed = _agreed(each)
        listed += [
            Listed(meeting, each.settings.committee, agreed[meeting.key])
            for meeting in sorted(each.meetings.values(), key=lambda one: (one.date, one.type))
            if year in ("", meeting.year)
        ]
    return listed


def keep_meeting(path: Path, day: str, wanted: Wanted, author: Author) -> Kept:
    """Keep a meeting of that day (ISO), or change the one there is.

    One that is moved keeps its row, and its type and stated year go with it to the new day. Raises
    `UsageError` where its type can't be told or what is said contradicts itself, and `StoreError`
    for one that was held, or on whose day another stands.
    """
    with store.editing(path) as current:
        type_ = wanted.type or type_on(current.meetings.values(), day)
        if type_ is None:
            raise UsageError(
                f"Say whether the meeting of {long_date(day)} is formal or informal, with --type."
            )
        meeting = current.meeting_on(day, type_, year=wanted.year)
        after = _changed(meeting, wanted)
        moved = None
        if not after.stands:
            _check_not_held(current, after)
        elif not meeting.stands or meeting.key not in current.meetings:
            _check_alone(current, after)
        if wanted.moved_to:
            year = after.year if after.year_stated else ""
            moved = current.meeting_on(wanted.moved_to, type_, year=year)
            moved = moved._replace(cancelled=False, moved_to="")
            _check_alone(current, moved)
            current.keep_meeting(moved, author)
        before = current.meetings.get(after.key)
        current.keep_meeting(after, author)
    return Kept(before, after, moved)


def read_dates(path: Path, committee: str) -> tuple[list[FoundDate], bool]:
    """Read the dates of meetings, exact or in doubt, in a document or a calendar file (.ics).

    Tells as well whether it is headed as a work programme, of which nothing else is read then.
    Raises `ImportRefusedError` for what can't be read, has no date, or is for another command.
    """
    events = read_events(path)
    lines = [] if events is not None else lines_of(read_listing(path))
    found = dates_in(lines, committee) if events is None else dates_of(events, committee)
    if not found:
        raise ImportRefusedError(f"{path} holds no date of a meeting; name {DATES.file}.")
    return found, lookalikes.is_headed(line.text for line in lines[:_FIRST])


def keep_dates(
    current: Store, author: Author, found: Iterable[FoundDate], type_: MeetingType | None
) -> Plan:
    """Keep the meetings of dates that were read; the store changes in memory only.

    What is in doubt is left out. `type_` is that of dates beside which none stands, else that of
    the meeting which is known that day.
    """
    plan = _plan_dates(found, type_, current)
    for meeting in (*plan.new, *plan.cancelled):
        current.keep_meeting(meeting, author)
    return plan


def _plan_dates(found: Iterable[FoundDate], type_: MeetingType | None, current: Store) -> Plan:
    types = {each.date: each.type for each in current.meetings.values() if each.stands}
    agreed = _agreed(current)
    new: dict[str, Meeting] = {}
    cancelled: dict[str, Meeting] = {}
    known: dict[str, Meeting] = {}
    doubts: list[FoundDate] = []
    for each in found:
        of_type = each.type or type_ or types.get(each.day)
        if each.doubt or of_type is None:
            doubts.append(each._replace(doubt=each.doubt or Doubt.NO_TYPE))
        elif types.setdefault(each.day, of_type) is not of_type:
            doubts.append(each._replace(doubt=Doubt.OTHER_TYPE))
        else:
            meeting = current.meeting_on(each.day, of_type)
            after = meeting._replace(cancelled=True) if each.cancelled else meeting
            if meeting.key not in current.meetings:
                new[meeting.key] = after
            elif not (each.cancelled and meeting.stands):
                known[meeting.key] = meeting
            elif meeting.key in agreed:
                doubts.append(each._replace(doubt=Doubt.WAS_HELD))
            else:
                cancelled[meeting.key] = after
    return Plan(
        tuple(new.values()), tuple(cancelled.values()), tuple(known.values()), tuple(doubts)
    )


def _agreed(current: Store) -> Counter[str]:
    """Count the records of each meeting, by its id; one that can't be read counts as well."""
    return Counter(str(row.get("meeting")) for row in current.document.get("actions", {}).values())


def _changed(meeting: Meeting, wanted: Wanted) -> Meeting:
    """Give the meeting as somebody says that it is; raises `UsageError`."""
    when = long_date(meeting.date)
    if wanted.cancelled and (wanted.moved_to or meeting.moved_to):
        other = wanted.moved_to or meeting.moved_to
        raise UsageError(
            f"The meeting of {when} can't be both moved to {long_date(other)} and cancelled; "
            f"cancel that of {long_date(other)}, or leave one out."
        )
    if wanted.moved_to == meeting.date:
        raise UsageError(f"The meeting is on {when} already; give another day with --moved-to.")
    if wanted.moved_to:
        meeting = meeting._replace(cancelled=False)
    values = {name: getattr(wanted, name) for name in ("cancelled", "moved_to", "note")}
    return meeting._replace(**{name: said for name, said in values.items() if said is not None})


def _check_not_held(current: Store, meeting: Meeting) -> None:
    """Refuse to say of a meeting that agreed something that it was not held."""
    is_formal = meeting.type is MeetingType.FORMAL
    refs = sorted(
        record.ref
        for record in current.records
        if record.meeting.key == meeting.key or (is_formal and record.agreed_on == meeting.date)
    )
    if refs:
        more = f" and {len(refs) - 1} more" if len(refs) > 1 else ""
        raise StoreError(
            f"The {meeting.type} meeting of {long_date(meeting.date)} was held: it agreed "
            f"{refs[0]}{more}. If that was on another day, say so with “cpctrack update REF… "
            "--meeting DATE” first."
        )


def _check_alone(current: Store, meeting: Meeting) -> None:
    """Refuse a meeting of the other type on a day that has one, if no note says why."""
    for each in current.meetings.values():
        is_other = each.date == meeting.date and each.type is not meeting.type and each.stands
        if is_other and not (meeting.note or each.note):
            raise StoreError(
                f"{long_date(each.date)} has the {each.type} meeting already; where that is a "
                f"slip, take it out first with “cpctrack meeting {each.date} --type {each.type} "
                "--cancelled”, and where both are held, say so with --note."
            )

"""What is wrong between meetings: one that stands twice, or that was not held and agreed things."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from cpctrack.check.base import (
    WIDTH,
    Checks,
    Findings,
    Subject,
    Tier,
    by,
    dated,
    listed,
)
from cpctrack.dates import find_date
from cpctrack.records.model import Meeting, MeetingType
from cpctrack.text import counted, shorten

_NEAR = timedelta(days=6)  # a committee that meets each week has meetings seven days apart

CONTRADICTORY = Checks(Tier.CONTRADICTORY)
ATTENTION = Checks(Tier.ATTENTION)


@CONTRADICTORY.add("meeting")
def cancelled_meeting_with_records(subject: Subject) -> Findings:
    """A meeting that agreed something was neither cancelled nor moved."""
    agreed = Counter(record.meeting.key for record in subject.records)
    for key, meeting in sorted(subject.meetings.items()):
        if not meeting.stands and agreed[key]:
            back = '--moved-to ""' if meeting.moved_to else "--no-cancelled"
            message = (
                f"It is {meeting.fate}, but {counted(agreed[key], 'action')} came of it; give them "
                "the day they were agreed on with “cpctrack update REF --meeting DATE”, or take it "
                f"back with “cpctrack meeting {shorten(meeting.date, WIDTH)} --type {meeting.type} "
                f"{back}”."
            )
            yield key, message


@CONTRADICTORY.add("moved_to")
def meeting_moved_astray(subject: Subject) -> Findings:
    """A meeting that was moved is held on the day it was moved to, if not moved once more."""
    days = {(each.date, each.type): each for each in subject.meetings.values()}
    for key, meeting in sorted(subject.meetings.items()):
        if meeting.cancelled and meeting.moved_to:
            yield key, f"It is cancelled, and {meeting.fate} as well; only one can be."
        way, at = {meeting.date}, meeting
        while at.moved_to and at.moved_to not in way and (at.moved_to, at.type) in days:
            way.add(at.moved_to)
            at = days[at.moved_to, at.type]
        day = dated(at.moved_to)
        if at.moved_to in way:
            yield key, f"It was moved to {dated(meeting.moved_to)}, and from there back to {day}."
        elif at.moved_to:
            yield (
                key,
                f"It was moved to {day}, and no {at.type.value} meeting is known of that day.",
            )


@ATTENTION.add("date")
def meeting_twice(subject: Subject) -> Findings:
    """A meeting stands once: of two within days of each other both had business, or one a note."""
    busy = _with_business(subject)
    standing = [each for each in subject.meetings.values() if each.stands]
    for (type_, _), same in by(standing, lambda each: (each.type, each.date)).items():
        if len(same) > 1:
            ids = listed(key for key, each in subject.meetings.items() if each in same)
            yield f"{same[0].date}-{type_}", f"It stands {len(same)} times in the file: {ids}."
    for type_ in MeetingType:
        days = {each.date: each for each in standing if each.type is type_}
        for one, other in pairwise(sorted(filter(None, map(find_date, days)))):
            first, second = days[one.isoformat()], days[other.isoformat()]
            idle = [each for each in (first, second) if each.key not in busy and not each.note]
            if other - one <= _NEAR and idle:
                both = (first, second)
                yield idle[0].key, _perhaps_moved(idle[0], both[idle[0] is first])


def _perhaps_moved(idle: Meeting, other: Meeting) -> str:
    command = f"cpctrack meeting {idle.date} --type {idle.type}"
    return (
        f"Nothing came of it, and {dated(other.date)} has such a meeting too. If it is the same, "
        f"say “{command} --moved-to {other.date}”; if not, give it a note with --note."
    )


def _with_business(subject: Subject) -> set[str]:
    """Give the meetings, by id, of which something came.

    A pack alone tells nothing: it may be of a meeting that was then put off.
    """
    formal = {f"{record.agreed_on}-{MeetingType.FORMAL}" for record in subject.records}
    return formal | {record.meeting.key for record in subject.records}

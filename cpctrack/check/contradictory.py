"""Two fields that can't both be right."""

from collections import Counter
from datetime import date
from itertools import pairwise

from cpctrack.check.base import (
    AFTER_A_MERGE,
    WIDTH,
    Checks,
    Findings,
    Subject,
    Tier,
    by,
    dated,
    is_before,
    is_year,
    listed,
    quoted,
)
from cpctrack.dates import find_date, is_iso, municipal_year
from cpctrack.records import printed_status
from cpctrack.records.ageing import began
from cpctrack.records.changes import follow_up_stands
from cpctrack.records.model import Kind, MeetingType, Record, Status
from cpctrack.records.refs import make_ref, split_ref
from cpctrack.text import counted, fold, shorten

_LONG_AGO = 50  # years: a meeting before that is a slip in the year
_NEAR_YEARS_END = 45  # days: how far a council's annual meeting moves
_NOT_DONE = frozenset({Status.NOT_PROCEEDING, Status.SUPERSEDED})

CHECKS = Checks(Tier.CONTRADICTORY)


@CHECKS.add("date")
def meeting_to_come(subject: Subject) -> Findings:
    """A meeting with records has been held."""
    used = {record.meeting.key for record in subject.records}
    for key, meeting in sorted(subject.meetings.items()):
        if meeting.key in used and is_before(subject.today.isoformat(), meeting.date):
            yield key, f"This meeting is in the future ({dated(meeting.date)}). Is the date right?"


@CHECKS.add("date")
def meeting_long_ago(subject: Subject) -> Findings:
    """A meeting was held within the last fifty years."""
    for key, meeting in sorted(subject.meetings.items()):
        day = find_date(meeting.date)
        if day and day.year < subject.today.year - _LONG_AGO:
            yield key, f"It was held on {dated(meeting.date)}, more than {_LONG_AGO} years ago."


@CHECKS.add("type")
def meeting_of_two_types(subject: Subject) -> Findings:
    """A day has a formal meeting or an informal one, or a note on why it has both."""
    counts = Counter(record.meeting.key for record in subject.records)
    standing = (meeting for meeting in subject.meetings.values() if meeting.stands)
    for day, meetings in sorted(by(standing, lambda each: each.date).items()):
        by_type = {meeting.type: meeting for meeting in meetings}
        if len(by_type) > 1 and not any(meeting.note for meeting in meetings):
            informal, formal = by_type[MeetingType.INFORMAL], by_type[MeetingType.FORMAL]
            fewer = min(informal, formal, key=lambda meeting: counts[meeting.key])
            of = [counted(counts[each.key], "action") for each in (formal, informal)]
            both = f"a formal meeting ({of[0]}) and an informal one ({of[1]})"
            message = f"{dated(day)} has {both}; is one a slip?"
            message += " If both were held, give one a note with “cpctrack meeting --note”."
            yield fewer.key, message


@CHECKS.add("year")
def contradictory_year(subject: Subject) -> Findings:
    """The municipal year that a meeting states is that of its date, or nearly."""
    starts = subject.settings.year_starts
    for key, meeting in sorted(subject.meetings.items()):
        day = find_date(meeting.date)
        if not day or not meeting.year_stated or not is_year(meeting.year):
            continue
        if meeting.year not in _years_near(day, starts):
            said, held_on = meeting.year, dated(meeting.date)
            own = municipal_year(day, starts)
            yield key, f"Its year is given as {said}, but {held_on} is well within {own}."


@CHECKS.add("meeting")
def reference_of_another_year(subject: Subject) -> Findings:
    """A reference is of the municipal year of its record's meeting."""
    for record in subject.records:
        _, year, _ = split_ref(record.ref)
        # The years its meeting may be in, or have been in when the record got its reference.
        meeting = record.meeting
        day = find_date(meeting.date)
        years = _years_near(day, subject.settings.year_starts) if day else set()
        years |= {meeting.year} if is_year(meeting.year) else set()
        if not year or not years or year in {split_ref(make_ref("X", y, 1))[1] for y in years}:
            continue
        # A reference never changes: that somebody moved the record to its meeting explains it.
        if not any(change.what == "meeting" for change in record.history):
            named = f"{meeting.type} meeting of {dated(meeting.date)}"
            of = f"20{year[:2]}/{year[2:]}"
            yield record.ref, f"The reference is of {of}, but the {named} is not; is it right?"


def _years_near(day: date, starts: str) -> set[str]:
    near = (day.toordinal() + shift for shift in (-_NEAR_YEARS_END, 0, _NEAR_YEARS_END))
    days = (date.fromordinal(min(max(1, number), date.max.toordinal())) for number in near)
    return {municipal_year(each, starts) for each in days}


@CHECKS.add("owners")
def name_of_two_owners(subject: Subject) -> Findings:
    """A name means one owner."""
    for name, owner, other in subject.owners.claimed():
        both = f"{quoted(owner.name)} and {quoted(other.name)}"
        one, two = shorten(owner.name, WIDTH), shorten(other.name, WIDTH)
        message = (
            f"It is said to mean both {both}, and counts as the first. Where they are one, say "
            f'“cpctrack owner "{one}" --also "{two}"”; else take it from one with --also "".'
        )
        yield shorten(name, WIDTH), message


@CHECKS.add("source_ref")
def duplicate_printed_reference(subject: Subject) -> Findings:
    """No two records have one reference in another table."""

    def key(record: Record) -> tuple[str, str]:
        # A table that numbers its rows may begin anew with every meeting.
        printed = fold(record.source_ref)
        return printed, record.meeting.key if printed.isdecimal() else ""

    printed = [record for record in subject.records if record.source_ref.strip()]
    for records in by(printed, key).values():
        if len(records) > 1:
            others = listed(record.ref for record in records[1:])
            yield records[0].ref, f"{quoted(records[0].source_ref)} is printed at {others} too."


@CHECKS.add("history")
def history_out_of_order(subject: Subject) -> Findings:
    """A history is in the order of time."""
    for record in subject.records:
        for earlier, later in pairwise(record.history):
            if later.at < earlier.at:
                days = f"{shorten(earlier.at, WIDTH)} stands before {shorten(later.at, WIDTH)}"
                yield record.ref, f"In its history, {days}; {AFTER_A_MERGE}."
                break


@CHECKS.add("due")
def due_before_meeting(subject: Subject) -> Findings:
    """Nothing is due before its meeting."""
    for record in subject.records:
        if is_before(record.due, began(record)):
            due, held_on = dated(record.due), dated(began(record))
            yield record.ref, f"Due on {due}, before its meeting of {held_on}."


@CHECKS.add("due")
def due_unlike_its_text(subject: Subject) -> Findings:
    """A due date is the day that was typed."""
    for record in subject.records:
        day = find_date(record.due_text)
        if not (record.due and record.due_text) or (day and day.isoformat() == record.due):
            continue
        from cpctrack.due import read_due  # most say a day and no more

        read = [read_due(record.due_text, month_first=first).iso for first in (False, True)]
        if read[0] and record.due not in read:
            due = dated(record.due)
            yield record.ref, f"Due on {due}, but {quoted(record.due_text)} was typed."


@CHECKS.add("completed_on")
def completed_before_meeting(subject: Subject) -> Findings:
    """Nothing is completed before its meeting."""
    for record in subject.records:
        if is_before(record.completed_on, began(record)):
            day, held_on = dated(record.completed_on), dated(began(record))
            yield record.ref, f"Completed on {day}, before its meeting of {held_on}."


@CHECKS.add("completed_on")
def completed_in_future(subject: Subject) -> Findings:
    """Nothing is completed on a day to come."""
    for record in subject.records:
        if is_before(subject.today.isoformat(), record.completed_on):
            day = dated(record.completed_on)
            yield record.ref, f"Completed on {day}, which is still to come."


@CHECKS.add("completed_on")
def open_but_completed(subject: Subject) -> Findings:
    """What is open has no date of completion."""
    for record in subject.records:
        if record.completed_on and record.status.can_be_overdue:
            day, words = dated(record.completed_on), record.status.words
            yield record.ref, f"Completed on {day}, but its status is “{words}”."


@CHECKS.add("agreed_on")
def agreed_but_open(subject: Subject) -> Findings:
    """What the committee agreed as completed is completed."""
    for record in subject.records:
        if record.agreed_on and record.status is not Status.COMPLETED:
            message = (
                f"Agreed as completed on {dated(record.agreed_on)}, but its status is "
                f"“{record.status.words}”; if it is not done, use “cpctrack reopen”."
            )
            yield record.ref, message


@CHECKS.add("acceptance_on")
def unlikely_acceptance(subject: Subject) -> Findings:
    """The executive answers recommendations, since their meeting, on a day that has been."""
    for record in subject.records:
        on = f"The executive answered on {dated(record.acceptance_on)}"
        if record.acceptance and record.kind is not Kind.RECOMMENDATION:
            answer = record.acceptance.words
            yield record.ref, f"The executive answered “{answer}”, but this is no recommendation."
        elif record.acceptance_on and not record.acceptance:
            yield record.ref, f"{on}, but what it answered is missing."
        elif record.acceptance_on and not is_iso(record.acceptance_on):
            yield record.ref, f"{on}, which is no day of the calendar."
        elif is_before(subject.today.isoformat(), record.acceptance_on):
            yield record.ref, f"{on}, which is still to come."
        elif is_before(record.acceptance_on, began(record)):
            yield record.ref, f"{on}, before its meeting of {dated(began(record))}."


@CHECKS.add("follow_up")
def follow_up_unlike_status(subject: Subject) -> Findings:
    """The status is what the follow-up cell clearly says."""
    for record in subject.records:
        stands = record.follow_up and follow_up_stands(record)
        said, _ = printed_status.stated(record.follow_up) if stands else (None, "")
        if said is None:
            continue
        both = {said, record.status}
        undone = Status.COMPLETED in both and not both.isdisjoint(_NOT_DONE)
        if undone or said.is_open != record.status.is_open:
            printed, words = quoted(record.follow_up), record.status.words
            message = f"The printed cell says {printed}, but the status is “{words}”."
            yield record.ref, message


@CHECKS.add("completed_on")
def completed_unlike_follow_up(subject: Subject) -> Findings:
    """The date of completion is the one in the follow-up cell."""
    for record in subject.records:
        if not record.completed_on:
            continue
        said, day = printed_status.stated(record.follow_up)
        _, other = printed_status.stated(record.follow_up, month_first=True)
        if said is Status.COMPLETED and day and record.completed_on not in (day, other):
            on, printed = dated(record.completed_on), quoted(record.follow_up)
            yield record.ref, f"Completed on {on}, but the printed cell says {printed}."

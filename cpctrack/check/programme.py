"""What was to come to a meeting: rows that can't be read, what can't come, and what did not."""

from cpctrack.check.base import Checks, Findings, Subject, Tier, dated, quoted
from cpctrack.dates import is_iso
from cpctrack.store import programme
from cpctrack.text import one_line

DAMAGED, ATTENTION = Checks(Tier.DAMAGED), Checks(Tier.ATTENTION)


@DAMAGED.add("programme")
def unreadable_report(subject: Subject) -> Findings:
    """What a work programme says is as docs/store.md describes it."""
    for row_id, row in sorted(subject.document.get(programme.TABLE, {}).items()):
        if not programme.is_sound(row):
            fix = "correct the row in the file, or take it out and import the programme again"
            yield one_line(row_id), f"This report can't be read, so nothing prints it; {fix}."


@DAMAGED.add("goes_to")
def unreadable_goes_to(subject: Subject) -> Findings:
    """The meeting that an action goes to is on a day of the calendar."""
    for record in subject.records:
        if (day := record.goes_to) and not is_iso(day):
            fix = f"correct it with “cpctrack update {one_line(record.ref)} --goes-to”"
            yield record.ref, f"{quoted(day)} is no day of the calendar; {fix}."


@ATTENTION.add("goes_to")
def did_not_come(subject: Subject) -> Findings:
    """What is open has not missed the meeting it was to come to."""
    for record in subject.records:
        if subject.calendar.did_not_come(record):
            meeting = dated(subject.calendar.held_on(record.goes_to))
            yield record.ref, f"It was to come to the meeting of {meeting} and did not."


@ATTENTION.add("goes_to")
def goes_to_a_cancelled_meeting(subject: Subject) -> Findings:
    """What is open goes to a meeting that is not cancelled."""
    calendar = subject.calendar
    for record in subject.records:
        day = calendar.held_on(record.goes_to)
        is_open = record.status.is_open and not calendar.did_not_come(record)
        if is_open and day in calendar.cancelled:
            fix = "give it another with “cpctrack update --goes-to”"
            yield record.ref, f"It goes to the meeting of {dated(day)}, which is cancelled; {fix}."

"""What is open and might be forgotten, and what was closed on trust."""

from collections.abc import Iterator

from cpctrack.check.base import Checks, Findings, Subject, Tier, dated, quoted
from cpctrack.records.attention import Reason, is_answer, is_passed_over, last_heard, reason_of
from cpctrack.records.model import Record, Status
from cpctrack.timing import awaits_meeting

CHECKS = Checks(Tier.ATTENTION)


@CHECKS.add("response")
def overdue_without_response(subject: Subject) -> Findings:
    """What is overdue has a response, given since the last formal meeting."""
    for record in _named(subject, Reason.OVERDUE):
        due = f"Due {dated(record.due) if record.due else quoted(record.due_text)}, and"
        if not is_answer(record.response):
            yield record.ref, f"{due} nobody has answered."
        elif is_passed_over(record, subject.calendar):
            yield record.ref, f"{due} nothing was heard of it since {_heard(subject, record)}."


@CHECKS.add("response")
def unanswered(subject: Subject) -> Findings:
    """What is open was heard of since the last formal meeting; what goes on, in its year."""
    for record in _named(subject, Reason.UNANSWERED):
        yield record.ref, f"Nothing was heard of it since {_heard(subject, record)}."


@CHECKS.add("status")
def waiting_for_the_committee(subject: Subject) -> Findings:
    """What is reported done is agreed, or opened again, at the next formal meeting."""
    for record in _named(subject, Reason.WAITING):
        held = dated(subject.calendar.last_formal)
        message = (
            f"Reported done before the meeting of {held}, which has not agreed it as far as is "
            "known; use “cpctrack agree”, or “cpctrack reopen” if it is not done."
        )
        yield record.ref, message


@CHECKS.add("due")
def without_a_date(subject: Subject) -> Findings:
    """What is open has a due date that can fall due, or is ongoing."""
    for record in _named(subject, Reason.UNDATED):
        if record.goes_to and not subject.calendar.will_come(record):
            continue  # which is said of it
        if awaits_meeting(record.due_text):
            fix = "say which it is with “cpctrack meeting”, or by which day it is due"
            yield record.ref, f"{quoted(record.due_text)} names a meeting not known yet; {fix}."
        elif record.due_text:
            yield record.ref, f"{quoted(record.due_text)} never falls due; say by which day."
        else:
            yield record.ref, "It has no due date, and a formal meeting has passed."


@CHECKS.add("evidence")
def agreed_without_evidence(subject: Subject) -> Findings:
    """What the committee agreed as completed has a response or evidence."""
    for record in subject.records:
        if closed_on_trust(record):
            day = dated(record.agreed_on)
            yield record.ref, f"Agreed as completed on {day}, with neither response nor evidence."


def closed_on_trust(record: Record) -> bool:
    """Tell whether the committee agreed a completion of which nothing is known."""
    agreed = record.status is Status.COMPLETED and record.agreed_on
    return bool(agreed) and not (record.evidence or is_answer(record.response))


def _named(subject: Subject, reason: Reason) -> Iterator[Record]:
    return (each for each in subject.records if reason_of(each, subject.calendar) is reason)


def _heard(subject: Subject, record: Record) -> str:
    return dated(last_heard(record, subject.today))

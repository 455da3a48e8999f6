"""What may be right, and is for a person to say."""

from collections import defaultdict

from cpctrack.check.base import (
    Checks,
    Findings,
    Subject,
    Tier,
    by,
    counted,
    dated,
    listed,
    quoted,
)
from cpctrack.records.links import successors
from cpctrack.records.model import Kind, Record, Status
from cpctrack.text import fold

_NO_ANSWERS = frozenset({"", "n/a", "na", "none", "noted", "tbc"})

CHECKS = Checks(Tier.ATTENTION)


@CHECKS.add("response")
def completed_without_response(subject: Subject) -> Findings:
    """What is completed has a response."""
    for record in subject.records:
        if record.status is Status.COMPLETED and not _is_answered(record):
            yield record.ref, "Completed, but no response says what came of it."


@CHECKS.add("response")
def overdue_without_response(subject: Subject) -> Findings:
    """What is overdue has a response."""
    for record in subject.records:
        if subject.calendar.is_overdue(record) and not _is_answered(record):
            due = dated(record.due) if record.due else quoted(record.due_text)
            yield record.ref, f"Due {due}, and nobody has answered."


def _is_answered(record: Record) -> bool:
    return fold(record.response).strip(" .-–—") not in _NO_ANSWERS


@CHECKS.add("owners")
def no_owner(subject: Subject) -> Findings:
    """What is open has an owner, unless it is a decision."""
    for record in subject.records:
        if record.status.is_open and not record.owners and record.kind is not Kind.DECISION:
            yield record.ref, "Nobody is named to do it."


@CHECKS.add("owners")
def owner_in_two_spellings(subject: Subject) -> Findings:
    """An owner is spelled in one way."""
    from cpctrack.matching import spellings

    refs: dict[str, list[str]] = defaultdict(list)
    for record in subject.records:
        for owner in record.owners:
            refs[owner].append(record.ref)
    uses = {owner: len(found) for owner, found in refs.items()}
    for rare, usual in spellings.spellings(uses):
        where = f"here and at {listed(refs[rare][1:])}" if uses[rare] > 1 else "here"
        name = f"{quoted(usual)}, who has {counted(uses[usual])}"
        yield refs[rare][0], f"{quoted(rare)} {where} may be {name}; use one spelling."


@CHECKS.add("action")
def near_duplicate(subject: Subject) -> Findings:
    """A meeting agrees a thing once."""
    from cpctrack.matching import spellings

    to_do = [
        record
        for record in subject.records
        if record.kind is not Kind.DECISION and not successors(record)
    ]
    for records in by(to_do, lambda record: record.meeting.key).values():
        for earlier, later in spellings.repeats([record.text for record in records]):
            yield records[later].ref, f"It reads nearly like {records[earlier].ref}."

"""What may be right, and is for a person to say."""

from collections import defaultdict

from cpctrack.check.base import (
    WIDTH,
    Checks,
    Findings,
    Subject,
    Tier,
    by,
    dated,
    listed,
    quoted,
)
from cpctrack.check.forgotten import closed_on_trust
from cpctrack.records.attention import is_answer
from cpctrack.records.links import successors
from cpctrack.records.model import Kind, Status
from cpctrack.store.copies import how_to_bring_in
from cpctrack.text import counted, one_line, shorten

CHECKS = Checks(Tier.ATTENTION)


@CHECKS.add("copy")
def copy_not_brought_in(subject: Subject) -> Findings:
    """No copy beside the store holds what nobody has brought in."""
    for name in subject.copies:
        yield name, f"A synchronised folder may have left it. {how_to_bring_in(name)}"


@CHECKS.add("response")
def completed_without_response(subject: Subject) -> Findings:
    """What is completed has a response."""
    for record in subject.records:
        named = closed_on_trust(record)
        if record.status is Status.COMPLETED and not (named or is_answer(record.response)):
            yield record.ref, "Completed, but no response says what came of it."


@CHECKS.add("owners")
def no_owner(subject: Subject) -> Findings:
    """What is open has an owner, unless it is a decision."""
    for record in subject.records:
        if record.status.is_open and not record.owners and record.kind is not Kind.DECISION:
            yield record.ref, "Nobody is named to do it."


@CHECKS.add("owners")
def owner_has_left(subject: Subject) -> Findings:
    """What is open is with somebody who is still there."""
    book = subject.owners
    for record in subject.records if book.rows else ():
        for name in record.owners if record.status.is_open else ():
            owner = book.find(name)
            if owner and owner.has_left(subject.today):
                whose = shorten(name, WIDTH)
                fix = (
                    f'“cpctrack reassign "{whose}" NEW {one_line(record.ref)}” gives it to another'
                )
                yield record.ref, f"{quoted(name)} left on {dated(owner.left)}; {fix}."


@CHECKS.add("owners")
def owner_in_two_spellings(subject: Subject) -> Findings:
    """An owner is spelled in one way."""
    from cpctrack.matching import spellings

    refs: dict[str, list[str]] = defaultdict(list)
    for record in subject.records:
        for owner in record.owners:
            refs[owner].append(record.ref)
    uses = {owner: len(found) for owner, found in refs.items()}
    book = subject.owners
    fix = "use one spelling, or say with “cpctrack owner” that both mean one"
    for rare, usual in spellings.spellings(uses):
        if book.canonical(rare) == book.canonical(usual):
            continue
        where = f"here and at {listed(refs[rare][1:])}" if uses[rare] > 1 else "here"
        name = f"{quoted(usual)}, who has {counted(uses[usual], 'action')}"
        yield refs[rare][0], f"{quoted(rare)} {where} may be {name}; {fix}."


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

"""What may be right, and is for a person to say."""

from collections import defaultdict

from cpctrack.check.base import (
    Check,
    Findings,
    Subject,
    Tier,
    by,
    counted,
    dated,
    each_record,
    listed,
    quoted,
)
from cpctrack.matching import spellings
from cpctrack.records.model import Kind, Record, Status
from cpctrack.records.query import is_overdue
from cpctrack.text import fold

_LOOK = Tier.ATTENTION


_NO_ANSWERS = frozenset({"", "n/a", "na", "none", "noted", "tbc"})


def _completed_unanswered(record: Record, _subject: Subject) -> str:
    if record.status is not Status.COMPLETED or _is_answered(record):
        return ""
    return "Completed, but no response says what came of it."


def _overdue_unanswered(record: Record, subject: Subject) -> str:
    if not is_overdue(record, subject.today) or _is_answered(record):
        return ""
    due = dated(record.due) if record.due else quoted(record.due_text)
    return f"Due {due}, and nobody has answered."


def _is_answered(record: Record) -> bool:
    return fold(record.response).strip(" .-–—") not in _NO_ANSWERS


def _owner(record: Record, _subject: Subject) -> str:
    if record.owners or record.kind is Kind.DECISION or not record.status.is_open:
        return ""
    return "Nobody is named to do it."


def _spellings(subject: Subject) -> Findings:
    refs: dict[str, list[str]] = defaultdict(list)
    for record in subject.records:
        for owner in record.owners:
            refs[owner].append(record.ref)
    uses = {owner: len(found) for owner, found in refs.items()}
    for rare, usual in spellings.spellings(uses):
        where = f"here and at {listed(refs[rare][1:])}" if uses[rare] > 1 else "here"
        name = f"{quoted(usual)}, who has {counted(uses[usual])}"
        yield refs[rare][0], f"{quoted(rare)} {where} may be {name}; use one spelling."


def _repeats(subject: Subject) -> Findings:
    to_do = [record for record in subject.records if record.kind is not Kind.DECISION]
    for records in by(to_do, lambda record: record.meeting.key).values():
        for earlier, later in spellings.repeats([record.text for record in records]):
            yield records[later].ref, f"It reads nearly like {records[earlier].ref}."


CHECKS: tuple[Check, ...] = (
    Check("completed-without-response", _LOOK, "response",
          "What is completed has a response.",
          each_record(_completed_unanswered)),
    Check("overdue-without-response", _LOOK, "response",
          "What is overdue has a response.",
          each_record(_overdue_unanswered)),
    Check("no-owner", _LOOK, "owners",
          "What is open has an owner, unless it is a decision.",
          each_record(_owner)),
    Check("owner-in-two-spellings", _LOOK, "owners",
          "An owner is spelled in one way.",
          _spellings),
    Check("near-duplicate", _LOOK, "action",
          "A meeting agrees a thing once.",
          _repeats),
)  # fmt: skip

"""What packs have printed, which must stay readable, and what none may print."""

from cpctrack.check.base import (
    AFTER_A_MERGE,
    Check,
    Findings,
    Subject,
    Tier,
    dated,
    each_record,
    quoted,
)
from cpctrack.records.exempt import unsaid
from cpctrack.records.model import Record
from cpctrack.store import packs
from cpctrack.store.codec import WITHDRAWN
from cpctrack.text import fold, one_line

_BAD = Tier.DAMAGED


def _unreadable(subject: Subject) -> Findings:
    for row_id, row in sorted(subject.document.get(packs.TABLE, {}).items()):
        if wrong := packs.damage(row_id, row):
            yield one_line(row_id), wrong


def _lost(subject: Subject) -> Findings:
    known = {fold(record.ref) for record in subject.records}
    known |= {fold(ref) for ref in subject.document.get(WITHDRAWN, {})}
    meetings = {ref: meeting for ref, _, meeting in packs.printed(subject.document)}
    for ref, meeting in sorted(meetings.items()):
        if fold(ref) not in known:
            message = (
                f"It was published in the pack of {dated(meeting)}, and the store holds no such "
                f"record; {AFTER_A_MERGE}, else restore the file from git or a backup."
            )
            yield one_line(ref), message


def _exempt_by_now(subject: Subject) -> Findings:
    exempt = {record.id: record.ref for record in subject.records if record.exempt}
    for (meeting, view), pack in sorted(packs.standing(subject.document).items()):
        again = f"“cpctrack publish --meeting {meeting} --view {view} --again -o DIR”"
        message = (
            f"It is exempt by now, and stands in the pack of {dated(meeting)}: take that pack from "
            f"where the public reads it, and publish one without it with {again}."
        )
        for _, record, _ in packs.printed(pack):
            if record in exempt:
                yield exempt[record], one_line(message)


def _public_but_exempt(record: Record, _subject: Subject) -> str:
    says = unsaid(record)
    if says is None:
        return ""
    return (
        f"It is public, though {quoted(says.words)} may say that it is exempt. “cpctrack update "
        f'{one_line(record.ref)} --exempt PARAGRAPH” keeps it from the public; --exempt "" says '
        "that it is public all the same."
    )


CHECKS: tuple[Check, ...] = (
    Check("unreadable-publication", _BAD, "documents",
          "What a pack printed can be printed again.",
          _unreadable),
    Check("lost-reference", _BAD, "ref",
          "A reference that was published is a record's, or was taken back.",
          _lost),
    Check("public-but-exempt", Tier.CONTRADICTORY, "exempt_paragraph",
          "What its words call exempt is kept from the public, unless a person says otherwise.",
          each_record(_public_but_exempt)),
)  # fmt: skip

EXPOSED = Check(
    "exempt-but-published",
    Tier.CONTRADICTORY,
    "exempt_paragraph",
    "No record in the last pack of a meeting is exempt by now.",
    _exempt_by_now,
)

"""What packs have printed, which must stay readable, and what none may print."""

from cpctrack.check.base import AFTER_A_MERGE, Checks, Findings, Subject, Tier, dated, quoted
from cpctrack.records.exempt import unsaid
from cpctrack.store import packs
from cpctrack.store.codec import WITHDRAWN
from cpctrack.text import fold, one_line

DAMAGED = Checks(Tier.DAMAGED)
CONTRADICTORY, EXPOSED = Checks(Tier.CONTRADICTORY), Checks(Tier.CONTRADICTORY)


@DAMAGED.add("documents")
def unreadable_publication(subject: Subject) -> Findings:
    """What a pack printed can be printed again."""
    for row_id, row in sorted(subject.document.get(packs.TABLE, {}).items()):
        if wrong := packs.damage(row_id, row):
            yield one_line(row_id), wrong


@DAMAGED.add("ref")
def lost_reference(subject: Subject) -> Findings:
    """A reference that was published is a record's, or was taken back."""
    known = {fold(record.ref) for record in subject.records}
    known |= {fold(ref) for ref in subject.document.get(WITHDRAWN, {})}
    meetings = {ref: meeting for ref, _, meeting in packs.printed(subject.document)}
    for ref, meeting in sorted(meetings.items()):
        if fold(ref) not in known:
            message = (
                f"It was published in the pack of {dated(meeting)}, and the store has it no "
                f"more; {AFTER_A_MERGE}, else restore the file from git or a backup."
            )
            yield one_line(ref), message


@CONTRADICTORY.add("exempt_paragraph")
def public_but_exempt(subject: Subject) -> Findings:
    """What its words call exempt is kept from the public, unless a person says otherwise."""
    for record in subject.records:
        if says := unsaid(record):
            message = (
                f"It is public, though {quoted(says.words)} may say that it is exempt. “cpctrack "
                f"update {one_line(record.ref)} --exempt PARAGRAPH” keeps it from the public; "
                '--exempt "" says that it is public all the same.'
            )
            yield record.ref, message


@EXPOSED.add("exempt_paragraph")
def exempt_but_published(subject: Subject) -> Findings:
    """No record in the last pack of a meeting is exempt by now."""
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

"""What owners were asked: rows that can't be read, and what nobody answered in time."""

from cpctrack.check.base import Checks, Findings, Subject, Tier, dated, quoted
from cpctrack.errors import StoreError
from cpctrack.records.asking import waits
from cpctrack.store import chases
from cpctrack.text import one_line

DAMAGED, ATTENTION = Checks(Tier.DAMAGED), Checks(Tier.ATTENTION)


@DAMAGED.add("parts")
def unreadable_chase(subject: Subject) -> Findings:
    """What was sent to an owner is as docs/store.md describes it."""
    for number, row in sorted(subject.document.get(chases.TABLE, {}).items()):
        try:
            chases.decode(number, row)
        except StoreError as error:
            yield one_line(number), str(error)


@ATTENTION.add("response")
def asked_in_vain(subject: Subject) -> Findings:
    """What an owner was asked was answered by the day that was named."""
    for record in subject.records:
        for asked in waits(record):
            if "" < asked.reply_by < subject.today.isoformat():
                message = (
                    f"{quoted(asked.owner)} was asked on {dated(asked.at[:10])} to answer by "
                    f"{dated(asked.reply_by)}, and nobody has; “cpctrack chase --again” reminds "
                    "them."
                )
                yield record.ref, message

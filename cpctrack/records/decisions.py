"""What is decided on an action after it was agreed: completion, reopening, more time. Pure.

Closure takes two keys: the owner says that it is done, the committee agrees that it is.
"""

from collections.abc import Iterable

from cpctrack.dates import long_date
from cpctrack.errors import DecisionError, UsageError
from cpctrack.records import links
from cpctrack.records.ageing import EXTEND, REOPEN, first_due
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import Meeting, MeetingType, Record, Status
from cpctrack.text import one_line

_SAID_DONE = frozenset({Status.PROPOSED, Status.COMPLETED})
_AT_WORK = frozenset({Status.OPEN, Status.IN_PROGRESS, Status.ONGOING})


def is_said_done(record: Record) -> bool:
    """Tell whether somebody has said that an action is done, so that a meeting can agree it."""
    return record.status in _SAID_DONE


def agree(record: Record, meeting: Meeting, author: Author) -> Record:
    """Let a formal meeting agree that an action is completed.

    Raises `DecisionError` where nobody has said that it is done, or where the meeting can't have
    agreed it.
    """
    if meeting.type is not MeetingType.FORMAL:
        raise DecisionError(
            f"The meeting of {long_date(meeting.date)} was informal, and only a formal one agrees "
            "that an action is completed; name a formal one with --meeting."
        )
    if not meeting.stands:
        raise DecisionError(
            f"The formal meeting of {long_date(meeting.date)} was {meeting.fate}, so it agreed "
            "nothing; name the one that did with --meeting."
        )
    links.require_here(record)
    if not is_said_done(record):
        raise DecisionError(
            f"Nobody has said that {record.ref} is done: its status is “{record.status.words}”. "
            f"First say so with “cpctrack update {record.ref} --status proposed”."
        )
    if meeting.date < record.meeting.date:
        raise DecisionError(
            f"{record.ref} was agreed on {long_date(record.meeting.date)}, after the meeting of "
            f"{long_date(meeting.date)}; name a later one with --meeting."
        )
    if record.agreed_on:
        return record
    values = {"status": Status.COMPLETED, "agreed_on": meeting.date}
    return amend(record, values, author, meeting=meeting.date)


def require_coming(day: str, meetings: Iterable[Meeting], today: str) -> None:
    """Refuse a day (ISO) that no action can go to: it has been, and no meeting is known of it.

    Raises `DecisionError`.
    """
    if day and day < today and all(meeting.date != day for meeting in meetings):
        raise DecisionError(
            f"{long_date(day)} has been, and no meeting is known on it; give the day of a meeting "
            f"with --goes-to, or first keep that one with “cpctrack meeting {day} --type formal”."
        )


def reopen(record: Record, author: Author, *, reason: str, meeting: str = "") -> Record:
    """Open an action again that was said to be done or was stopped; raises `DecisionError`.

    `meeting` is the meeting (ISO) that asked for it, where one did.
    """
    links.require_here(record)
    _require(reason, f"reopen {record.ref}")
    if record.status in _AT_WORK:
        raise DecisionError(
            f"{record.ref} is “{record.status.words}” already; there is nothing to reopen."
        )
    values = {"status": Status.OPEN, "completed_on": "", "agreed_on": ""}
    author = author._replace(via=REOPEN)  # by which the history tells it, as below
    return amend(record, values, author, reason=reason, meeting=meeting)


def extend(record: Record, author: Author, *, to: str, reason: str, meeting: str = "") -> Record:
    """Move a due date back, and keep the one before; raises `DecisionError`.

    `to` is a date or words for one. `meeting` is the meeting (ISO) that agreed it; without one it
    is only asked for.
    """
    author = author._replace(via=EXTEND)  # by which the history tells it from a correction
    _require(reason, f"extend {record.ref}")
    if not record.status.is_open:
        raise DecisionError(
            f"{record.ref} is “{record.status.words}”, so it needs no more time; look at it "
            f"with “cpctrack show {record.ref}”."
        )
    if not first_due(record):
        raise DecisionError(
            f"{record.ref} has no due date that could be moved; give it its first one with "
            f"“cpctrack update {record.ref} --due DATE”."
        )
    if not to.strip():
        raise DecisionError(f"Say till when {record.ref} is extended, with --to DATE.")
    from cpctrack.due import read_due

    iso = read_due(to).iso
    if (iso and record.due and iso <= record.due) or to in (record.due, record.due_text):
        raise DecisionError(
            f"{record.ref} is due {one_line(long_date(record.due) or record.due_text)} already; "
            "give a later date, or correct a wrong one with “cpctrack update --due”."
        )
    return amend(record, {"due": iso, "due_text": to}, author, reason=reason, meeting=meeting)


def check_update(before: Record, after: Record) -> None:
    """Refuse to take back by the way what the committee agreed; raises `DecisionError`.

    Nor may nothing be left of it: raises `UsageError`.
    """
    if after.agreed_on and after.status is not Status.COMPLETED:
        raise DecisionError(
            f"The committee agreed on {long_date(before.agreed_on)} that {before.ref} is "
            f"completed; to open it again, use “cpctrack reopen {before.ref} --reason TEXT”."
        )
    if after.status is not Status.SUPERSEDED:
        links.require_here(before)
    require_text(after.ref, after.text)


def require_text(ref: str, text: str) -> None:
    """Refuse to leave a record without what was `agreed`; raises `UsageError`."""
    if not text.strip():
        raise UsageError(f"{ref} would be left without an action; give it another text.")


def _require(reason: str, what: str) -> None:
    if not reason.strip():
        raise DecisionError(f"Members will ask why; say so with “cpctrack {what} --reason TEXT”.")

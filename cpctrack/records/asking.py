"""Who was asked about an action, by when they were to answer, and whether anybody did. Pure.

Both are lines of the record's history, as extensions are: whoever merges, undoes or hands over a
record takes them along. What was sent is a `Chase`, which the store keeps beside its records.
"""

from collections.abc import Mapping
from typing import NamedTuple

from cpctrack.records.changes import Author
from cpctrack.records.model import NOTHING, Change, Record

CHASE = "chase"
ASKED = "asked"
ANSWERED = "answered"
"""What a line of history has changed that tells of a question, and of an answer to one."""


class Ask(NamedTuple):
    """One question to an owner about one action, and who put it when.

    `reply_by` and `meeting`, the one it was asked for, are days (ISO) or nothing; `number` is that
    of the `Chase` that asked. `answered` is when an answer came (as `at`), or nothing.
    """

    at: str
    by: str
    owner: str
    reply_by: str
    meeting: str
    number: str
    answered: str = ""


class Heard(NamedTuple):
    """Where an answer came from: who sent it, on which day (ISO), and the message's own id."""

    sender: str
    date: str
    message_id: str


class Part(NamedTuple):
    """A stretch of what was sent, in its place from 0: of one action, or, without `ref`, around."""

    place: int
    text: str
    ref: str = ""


class Chase(NamedTuple):
    """One message to one owner, as a store keeps it.

    `number` is what the owner sees in subject and text (``CPC-CHASE-7K4QD``), `step` how many times
    they had been asked with it. Of a message about several committees each store keeps the parts
    that are about its own actions, and those around them; `parts` are the plain text.
    """

    number: str
    owner: str
    at: str
    by: str
    reply_by: str = ""
    meeting: str = ""
    step: int = 1
    exempt: bool = False
    parts: tuple[Part, ...] = ()
    extra: Mapping[str, object] = NOTHING

    @property
    def refs(self) -> tuple[str, ...]:
        """The references in it, in the order in which they stand and are numbered from 1."""
        return tuple(part.ref for part in self.parts if part.ref)


def ask(record: Record, chase: Chase, author: Author) -> Record:
    """Note in a record's history that its owner was asked."""
    said = (chase.number, chase.owner, chase.reply_by, chase.meeting)
    return _noted(record, Change(author.at, author.by, author.via, ASKED, "", said))


def answer(record: Record, heard: Heard, author: Author) -> Record:
    """Note in a record's history that an answer came, whatever it changes."""
    return _noted(record, Change(author.at, author.by, author.via, ANSWERED, "", tuple(heard)))


def asks(record: Record) -> tuple[Ask, ...]:
    """Give every question about a record, the first one first."""
    found: list[Ask] = []
    for line in record.history:
        if line.what == ASKED and isinstance(line.after, tuple):
            number, owner, reply_by, meeting, *_ = (*line.after, "", "", "", "")
            found.append(Ask(line.at, line.by, owner, reply_by, meeting, number))
        elif line.what == ANSWERED or (line.what == "response" and line.after):
            found = [one if one.answered else one._replace(answered=line.at) for one in found]
    return tuple(found)


def open_asks(record: Record) -> tuple[Ask, ...]:
    """Give the questions that nobody has answered yet."""
    return tuple(one for one in asks(record) if not one.answered)


def heard_of(record: Record) -> tuple[Heard, ...]:
    """Give where every answer came from that was noted, the first one first."""
    return tuple(
        Heard(*(*line.after, "", "", "")[:3])
        for line in record.history
        if line.what == ANSWERED and isinstance(line.after, tuple)
    )


def _noted(record: Record, line: Change) -> Record:
    at = max(line.at, record.history[-1].at) if record.history else line.at
    return record._replace(history=(*record.history, line._replace(at=at)))

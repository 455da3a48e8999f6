"""Who was asked about an action, by when they were to answer, and whether anybody did. Pure.

Both are lines of the record's history, as extensions are: whoever merges, undoes or hands over a
record takes them along. What was sent is a `Chase`, which the store keeps beside its records.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from cpctrack.dates import find_date
from cpctrack.records.calendar import Calendar
from cpctrack.records.changes import Author
from cpctrack.records.model import NOTHING, Change, Record, Settings
from cpctrack.records.owners import Owners
from cpctrack.text import fold

ASKED = "asked"
ANSWERED = "answered"
"""What a line of history has changed that tells of a question, and of an answer to one."""

REMINDER, ESCALATION = 2, 3
"""The steps of a message after the first: how many times the owner will have been asked with it."""


class Ask(NamedTuple):
    """One question to an owner about one action, and who put it when.

    `reply_by` and `meeting`, the one it was asked for, are days (ISO) or nothing; `number` is that
    of the `Chase` that asked. `answered` is when an answer came (as `at`), or nothing; `moot` says
    that the action was given to others since.
    """

    at: str
    by: str
    owner: str
    reply_by: str
    meeting: str
    number: str
    answered: str = ""
    moot: bool = False

    def after(self, line: Change) -> "Ask":
        """Give the question as it stands after a change of the record."""
        if line.what == ANSWERED or (line.what == "response" and line.after):
            return self._replace(answered=self.answered or line.at)
        if line.what == "owners":
            had, has = ({fold(name) for name in names} for names in (line.before, line.after))
            owner = fold(self.owner)
            # Whoever was asked may stand there by another name, which none of the others is.
            gone = owner in had or not had & has or self.moot
            return self._replace(moot=gone and owner not in has)
        return self


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


class Rung(NamedTuple):
    """How far asking one owner about one action has come, in the round for one meeting.

    `step` is on how many days they will have been asked with the next message, or 0 where an answer
    came; it is due `on` a day, or on none by itself. `asked` are the days (ISO) they were asked.
    """

    step: int
    on: date | None = None
    asked: tuple[str, ...] = ()

    def is_due(self, today: date) -> bool:
        """Tell whether they are to be asked now, without anybody having to say so."""
        return self.step == 1 or (self.on is not None and self.on <= today)


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
        else:
            found = [one.after(line) for one in found]
    return tuple(found)


def open_asks(record: Record) -> tuple[Ask, ...]:
    """Give the questions that nobody has answered yet, of those who still own the action."""
    return tuple(one for one in asks(record) if not (one.answered or one.moot))


def waits(record: Record) -> tuple[Ask, ...]:
    """Give the last question to each owner that has no answer, while somebody has something to do.

    The one that was put last stands last.
    """
    asked = open_asks(record) if record.status.can_be_overdue else ()
    last = {fold(one.owner): place for place, one in enumerate(asked)}
    return tuple(asked[place] for place in sorted(last.values()))


def rung(
    record: Record, owner: str, book: Owners, calendar: Calendar, meeting: str, settings: Settings
) -> Rung:
    """Tell how far asking an owner has come in the round for a meeting (ISO), or for none known.

    What was asked of somebody whose action it no longer is does not count, but an answer of any of
    its owners does.
    """
    owners = {fold(book.canonical(name)) for name in record.owners}
    asked = [
        one
        for one in asks(record)
        if fold(book.canonical(one.owner)) in owners and _is_of_round(one, meeting, calendar)
    ]
    if any(one.answered for one in asked):
        return Rung(0)
    theirs = (one.at[:10] for one in asked if fold(book.canonical(one.owner)) == fold(owner))
    days = tuple(dict.fromkeys(theirs))
    step, on = len(days) + 1, None
    if days and (first := find_date(days[0])) and (last := find_date(days[-1])):
        if step == REMINDER:
            on = first + timedelta(settings.remind_after)
        elif step == ESCALATION:  # never on the day of the reminder
            on = max(first + timedelta(settings.escalate_after), last + timedelta(1))
    return Rung(step, on, days)


def _is_of_round(one: Ask, meeting: str, calendar: Calendar) -> bool:
    """Tell whether a question is of the round for a meeting: what it was asked for is to come.

    One that nobody answered goes on where that meeting is cancelled, or another comes first.
    """
    day, its = calendar.held_on(meeting), calendar.held_on(one.meeting)
    if day and its and one.answered:
        return its == day
    if its and its not in calendar.cancelled:
        return its >= calendar.today.isoformat()
    return one.at[:10] >= calendar.last_formal


def for_the_public(record: Record) -> Record:
    """Give a record without the names and numbers of who was asked and who answered."""
    kept = {ASKED: (2, 3), ANSWERED: (1,)}
    history = tuple(
        line._replace(
            after=tuple(text if at in kept[line.what] else "" for at, text in enumerate(line.after))
        )
        if line.what in kept and isinstance(line.after, tuple)
        else line
        for line in record.history
    )
    return record._replace(history=history)


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

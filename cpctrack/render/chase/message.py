"""What one message asks of one owner, in plain strings. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Record

REMINDER, ESCALATION = 2, 3


class Question(NamedTuple):
    """One action in a message, beside the committee that agreed it and its calendar.

    `asked` are the days (ISO) on which its owner was asked before.
    """

    record: Record
    calendar: Calendar
    committee: str
    asked: tuple[str, ...] = ()


class Message(NamedTuple):
    """What is asked of one owner, once.

    `step` is 1 for the first time, `REMINDER`, or `ESCALATION` and above; `meeting` and `reply_by`
    are days (ISO), the first or both may be nothing. `clerk` is who asks, in a line or more;
    `exempt` says that it is about what the public must not read. What is overdue stands first
    among `questions`.
    """

    number: str
    owner: str
    to: str
    step: int
    questions: Sequence[Question]
    reply_by: str
    meeting: str
    today: date
    clerk: str = ""
    exempt: bool = False

    @property
    def refs(self) -> tuple[str, ...]:
        """The references in it, in the order in which they stand."""
        return tuple(each.record.ref for each in self.questions)


class Shown(NamedTuple):
    """An action as its owner reads it; every text is plain, and may be empty.

    `place` is its number in the message, from 1. `due` tells by when, and how often that moved;
    `late` that it is overdue, and since when; `said` what was answered last, and when.
    """

    place: int
    ref: str
    text: str
    agreed: str
    due: str = ""
    late: str = ""
    said: str = ""
    asked: str = ""


class View(NamedTuple):
    """A message in words: what every form of it says, in this order.

    `subject` ends with the number in square brackets. `greeting` is the first line, `opening` the
    sentences before the actions, `how` tells how to answer, `privacy` what becomes of it, and
    `closing` are the clerk's lines. `committees` heads the actions of each committee, where there
    are several, with the places of its first and last.
    """

    number: str
    subject: str
    greeting: str
    opening: tuple[str, ...]
    how: tuple[str, ...]
    privacy: str
    actions: tuple[Shown, ...]
    closing: tuple[str, ...]
    marking: str = ""


def view(message: Message) -> View:
    """Put a message into words."""
    raise NotImplementedError

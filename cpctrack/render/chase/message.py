"""What one message asks of one owner, in plain strings. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from cpctrack.dates import long_date, weekday_date
from cpctrack.records.asking import ESCALATION, REMINDER
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Record
from cpctrack.render.words import day, printable, slippage
from cpctrack.text import counted, listed, one_line, shorten

MARKING = "EXEMPT – not for publication"
"""What stands above a message, and before its subject, that the public must not read."""

RESPONSE = "Your response:"
"""The line under which an owner answers."""

_CALLED = {1: "", REMINDER: "Reminder: ", ESCALATION: "Not yet answered: "}
_HOW = (
    (
        "Please reply to this message and write under “Your response”, beside or under each "
        "action, or fill in the form, if one is attached, and send it back."
    ),
    (
        "Say how far it has come; if it is done, when; if you need more time, until when; and if "
        "it isn’t yours, whose it is."
    ),
)
_NO_DAY = "no day is set"
_LONGEST_SUBJECT = 150  # Outlook keeps 255 letters
_IN_DAYS = 14
_ARTICLE = re.compile(r"the\s", re.IGNORECASE)


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
    `closing` are the clerk's lines. `marking` stands above all of one that is not for the public.
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
    committees = tuple(dict.fromkeys(one_line(each.committee) for each in message.questions))
    called = _CALLED[min(message.step, ESCALATION)]
    return View(
        number=message.number,
        subject=titled(
            f"{called}Progress on actions: {listed(committees)}",
            message.meeting,
            f"[{message.number}]",
            exempt=message.exempt,
        ),
        greeting=f"Dear {one_line(message.owner)},",
        opening=tuple(_opening(message, committees)),
        how=_HOW,
        privacy=_privacy(message),
        actions=tuple(
            shown(each, place, named=len(committees) > 1)
            for place, each in enumerate(message.questions, 1)
        ),
        closing=lines(message.clerk),
        marking=MARKING if message.exempt else "",
    )


def titled(what: str, meeting: str, number: str = "", *, exempt: bool = False) -> str:
    """Make a subject, short enough that no mail program cuts off the number at its end."""
    marked = f"{MARKING}: {what}" if exempt else what
    on = f", {long_date(meeting)}" if meeting else ""
    return " ".join(filter(None, (f"{shorten(marked, _LONGEST_SUBJECT)}{on}", number)))


def shown(question: Question, place: int, *, named: bool) -> Shown:
    """Write an action for its owner; `named` says that its committee stands beside its meeting."""
    record = question.record
    met = (question.committee if named else "", day(record.meeting.date), record.item)
    late, moved = _late(question), slippage(record)
    due = day(record.due) or record.due_text
    if due and not (record.due or late) and (last := question.calendar.last_day(record)):
        due = f"{due} ({long_date(last.isoformat())})"
    return Shown(
        place=place,
        ref=one_line(record.ref),
        text=printable(record.text).strip(),
        agreed=", ".join(filter(None, map(one_line, met))),
        due=one_line(f"{due} ({moved[:1].lower()}{moved[1:]})" if moved else due) or _NO_DAY,
        late=late,
        said=_said(record),
        asked=listed([long_date(each) for each in question.asked]),
    )


def with_article(committee: str) -> str:
    """Write a committee's name as a sentence has it."""
    return committee if _ARTICLE.match(committee) else f"the {committee}"


def lines(text: str) -> tuple[str, ...]:
    """Give the lines of a text that hold something, as they may be printed."""
    return tuple(filter(None, map(one_line, printable(text).splitlines())))


def _opening(message: Message, committees: Sequence[str]) -> Iterator[str]:
    for_whom = listed(list(map(with_article, committees)))
    meeting = f", for the meeting of {weekday_date(message.meeting)}" if message.meeting else ""
    until = f" by {weekday_date(message.reply_by)}" if message.reply_by else ""
    one = len(message.questions) == 1
    stand = "this action stands" if one else f"these {len(message.questions)} actions stand"
    yield f"I am writing for {for_whom}. Please tell me{until} how {stand}{meeting}."
    asked = sorted({day for each in message.questions for day in each.asked})
    if message.step >= REMINDER:
        on = f" on {listed([long_date(each) for each in asked])}" if asked else " before"
        yield f"I asked{on} and have no answer yet. If you have just sent one, thank you."
    if message.step >= ESCALATION:
        yield "The chair is told of the actions that nobody answers."


def _privacy(message: Message) -> str:
    if message.exempt:
        return (
            "This message and your answer are exempt (Local Government Act 1972, Schedule 12A): "
            "please pass it on to nobody who need not see it."
        )
    days = (each.calendar.formal_days for each in message.questions)
    is_public = all(message.meeting in each for each in days)
    agenda = (
        f"the public agenda of {long_date(message.meeting)}" if is_public else "a public agenda"
    )
    return f"What you write is printed in {agenda}: no names of children or families, please."


def _late(question: Question) -> str:
    """Tell how long it is overdue, and since when where only words say when it was due."""
    last = question.calendar.last_day(question.record)
    if last is None or not question.calendar.is_overdue(question.record):
        return ""
    days = (question.calendar.today - last).days
    late = counted(days, "day") if days < _IN_DAYS else counted(days // 7, "week")
    since = "" if question.record.due else f", since {long_date(last.isoformat())}"
    return f"Overdue by {late}{since}"


def _said(record: Record) -> str:
    """Give the last response, before the day on which it was noted, if that is known."""
    if not (said := printable(record.response).strip()):
        return ""
    last = next((each for each in reversed(record.history) if each.what == "response"), None)
    # When an imported table was taken in says nothing about when somebody answered.
    on = day(last.at[:10]) if last and last.via != "import" else ""
    return f"{said} ({on})" if on else said

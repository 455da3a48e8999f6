"""What the chair is told: who was asked about which action on which days, and has not answered."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.render.chase.draft import unsent
from cpctrack.render.chase.message import MARKING, Question, Shown, lines, shown, titled
from cpctrack.render.chase.text import rendered
from cpctrack.text import counted, one_line

TEXT = "chair.txt.j2"


class Late(NamedTuple):
    """An owner who has not answered, and about what; `Question.asked` are the days."""

    owner: str
    questions: Sequence[Question]


class Silent(NamedTuple):
    """An owner who has not answered, and the actions, as the chair reads it."""

    owner: str
    actions: tuple[Shown, ...]


class ChairView(NamedTuple):
    """The letter in words, in this order; `closing` are the clerk's lines."""

    subject: str
    opening: str
    owners: tuple[Silent, ...]
    closing: tuple[str, ...]
    marking: str = ""


class Letter(NamedTuple):
    """The letter as text to paste and as an unsent e-mail."""

    text: str
    eml: bytes


def letter(
    late: Sequence[Late], clerk: str, meeting: str, today: date, folder: Path | None = None
) -> Letter:
    """Write the letter for a meeting (ISO, or nothing) by ``chair.txt.j2``, ours or `folder`'s.

    All of it is marked where one action is exempt, so exempt ones go in a letter of their own.
    Raises `RenderError` for a wrong template of `folder`.
    """
    view = chair_view(late, clerk, meeting, today)
    text = rendered(TEXT, view, folder, "letter")
    return Letter(text, unsent(view.subject, text, today))


def chair_view(late: Sequence[Late], clerk: str, meeting: str, today: date) -> ChairView:
    """Put the letter into words."""
    every = [each for one in late for each in one.questions]
    exempt = any(each.record.exempt for each in every)
    named = len({one_line(each.committee) for each in every}) > 1
    before = f" before the meeting of {long_date(meeting)}" if meeting else ""
    return ChairView(
        subject=titled("Actions without an answer", meeting, exempt=exempt),
        opening=(
            f"{counted(len(every), 'action')} had no answer by {long_date(today.isoformat())}, "
            f"though {'its owner was' if len(every) == 1 else 'their owners were'} asked{before}."
        ),
        owners=tuple(
            Silent(
                one_line(owner),
                tuple(shown(each, at, named=named) for at, each in enumerate(asked, 1)),
            )
            for owner, asked in late
        ),
        closing=lines(clerk),
        marking=MARKING if exempt else "",
    )

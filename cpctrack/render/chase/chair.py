"""What the chair is told: who was asked about which action on which days, and has not answered."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.render.chase.draft import unsent
from cpctrack.render.chase.message import (
    MARKING,
    Message,
    Shown,
    lines,
    shown,
    titled,
    with_article,
)
from cpctrack.render.chase.text import rendered
from cpctrack.text import counted, one_line

TEXT = "chair.txt.j2"


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


def letter(late: Sequence[Message], folder: Path | None = None) -> tuple[str, bytes]:
    """Write the letter by ``chair.txt.j2``, ours or `folder`'s, as text and as unsent e-mail.

    `late` are messages to owners, with what nobody answered of one committee and, in
    `Question.asked`, the days. All of it is marked where one action is exempt, so exempt ones go in
    a letter of their own. Raises `RenderError` for a wrong template of `folder`.
    """
    view = chair_view(late)
    text = rendered(TEXT, view, folder, "letter")
    return text, unsent(view.subject, text, late[0].today)


def chair_view(late: Sequence[Message]) -> ChairView:
    """Put the letter into words."""
    every = [each for one in late for each in one.questions]
    exempt = any(each.record.exempt for each in every)
    meeting, today = late[0].meeting, long_date(late[0].today.isoformat())
    before = f" before the meeting of {long_date(meeting)}" if meeting else ""
    committee = one_line(every[0].committee)
    count = len({each.record.id for each in every})  # one of two owners is one action
    return ChairView(
        subject=titled(f"Actions without an answer: {committee}", meeting, exempt=exempt),
        opening=(
            f"{counted(count, 'action')} of {with_article(committee)} had no answer by {today}, "
            f"though {'its owner was' if len(every) == 1 else 'their owners were'} asked{before}."
        ),
        owners=tuple(
            Silent(
                one_line(one.owner),
                tuple(shown(each, at, named=False) for at, each in enumerate(one.questions, 1)),
            )
            for one in late
        ),
        closing=lines(late[0].clerk),
        marking=MARKING if exempt else "",
    )

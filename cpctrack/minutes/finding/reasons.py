"""Why a statement is drafted, offered, only decided or passed over, for `minutes --why`.

What was made of each statement is worked out in `finding`; here it is put into words.
"""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from cpctrack.minutes.base import Minutes, MinutesDraft
from cpctrack.minutes.finding.features import Document, Features
from cpctrack.minutes.finding.parts import Part
from cpctrack.minutes.finding.sections import Statement
from cpctrack.minutes.language import grammar
from cpctrack.minutes.page.blocks import Block
from cpctrack.reading.lines import Line

DRAFTED, OFFERED, DECIDED, PASSED = "drafted", "offered", "only decided", "passed over"


class Reason(Enum):
    """What settled what was made of a statement; “{line}” is the line of another one."""

    SURE = "It is sure enough"
    ROW = "It is a row of a table of actions"
    PERHAPS = "It may be an action, and is not sure enough to be drafted"
    RESOLVES = "It is what the meeting itself decides: nobody has to act"
    EXCLUDES = "It keeps the public out: the meeting's own doing"
    UNSURE = "It stands below a decision, and is not sure enough to be an action"
    BEHIND = "It is the decision; who does it is said in line {line}"
    AGAIN = "It says again what line {line} says"
    HELD = "What is drafted of the same item has these words already; see line {line}"
    NO_ROOM = "It may be an action, but others are surer: no more than {most} lines are offered"
    UNLIKE = "It is not like an action"
    NOTHING = "It says that there is nothing to do, or what the meeting itself did"
    SUPERSEDED = "It was put forward only; what was decided of it begins in line {line}"
    LOST = "Its motion was lost"
    SCRAP = "It is too little to say anything"


class Judged(NamedTuple):
    """What was made of a statement, or of a row of a table of actions."""

    line: int
    reason: Reason
    at: int = -1  # the statement's place; a row has none
    mark: str = ""  # what marks it
    kind: str = ""  # of what it stands in: action, decision or recommendation
    score: float = 0.0
    needed: float = 0.0  # to be drafted
    labelled: bool = False  # a label or a heading says that it is an action
    features: Features = ()  # where it may be drafted
    draft: MinutesDraft | None = None
    other: int = 0  # the line of another statement that the reason names

    @property
    def verdict(self) -> str:
        """Say what became of it."""
        if self.draft is None:
            return PASSED
        if not self.draft.marked:
            return OFFERED
        return DECIDED if self.draft.kind == grammar.RESOLUTION else DRAFTED


class Reading(NamedTuple):
    """Minutes as they were read."""

    minutes: Minutes
    lines: Sequence[Line]
    blocks: Sequence[Block]
    parts: Sequence[Part]
    statements: Sequence[Statement]
    document: Document
    judged: Sequence[Judged]  # in the order of the text

"""Why a statement is drafted, offered, only decided or passed over: what `finding` keeps of it."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from cpctrack.minutes.base import Minutes, MinutesDraft
from cpctrack.minutes.finding.features import Document, Features
from cpctrack.minutes.finding.parts import Part
from cpctrack.minutes.finding.sections import Statement
from cpctrack.minutes.habits import Habits
from cpctrack.minutes.language import grammar
from cpctrack.reading.lines import Line

DRAFTED, OFFERED, DECIDED, PASSED = "drafted", "offered", "only decided", "passed over"


class Reason(Enum):
    """What settled it, as a sentence; `{line}` is the line of another statement."""

    SURE = "It is taken for an action"
    ROW = "It is a row of a table of actions"
    PERHAPS = "It may be an action"
    RESOLVES = "It is what the meeting itself decides, and nobody has to act"
    EXCLUDES = "It keeps the public out, which is the meeting's own doing"
    UNSURE = "It is part of a decision, but not sure enough to be an action"
    BEHIND = "Line {line} says the same, and who does it"
    AGAIN = "Line {line} says the same, and one of the two sums up"
    HELD = "Its words are already in what is drafted of the same item: see line {line}"
    NO_ROOM = "It may be an action, but others are surer, and {most} lines at most are offered"
    UNLIKE = "It is hardly an action"
    NOTHING = "It says that it is done, that there is nothing to do, or what the meeting itself did"
    SUPERSEDED = (
        "It was only put forward: what the item decides stands further below, in line {line}"
    )
    LOST = "Its motion was lost"
    SCRAP = "It is too short to say anything"


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

    def stamped(self, draft: MinutesDraft) -> "Judged":
        """Give it with what was found out of its being exempt."""
        excludes = self.draft is not None and self.draft.kind != draft.kind
        return self._replace(draft=draft, reason=Reason.EXCLUDES if excludes else self.reason)


class Reading(NamedTuple):
    """Minutes as they were read."""

    minutes: Minutes
    lines: Sequence[Line]
    parts: Sequence[Part]
    statements: Sequence[Statement]
    document: Document
    judged: Sequence[Judged]  # in the order of the text
    own: Habits  # the committee's, by which they were read

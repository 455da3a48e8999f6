"""How far an action has come, read from the printed cells beside it.

A doubtful reading leans away from done: only a bare status closes an action, nothing is read into
a blank cell, and every contradiction is listed for a person.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cpctrack.dates import find_date
from cpctrack.records.model import Status
from cpctrack.records.printed_status import stated
from cpctrack.tables.phrases import Says, phrases
from cpctrack.text import fold, shorten


@dataclass(frozen=True, slots=True)
class Reading:
    """The status of an action, the ISO day it was completed on (or ``""``), and the doubts."""

    status: Status
    completed_on: str = ""
    doubts: tuple[str, ...] = ()


_COLOURS: Mapping[str, Status] = {
    "red": Status.OPEN, "amber": Status.IN_PROGRESS, "yellow": Status.IN_PROGRESS,
    "green": Status.IN_PROGRESS, "blue": Status.PROPOSED,
}  # fmt: skip
_INITIALS: Mapping[str, str] = {"r": "red", "a": "amber", "g": "green", "b": "blue"}
_PERCENT = re.compile(
    r"(\d{1,3})(?:\.\d+)?\s*(?P<sign>%?)(?:\s*completed?)?", re.ASCII | re.IGNORECASE
)
_NO_RESPONSE = frozenset({"", "noted"})

# What a cell means that says these things together: the first line it says all of.
_STANDS: Sequence[tuple[frozenset[Says], Status]] = tuple(
    (frozenset(says), status)
    for says, status in (
        ((Says.POSTPONED,), Status.DEFERRED),
        ((Says.SUPERSEDED,), Status.SUPERSEDED),
        ((Says.DROPPED, Says.STEPS), Status.IN_PROGRESS),
        ((Says.DROPPED, Says.UNDER_WAY), Status.IN_PROGRESS),
        ((Says.DROPPED,), Status.NOT_PROCEEDING),
        ((Says.ONGOING,), Status.ONGOING),
        ((Says.UNDER_WAY,), Status.IN_PROGRESS),
        ((Says.PARTLY,), Status.IN_PROGRESS),
        ((Says.DONE, Says.PROMISED), Status.IN_PROGRESS),
        ((Says.DONE, Says.NOT_DONE), Status.IN_PROGRESS),
        ((Says.DONE, Says.UNSURE), Status.IN_PROGRESS),
        ((Says.DELIVERED, Says.PROMISED), Status.IN_PROGRESS),
        ((Says.DELIVERED, Says.NOT_DONE), Status.IN_PROGRESS),
        ((Says.DELIVERED, Says.UNSURE), Status.IN_PROGRESS),
        ((Says.DONE,), Status.PROPOSED),
        ((Says.DELIVERED,), Status.PROPOSED),
        ((Says.STEPS,), Status.IN_PROGRESS),
        ((), Status.OPEN),
    )
)
_FINISHED = frozenset({Says.DONE, Says.DELIVERED})
_UNFINISHED = frozenset(
    {Says.POSTPONED, Says.DROPPED, Says.NOT_DONE, Says.PARTLY, Says.UNDER_WAY, Says.ONGOING,
     Says.UNSURE}
)  # fmt: skip
_TO_COME = _UNFINISHED - {Says.DROPPED, Says.UNSURE} | {Says.PROMISED}
_ALL = 100  # per cent
_HALF_DONE = frozenset({Says.PROMISED, Says.NOT_DONE, Says.UNSURE})
_CLOSES = frozenset({Status.COMPLETED, Status.PROPOSED})


def derive(
    *, response: str, follow_up: str, column: str = "follow_up", completed: str = ""
) -> Reading:
    """Read the status from the follow-up cell, the response and a “completed on” cell together.

    `column` says what kind of column the follow-up cell stands in: ``follow_up``, ``status``,
    ``achieved``, ``rag`` or ``percent``.
    """
    says = phrases(response)
    if not follow_up.strip() and completed.strip():
        follow_up, column = _as_follow_up(completed), "achieved"
    cell = follow_up.strip()
    if not cell:
        return _from_response(says, response)
    if find_date(cell):
        reading = _from_response(says, response)
        why = f"“{cell}” may be the day it was done or the day it is due"
        return Reading(reading.status, doubts=(why, *reading.doubts))
    if measured := _measured(cell, column):
        return _from_response(says, response) if says else measured
    status, day = stated(cell, column)
    if status is None:
        return _from_sentence(cell, says)
    return _agreed(status, day, _day(completed), cell=cell, says=says)


def _day(cell: str) -> str:
    day = find_date(cell)
    return day.isoformat() if day else ""


def _as_follow_up(completed: str) -> str:
    return f"Completed {completed.strip()}" if find_date(completed) else completed


def _stand(says: frozenset[Says]) -> Status:
    return next(status for needed, status in _STANDS if needed <= says)


def _from_response(says: frozenset[Says], response: str) -> Reading:
    return Reading(_stand(says), doubts=tuple(_doubts_of_response(says, response)))


def _doubts_of_response(says: frozenset[Says], response: str) -> list[str]:
    if Says.NOT_APPLICABLE in says:
        return ["the response says that it does not apply, and the follow-up is blank"]
    if not says and fold(response) not in _NO_RESPONSE:
        return ["the response does not say how far it has come"]
    if Says.DROPPED in says and says & {Says.STEPS, Says.UNDER_WAY}:
        return ["the response says that a part will not happen and another is under way"]
    against = says & _TO_COME - _HALF_DONE
    if Says.DONE in says and against:
        return [f"the response says that it is done, and also {_words(against)}"]
    if says & _FINISHED and says & _HALF_DONE:
        return ["the response says that something is done and something is not"]
    return []


def _measured(cell: str, column: str) -> Reading | None:
    """Read a colour or a percentage, which says how well it goes more than whether it is done."""
    match = _PERCENT.fullmatch(cell)
    if match and (match["sign"] or column == "percent"):
        share = int(match[1])
        if share >= _ALL:
            return Reading(Status.PROPOSED)
        return Reading(Status.IN_PROGRESS if share else Status.OPEN)
    word = fold(cell)
    colour = _COLOURS.get(_INITIALS.get(word, word) if column == "rag" else word)
    if colour is None:
        return None
    return Reading(colour, doubts=(f"“{cell}” does not say whether it is done",))


def _from_sentence(cell: str, says: frozenset[Says]) -> Reading:
    both = phrases(cell) | (says - {Says.NOT_APPLICABLE})
    doubts = [f"“{_short(cell)}” is a note and not a status"]
    if Says.DONE in says and _stand(both) is not Status.PROPOSED:
        doubts.append("the response says that it is done")
    return Reading(_stand(both), doubts=tuple(doubts))


def _agreed(
    status: Status, day: str, completed_on: str, *, cell: str, says: frozenset[Says]
) -> Reading:
    """Put the printed status and the response together; where they disagree, it is not done."""
    if status is Status.NO_FOLLOW_UP and _stand(says) is Status.NOT_PROCEEDING:
        return Reading(Status.NOT_PROCEEDING)
    doubts = []
    if against := _against(status, says):
        doubts.append(f"the follow-up says “{_short(cell)}”, the response {_words(against)}")
        if status in _CLOSES or status is Status.NO_FOLLOW_UP:
            status = _stand(says)
    if status is Status.COMPLETED:
        return Reading(status, day or completed_on)
    if completed_on:
        doubts.append("the table also gives the day it was completed")
    return Reading(status, doubts=tuple(doubts))


def _against(status: Status, says: frozenset[Says]) -> frozenset[Says]:
    """Give what the response says against a printed status."""
    if status in _CLOSES:
        promised = says & {Says.PROMISED} if not says & (_FINISHED | {Says.STEPS}) else frozenset()
        return says & _UNFINISHED | promised
    if status is Status.NO_FOLLOW_UP:
        return frozenset() if says & _FINISHED else says & _TO_COME
    return says & {Says.DONE} if not says & _TO_COME else frozenset()


def _words(says: frozenset[Says]) -> str:
    return " and ".join(one.value for one in Says if one in says)


def _short(cell: str) -> str:
    return shorten(cell, 60)

"""How far an action has come, read from the printed cells beside it.

A doubtful reading leans away from done: only a bare status closes an action, nothing is read into
a blank cell, and every contradiction is listed for a person.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cpctrack.dates import find_date
from cpctrack.records.model import Status
from cpctrack.records.printed_status import has_mark, is_marked, stated, with_note
from cpctrack.tables.phrases import Meaning, phrases
from cpctrack.text import fold, shorten


@dataclass(frozen=True, slots=True)
class Derived:
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
    r"(\d{1,3})(?:\.\d+)?\s*(?P<sign>%|per ?cent)?(?:\s*(?:completed?|done|implemented))?",
    re.ASCII | re.IGNORECASE,
)
_DATED = re.compile(r"\s*(\d{1,2}[./-]\d{1,2}[./-]\d{2,4})\s*[:–—-]", re.ASCII)
_NO_RESPONSE = frozenset({"", "noted"})

_FINISHED = frozenset({Meaning.DONE, Meaning.DELIVERED})
_HALF_DONE = frozenset({Meaning.PROMISED, Meaning.NOT_DONE, Meaning.UNSURE})
# What a cell means that says these things together: the first line it says all of.
_STANDS: Sequence[tuple[frozenset[Meaning], Status]] = (
    (frozenset({Meaning.POSTPONED}), Status.DEFERRED),
    (frozenset({Meaning.SUPERSEDED}), Status.SUPERSEDED),
    (frozenset({Meaning.DROPPED, Meaning.STEPS}), Status.IN_PROGRESS),
    (frozenset({Meaning.DROPPED, Meaning.UNDER_WAY}), Status.IN_PROGRESS),
    (frozenset({Meaning.DROPPED}), Status.NOT_PROCEEDING),
    (frozenset({Meaning.ONGOING}), Status.ONGOING),
    (frozenset({Meaning.UNDER_WAY}), Status.IN_PROGRESS),
    (frozenset({Meaning.PARTLY}), Status.IN_PROGRESS),
    *((frozenset({a, b}), Status.IN_PROGRESS) for a in _FINISHED for b in _HALF_DONE),
    *((frozenset({finished}), Status.PROPOSED) for finished in _FINISHED),
    (frozenset({Meaning.STEPS}), Status.IN_PROGRESS),
    (frozenset(), Status.OPEN),
)
_UNFINISHED = frozenset(
    {Meaning.POSTPONED, Meaning.DROPPED, Meaning.NOT_DONE, Meaning.PARTLY, Meaning.UNDER_WAY,
     Meaning.ONGOING, Meaning.UNSURE}
)  # fmt: skip
_TO_COME = _UNFINISHED - {Meaning.DROPPED, Meaning.UNSURE} | {Meaning.PROMISED}
# What makes a note behind “Completed” more than a note: a part, a number, a day, something missing.
_LIMITS = re.compile(
    r"\b(?:phases?|stages?|part|parts|steps?|first|1st|initial\w*|only|bar|but|temporar\w*|for now|"
    r"(?:for|propos\w*|recommend\w*|suggest\w*|request\w*|await\w*) closure|"
    r"(?:to|can|may|might|should|could) (?:now )?(?:be )?closed?|"
    r"in principle|target|forecast|rest|remain\w*|further|follow\w*|needs?|requires?|agreed to|"
    r"disput\w*|disagree\w*|sign-?off|approval|drafts?|re-?open\w*|one|two|three|four|five|six|half|no|not|none|nil|tb[ac])\b|%|"
    r"\d ?(?:out )?of ?\d|(?<!\d)\d/\d(?!\d)|"
    r"^\W*(?:by |in |end\b|early\b|mid\b|late\b|spring|summer|autumn|winter|christmas|easter|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|q\d|\d)"
)
# “(see minute 12)”, “By-law 98-2020”
_REFERENCE = re.compile(
    r"\W*(?:see )?(?:min(?:ute)?s?|by-?law|ref(?:erence)?|resolution|decision|motion|report)\.? "
    r"(?:no\.? ?)?[a-z]{0,4} ?\d[\w/.-]*\W*"
)
# “Complete / Ongoing” asks which of them, so that “yes” is no answer.
_EITHER = re.compile(
    r"\b(?:open|ongoing|on-going|outstanding|pending|progress|underway|live|not|incomplete)\b"
)
_ALL = 100  # per cent
_SHORT = 60  # letters of a cell in a doubt
CLOSING = frozenset({Status.COMPLETED, Status.PROPOSED})


def derive(
    *,
    response: str,
    follow_up: str,
    column: str = "follow_up",
    completed: str = "",
    month_first: bool = False,
) -> Derived:
    """Read the status from the follow-up cell, the response and a “completed on” cell together.

    `column` says what kind of column the follow-up cell stands in: ``follow_up``, ``status``,
    ``achieved``, ``open_closed``, ``to_close``, ``rag`` or ``percent``. `month_first` reads figures
    as M/D/Y.
    """
    completed_on = find_date(completed, month_first=month_first)
    if follow_up.strip() and re.search(r"\d", completed) and not completed_on:
        read = derive(
            response=response, follow_up=follow_up, column=column, month_first=month_first
        )
        why = f"the day it was completed, “{shorten(completed, _SHORT)}”, can't be read"
        return replace(read, doubts=(*read.doubts, why))
    iso = completed_on.isoformat() if completed_on else ""
    says = phrases(_latest(response, month_first))
    if not follow_up.strip() and completed.strip():
        follow_up, column = f"Completed {completed.strip()}" if iso else completed, "achieved"
    cell = follow_up.strip()
    if not cell:
        return _from_response(says, response)
    if find_date(cell, month_first=month_first):
        reading = _from_response(says, response)
        why = f"“{cell}” may be the day it was done or the day it is due"
        return Derived(reading.status, doubts=(why, *reading.doubts))
    if measured := _measured(cell, column):
        read = _from_response(says, response) if says else measured
        share = _PERCENT.fullmatch(cell)
        if read.status not in CLOSING or measured.status in CLOSING or not share:
            return read
        return replace(measured, doubts=(f"the response says that it is done, “{cell}” does not",))
    status, day = stated(cell, column, month_first=month_first)
    if status is None and is_marked(cell):
        done = phrases(cell) & _FINISHED
        why = f"what the mark in “{shorten(cell, _SHORT)}” means is not known"
        return Derived(_stand(says | phrases(cell) - done), doubts=(why,))
    if status is None:
        status, note = with_note(cell)
        if status is None or not is_mere_note(note, status):
            return _from_sentence(cell, says)
    return _agreed(status, day, iso, cell=cell, says=says)


def _latest(response: str, month_first: bool) -> str:
    """Give what a response that is told in dated lines says last, or else all of it."""
    told: list[tuple[date, str]] = []
    for line in filter(None, response.split("\n")):
        match = _DATED.match(line)
        day = find_date(match[1], month_first=month_first) if match else None
        if match and day:
            told.append((day, line[match.end() :]))
        elif told:
            told[-1] = (told[-1][0], f"{told[-1][1]}\n{line}")
        else:
            return response
    last = max((day for day, _ in told), default=None)
    return "\n".join(line for day, line in told if day == last)


def asked(column: str, heading: str) -> str:
    """Give what the cells of a column answer: one of statuses may ask “Open/Closed”."""
    words = fold(heading)
    if column == "achieved":
        return "status" if _EITHER.search(words) else column
    if column != "status" or "open" not in words or "clos" not in words:
        return column
    return "to_close" if "propos" in words else "open_closed"


def is_mere_note(note: str, status: Status) -> bool:
    """Tell whether what stands behind a status takes nothing away from it."""
    note = fold(note)
    said = phrases(note)
    if status in CLOSING:
        says_done = said or _REFERENCE.fullmatch(note)
        takes_back = _LIMITS.search(note) or has_mark(note)
        return bool(says_done) and said <= _FINISHED and not takes_back
    elsewhere = {Meaning.DONE, Meaning.DROPPED, Meaning.POSTPONED, Meaning.SUPERSEDED}
    if status is Status.OPEN:
        elsewhere.add(Meaning.DELIVERED)
    return said.isdisjoint(elsewhere)


def colour_of(cell: str, column: str) -> str:
    """Give the colour that a cell names, in a RAG column also by its initial, or nothing."""
    word = fold(cell)
    colour = _INITIALS.get(word, word) if column == "rag" else word
    return colour if colour in _COLOURS else ""


def is_all(cell: str, column: str) -> bool:
    """Tell a hundred per cent."""
    match = _PERCENT.fullmatch(cell.strip()) if column == "percent" else None
    return match is not None and int(match[1]) >= _ALL


def closes(cell: str) -> bool:
    """Tell a cell that says by itself that an action is done."""
    return stated(cell.strip(), "status")[0] is Status.COMPLETED


def is_understood(cell: str) -> bool:
    """Tell a cell that says how far an action has come, in words that mean one thing anywhere."""
    text = cell.strip()
    return bool(
        stated(text, "status")[0] or find_date(text) or _PERCENT.fullmatch(text) or phrases(text)
    )


def _stand(says: frozenset[Meaning]) -> Status:
    return next(status for needed, status in _STANDS if needed <= says)


def _from_response(says: frozenset[Meaning], response: str) -> Derived:
    if not says:
        status, _ = stated(response, "status")
        if status and status.is_open:
            return Derived(status)
        if measured := _measured(response.strip(), "status"):
            return measured
    return Derived(_stand(says), doubts=tuple(_doubts_of_response(says, response)))


def _doubts_of_response(says: frozenset[Meaning], response: str) -> list[str]:
    if Meaning.NOT_APPLICABLE in says:
        return ["the response says that it does not apply, and the follow-up is blank"]
    if not says and fold(response) not in _NO_RESPONSE:
        return ["the response does not say how far it has come"]
    if Meaning.DROPPED in says and says & {Meaning.STEPS, Meaning.UNDER_WAY}:
        return ["the response says that a part will not happen and another is under way"]
    against = says & _TO_COME - _HALF_DONE
    if Meaning.DONE in says and against:
        return [f"the response says that it is done, and also {_words(against)}"]
    if says & _FINISHED and says & _HALF_DONE:
        return ["the response says that something is done and something is not"]
    return []


def _measured(cell: str, column: str) -> Derived | None:
    """Read a colour or a percentage, which says how well it goes more than whether it is done."""
    match = _PERCENT.fullmatch(cell)
    if match and (match["sign"] or column == "percent"):
        share = int(match[1])
        if share >= _ALL:
            return Derived(Status.PROPOSED)
        return Derived(Status.IN_PROGRESS if share else Status.OPEN)
    colour = colour_of(cell, column)
    if not colour:
        return None
    return Derived(_COLOURS[colour], doubts=(f"“{cell}” does not say whether it is done",))


def _from_sentence(cell: str, says: frozenset[Meaning]) -> Derived:
    status = _stand(phrases(cell) | (says - {Meaning.NOT_APPLICABLE}))
    doubts = [f"“{shorten(cell, _SHORT)}” is a note and not a status"]
    if Meaning.DONE in says and status is not Status.PROPOSED:
        doubts.append("the response says that it is done")
    return Derived(status, doubts=tuple(doubts))


def _agreed(
    status: Status, day: str, completed_on: str, *, cell: str, says: frozenset[Meaning]
) -> Derived:
    """Put the printed status and the response together; where they disagree, it is not done."""
    if status is Status.NO_FOLLOW_UP and _stand(says) is Status.NOT_PROCEEDING:
        return Derived(Status.NOT_PROCEEDING)
    doubts = []
    if against := _against(status, says):
        printed = shorten(cell, _SHORT)
        doubts.append(f"the follow-up says “{printed}”, the response {_words(against)}")
        if status in CLOSING or status is Status.NO_FOLLOW_UP:
            status = _stand(says)
    if status is Status.COMPLETED:
        return Derived(status, day or completed_on)
    if completed_on:
        doubts.append("the table also gives the day it was completed")
    return Derived(status, doubts=tuple(doubts))


def _against(status: Status, says: frozenset[Meaning]) -> frozenset[Meaning]:
    if status in CLOSING:
        begun = says & (_FINISHED | {Meaning.STEPS})
        return says & (_UNFINISHED if begun else _UNFINISHED | {Meaning.PROMISED})
    if status is Status.NO_FOLLOW_UP:
        return frozenset() if says & _FINISHED else says & _TO_COME
    return says & {Meaning.DONE} if not says & _TO_COME else frozenset()


def _words(says: frozenset[Meaning]) -> str:
    return " and ".join(one.value for one in Meaning if one in says)

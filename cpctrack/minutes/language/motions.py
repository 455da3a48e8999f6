"""Motions: mover, seconder, text and outcome, four slots that neighbouring sentences fill.

They stand in any order: “X proposed that …, seconded by Y – Agreed”, “Direct the Clerk to …”
above “Moved Cr Fenn” and “CARRIED”, “M/S/C that …”.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cpctrack.minutes import words

CARRIED, LOST = "carried", "lost"

_MOVER = re.compile(
    r"(?i)\b(?:(?<!was\s)(?<!were\s)(?<!be\s)(?<!been\s)(?<!the\s)(?<!a\s)(?:moved|proposed|proposes)|ar\smoladh|it\swas\s(?:\w+\s)?(?:moved|proposed)"
    r"|(?:proposal|motion)(?:\swas)?(?:\smade)?\sby|motion\sto)\b"
)
_SHORT = re.compile(r"M/?S/?[ACPU](?:/?[ACPU])?\b[:,–-]?\s+")  # moved, seconded, and approved
_TEXT = re.compile(
    r"(?i)\b(?=that\s)|\bto\shave\s(?=[A-Z]|the\b)|(?<!oved)(?<!onded)(?<!posed)(?<!\bby):\s+|\b(?=to\s(?!be\b)[a-z])"
)
_TAIL = re.compile(
    r"(?i)\s*[,;.–—-]+\s*(?:and\s)?(?:(?:this|it|which)\s)?(?:was\s)?(?:duly\s|then\s)?"
    r"(?:seconded|2nd(?:ed)?|second\sby|(?:all|unanimously)?\s?(?:agreed|carried|approved|in\sfavou?r))\b"
)
_DONE = r"(?:agreed|approved|passed|adopted|accepted|carried)"
_IS_CARRIED = re.compile(
    r"(?i)(?<!not\s)\bcarried\b|\ball\s(?:\w+\s){0,3}(?:in\sfavou?r|agreed)\b|\bunanimous(?:ly)?\W*$|\bvote:?\s\d"
    rf"|\b(?:this|which|it|motion|proposal|they|all)\s(?:(?:was|were|unanimously|all|then|duly|so|also)\s)*{_DONE}(?!\s(?:that|to|the|by)\b)\b"
    rf"|^\W*(?:(?:the\s)?{words.one_of(words.BODIES)}\s)?(?:(?:all|unanimously)\s)?{_DONE}\W*(?:unanimously\W*)?$"
    rf"|[–—-]\s*(?:(?:all|unanimously)\s)?{_DONE}\W*$|\ball\sayes?\b|\bagus\sglacadh\b"
)
_SAID_BEHIND = re.compile(
    rf"(?i)(?:\s*[–—-]\s*(?:(?:all|unanimously)\s)?{_DONE}|,\sand\s(?:the\s)?{words.one_of(words.BODIES)}\s(?:all\s)?agreed)\W*$"
)
_IS_LOST = re.compile(
    r"(?i)\b(?:motion|amendment|proposal|it|this)\s(?:(?:was|were|is|put|and|then)\s){0,4}(?:lost|defeated|rejected|failed|fell|lapsed|withdrawn)\b"
    r"|^\W*(?:lost|defeated|lapsed|fell|not\scarried)\b(?=\W*(?:$|\d)|\s(?:by|on|for)\b)|\bnot\scarried\b|[–—-]\s*(?:lost|defeated)\W*$"
)
_SECONDED = re.compile(
    r"(?i)(?:(?:this|it|which)\s)?(?:was\s)?(?:duly\s)?(?:seconded|cuidithe\sag)\b"
)
_FIRST = re.compile(r"\W*([A-Za-z-]+)")
_LONGEST = 3000  # letters of a motion
_LONGEST_VOTE = 80  # letters of a sentence that says nothing but how it went
_BEHIND = 200  # letters between the mover and what is moved
_FEWEST = 3  # words of what is moved
_SENTENCES = 4  # between what is moved and how it went
NEAR = 12  # sentences that what is moved, who moved it and the vote may take


class Said(NamedTuple):
    """What a sentence, or a line about the vote, says of a motion."""

    moved: bool = False
    seconded: bool = False
    start: int = -1  # where what is moved begins, -1 where the sentence doesn't say it
    end: int = 0
    outcome: str = ""  # carried, lost or empty
    alone: bool = False  # it says nothing else
    opens: bool = False  # it begins as what is moved does: “That …”, “Direct …”


def said_in(sentence: str) -> Said:
    """Read the slots of a motion that a sentence fills."""
    text = sentence[:_LONGEST]
    lost = _IS_LOST.search(text)
    outcome = LOST if lost else CARRIED if _IS_CARRIED.search(text) else ""
    mover = _SHORT.match(text)
    start = mover.end() if mover else -1
    if mover:
        outcome = outcome or CARRIED
    elif mover := _MOVER.search(text):
        found = _TEXT.search(text, mover.end(), mover.end() + _BEHIND)
        start = found.end() if found else -1
    elif (behind := _SAID_BEHIND.search(text)) and len(text[: behind.start()].split()) > _FEWEST:
        start, outcome = 0, outcome or CARRIED  # “The Clerk to write – Agreed”
    tail = _TAIL.search(text, max(start, 0))
    first = _FIRST.match(text)
    opens = first is not None and first[1].casefold() in words.ASKING | words.RESOLVING | {"that"}
    seconded = _SECONDED.match(text) is not None
    alone = len(text) <= _LONGEST_VOTE and start < 0 and (seconded or bool(outcome))
    end = tail.start() if tail else len(sentence)
    return Said(mover is not None or start == 0, seconded, start, end, outcome, alone, opens)


class Settled(NamedTuple):
    """Which sentence is what was moved, where in it that stands, and how it went."""

    at: int
    start: int
    end: int
    outcome: str


def settle(said: Sequence[Said]) -> list[Settled]:
    """Put the slots of each motion together, of sentences in order that belong to one item."""
    found = []
    for at, one in enumerate(said):
        if not (one.moved or (one.alone and one.outcome)):
            continue
        place, start, end = _moved(said, at)
        outcome = one.outcome or _outcome(said, at)
        if place >= 0 and outcome:
            found.append(Settled(place, start, end, outcome))
    return found


def _moved(said: Sequence[Said], at: int) -> tuple[int, int, int]:
    """Give which sentence holds what is moved, and where it begins and ends in that."""
    one = said[at]
    if one.start >= 0:
        return at, one.start, one.end
    first, last = max(at - NEAR, 0), min(at + NEAR, len(said))
    before = next((back for back in range(at - 1, first - 1, -1) if not said[back].alone), -1)
    behind = next((on for on in range(at + 1, last) if not said[on].alone), at)
    if one.moved and said[behind].opens:
        return behind, 0, said[behind].end
    if before < 0 or (one.moved and not said[before].opens) or said[before].moved:
        return -1, 0, 0
    return before, 0, said[before].end  # “This was agreed.”


def _outcome(said: Sequence[Said], at: int) -> str:
    for one in said[at + 1 : at + 1 + _SENTENCES]:
        if one.outcome and (one.alone or not one.moved):
            return one.outcome
        if one.moved:
            break
    return ""


def is_lost(text: str) -> bool:
    """Tell whether a line says that a motion was lost."""
    return len(text) < _LONGEST_VOTE and _IS_LOST.search(text) is not None

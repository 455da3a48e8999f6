"""Motions: who moved what, whether it was carried, and lines about the vote."""

import re
from collections.abc import Sequence

from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.titles import is_procedure

_LOST = re.compile(
    r"(?i)(?:the\s)?(?:(?:motion|amendment|proposal)\s(?:was\s)?(?:put\sand\s)?)?"
    r"(?:lost|defeated|lapsed|fell|not\scarried)\b"
)
_MOVED = re.compile(r"(?i)(?:moved|proposed)\b(?![^:]{0,120}\bthat\b)")
_THAT = re.compile(r"(?i)that\b")
# "It was moved by Cllr Fenn, seconded by Cllr Bell, that", "Moved by Cr Fenn THAT"
_MOTION = re.compile(
    r"(?i)(?:[\d/.-]{2,12}\s+)?(?:it\swas\s)?(?:[^.;:]{0,60}?\b(?:moved|proposed)\b[^.;]{0,120}?\bseconded\b[^.;]{0,80}?"
    r"|moved\b[^.;]{0,80}?)[\s,:–—-]+(?=that\b)"
)
_VOTE = re.compile(
    r"(?i)(?:(?:the|on|upon|this)\s[^.;]{0,60}?)?\b(?:carried|lost|defeated|CARRIED|LOST|fell)\b[^.;]{0,60}"
)
_CARRIED = re.compile(r"(?i)(?<!not\s)carried\b")
_NEAR = 12  # blocks that a motion and its vote take
_LONGEST_MOTION = 3000  # letters
_LONGEST_VOTE = 80  # letters


def is_lost(text: str) -> bool:
    """Tell whether a line says that a motion was lost."""
    return len(text) < _LONGEST_VOTE and _LOST.match(text) is not None


def moves(found: Sequence[Block], at: int) -> bool:
    """Tell whether a line names the mover of what follows: “That the Clerk write …”."""
    if not _MOVED.match(found[at].text):
        return False
    said = (block.text for block in found[at + 1 : at + 4] if not is_procedure(block.text))
    return _THAT.match(next(said, "")) is not None


def is_moved(found: Sequence[Block], at: int) -> bool:
    """Tell whether “That the Clerk write …” stands above the line that names its mover."""
    if not _THAT.match(found[at].text):
        return False
    moved = False
    for block in found[at + 1 : at + _NEAR]:
        if is_procedure(block.text):
            moved = moved or _MOVED.match(block.text) is not None
            if moved and is_carried(block.text):
                return True
        elif moved or not (block.marker or _THAT.match(block.text)):
            return False
    return False


def is_carried(text: str) -> bool:
    """Tell whether a line says that a motion was carried."""
    return len(text) < _LONGEST_VOTE and _CARRIED.search(text) is not None


def motion_in(found: Sequence[Block], at: int) -> tuple[int, int]:
    """Give start and end of the motion in “Moved by X, seconded by Y that …” that was carried.

    Both are 0 where there is none. That it was carried is said behind it or in the next lines.
    """
    text = found[at].text[:_LONGEST_MOTION]
    match = _MOTION.match(text)
    if not match:
        return 0, 0
    vote = _VOTE.search(text, match.end())
    if vote:
        return (match.end(), vote.start()) if _CARRIED.search(vote[0]) else (0, 0)
    for block in found[at + 1 : at + 4]:
        vote = _VOTE.match(block.text[:_LONGEST_VOTE])
        if vote:
            return (match.end(), len(found[at].text)) if _CARRIED.search(vote[0]) else (0, 0)
    return 0, 0

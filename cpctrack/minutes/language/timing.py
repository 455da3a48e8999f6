"""When something is due: the timing words as printed, and a date where they are one."""

import re

from cpctrack.due import read_due
from cpctrack.minutes import words

_DUE = tuple(re.compile(rf"(?i)\b{pattern}(?![\w-])") for pattern in words.DUE)
_IF_BROUGHT = tuple(re.compile(rf"(?i)\b{pattern}(?![\w-])") for pattern in words.DUE_IF_BROUGHT)
_BROUGHT = re.compile(rf"(?i)\b(?:{words.BROUGHT})\b")
_PLANNED = re.compile(rf"(?i)\b{words.one_of(words.PLANNED)}\b[^,.;]*$")
_LEADING = re.compile(r"(?i)(?:to|at|for|before|by) (?:the|its) (?:\w+ ){1,3}?(?:held )?(?:on|of) ")
_BEFORE = 60  # letters before timing words that may say what they are of
_LONGEST = 3000  # letters of a text that are looked at


def due_words(text: str) -> str:
    """Give the words that say when something is due, as printed; empty where none do.

    The earliest counts, of those that start together the longest.
    """
    looked = text[:_LONGEST]
    found: list[re.Match[str]] = []
    for pattern in _DUE + (_IF_BROUGHT if _BROUGHT.search(looked) else ()):
        for match in pattern.finditer(looked):
            if not _PLANNED.search(looked[max(0, match.start() - _BEFORE) : match.start()]):
                found.append(match)
                break
    first = min(found, key=lambda match: (match.start(), -match.end()), default=None)
    return first[0].rstrip(",;") if first else ""


def due_date(due_text: str) -> str:
    """Give the timing words as an ISO date where they name one day, else nothing."""
    return read_due(_LEADING.sub("", due_text.strip(" .;"), count=1)).iso

"""Whether a number is an agenda item's or a list's: what has been read before tells."""

import re

from cpctrack.minutes.language.marks import Mark
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.titles import find_marker, is_capital, stands_out

NUMBERED = frozenset({"number", "minute", "item", "bare"})
_LISTED = frozenset({"number", "bracket", "letter", "roman", "bullet"})
_LEADS = (":", ":-", ":–", "that", " to", "agreed -")
_WIDEST_STEP = 4  # items that may be left out of the minutes
_WIDEST_GAP = 30  # between minutes; a planning application's number lies further off
_LONGEST_SUB = 9  # words of a sub-item that does not stand out
_NO_LEVEL = 9
_VOTED = re.compile(r"(?:carried|lost)\b.{0,40}$", re.IGNORECASE)


class State:
    """What has been read so far."""

    def __init__(self) -> None:
        self.last = 0  # number of the last plain item
        self.minute: tuple[int, ...] = ()  # parts of the last number of the form 07/21
        self.sub = ""  # the last number of the form 4.1
        self.listed = 0  # number of the last list entry
        self.style = ""  # of the list's markers
        self.listing = False  # a list or a marked block is open
        self.ended = False  # the last entry ended like a sentence
        self.numbered = False  # there was a numbered item
        self.level = _NO_LEVEL  # how much the unnumbered items stand out
        self.marks: set[str] = set()  # the kinds of marking headings that were printed

    def count(self, block: Block) -> None:
        """Take a numbered block for an item."""
        if block.style == "minute":
            self.minute = parts(block.number)
        self.sub = block.number if _is_deep(block) else ""
        if block.number.split(".")[0].isdigit():
            self.last = int(block.number.split(".")[0])
        self.numbered = True

    def in_list(self, block: Block) -> bool:
        """Tell whether a number may be that of a list: its style fits the one that is open."""
        return self.listing and self.style in ("", block.style)

    def bare_list(self) -> bool:
        """Tell whether a list may be open whose entries have no markers."""
        return self.listing and not self.style

    def read_on(self, block: Block, mark: Mark | None) -> None:
        """Keep track of lists: a marking heading or a line that ends with a colon opens one."""
        text = block.text
        if mark and mark.rest >= len(text):
            self.marks.add(mark.kind)
        if block.style == "number" and "." in block.number:
            self.listing = False  # a numbered paragraph
        elif block.marker and block.style in _LISTED:
            self.ended = text.endswith((".", ";", ",", " and"))
            if block.style == "number" and block.number.isdigit():
                self.listed = int(block.number)
            self.listing = True
            self.style = block.style
        elif (mark and _introduces(text, mark)) or text.endswith(_LEADS):
            self.listing = True
            self.listed = 0
            self.style = ""
        elif mark or (block.apart and text.endswith(".")) or _VOTED.match(text):
            self.listing = False


def _introduces(text: str, mark: Mark) -> bool:
    """Tell a mark over or before a list from “RESOLVED to pay”, which says it all."""
    rest = text[mark.rest :].strip()
    return not rest or find_marker(rest) is not None


def is_next(state: State, block: Block, *, narrative: bool) -> bool:
    """Tell whether a numbered title is the next item; `narrative` is what follows it."""
    if block.style in ("minute", "item") or block.heading:
        return block.style != "minute" or _is_next_minute(state, block)
    if _is_deep(block):
        return _is_sub_number(state, block)
    return _follows(state, block, narrative=narrative)


def parts(number: str) -> tuple[int, ...]:
    """Give the figures of “07/21”, “4.1”."""
    return tuple(int(part) for part in re.findall(r"\d+", number))


def _is_deep(block: Block) -> bool:
    return "." in block.number and block.style != "minute"


def _is_next_minute(state: State, block: Block) -> bool:
    """Tell whether 24/036 follows 24/035, and is no reference to an earlier minute."""
    now = parts(block.number)
    if not state.minute or len(now) != len(state.minute):
        return not state.numbered or stands_out(block)
    grown = [new - old for new, old in zip(now, state.minute, strict=True) if new != old]
    return len(grown) == 1 and grown[0] > 0 and (grown[0] <= _WIDEST_GAP or stands_out(block))


def _is_sub_number(state: State, block: Block) -> bool:
    """Tell whether “4.1 Title” belongs to item 4, or “24.72” follows “24.71”.

    Where no plain number came before, the document counts its items so.
    """
    outstanding = stands_out(block)
    if not outstanding and len(block.text.split()) > _LONGEST_SUB:
        return False
    if not state.numbered:
        return block.apart
    first = int(block.number.split(".")[0])
    now, before = parts(block.number), parts(state.sub)
    if before and now[:-1] == before[:-1] and 1 <= now[-1] - before[-1] <= _WIDEST_STEP:
        return outstanding or now[-1] == before[-1] + 1 or not state.listing
    if outstanding and first >= state.last:
        return True
    return first in (state.last, state.last + 1) and (outstanding or not state.listing)


def _follows(state: State, block: Block, *, narrative: bool) -> bool:
    """Tell whether a plain number is the next item's rather than a list's."""
    if not block.number.isdigit():
        return False
    number = int(block.number)
    in_order = 1 <= number - state.last <= _WIDEST_STEP or not (state.numbered or state.listing)
    if stands_out(block):
        return in_order or (not state.listing and is_capital(block.text))
    if not in_order or (not block.apart and (state.numbered or state.listing)):
        return False
    if not state.in_list(block) or not state.numbered:
        return True
    if number != state.listed + 1 and not (number == 1 and state.listed == 0):
        return True
    return state.ended and narrative and number > 1

"""Agenda items: which blocks are the headings of items and sub-items.

A heading is told from a list entry by what it looks like (capitals, bold, the document's own
structure), by its number following the last item's, and by whether a list is open. Minutes that
number nothing have headings by their looks and place alone, from behind the list of who was there.
"""

import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from cpctrack.minutes.base import Item
from cpctrack.minutes.finding.numbering import NUMBERED, State, is_next
from cpctrack.minutes.language import marks, owners
from cpctrack.minutes.language.clauses import sentences
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.titles import (
    is_capital,
    is_numbered_heading,
    is_plain,
    is_title,
    is_unnumbered,
    stands_out,
    title_of,
)

_RUN_IN = re.compile(r"(?P<title>[^.:–—]{2,60}?)(?:\.|:|\s[–—-])\s(?=[A-Z“\"(\d])")
_LETTERED = frozenset({"letter", "roman", "bracket"})
_THERE = re.compile(
    r"(?:(?:members|officers|councillors|also|others|those)\s)*(?:present|in\sattendance|attend\w+"
    r"|apologies|absent|invited|who\s(?:came|was\s\w+)|there|here|sorry|couldn['’]t\scome)\b[^:]{0,40}:\s",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?]$|\d")  # what ends like a sentence, or names a time or a sum
_FULL_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]+,?\s(?:19|20)\d\d\b")

_HEAD = 30  # blocks in which the head of minutes without numbers ends
_AT_THE_END = 0.6  # of the blocks, behind which a list of all actions is an item
_WIDEST_STEP = 4  # items that may be left out of the minutes


class Heading(NamedTuple):
    """An item and the place of its block; `rest` is text that the block's line goes on with."""

    item: Item
    rest: int = 0  # offset in the block's text where the item's own words begin, 0: none
    sub: bool = False  # without a number of its own, or with a letter


def headings(found: Sequence[Block]) -> dict[int, Heading]:
    """Map the places of blocks that are agenda items or sub-items to them."""
    state = State()
    result: dict[int, Heading] = {}
    first = 0 if (numbers := _has_numbers(found)) else _head_end(found)
    for at, block in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        unnumbered = state.numbered if numbers else at >= first
        heading = _heading(state, block, following, unnumbered=unnumbered)
        if heading is None and not numbers and at > _AT_THE_END * len(found):
            heading = _summary(state, found, at)
        if heading:
            result[at] = heading
            state.listing = False
            state.listed = 0
            state.style = ""
        else:
            state.read_on(block, marks.read(block))
    return _without_dividers(result)


def _has_numbers(found: Sequence[Block]) -> bool:
    """Tell whether the document numbers its items: two or more look like numbered titles."""
    looked = found[:20000]
    strong = 0
    for block, following in zip_longest(looked, looked[1:]):
        listed = following is not None and not following.apart and following.style == block.style
        run_in = _RUN_IN.match(block.text[:60]) if block.style in NUMBERED else None
        if block.style in NUMBERED and (
            is_title(block.text) or (run_in and block.apart and is_title(run_in["title"]))
        ):
            strong += stands_out(block) or (block.apart and not listed)
    return strong > 1


def _head_end(found: Sequence[Block]) -> int:
    """Give the place behind the head of a document: its date, and who was there."""
    end = 0
    for at, block in enumerate(found[:_HEAD]):
        dated = not end and not block.marker and _FULL_DATE.search(block.text)
        if dated or _THERE.match(block.text[:100]):
            end = at + 1
    return end


def _without_dividers(found: dict[int, Heading]) -> dict[int, Heading]:
    """Leave out “PART B”, “FOR DECISION”: unnumbered, and a numbered item follows at once."""
    return {
        at: heading
        for at, heading in found.items()
        if heading.item.number or at + 1 not in found or not found[at + 1].item.number
    }


def _heading(
    state: State, block: Block, following: Block | None, *, unnumbered: bool
) -> Heading | None:
    if not block.text or block.cells:
        return None
    if block.style in NUMBERED:
        return _numbered(state, block, following)
    if block.style in _LETTERED:
        return _lettered(state, block, following)
    if block.marker or marks.read(block) is not None or not unnumbered:
        return None
    if _is_unnumbered_item(state, block, following):
        return _unnumbered(state, block)
    return None


def _numbered(state: State, block: Block, following: Block | None) -> Heading | None:
    title_end = _title_end(state, block)
    mark = marks.read(block._replace(text=block.text[:title_end])) if title_end else None
    if not title_end or (mark and mark.rest < title_end):
        return None
    if mark and not _may_be_item(state, block, mark):
        return None
    narrative = following is not None and not following.marker and len(following.text) > 60
    if not is_next(state, block, narrative=narrative):
        return None
    state.count(block)
    title = title_of(block.text[:title_end])
    rest = title_end if title_end < len(block.text) else 0
    printed = block.printed[: len(block.printed) - len(block.text) + title_end].strip()
    return Heading(Item(block.line, printed.rstrip(" :"), block.number, title), rest)


def _may_be_item(state: State, block: Block, mark: marks.Mark) -> bool:
    """Tell whether a heading such as “8. Actions” is an item: by its number."""
    if not block.number.isdigit():
        return block.style in ("minute", "item")
    next_one = state.numbered and int(block.number) == state.last + 1
    return mark.kind == marks.ACTION or next_one


def _title_end(state: State, block: Block) -> int:
    """Give where a numbered title ends: with its block or before a sentence; 0 is no title."""
    ends = _tells_on(block.text[:400])
    if (is_title(block.text) and not ends) or (block.heading and is_numbered_heading(block.text)):
        return len(block.text)
    run_in = _RUN_IN.match(block.text[:120])
    follows = block.style in ("minute", "item") or (
        not state.in_list(block)
        and block.number.isdigit()
        and (not state.numbered or 1 <= int(block.number) - state.last <= _WIDEST_STEP)
    )
    if run_in and follows and is_title(run_in["title"]) and len(run_in["title"].split()) <= 8:
        return run_in.end()
    return 0


def _tells_on(text: str) -> bool:
    """Tell whether a sentence follows the title: “Gates – one is broken.”, “Gates – AB to mend”."""
    run_in = _RUN_IN.match(text[:120])
    if not run_in:
        return False
    rest = text[run_in.end() :]
    owner = owners.owner_of(rest)
    ordered = owner and owners.tidy(rest).partition(f"{owner} to ")[2][:1].islower()
    return text.endswith(".") or bool(ordered) or len(list(sentences(rest))) > 1


def _lettered(state: State, block: Block, following: Block | None) -> Heading | None:
    """Read “(i) Extension of the cemetery”: a title outside a list, with its text below."""
    below = following is not None and following.apart and following.style != block.style
    if not (state.numbered and block.apart and below) or state.listing:
        return None
    if not is_plain(block) or not is_unnumbered(block) or marks.read(block) is not None:
        return None
    return Heading(Item(block.line, block.printed, block.number, title_of(block.text)), sub=True)


def _is_unnumbered_item(state: State, block: Block, following: Block | None) -> bool:
    if not (block.apart or block.heading) or not is_unnumbered(block):
        return False
    if block.heading or block.bold:
        return block.heading != 1 or state.numbered
    if is_capital(block.text):
        return following is not None and len(block.text) > 2
    return is_plain(block) and not state.bare_list() and _has_text(state, following)


def _has_text(state: State, following: Block | None) -> bool:
    """Tell whether what stands below a plain line is its text, and not one more line like it."""
    if following is None or following.cells:
        return False
    if not following.apart:
        return not state.numbered and _ENDS.search(following.text) is not None
    if len(following.text.split()) >= 8 or marks.read(following) is not None:
        return True
    return not state.numbered and (
        bool(following.marker) or following.text.endswith(".") or not is_title(following.text)
    )


def _unnumbered(state: State, block: Block) -> Heading:
    """Make an item, or a sub-item where items are numbered or stand out more."""
    level = block.heading or (7 if stands_out(block) else 8)
    sub = state.numbered or level > state.level
    state.level = min(level, state.level) if not sub else state.level
    return Heading(Item(block.line, block.printed, "", title_of(block.text)), sub=sub)


def _summary(state: State, found: Sequence[Block], at: int) -> Heading | None:
    """Read “DECISIONS” towards the end of minutes without numbers, set as their items are set."""
    block = found[at]
    mark = marks.read(block) if stands_out(block) and not block.marker else None
    if mark is None or mark.rest < len(block.text) or mark.kind in state.marks:
        return None
    level = block.heading or 7
    return _unnumbered(state, block) if block.apart and level == state.level else None

"""Agenda items: which blocks are the headings of items and sub-items.

A heading is told from a list entry by what it looks like (capitals, bold, the document's own
structure), by its number following the last item's, and by whether a list is open.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cpctrack.minutes import marks, words
from cpctrack.minutes.base import Item
from cpctrack.minutes.blocks import Block

_SENTENCE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|would|will|shall|noted|agreed|resolved|received|"
    r"reported|advised|asked|considered|introduced|presented|explained|thanked|that|gave|said)\b"
)
_TITLE_CASE = re.compile(r"[A-Z“\"'(\d]")
_PERSON_LIST = re.compile(r"(?:Cllrs?|Crs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Prof|Dame|Sir|Rev)\.?\s")
_SIGNATURE = re.compile(
    r"_{3,}|\.{4,}|…{2,}|^(?:signed\b|chair(?:man|person)?$|end\b|the meeting|\()", re.IGNORECASE
)
_PROCEDURE = re.compile("(?:" + "|".join(words.PROCEDURE) + ")", re.IGNORECASE)
_RUN_IN = re.compile(r"(?P<title>[^.:–—]{2,60}?)(?:\.|:|\s[–—-])\s(?=[A-Z“\"\d])")
_NUMBERED_STYLES = frozenset({"number", "minute", "item", "bare"})

_LONGEST_TITLE = 22  # words
_LONGEST_PLAIN = 9  # words of a heading that nothing but its place marks
_WIDEST_STEP = 4  # items that may be left out of the minutes


class Heading(NamedTuple):
    """An item and the place of its block; `rest` is text that the block's line goes on with."""

    item: Item
    rest: int = 0  # offset in the block's text where the item's own words begin, 0: none
    sub: bool = False  # without a number of its own


class _State:
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


def headings(found: Sequence[Block]) -> dict[int, Heading]:
    """Map the places of blocks that are agenda items or sub-items to them."""
    state = _State()
    result: dict[int, Heading] = {}
    any_numbered = _has_numbered(found)
    for at, block in enumerate(found):
        following = found[at + 1] if at + 1 < len(found) else None
        heading = _heading(state, block, following, any_numbered=any_numbered)
        if heading:
            result[at] = heading
            state.listing = False
            state.listed = 0
            state.style = ""
        else:
            _read_on(state, block)
    return result


def _has_numbered(found: Sequence[Block]) -> bool:
    """Tell whether the document numbers its items: two or more look like numbered titles."""
    strong = sum(
        block.style in _NUMBERED_STYLES
        and _is_title(block.text)
        and (_stands_out(block) or block.apart)
        for block in found[:20000]
    )
    return strong > 1


def _heading(
    state: _State, block: Block, following: Block | None, *, any_numbered: bool
) -> Heading | None:
    if not block.text or block.cells:
        return None
    if block.style in _NUMBERED_STYLES:
        return _numbered(state, block, following)
    if block.marker or marks.read(block) is not None:
        return None
    if any_numbered and not state.numbered:
        return None  # the head of the document
    if _is_sub_item(state, block, following):
        return Heading(Item(block.line, block.printed, "", _title(block.text)), sub=state.numbered)
    return None


def _numbered(state: _State, block: Block, following: Block | None) -> Heading | None:
    title_end = _title_end(state, block)
    mark = marks.read(block._replace(text=block.text[:title_end])) if title_end else None
    if not title_end or (mark and mark.rest < title_end):
        return None
    if mark and not _may_be_item(state, block, mark):
        return None
    deep = "." in block.number and block.style != "minute"
    if block.style in ("minute", "item") or block.heading:
        fits = block.style != "minute" or _is_next_minute(state, block)
    elif deep:
        fits = _is_sub_number(state, block)
    else:
        fits = _follows(state, block, following)
    if not fits:
        return None
    state.minute = _parts(block.number) if block.style == "minute" else state.minute
    state.sub = block.number if deep else ""
    if block.number.split(".")[0].isdigit():
        state.last = int(block.number.split(".")[0])
    state.numbered = True
    title = _title(block.text[:title_end])
    rest = title_end if title_end < len(block.text) else 0
    printed = block.printed[: len(block.printed) - len(block.text) + title_end].strip()
    return Heading(Item(block.line, printed.rstrip(" :"), block.number, title), rest)


def _parts(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number))


def _is_next_minute(state: _State, block: Block) -> bool:
    """Tell whether 24/036 follows 24/035, and is no reference to an earlier minute."""
    parts = _parts(block.number)
    if not state.minute or len(parts) != len(state.minute):
        return not state.numbered or _stands_out(block)
    grown = [new - old for new, old in zip(parts, state.minute, strict=True) if new != old]
    return len(grown) == 1 and grown[0] > 0


def _may_be_item(state: _State, block: Block, mark: marks.Mark) -> bool:
    """Tell whether a heading such as “8. Actions” is an item: by its number."""
    if not block.number.isdigit():
        return False
    next_one = state.numbered and int(block.number) == state.last + 1
    return mark.kind == marks.ACTION or next_one


def _title_end(state: _State, block: Block) -> int:
    """Give where a numbered title ends: with its block or before a sentence; 0 is no title."""
    ends = block.text.endswith(".") and _RUN_IN.match(block.text[:120]) is not None
    if (_is_title(block.text) and not ends) or (block.heading and _is_heading(block.text)):
        return len(block.text)
    run_in = _RUN_IN.match(block.text[:120])
    follows = block.style in ("minute", "item") or (
        not _in_list(state, block)
        and block.number.isdigit()
        and 1 <= int(block.number) - state.last <= _WIDEST_STEP
    )
    if run_in and follows and _is_title(run_in["title"]) and len(run_in["title"].split()) <= 8:
        return run_in.end()
    return 0


def _is_title(text: str) -> bool:
    if len(text) > 250 or not _TITLE_CASE.match(text) or _SIGNATURE.search(text):
        return False
    count = len(text.split())
    if _is_capital(text):
        return count <= _LONGEST_TITLE + 8
    if count > _LONGEST_TITLE or text.endswith((".", ";", "?", ",")):
        return text.endswith(".") and count <= 4 and not _SENTENCE.search(text)
    return not _SENTENCE.search(text)


def _is_heading(text: str) -> bool:
    """Tell whether what the document sets as a numbered heading can be a title."""
    return len(text.split()) <= _LONGEST_TITLE and not text.endswith((".", ";"))


def _is_capital(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 2 and sum(map(str.isupper, letters)) > 0.8 * len(letters)


def _stands_out(block: Block) -> bool:
    return bool(block.heading) or block.bold or _is_capital(block.text)


def _is_sub_number(state: _State, block: Block) -> bool:
    """Tell whether “4.1 Title” belongs to item 4, and is no numbered sentence of a list."""
    first = int(block.number.split(".")[0])
    parts, before = _parts(block.number), _parts(state.sub)
    if before and parts[:-1] == before[:-1] and parts[-1] == before[-1] + 1:
        return len(block.text.split()) <= _LONGEST_PLAIN or _stands_out(block)
    if _stands_out(block) and first >= state.last:
        return True
    return first in (state.last, state.last + 1) and (
        _stands_out(block) or (not state.listing and len(block.text.split()) <= _LONGEST_PLAIN)
    )


def _follows(state: _State, block: Block, following: Block | None) -> bool:
    """Tell whether a plain number is the next item's rather than a list's."""
    if not block.number.isdigit():
        return False
    number = int(block.number)
    step = number - state.last
    in_order = 1 <= step <= _WIDEST_STEP or (not state.numbered and not state.listing)
    if _stands_out(block):
        return in_order or (not state.listing and _is_capital(block.text))
    if not in_order or not (block.apart or not state.numbered):
        return False
    if not _in_list(state, block) or not state.numbered:
        return True
    if number != state.listed + 1 and not (number == 1 and state.listed == 0):
        return True
    narrative = following is not None and not following.marker and len(following.text) > 60
    return state.ended and narrative and number > 1


def _in_list(state: _State, block: Block) -> bool:
    """Tell whether a number may be that of a list: one is open, with numbers or no markers yet."""
    return state.listing and state.style in ("", block.style)


def _is_sub_item(state: _State, block: Block, following: Block | None) -> bool:
    if not block.apart and not block.heading:
        return False
    text = block.text.rstrip(":").strip()
    if (
        not _is_title(text)
        or text.casefold() in words.NOT_AN_ITEM
        or text.endswith((".", ",", ";"))
    ):
        return False
    if _PROCEDURE.match(text):
        return False
    if _PERSON_LIST.match(text) and not block.heading:
        return False
    if block.heading or block.bold:
        return block.heading != 1 or state.numbered
    if _is_capital(text):
        return following is not None and len(text) > 3
    return (
        state.numbered
        and not block.text.endswith(":")
        and len(text.split()) <= _LONGEST_PLAIN
        and text[0].isalpha()
        and following is not None
        and following.apart
        and not state.listing
        and not following.cells
        and len(following.text.split()) >= 8
        and block.indent < 8
    )


def _title(text: str) -> str:
    return text.strip().rstrip(".:-–— ").strip()


def _read_on(state: _State, block: Block) -> None:
    """Keep track of lists: a marked heading or a line that ends with a colon opens one."""
    text = block.text
    if block.style == "number" and "." in block.number:
        state.listing = False  # a numbered paragraph
    elif block.marker and block.style in ("number", "bracket", "letter", "roman", "bullet"):
        state.ended = text.endswith((".", ";", ",", " and"))
        if block.style == "number" and block.number.isdigit():
            state.listed = int(block.number)
        state.listing = True
        state.style = block.style
    elif marks.read(block) is not None or text.endswith(
        (":", ":-", ":–", "that", " to", "agreed -")
    ):
        state.listing = True
        state.listed = 0
    elif block.apart and text.endswith("."):
        state.listing = False

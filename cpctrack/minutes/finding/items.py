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
from cpctrack.minutes.language import grammar, marks, owners
from cpctrack.minutes.language.clauses import sentences
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.titles import (
    find_marker,
    is_capital,
    is_numbered_heading,
    is_plain,
    is_title,
    is_unnumbered,
    stands_out,
    title_of,
)  # fmt: skip

_RUN_IN = re.compile(r"(?P<title>[^.:–—]{2,60}?)(?<!\s[a-z])(?:\.|:|\s[–—-])\s(?=[A-Z“\"(\d])")
# A title that its text follows without a stop: “Election of Officers Upon the proposition of …”
_GOES_ON = re.compile(
    r"(?P<title>(?!(?:That|The|There|It|Members)\b)[A-Z][^.;:]{2,110}?(?<!\sof)(?<!\sthe)(?<!\sto)"
    r"(?<!\sby)(?<!\sfrom)(?<!\sand)(?<!\sfor)(?<!\sin)(?<!\son)(?<!\sat))\s(?="
    r"(?:The|There|This|These|It|Upon|Following|After|At|No|Nil|None)\s[\w(]|[aA][.)]\s"
    r"|[A-Z][\w.’']*(?:\s[A-Z][\w.’'-]*){0,3}\s(?:was|were|had|has|is|are|will|would|reported|advised"
    r"|noted|asked|proposed|gave|said|confirmed|informed|raised|presented|stated|declared"
    r"|provided|received|discussed|agreed|requested|thanked|circulated|explained|introduced|spoke)\b)"
)
_CAPITAL_RUN_IN = re.compile(r"(?P<title>[A-Z][A-Z &/,’'()]{3,60}?)\s?[:–—-]\s+(?=[A-Z])")
_LEADS_IN = re.compile(r"(?i)\b(?:following|points?|included?|below|these|presenting|present)\b")
_TOPICS = frozenset({"notes", "minutes", "meeting notes", "discussion", "agenda items"})
_NUMBERED = frozenset({"number", "minute", "item", "bare"})
_LISTED = frozenset({"number", "bracket", "letter", "roman", "bullet"})
_LEADS = (":", ":-", ":–", "that", " to", "agreed -")
_WIDEST_GAP = 30  # between minutes; a planning application's number lies further off
_LONGEST_SUB = 9  # words of a sub-item that does not stand out
_NO_LEVEL = 9
_LONGEST_COLON = 11  # words of a title that ends with a colon
_INDENTED = 8
_NARRATIVE = 8  # words of what is no name and no title
_VOTED = re.compile(r"(?i)(?:carried|lost)\b.{0,40}$")
_LETTERED = frozenset({"letter", "roman", "bracket"})
_THERE = re.compile(
    r"(?i)(?:(?:members|officers|councillors|also|others|those)\s)*(?:present|in\sattendance|attend\w+"
    r"|apologies|absent|invited|who\s(?:came|was\s\w+)|there|here|sorry|couldn['’]t\scome)\b[^:]{0,40}:\s"
)
_ENDS = re.compile(r"[.!?]$|\d")  # what ends like a sentence, or names a time or a sum
_FULL_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]+,?\s(?:19|20)\d\d\b")

_HEAD = 30  # blocks in which the head of minutes without numbers ends
_AT_THE_END = 0.6  # of the blocks, behind which a list of all actions is an item
_FEWEST_COUNTED = 4  # numbered paragraphs that are the items of minutes
_FEWEST_COLONS = 2  # titles that end with a colon, where all do
_ROMAN = {"I": 1, "V": 5, "X": 10}
_WIDEST_STEP = 4  # items that may be left out of the minutes


class Heading(NamedTuple):
    """An item and the place of its block; `rest` is text that the block's line goes on with."""

    item: Item
    rest: int = 0  # offset in the block's text where the item's own words begin, 0: none
    sub: bool = False  # without a number of its own, or with a letter
    above: str = ""  # title of the item that a sub-item is part of, where items have no numbers


class _State:
    """What has been read so far: whether a number is an item's or a list's, it tells."""

    def __init__(self) -> None:
        self.last = 0  # number of the last plain item
        self.roman = 0  # number of the last item that is counted I, II, III
        self.minute: tuple[int, ...] = ()  # parts of the last number of the form 07/21
        self.sub = ""  # the last number of the form 4.1
        self.listed = 0  # number of the last list entry
        self.style = ""  # of the list's markers
        self.listing = False  # a list or a marked block is open
        self.ended = False  # the last entry ended like a sentence
        self.numbered = False  # there was a numbered item
        self.level = _NO_LEVEL  # how much the last item without a number stands out
        self.above = ""  # its title
        self.counted = False  # numbers go on from paragraph to paragraph, be they titles or not
        self.numbers = False  # the document numbers its items
        self.structure = 0  # level of the last item that the document sets as a heading
        self.topics = -1  # indent of the bullets that are items, -1: none are
        self.document = 0  # level of the heading that is the document's title
        self.colons = False  # “Matters arising:” is how the items are headed
        self.titles: set[tuple[str, str]] = set()  # items so far: an agenda in front has them too
        self.marks: set[str] = set()  # the kinds of marking headings that were printed

    def count(self, block: Block) -> None:
        """Take a numbered block for an item."""
        if block.style == "minute":
            self.minute = _figures(block.number)
        self.sub = block.number if _is_deep(block) else ""
        if block.number.split(".")[0].isdigit():
            self.last = int(block.number.split(".")[0])
        self.numbered = True
        self.structure = block.heading or self.structure

    def in_list(self, block: Block) -> bool:
        """Tell whether a number may be that of the list that is open, and not the next item's."""
        if not self.listing or self.style not in ("", block.style):
            return False
        goes_on = block.number in (str(self.listed + 1), "1") or not self.listed
        return goes_on or block.number != str(self.last + 1)

    def read_on(self, block: Block, mark: marks.Mark | None) -> None:
        """Keep track of lists: a marking heading or a line that ends with a colon opens one."""
        text = block.text
        rest = text[mark.rest :].strip() if mark else text
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
        elif (mark and (not rest or find_marker(rest))) or text.endswith(_LEADS):
            self.listing, self.listed, self.style = True, 0, ""
        elif mark or (block.apart and text.endswith(".")) or _VOTED.match(text):
            self.listing = False  # "RESOLVED to pay" says it all

    def is_next(self, block: Block, *, narrative: bool) -> bool:
        """Tell whether a numbered title is the next item; `narrative` is what follows it."""
        if block.style == "minute":
            return self._is_next_minute(block)
        if block.style == "item" or block.heading:
            return True
        if _is_deep(block):
            return self._is_next_sub(block)
        return block.number.isdigit() and self._follows(block, narrative=narrative)

    def _is_next_minute(self, block: Block) -> bool:
        """Tell whether 24/036 follows 24/035, and is no reference to an earlier minute."""
        if not self.minute or len(_figures(block.number)) != len(self.minute):
            return not self.numbered or stands_out(block)
        step = _step(self.minute, block.number)
        return step > 0 and (step <= _WIDEST_GAP or stands_out(block))

    def _is_next_sub(self, block: Block) -> bool:
        """Tell whether “4.1 Title” belongs to item 4, or “24.72” follows “24.71”.

        Where no plain number came before, the document counts its items so.
        """
        outstanding = stands_out(block)
        if not outstanding and len(block.text.split()) > _LONGEST_SUB:
            return False
        if not self.numbered:
            return block.apart
        first = int(block.number.split(".")[0])
        now, before = _figures(block.number), _figures(self.sub)
        if before and now[:-1] == before[:-1] and 1 <= now[-1] - before[-1] <= _WIDEST_STEP:
            return outstanding or now[-1] == before[-1] + 1 or not self.listing
        if outstanding and first >= self.last:
            return True
        return first in (self.last, self.last + 1) and (outstanding or not self.listing)

    def _follows(self, block: Block, *, narrative: bool) -> bool:
        """Tell whether a plain number is the next item's rather than a list's."""
        number = int(block.number)
        begun = self.numbered or self.listing
        in_order = 1 <= number - self.last <= _WIDEST_STEP or not begun
        if block.style == "bare" and not (number == self.last + 1 and (begun or block.heading)):
            in_order = number == 1  # “10 members of the public”, “20 50 Market stalls”
        if stands_out(block):
            return in_order or (not self.listing and is_capital(block.text))
        crowded = not block.apart and (self.in_list(block) or number != self.last + 1)
        if not in_order or (crowded and begun):
            return False
        if not self.in_list(block) or not self.numbered:
            return True
        if number != self.listed + 1 and not (number == 1 and self.listed == 0):
            return True
        apart = number == self.last + 1 and block.text[-1] not in ".;"  # from a list of sentences
        return self.ended and number > 1 and (narrative or apart)


def _figures(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", number))


def _step(before: tuple[int, ...], number: str) -> int:
    """Give by how much the only part of a number that is another one grew, else 0."""
    now = _figures(number)
    grown = [new - old for new, old in zip(now, before, strict=False) if new != old]
    return grown[0] if len(now) == len(before) and len(grown) == 1 else 0


def _is_deep(block: Block) -> bool:
    return "." in block.number and block.style != "minute"


def headings(found: Sequence[Block]) -> dict[int, Heading]:
    """Map the places of blocks that are agenda items or sub-items to them."""
    state = _State()
    result: dict[int, Heading] = {}
    numbers = state.numbers = _has_numbers(found)
    state.counted = _counted(found) >= _FEWEST_COUNTED
    levels = [block.heading for block in found if block.heading]
    titled = levels[:1] == [1] or any(block.heading for block in found[:2])
    if titled and len(levels) > 1 and min(levels[1:]) > levels[0]:
        state.document = levels[0]
    state.colons = not numbers and sum(map(_is_colon_title, found, found[1:])) > _FEWEST_COLONS
    head = 0 if numbers else _head_end(found)
    for at, (block, following) in enumerate(zip_longest(found, found[1:])):
        begun = bool(result) or (block.heading > 1 and _is_told(following))
        unnumbered = begun if numbers else at >= head
        outline = _look_for_topics(state, block, following)
        heading = None if outline else _heading(state, block, following, unnumbered=unnumbered)
        if heading is None and not outline and not numbers and at > _AT_THE_END * len(found):
            heading = _summary(state, block)
        if heading:
            result[at] = heading
            state.listing, state.listed, state.style = False, 0, ""
        else:
            state.read_on(block, marks.read(block))
    return {  # without “PART B”, “FOR DECISION”: unnumbered, and a numbered item follows at once
        at: heading
        for at, heading in result.items()
        if heading.item.number or at + 1 not in result or not result[at + 1].item.number
    }


def _has_numbers(found: Sequence[Block]) -> bool:
    """Tell whether the document numbers its items: two or more look like numbered titles."""
    looked = found[:20000]
    strong = 0
    for block, following in zip_longest(looked, looked[1:]):
        listed = following is not None and not following.apart and following.style == block.style
        run_in = _RUN_IN.match(block.text[:60]) if block.style in _NUMBERED else None
        if block.style in _NUMBERED and (
            is_title(block.text) or (run_in and block.apart and is_title(run_in["title"]))
        ):
            strong += stands_out(block) or (block.apart and not listed)
    return strong > 1


def _counted(found: Sequence[Block]) -> int:
    """Count how far the numbers of paragraphs go on from 1, lists among them left out."""
    last = 0
    for block in found:
        if block.style == "number" and block.apart and block.number == str(last + 1):
            last += 1
    return last


def _is_colon_title(block: Block, following: Block) -> bool:
    """Tell whether a line is “Matters arising:” above a paragraph, and no lead-in of a list."""
    text = block.text
    return (
        block.apart and following.apart and text.endswith(":") and not text.endswith(_LEADS[1:])
        and not block.marker and not following.cells and block.indent < _INDENTED
        and len(text.split()) <= _LONGEST_COLON and ":" not in text[:-1]
        and not _LEADS_IN.search(text) and len(following.text.split()) >= _NARRATIVE
        and is_unnumbered(block) and marks.read(block) is None
    )  # fmt: skip


def _head_end(found: Sequence[Block]) -> int:
    """Give the place behind the head of a document: its date, and who was there."""
    end = 0
    for at, block in enumerate(found[:_HEAD]):
        dated = not end and not block.marker and _FULL_DATE.search(block.text)
        if dated or _THERE.match(block.text[:100]):
            end = at + 1
    return end


def _heading(
    state: _State, block: Block, following: Block | None, *, unnumbered: bool
) -> Heading | None:
    if not block.text or block.cells:
        return None
    if block.style in _NUMBERED:
        return _numbered(state, block, following)
    counts = block.marker.isupper() and stands_out(block) and (state.roman or not state.numbered)
    if block.style == "roman" and counts:
        return _roman(state, block)
    if block.style in _LETTERED:
        return _lettered(state, block, following)
    if block.style == "bullet" and not state.numbered and block.indent == state.topics:
        return _topic(block, following)
    if block.marker or not unnumbered:
        return None
    run_in = None if state.numbers else _CAPITAL_RUN_IN.match(block.text[:80])
    if run_in and block.apart:
        titled = block._replace(text=run_in["title"])
        if is_unnumbered(titled) and marks.read(titled) is None:
            return _unnumbered(state, titled)._replace(rest=run_in.end())
    mark = marks.read(block)
    if mark:  # “## Actions” is an item beside items, “#### Action” below one marks what follows
        beside = 0 < block.heading <= state.structure and mark.kind == marks.ACTION
        return _unnumbered(state, block) if beside and mark.rest >= len(block.text) else None
    return _unnumbered(state, block) if _is_unnumbered_item(state, block, following) else None


def _numbered(state: _State, block: Block, following: Block | None) -> Heading | None:
    title_end = _title_end(state, block)
    mark = marks.read(block._replace(text=block.text[:title_end])) if title_end else None
    if not title_end or (mark and mark.rest < title_end):
        return None
    if mark:  # “8. Actions” may be an item by its number
        plain = block.number.isdigit()
        by_number = plain and state.numbered and int(block.number) == state.last + 1
        by_style = mark.kind == marks.ACTION if plain else block.style in ("minute", "item")
        if not by_number and not by_style:
            return None
    narrative = following is not None and not following.marker and len(following.text) > 60
    if state.above and not state.numbers and not stands_out(block) and block.style == "number":
        return None  # of a list below a title without a number
    title = title_of(block.text[:title_end])
    again = block.apart and (block.number, title.casefold()) in state.titles
    if not again and not state.is_next(block, narrative=narrative):
        return None
    state.count(block)
    state.titles.add((block.number, title.casefold()))
    rest = title_end if title_end < len(block.text) else 0
    printed = block.printed[: len(block.printed) - len(block.text) + title_end].strip()
    item = Item(block.line, printed.rstrip(" :"), block.number, title)
    return Heading(item, rest, sub=bool(state.roman) and block.style == "number")


def _roman(state: _State, block: Block) -> Heading | None:
    """Read “IV. NEW BUSINESS” behind III: numbers below it are its parts."""
    number = block.number.upper()
    value = 0
    for letter, after in zip_longest(number, number[1:], fillvalue="I"):
        worth, next_worth = _ROMAN[letter], _ROMAN[after]
        value += worth if worth >= next_worth else -worth
    if not 1 <= value - state.roman <= _WIDEST_STEP or not is_title(block.text):
        return None
    state.roman, state.last, state.numbered, state.above = value, 0, True, ""
    state.structure = block.heading
    return Heading(Item(block.line, block.printed, number, title_of(block.text)))


def _title_end(state: _State, block: Block) -> int:
    """Give where a numbered title ends: with its block or before a sentence; 0 is no title."""
    text = block.text
    named = block.style in ("minute", "item")
    may_list = state.in_list(block) and not named
    lead = text[: block.lead].rstrip(" .:")
    if lead and not (may_list and state.listed) and text[0].isupper() and is_numbered_heading(lead):
        return block.lead
    next_one = state.numbered and block.apart and block.number == str(state.last + 1)
    set_apart = block.heading or (block.bold and next_one and not state.listing)
    if set_apart and is_numbered_heading(text.rstrip(".")):
        return len(text)
    if is_title(text) and not _tells_on(text[:400]):
        return len(text)
    plain = block.number.isdigit() and not may_list
    near = plain and (not state.numbered or 1 <= int(block.number) - state.last <= _WIDEST_STEP)
    run_in = _RUN_IN.match(text[:120])
    if (
        run_in
        and (named or near)
        and len(run_in["title"].split()) <= 8
        and is_title(run_in["title"])
    ):
        return run_in.end()
    first = not state.numbered and block.number in ("1", "2")
    goes_on = _GOES_ON.match(text[:160]) if block.apart and not may_list else None
    if goes_on and (next_one or first or block.style == "minute") and is_title(goes_on["title"]):
        return goes_on.end()
    if block.style == "minute":  # 24/036 straight after 24/035 is an item, whatever it says
        return len(text) if _step(state.minute, block.number) == 1 else 0
    # A sentence may stand in a title's place where numbers go on.
    counted = next_one or (first and block.apart and state.counted and not state.listing)
    mark = marks.read(block)
    marked = (mark and not mark.inside) or marks.read(block._replace(text=text.split()[0]))
    return len(text) if counted and not (may_list or state.listed or marked) else 0


def _tells_on(text: str) -> bool:
    """Tell whether a sentence follows the title: “Gates – one is broken.”, “Gates – AB to mend”."""
    run_in = _RUN_IN.match(text[:120])
    if not run_in:
        return False
    rest = text[run_in.end() :]
    owner = grammar.owner_in(rest)
    ordered = owner and owners.tidy(rest).partition(f"{owner} to ")[2][:1].islower()
    return text.endswith(".") or bool(ordered) or len(list(sentences(rest))) > 1


def _lettered(state: _State, block: Block, following: Block | None) -> Heading | None:
    """Read “(i) Extension of the cemetery”: a title outside a list, with its text below."""
    below = following is not None and following.apart and following.style != block.style
    if not (state.numbered and block.apart and below) or state.listing:
        return None
    if marks.read(block) is not None or not is_plain(block) or not is_unnumbered(block):
        return None
    return Heading(Item(block.line, block.printed, block.number, title_of(block.text)), sub=True)


def _is_unnumbered_item(state: _State, block: Block, following: Block | None) -> bool:
    if not (block.apart or block.heading) or not is_unnumbered(block):
        return False
    if following is not None and not following.marker and following.text[:1].islower():
        return False  # “JS”, and below it “to write to the owner”
    if title_of(block.text).casefold() in _TOPICS and not _is_told(following):
        return False  # “Minutes” is an item where its text stands below it
    if block.heading or block.bold:
        return not block.heading or block.heading != state.document
    if state.colons and following is not None and _is_colon_title(block, following):
        return True
    if is_capital(block.text):
        return following is not None and len(block.text) > 2
    unmarked = state.listing and not state.style  # a list whose entries may have no markers
    return is_plain(block) and not unmarked and _has_text(state, following)


def _is_told(block: Block | None) -> bool:
    """Tell whether a block is narrative, no title and no list."""
    return block is not None and not block.marker and len(block.text.split()) >= _NARRATIVE


def _has_text(state: _State, following: Block | None) -> bool:
    """Tell whether what stands below a plain line is its text, and not one more line like it."""
    if following is None or following.cells:
        return False
    if not following.apart:
        return not state.numbered and _ENDS.search(following.text) is not None
    if len(following.text.split()) >= _NARRATIVE or marks.read(following) is not None:
        return True
    listed = following.marker or following.text.endswith(".")
    return not state.numbered and (bool(listed) or not is_title(following.text))


def _topic(block: Block, following: Block | None) -> Heading | None:
    """Read “- Web site” below “Notes”, with deeper bullets below it."""
    deeper = following is not None and following.indent > block.indent
    if not deeper or not is_unnumbered(block) or marks.read(block) is not None:
        return None
    return Heading(Item(block.line, block.printed, "", title_of(block.text)))


def _look_for_topics(state: _State, block: Block, following: Block | None) -> bool:
    """Tell whether a line heads an outline whose first level are the items, and remember it."""
    heads = title_of(block.text).casefold() in _TOPICS and following is not None
    if heads and following and following.style == "bullet" and not state.numbers:
        state.topics = following.indent
        return True
    if block.heading:
        state.topics = -1
    return False


def _unnumbered(state: _State, block: Block) -> Heading:
    """Make an item, or a sub-item where items are numbered or stand out more."""
    level = block.heading or (7 if stands_out(block) else 8)
    beside = 0 < block.heading <= state.structure
    sub = (state.numbered and not beside) or level > state.level
    item = Item(block.line, block.printed, "", title_of(block.text))
    if sub:
        return Heading(item, sub=True, above="" if state.numbered else state.above)
    state.level, state.above, state.structure = level, item.title, block.heading
    state.numbered = state.numbered and not beside
    return Heading(item)


def _summary(state: _State, block: Block) -> Heading | None:
    """Read “DECISIONS” towards the end of minutes without numbers, set as their items are set."""
    mark = marks.read(block) if stands_out(block) and not block.marker else None
    if mark is None or mark.rest < len(block.text) or mark.kind in state.marks:
        return None
    level = block.heading or 7
    return _unnumbered(state, block) if block.apart and level == state.level else None

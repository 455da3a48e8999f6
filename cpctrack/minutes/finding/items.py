"""Agenda items: which blocks are the headings of items and sub-items.

A heading is told from a list entry by what it looks like (capitals, bold, the document's own
structure), by its number following the last item's, and by whether a list is open. Minutes that
number nothing have headings by their looks and place alone, from behind the list of who was there.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cpctrack.minutes.base import Item
from cpctrack.minutes.finding.run_ins import (
    RunIn,
    RunIns,
    begun_title,
    capital_title,
    heads_list,
    is_page_line,
    is_page_text,
    stopped_title,
    tells_on,
)
from cpctrack.minutes.language import marks
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.titles import (
    find_marker,
    is_capital,
    is_plain,
    is_procedure,
    is_title,
    is_unnumbered,
    linked,
    stands_out,
    title_of,
)  # fmt: skip

_LEADS_IN = re.compile(r"(?i)\b(?:following|points?|included?|below|these|presenting|present)\b")
_LEADS = (":", ":-", ":–", "that", " to")
_TOPICS = frozenset({"notes", "minutes", "meeting notes", "discussion", "agenda items"})
_THERE = re.compile(
    r"(?i)(?:(?:members|officers|councillors|panel|also|others|those|who|was|were)\s)*"
    r"(?:present|attend\w+|apologies|came|t?here)\b[^:]{0,40}:\s"
)
_FULL_DATE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s[A-Z][a-z]+,?\s(?:19|20)\d\d\b")
_ENDS = re.compile(r"[.!?]$|\d")  # what ends like a sentence, or names a time or a sum
_NUMBERED = frozenset({"number", "minute", "item", "bare"})
_LETTERED = frozenset({"letter", "roman", "bracket"})
_LISTED = _LETTERED | {"number", "bullet"}
_NUMERALS = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
)  # fmt: skip
_PLAIN, _PART, _ROMAN = "plain", "part", "roman"  # kinds of numbers, beside those of minutes

_WIDEST_STEP = 4  # items that may be left out of the minutes
_WIDEST_GAP = 30  # between minutes; a planning application's number lies further off
_LONGEST_SUB = 9  # words of a sub-item that does not stand out
_LONGEST_SET_APART = 22  # of a title that the document sets as one
_NARRATIVE = 8  # words of what is no name and no title
_NO_LEVEL = 9
_BOLD_LEVEL, _PLAIN_LEVEL = 7, 8  # below the document's own headings
_LOOKED_AT = 20000  # blocks
_HEAD = 30  # blocks in which the head of minutes without numbers ends
_TITLE = 12  # blocks in which the day of the meeting stands
_FEWEST_COUNTED = 4  # numbered paragraphs that are the items of minutes
_SPACED, _MOST = 0.3, 0.6  # of the blocks that stand apart where blank lines part them
_FEWEST_HEADED = 3  # numbered paragraphs below titles
_FEWEST_COLONS = 2  # titles that end with a colon, where all do


class Heading(NamedTuple):
    """An item and the place of its block; `rest` is text that the block's line goes on with."""

    item: Item
    rest: int = 0  # offset in the block's text where the item's own words begin, 0: none
    sub: bool = False  # without a number of its own, or with a letter
    above: str = ""  # title of the item that a sub-item is part of, where items have no numbers


def headings(found: Sequence[Block]) -> dict[int, Heading]:
    """Map the places of blocks that are agenda items or sub-items to them."""
    tight = _is_tight(found)
    if tight:  # where next to no blank lines part the blocks, each stands apart
        found = [block._replace(apart=True) for block in found]
    agenda = _Agenda(found, tight=tight)
    result: dict[int, Heading] = {}
    head = 0 if agenda.numbers else _head_end(found)
    for at, (block, following) in enumerate(_pairs(found)):
        begun = bool(result) or (block.heading > 1 and _is_told(following))
        unnumbered = begun if agenda.numbers else at >= head
        heading = agenda.heading(block, following, unnumbered=unnumbered)
        if heading:
            result[at] = heading
            agenda.listing, agenda.listed, agenda.style = False, 0, ""
        else:
            agenda.read_on(block)
    return {  # without “PART B”, “FOR DECISION”: unnumbered, and a numbered item follows at once
        at: heading
        for at, heading in result.items()
        if heading.item.number or at + 1 not in result or not result[at + 1].item.number
    }


def _pairs(found: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    """Give each block with the one that follows it."""
    return zip(found, [*found[1:], None], strict=False)


class _Agenda:
    """Reads block after block: whether a number is an item's or a list's, what was read tells."""

    def __init__(self, found: Sequence[Block], *, tight: bool) -> None:
        self.tight = tight  # no blank lines tell items from lists
        self.paragraphs = _numbers_paragraphs(found)  # below titles without numbers
        self.numbers = not self.paragraphs and _has_numbers(found)  # the document numbers its items
        # and goes on from paragraph to paragraph
        self.counted = len([one for one in _counting(found) if one.apart]) >= _FEWEST_COUNTED
        self.document = _title_level(found)
        self.run_ins = RunIns(found)
        colons = sum(_is_colon_title(block, below) for block, below in pairwise(found))
        self.colons = not self.numbers and colons > _FEWEST_COLONS  # “Matters arising:”
        self.numbered = False  # there was a numbered item
        self.last: dict[str, tuple[int, ...]] = {_PLAIN: (0,), _ROMAN: (0,)}  # of each kind
        self.level = _NO_LEVEL  # how much the last item without a number stands out
        self.above = ""  # its title
        self.structure = 0  # level of the last item that the document sets as a heading
        self.named = True  # the last item said “Item”, or there was none
        self.beside = {
            int(one.number) for one in found if one.style == "bare" and capital_title(one.text)
        }
        self.topics = -1  # indent of the bullets that are items, -1: none are
        self.titles: set[tuple[str, str]] = set()  # items so far: an agenda in front has them too
        self.listing = False  # a list or a marked block is open
        self.listed = 0  # number of its last entry
        self.style = ""  # of its markers

    def heading(self, block: Block, following: Block | None, *, unnumbered: bool) -> Heading | None:
        """Read a block as an item in the style that its marker has, if it is one."""
        if not block.text or block.cells or self._heads_outline(block, following):
            return None
        if block.style in _NUMBERED:
            return self._numbered(block)
        counts = block.marker.isupper() and (self.last[_ROMAN] > (0,) or not self.numbered)
        if block.style == "roman" and counts and stands_out(block):
            return self._roman(block)
        if block.style in _LETTERED:
            return self._lettered(block, following)
        if block.style == "bullet" and block.indent == self.topics and not self.numbered:
            return self._topic(block, following)
        return self._unnumbered(block, following) if unnumbered and not block.marker else None

    def read_on(self, block: Block) -> None:
        """Keep track of lists: a marking heading or a line that ends with a colon opens one."""
        text = block.text
        mark = None if heads_list(block) else marks.read(block)
        rest = text[mark.rest :].strip() if mark else text
        if block.style == "number" and "." in block.number:
            self.listing = False  # a numbered paragraph
        elif block.style in _LISTED:
            self.listed = int(block.number) if block.number.isdigit() else self.listed
            self.listing, self.style = True, block.style
        elif (mark and (not rest or find_marker(rest))) or text.endswith(_LEADS):
            self.listing, self.listed, self.style = True, 0, ""
        elif (block.apart and text.endswith(".")) or mark or is_procedure(text):
            self.listing = False  # "RESOLVED to pay" says it all

    # --- With a number ---

    def _numbered(self, block: Block) -> Heading | None:
        end = 0 if self.paragraphs and not stands_out(block) else self._title_end(block)
        title = title_of(block.text[:end])
        again = block.apart and (block.number, title.casefold()) in self.titles
        if not end or not (again or self._follows(block)):
            return None
        mark = marks.read(block._replace(text=block.text[:end]))
        if mark and (mark.rest < end or not self._may_be_marked(block)):
            return None
        if self.above and not self.numbers and not stands_out(block):
            return None  # of a list below a title without a number
        kind, figures = _kind(block), _figures(block.number)
        self.last.pop(_PART, None)
        self.last[kind] = figures
        if kind == _PART:
            self.last[_PLAIN] = figures[:1]
        if kind == "minute":
            self.last[_PLAIN] = (0,)
        self.numbered, self.named = True, block.style == "item"
        self.structure = block.heading or self.structure
        self.titles.add((block.number, title.casefold()))
        printed = block.printed[: len(block.printed) - len(block.text) + end].strip()
        item = Item(block.line, printed.rstrip(" :"), block.number, title)
        rest = end if end < len(block.text) else 0
        within = kind == _PLAIN and "minute" in self.last  # “1. Gates” below “51/14 Roads”
        return Heading(item, rest, sub=within or self.last[_ROMAN] > (0,))

    def _may_be_marked(self, block: Block) -> bool:
        """Tell whether “8. Actions” is an item by its number."""
        return block.style in ("minute", "item") or (self.numbered and self._step(block) == 1)

    def _step(self, block: Block) -> int:
        """Give by how much a number's only part that is another grew since the last of its kind."""
        now, last = _figures(block.number), self.last.get(_kind(block), ())
        grown = [new - old for new, old in zip(now, last, strict=False) if new != old]
        return grown[0] if len(now) == len(last) and len(grown) == 1 else 0

    def _in_list(self, block: Block) -> bool:
        """Tell whether a number may be that of the list that is open, and not the next item's."""
        if not self.listing or self.style not in ("", block.style):
            return False
        goes_on = block.number in (str(self.listed + 1), "1")
        return goes_on or not self.listed or self._step(block) != 1

    def _follows(self, block: Block) -> bool:
        """Tell whether a number follows the last item's, in the style that it is printed in."""
        if block.style == "minute":  # 24/036 after 24/035, no reference to an earlier minute
            if len(_figures(block.number)) != len(self.last.get(block.style, ())):
                return not self.numbered or stands_out(block)
            return 1 <= self._step(block) <= _WIDEST_GAP
        if block.heading or (block.style == "item" and self.named):
            return True
        return self._follows_part(block) if _kind(block) == _PART else self._follows_plain(block)

    def _follows_part(self, block: Block) -> bool:
        """Tell whether “4.1 Title” belongs to item 4, or “24.72” follows “24.71”.

        Where no plain number came before, the document counts its items so.
        """
        outstanding = stands_out(block)
        if not outstanding and len(block.text.split()) > _LONGEST_SUB:
            return False
        if not self.numbered:
            return block.apart
        step = self._step(block)
        begun = _figures(block.number)[0] - self.last[_PLAIN][0] in (0, 1)
        near = begun or 1 <= step <= _WIDEST_STEP
        return near and (outstanding or step == 1 or not self.listing)

    def _follows_plain(self, block: Block) -> bool:
        """Tell whether a plain number is the next item's rather than a list's."""
        step = self._step(block)
        begun = self.numbered or self.listing
        in_order = 1 <= step <= _WIDEST_STEP or not begun
        if block.style == "bare" and not (self.numbered and step == 1):
            number = int(block.number)
            in_order = number == 1 or bool(
                {number - 1, number + 1} & self.beside
            )  # “10 members of the public”, “20 50 Market stalls”
        if stands_out(block):
            return in_order or (not self.listing and is_capital(block.text))
        listed = self._in_list(block)
        if not in_order or (begun and not block.apart and (listed or step != 1)):
            return False
        apart = (
            step == 1 and not self.tight and block.text[-1] not in ".;"
        )  # from a list of sentences
        return apart or not listed or not self.numbered

    def _title_end(self, block: Block) -> int:
        """Give where a numbered title ends: with its block or before a sentence; 0 is no title."""
        text = block.text
        named = block.style in ("minute", "item")
        may_list = self._in_list(block) and not named
        lead = text[: block.lead].rstrip(" .:")
        if lead and text[0].isupper() and not (may_list and self.listed):
            return block.lead
        step = self._step(block)
        next_one = self.numbered and block.apart and step == 1 and _kind(block) == _PLAIN
        set_apart = block.heading or (block.bold and next_one)
        if set_apart and len(text.split()) <= _LONGEST_SET_APART and text[-1] != ";":
            return len(text)
        if is_title(text.rstrip(";") if named else text) and not tells_on(text[:400]):
            return len(text)
        plain = _kind(block) == _PLAIN and not may_list
        near = plain and (not self.numbered or 1 <= step <= _WIDEST_STEP)
        run_in = stopped_title(text, named=named) if named or near else 0
        run_in = run_in or (capital_title(text) if plain else 0)
        if run_in:
            return run_in
        first = block.number == "1" and not self.numbered and block.apart
        if may_list or not (next_one or first or block.style == "minute"):
            return 0
        # A sentence may stand in a title's place where numbers go on.
        if block.style == "minute":
            counted = step == 1
        else:
            counted = (next_one or self.counted) and not marks.read(block)
        return begun_title(text) or (len(text) if counted else 0)

    def _roman(self, block: Block) -> Heading | None:
        """Read “IV. NEW BUSINESS” behind III: numbers below it are its parts."""
        if not 1 <= self._step(block) <= _WIDEST_STEP or not is_title(block.text):
            return None
        self.last = {_ROMAN: _figures(block.number), _PLAIN: (0,)}
        self.numbered, self.above, self.structure = True, "", block.heading
        number = block.number.upper()
        return Heading(Item(block.line, block.printed, number, title_of(block.text)))

    # --- Without a number ---

    def _lettered(self, block: Block, following: Block | None) -> Heading | None:
        """Read “(i) Extension of the cemetery”: a title outside a list, with its text below."""
        below = following is not None and following.style != block.style
        if not (self.numbered and block.apart and below) or self.listing:
            return None
        if marks.read(block) is not None or not is_plain(block) or not is_unnumbered(block):
            return None
        return Heading(_item(block, block.number), sub=True)

    def _heads_outline(self, block: Block, following: Block | None) -> bool:
        """Tell whether a line heads an outline whose first level are the items, and remember it."""
        below = following if title_of(block.text).casefold() in _TOPICS else None
        if below and below.style == "bullet" and not self.numbers:
            self.topics = below.indent
            return True
        self.topics = -1 if block.heading else self.topics
        return False

    def _topic(self, block: Block, following: Block | None) -> Heading | None:
        """Read “- Web site” below “Notes”, with deeper bullets below it."""
        deeper = following is not None and following.indent > block.indent
        titled = deeper and is_unnumbered(block) and marks.read(block) is None
        return Heading(_item(block)) if titled else None

    def _unnumbered(self, block: Block, following: Block | None) -> Heading | None:
        """Read an item, or a sub-item where items are numbered or stand out more."""
        run_in = RunIn() if self.numbers else self.run_ins.read(block)
        if run_in.title:
            return self._place(block._replace(text=run_in.title))._replace(rest=run_in.rest)
        mark = marks.read(block)
        if mark:  # “## Actions” is an item beside items, “#### Action” below one marks what follows
            beside = 0 < block.heading <= self.structure and mark.rest >= len(block.text)
            return self._place(block) if beside else None
        return self._place(block) if self._is_item(block, following) else None

    def _is_item(self, block: Block, following: Block | None) -> bool:
        if not (block.apart or block.heading) or not is_unnumbered(block):
            return False
        if following is not None and not following.marker and following.text[:1].islower():
            return False  # “JS”, and below it “to write to the owner”
        if (self.run_ins.page and is_page_text(block)) or heads_list(block):
            return False
        if self.run_ins.page and (linked(block.text) or is_page_text(following)):
            return True
        if title_of(block.text).casefold() in _TOPICS and not _is_told(following):
            return False  # “Minutes” is an item where its text stands below it
        if block.heading or block.bold:
            return not block.heading or block.heading != self.document
        if following is None:
            return False
        if is_capital(block.text) or (self.colons and _is_colon_title(block, following)):
            return True
        unmarked = self.listing and not self.style  # a list whose entries may have no markers
        return is_plain(block) and not unmarked and self._has_text(following)

    def _has_text(self, following: Block) -> bool:
        """Tell whether what stands below a plain line is its text, no line like it."""
        if following.cells or following.style in ("minute", "item"):
            return False
        if not following.apart:
            return not self.numbered and _ENDS.search(following.text) is not None
        if len(following.text.split()) >= _NARRATIVE or marks.read(following) is not None:
            return True
        if self.tight:
            return False
        listed = following.marker or following.text.endswith(".")
        return not self.numbered and (bool(listed) or not is_title(following.text))

    def _place(self, block: Block) -> Heading:
        """Make a sub-item of what stands out less than the last item, else an item."""
        level = block.heading or (_BOLD_LEVEL if stands_out(block) else _PLAIN_LEVEL)
        beside = 0 < block.heading <= self.structure
        item = _item(block)
        if (self.numbered and not beside) or level > self.level:
            return Heading(item, sub=True, above="" if self.numbered else self.above)
        self.level, self.above, self.structure = level, item.title, block.heading
        self.numbered = False
        return Heading(item)


def _item(block: Block, number: str = "") -> Item:
    return Item(block.line, block.printed, number, title_of(block.text))


def _kind(block: Block) -> str:
    """Say which numbers a number goes on from: 4 from 3, 4.2 from 4.1, 24/36 from 24/35."""
    if block.style in ("minute", _ROMAN):
        return block.style
    return _PART if "." in block.number else _PLAIN


def _figures(number: str) -> tuple[int, ...]:
    if number in _NUMERALS:
        return (_NUMERALS.index(number) + 1,)
    return tuple(int(part) for part in re.findall(r"\d+", number))


def _is_told(block: Block | None) -> bool:
    """Tell whether a block is narrative, no title and no list."""
    return block is not None and not block.marker and len(block.text.split()) >= _NARRATIVE


# --- What the whole document does ---


def _is_tight(found: Sequence[Block]) -> bool:
    """Tell whether blank lines part next to no blocks, or most of those that count up not."""
    counting = _counting(found)
    several = counting if len(counting) >= _FEWEST_COUNTED else []
    return any(
        sum(block.apart for block in blocks) < least * len(blocks)
        for blocks, least in ((found, _SPACED), (several, _MOST))
    )


def _has_numbers(found: Sequence[Block]) -> bool:
    """Tell whether the document numbers its items: two or more look like numbered titles."""
    titles = [
        following is not None and following.style == block.style and not _is_part(following, block)
        for block, following in _pairs(found[:_LOOKED_AT])
        if block.style in _NUMBERED and block.apart and is_title(block.text)
    ]
    counting = [block for block in _counting(found) if block.apart]
    led = [block for block in counting if stopped_title(block.text)]
    parts = len(counting) >= _FEWEST_COUNTED and any(
        _is_part(below, block) and block.number == below.number.partition(".")[0]
        for block, below in pairwise(found)
    )
    return titles.count(False) > 1 or len(led) >= _FEWEST_COUNTED or parts


def _numbers_paragraphs(found: Sequence[Block]) -> bool:
    """Tell whether most numbers that count up are of paragraphs, each below a title."""
    counting = {id(block) for block in _counting(found)}
    headed = [
        above for above, block in pairwise(found)
        if id(block) in counting and above.apart and not above.marker and block.apart
        and is_title(above.text) and is_unnumbered(above) and is_plain(above)
    ]  # fmt: skip
    return len(headed) >= _FEWEST_HEADED and 2 * len(headed) > len(counting)


def _is_part(below: Block, block: Block) -> bool:
    """Tell whether one number is of another: “4.1” below “4”."""
    return "." in below.number and "." not in block.number


def _counting(found: Sequence[Block]) -> list[Block]:
    """Give the blocks whose numbers go on from 1, lists among them left out."""
    result: list[Block] = []
    for block in found:
        if block.style in ("number", "bare", "item") and block.number == str(len(result) + 1):
            result.append(block)
    return result


def _title_level(found: Sequence[Block]) -> int:
    """Give the level of the heading that is the document's title, 0 where none is."""
    first, *others = [block.heading for block in found if block.heading] or [0]
    titled = first == 1 or any(block.heading for block in found[:2])
    return first if titled and others and min(others) > first else 0


def _is_colon_title(block: Block, following: Block) -> bool:
    """Tell whether a line is “Matters arising:” above a paragraph, and no lead-in of a list."""
    return (
        block.text.endswith(":") and not block.marker and is_unnumbered(block)
        and len(following.text.split()) >= _NARRATIVE
        and not _LEADS_IN.search(block.text) and marks.read(block) is None
    )  # fmt: skip


def _head_end(found: Sequence[Block]) -> int:
    """Give the place behind the head of a document: its date, and who was there."""
    end = 0
    for at, block in enumerate(found[:_HEAD]):
        if heads_list(block):
            return at + 1
        dated = not end and not block.marker and _FULL_DATE.search(block.text)
        there = (dated and at < _TITLE) or _THERE.match(block.text[:100])
        if there and not is_page_line(block):
            end = at + 1
    return end

"""Titles that their text follows in the same paragraph, with a stop between them or without.

Each way is a row of a table. Where nothing but its looks tells a title, a way counts only where
several paragraphs begin so.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.language import grammar, marks, owners
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.titles import is_title, is_unnumbered, linked, title_of

_RUN_IN = re.compile(
    r"(?P<title>[^.:–—]{2,60}?)(?<!\s[A-Za-z])(?:\.|\s?:[-–—]?|\s[–—-])\s(?=[A-Z“\"(\d])"
)
_SHARP_RUN_IN = re.compile(r"(?P<title>[^:]{2,120}?)\s?:[-–—]?\s(?=[A-Z“\"(\d])")
_NAMED_RUN_IN = re.compile(r"(?P<title>[^.:;–—]{2,100}?)\s?[-.:;–—]{1,2}\s(?=\S)")
_RUN_INS = ((_RUN_IN, 8), (_SHARP_RUN_IN, 22))  # with the most words of the title
_NAMED_RUN_INS = ((_NAMED_RUN_IN, 14),)  # of minutes and items whose numbers leave no doubt
_CAPITAL_RUN_IN = re.compile(r"(?P<title>[A-Z][A-Z &/,’'()]{3,60}?)\s?[:–—-]\s+(?=[A-Z])")
# “MATTERS ARISING from the last minutes.”, where several paragraphs begin so
_SOFT_RUN_IN = re.compile(
    r"(?=[A-Z]{4,}\.\s|\S+\s(?:[A-Z]{2}|[&–-]\s))"
    r"(?P<title>(?:[A-Z][A-Z&/,’'()-]*\s(?:[&–-]\s)?){0,8}[A-Z’'()]{4,})(?:\.\s+(?=[A-Z])|,?\s(?=[A-Za-z(]))"
)
# “Verges: The Clerk told …”, where most paragraphs begin so
_COLON_RUN_IN = re.compile(r"(?P<title>[A-Z][\w’', /&()-]{3,50}?)\s?:[-–]?\s(?=[A-Z](?:\S+\s){4})")
_HABITS = ((_SOFT_RUN_IN, 4), (_COLON_RUN_IN, 6))  # with the fewest paragraphs
# A page of a council's site: “Apologies To receive any. Minutes: …”, or “Minutes:” on its own line
_PAGE_RUN_IN = re.compile(
    r"(?P<title>[A-Z(].{2,160}?)(?:\sTo\s[a-z].{2,300}?)?\s(?:Minutes|Decision):\s(?=[A-Z“\"(\d])"
)
_PAGE_TEXT = frozenset({"minutes:", "decision:", "decisions:"})
_LIST_HEAD = re.compile(  # “No. | Item |”, “Agenda item Discussion Action”
    r"(?i)(?=.{0,40}\bitem)(?:(?:no\.?|agenda|items?|discussion|actions?)[\s|]*){2,5}"
)
# How the text begins that follows a title without a stop: “… The”, “… a) The”, “… Cllr Ash asked”
_BEGINS = re.compile(
    r"\s(?=(?:The|There|This|These|It|Upon|Following|After|At|No|Nil|None|To)\s[\w(]|[aA][.)]\s"
    r"|\([ai]\)\s|\d{1,3}\.\d|(?:RESOLVED|AGREED|NOTED)\b"
    r"|[A-Z][\w.’']*(?:\s[A-Z][\w.’'-]*){0,3}\s(?:was|were|had|has|is|are|will|would|said|[a-z]+ed)\b)"
)
_CAPITALS = re.compile(r"(?:[A-Z][A-Z’'&/,()-]*\s|[&–-]\s){2,15}(?=[A-Z][a-z])")
_TELLS = re.compile(r"[a-z]{3}\.\s[A-Z]")
_SENTENCE = re.compile(r"(?:That|The|There|It|Members)\b|[^A-Z]")

_LONGEST = 520  # letters of a title and what stands before its text
_LOOKED_AT = 20000  # blocks
_FEWEST_LEADS = 4  # paragraphs whose titles are set bold, or parted from the text by a gap


class RunIn(NamedTuple):
    """A title, and where in its paragraph the text begins that follows it."""

    title: str = ""
    rest: int = 0


class RunIns:
    """Reads the titles that paragraphs without numbers begin with, in the ways of one document."""

    def __init__(self, found: Sequence[Block]) -> None:
        self.page = is_page(found)
        self.forms = [_PAGE_RUN_IN] if self.page else [_CAPITAL_RUN_IN, *_habitual(found)]
        leads = [one.text[: one.lead] for one in found if one.lead and one.apart and not one.marker]
        self.leads = len(leads) == len(set(leads)) >= _FEWEST_LEADS

    def read(self, block: Block) -> RunIn:
        """Read a paragraph's title, empty where it begins with none."""
        if not (block.apart or self.page):
            return RunIn()
        for title, rest in self._titles(block):
            titled = block._replace(text=title_of(title))
            if title and is_unnumbered(titled) and marks.read(titled) is None:
                return RunIn(titled.text, rest)
        return RunIn()

    def _titles(self, block: Block) -> Iterator[tuple[str, int]]:
        if self.leads and block.lead and marks.read(block) is None:
            yield block.text[: block.lead].rstrip(), block.lead
        for form in self.forms:
            match = form.match(block.text[:_LONGEST])
            if match:
                yield match["title"], match.end()


def stopped_title(text: str, *, named: bool = False) -> int:
    """Give where a title ends that its text follows behind a stop, 0 where there is none."""
    for form, longest in (*_RUN_INS, *_NAMED_RUN_INS) if named else _RUN_INS:
        run_in = form.match(text[:160])
        if run_in and len(run_in["title"].split()) <= longest and is_title(run_in["title"]):
            return run_in.end()
    return 0


def capital_title(text: str) -> int:
    """Give where a title of several words in capitals ends that its text follows, else 0."""
    match = _CAPITALS.match(text)
    return match.end() if match else 0


def begun_title(text: str) -> int:
    """Give where a title ends that its text follows without a stop, 0 where there is none."""
    if _SENTENCE.match(text):
        return 0
    if capital_title(text):
        return capital_title(text)
    for match in _BEGINS.finditer(text[:160]):
        title = text[: match.start()]
        if title.rsplit(" ", 1)[-1].casefold() not in words.UNFINISHED:
            return match.end() if len(title) > 2 and is_title(title) else 0
    return 0


def tells_on(text: str) -> bool:
    """Tell whether a sentence follows the title: “Gates – one is broken.”, “Gates – AB to mend”."""
    end = stopped_title(text)
    rest = text[end:] if end else ""
    owner = grammar.owner_in(rest)
    ordered = owner and owners.tidy(rest).partition(f"{owner} to ")[2][:1].islower()
    return bool(ordered) or (end > 0 and (text.endswith(".") or _TELLS.search(rest) is not None))


def is_page_text(block: Block | None) -> bool:
    """Tell whether a line is the “Minutes:” below a title."""
    return block is not None and block.text.casefold() in _PAGE_TEXT


def is_page(found: Sequence[Block]) -> bool:
    """Tell whether these are the minutes of a council's site, each below its title."""
    places = (
        2 * linked(one.text) or is_page_text(one) or heads_list(one)
        or is_page_line(one)
        for one in found[:_LOOKED_AT]
    )  # fmt: skip
    return sum(places) > 1


def is_page_line(block: Block) -> bool:
    """Tell whether a line is “Apologies Minutes: None.”."""
    return _PAGE_RUN_IN.match(block.text[:_LONGEST]) is not None


def heads_list(block: Block) -> bool:
    """Tell whether a line is the heading of a list of items."""
    return _LIST_HEAD.fullmatch(block.text) is not None


def _habitual(found: Sequence[Block]) -> Iterator[re.Pattern[str]]:
    """Give the ways in which several paragraphs begin with a title."""
    for form, least in _HABITS:
        begun = [
            match["title"] for one in found[:_LOOKED_AT]
            if one.apart and not one.marker and not one.cells and marks.read(one) is None
            if (match := form.match(one.text[:_LONGEST])) and is_title(match["title"])
        ]  # fmt: skip
        if len(begun) == len(set(begun)) >= least:  # who speaks comes again
            yield form

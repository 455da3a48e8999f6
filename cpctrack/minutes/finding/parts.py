"""First pass: each block, or what a label parts of it, gets a role; no part knows of another."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cpctrack.minutes.finding.items import Heading
from cpctrack.minutes.language import marks, owners, timing
from cpctrack.minutes.language.marks import Mark
from cpctrack.minutes.language.motions import said_in
from cpctrack.minutes.page.blocks import Block, cut
from cpctrack.minutes.page.titles import is_procedure
from cpctrack.records import exempt

# What a part is. An item's heading, a heading that marks (“AGREED ACTIONS”), words that introduce
# a list, a label with what it marks, one that only names somebody, a line with nothing but a
# name, “Owner: …”, an entry of a list, a row of a table, a vote, what parts a document, narrative.
ITEM, MARK, LEAD_IN, LABEL, NAMES, NAME, ATTRIBUTE, ENTRY, ROW, VOTE, DIVIDER, TOLD = (
    "item", "mark", "lead-in", "label", "names", "name", "attribute", "entry", "row", "vote",
    "divider", "told",
)  # fmt: skip

_LEADS = (":", ":-", ":–", ":—", " that", " to", " –", " -", " would")
_LONGEST_NAME = 30  # letters
_FOR = re.compile(r"(?i)^(?:for|by)\s(?:the\s)?")  # “Actions: for Secretariat”
_TO_DO = re.compile(r"to\s[a-z]")


class Part(NamedTuple):
    """A block, or a part of one, and what it is."""

    role: str
    block: Block
    at: int  # the block's place
    mark: Mark | None = None
    heading: Heading | None = None
    who: str = ""  # whom it names
    due: str = ""


def parts_of(found: Sequence[Block], headings: Mapping[int, Heading]) -> list[Part]:
    """Give the parts of a document, in order, each with its role."""
    return [
        part
        for at, block in enumerate(found)
        for part in _parts(block, at, headings.get(at), found[at + 1 : at + 2])
    ]


def leads(text: str) -> bool:
    """Tell whether a text introduces what follows."""
    return text.endswith(_LEADS)


def _parts(
    block: Block, at: int, heading: Heading | None, following: Sequence[Block]
) -> Iterator[Part]:
    if heading:
        item = heading.item
        mark = marks.read(block._replace(text=item.title))
        yield Part(ITEM, block, at, mark=mark, heading=heading)
        if heading.rest:
            yield from _parts(cut(block, heading.rest), at, None, following)
    elif block.cells:
        yield Part(ROW, block, at)
    elif exempt.divides(block.printed):
        yield Part(DIVIDER, block, at)
    elif block.text:
        places = [0, *marks.labels_inside(block.text)]
        for start, end in zip(places, [*places[1:], None], strict=True):
            piece = cut(block, start, end)
            if piece.text:
                yield _part(piece, at, following if end is None else ())


def _part(block: Block, at: int, following: Sequence[Block]) -> Part:
    text = block.text
    name, value = marks.attribute(text)
    if name:
        who, due = (value, "") if name == "owner" else ("", value)
        return Part(ATTRIBUTE, block, at, who=who, due=due)
    mark = marks.read(block)
    if mark:
        return _marked(block, at, mark)
    if block.marker:
        return Part(LEAD_IN if leads(text) else ENTRY, block, at)
    if is_procedure(text) and said_in(text).start < 0:
        return Part(VOTE, block, at)
    if leads(text):
        return Part(LEAD_IN, block, at)
    below = following[0] if following else None
    alone = len(text) <= _LONGEST_NAME and owners.is_owner_only(text)
    if alone and below and not below.marker and _TO_DO.match(below.text):
        return Part(NAME, block, at, who=text.strip(" .:"))
    return Part(TOLD, block, at)


def _marked(block: Block, at: int, mark: Mark) -> Part:
    """Tell a heading, a label that names somebody and one with what it marks."""
    rest = block.text[mark.rest :]
    named = _FOR.sub("", rest.strip(" .)]"))
    if mark.kind == marks.ACTION and (
        mark.by or owners.is_owner_only(named) or (mark.who and not named)
    ):
        who, due = _name_and_day(mark.who or named)
        return Part(NAMES, block, at, mark, who=who, due=due)
    if not rest.strip():
        return Part(MARK, block, at, mark, who=mark.who)
    leading = rest.endswith(":") or (leads(rest) and mark.kind != marks.ACTION)
    return Part(LEAD_IN if leading else LABEL, block, at, mark, who=mark.who)


def _name_and_day(label: str) -> tuple[str, str]:
    """Part “Clerk, by 3 May”."""
    due = timing.due_words(label)
    return (label.replace(due, "").strip(" ,;.()–-") if due else label), due

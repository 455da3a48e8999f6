"""A block that a heading or a lead-in opened, and what belongs to it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.finding.drafting import NO_LEAD_IN, LeadIn, lead_in_from
from cpctrack.minutes.language import grammar, marks, owners
from cpctrack.minutes.language.clauses import sentences
from cpctrack.minutes.language.marks import Mark
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.titles import find_marker, is_procedure, marker_length, style_of

_LEADS = (":", ":-", ":–", ":—", " that", " to", " –", " -", " would")
_DECIDES = re.compile(
    rf"\b(?:agreed|resolved|decided|recommend(?:ed|s)|actions?)\b"
    rf"|\b(?:members|it\swas|{words.one_of(words.BODIES)})\s(?:also\s)?(?:requested|instructed|asked\sthat|asked\sfor|asked\sthe)\b",
    re.IGNORECASE,
)
_DECIDED_LAST = re.compile(r"\b(?:agreed|resolved|decided)\b", re.IGNORECASE)
_RECOMMENDS = re.compile(r"\brecommend", re.IGNORECASE)
_TELLS = re.compile(rf"\b{words.one_of(words.REPORTING)}\b", re.IGNORECASE)
_TOLD = re.compile(r"\b(?:was|were|had|will|would|is)\b", re.IGNORECASE)
_FORMULA_START = re.compile(r"(?:that|to|it\swas|also|further)\b", re.IGNORECASE)
_TO_BE = re.compile(r"to\s", re.IGNORECASE)
_AS_FOLLOWS = re.compile(
    r"\b(?:included?|as follows|including|raised|discussed|points?)\b", re.IGNORECASE
)
# Reports that a deciding body makes of itself: "The Committee noted …" is no narrative.
_OWN = frozenset({"noted", "considered", "received", "thanked", "welcomed", "debated", "discussed"})
_ALONE = words.one_of(words.BODIES - {"members", "councillors"})
_BODY_ALONE = re.compile(
    rf"(?:that\s)?(?:the\s)?(?:[\w'’-]+\s){{0,5}}?{_ALONE}\s?[:–—-]{{1,2}}", re.IGNORECASE
)
_DECIDING = words.RESOLVING | words.ASKING | words.RECOMMENDING
_THAT = re.compile(r"(?:and\s)?that\b", re.IGNORECASE)
_LONGEST_BODY = 80  # letters
_DEEPER = 3  # columns
_ACTIONS = re.compile(r"\bactions?\b", re.IGNORECASE)


class Open(NamedTuple):
    """A block that is open."""

    kind: str
    lead_in: LeadIn = NO_LEAD_IN
    given: int = 0  # drafts it gave
    listed: bool = False  # its entries have markers
    single: bool = False  # what marked it said one thing: only its list may follow
    style: str = ""  # of its entries
    nested: LeadIn | None = None
    noun: bool = False
    awaits: bool = False  # the next block is what it marks
    indent: int = 0  # of the line that marks a single statement


def opened_at(found: Sequence[Block], at: int) -> Open | None:
    """Give the block that a lead-in opens, be it “The Board:” alone."""
    block = found[at]
    if not is_body_alone(found, at):
        return opened_by(block.text)
    listed = bool(found[at + 1].marker)
    return Open(marks.DECISION, LeadIn(block.text), listed=listed, indent=block.indent)


def opened_by(text: str) -> Open | None:
    """Give the block that a lead-in opens, or None where it introduces narrative."""
    ends = _DECIDED_LAST.search(text[-80:]) is not None
    if not ends and (not _DECIDES.search(text[-400:]) or tells(text)):
        return None
    kind = marks.RECOMMENDATION if _RECOMMENDS.search(text) else marks.DECISION
    if _ACTIONS.search(text):
        kind = marks.ACTION
    return Open(kind, lead_in_from(text))


def stated_by(mark: Mark, block: Block) -> Open:
    """Give the block that a line opens which says what it marks, or the first entry of its list."""
    rest = block.text[mark.rest :]
    marker = find_marker(rest)
    style = style_of(marker)[0] if marker and marker_length(rest, marker) else ""
    return Open(
        mark.kind, single=not style, listed=bool(style), style=style, noun=mark.noun,
        indent=block.indent,
    )  # fmt: skip


def led_by(state: Open, block: Block) -> Open:
    """Give an open block behind a lead-in within it: one of an entry is for what it holds."""
    lead_in = lead_in_from(block.text)
    if not block.marker:
        return state._replace(lead_in=lead_in, given=0, nested=None)
    if state.given:
        return state._replace(nested=lead_in, style=state.style or block.style)
    return state._replace(nested=lead_in, style=block.style, listed=True)


def leads(text: str) -> bool:
    """Tell whether a text introduces what follows."""
    return text.endswith(_LEADS)


def is_body_alone(found: Sequence[Block], at: int) -> bool:
    """Tell whether “The Board:” is all that introduces a list of what it noted and asked for."""
    if not _BODY_ALONE.fullmatch(found[at].text[:_LONGEST_BODY]) or at + 1 >= len(found):
        return False
    first = grammar.first_verb(found[at + 1].text)
    return bool(found[at + 1].marker or not found[at + 1].apart) and first in _DECIDING


def only_notes(label: str) -> bool:
    """Tell whether somebody named beside a decision is only to note it."""
    return label.casefold().endswith((" to note", " for noting", " for information"))


def is_under(label: Block, below: Block, before: Block | None) -> bool:
    """Tell whether a label that names somebody is a heading over what it marks.

    So it is above a line that says “To …”, and above a list of its own that obliges somebody.
    """
    if not below.marker:
        return not below.apart and says_to(below.text)
    goes_on = before is not None and before.marker and below.number and below.number not in "1ai"
    return (label.apart or not below.apart) and not goes_on and grammar.obliges(below.text)


def says_to(text: str) -> bool:
    """Tell whether a text begins “To write …”."""
    return _TO_BE.match(text) is not None


def continues(state: Open, block: Block, mark: Mark | None) -> bool:
    """Tell whether a block belongs to the open one, or narrative begins."""
    if state.kind == marks.PROPOSAL or is_procedure(block.text) or mark or state.awaits:
        return True
    if is_entry(state, block):
        return not state.single or _lists_on(state, block)
    telling = tells(block.text)
    if state.nested and not block.marker and not telling:
        return True
    if state.single:
        return not telling and _adds(state, block)
    if state.given == 0:
        return not telling or leads(block.text) or bool(_FORMULA_START.match(block.text))
    return not telling and _goes_on(state, block)


def _adds(state: Open, block: Block) -> bool:
    """Tell whether a paragraph adds something: set under the label, or “The Clerk to write”."""
    owner = owners.owner_of(block.text)
    ordered = owner and owners.tidy(block.text).startswith(f"{owner} to ")
    deeper = block.indent > state.indent + _DEEPER
    return bool(ordered or deeper) and grammar.obliges(owners.without_opening(block.text))


def _goes_on(state: Open, block: Block) -> bool:
    """Tell whether a paragraph without a marker says more of what was decided."""
    if block.indent + _DEEPER < state.indent:
        return False
    introduced = state.lead_in.printed or not block.apart
    if not state.listed and not block.apart and _THAT.match(block.text):
        return True
    if not state.listed and introduced and not _is_narrative(block):
        return True
    says = _FORMULA_START.match(block.text) or owners.owner_of(block.text)
    return bool(says) and grammar.obliges(owners.without_opening(block.text))


def is_entry(state: Open, block: Block) -> bool:
    """Tell a list entry from a numbered paragraph: “4.3 The Chair thanked …”."""
    if not block.marker:
        return False
    paragraph = block.style == "number" and "." in block.number
    return not paragraph or (state.style in ("", "number") and state.given < 1)


def _lists_on(state: Open, block: Block) -> bool:
    """Tell whether a list goes on that “RESOLVED: 1. …” began."""
    return state.kind != marks.ACTION and _FORMULA_START.match(block.text) is not None


def resumes(state: Open, last: str, block: Block) -> bool:
    """Tell whether an entry goes on with a list that something printed between interrupted."""
    if not state.listed or state.style != block.style or not last or not block.number:
        return False
    if last.isdigit() and block.number.isdigit():
        return int(block.number) == int(last) + 1
    return len(last) == len(block.number) == 1 and ord(block.number) == ord(last) + 1


def tells(text: str) -> bool:
    """Tell whether somebody reports or asks something before anything is decided."""
    looked = text[:300]
    decided = _DECIDES.search(looked)
    end = decided.start() if decided else len(looked)
    return any(told[0].casefold() not in _OWN for told in _TELLS.finditer(looked, 0, end))


def obliging(text: str) -> tuple[int, str]:
    """Give the last sentence of a paragraph that obliges somebody, or all of it."""
    found = list(sentences(text))
    for offset, sentence in reversed(found):
        if grammar.obliges(owners.without_opening(sentence)):
            if _TO_BE.match(sentence) and offset:
                break  # "To be reported once more" says nothing alone
            return offset, text[offset:]
    return 0, text


def says_something(text: str) -> bool:
    """Tell whether a text holds a word, and not only signs."""
    return any(letter.isalpha() for letter in text)


def stated_part(text: str) -> str:
    """Leave out the sentences that tell what happened after a decision."""
    found = list(sentences(text))
    end = len(text)
    for offset, sentence in found[1:]:
        told = _TOLD.search(sentence[:200]) or _TELLS.search(sentence[:200])
        bare = owners.without_opening(sentence)
        says = _FORMULA_START.match(sentence) or owners.owner_of(bare)
        if told or not says or not grammar.obliges(bare):
            end = offset
            break
    return text[:end].rstrip()


def _is_narrative(block: Block) -> bool:
    return bool(_AS_FOLLOWS.search(block.text[-40:])) or bool(_TELLS.search(block.text[:120]))

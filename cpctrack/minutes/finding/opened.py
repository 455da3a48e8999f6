"""A block that a heading or a lead-in opened: what belongs to it, and the drafts it gives."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.language import grammar, marks, owners, timing
from cpctrack.minutes.language.clauses import sentences
from cpctrack.minutes.language.marks import Mark
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.titles import find_marker, is_procedure, marker_length, style_of

_LEADS = (":", ":-", ":–", ":—", " that", " to", " –", " -", " would")
_DECIDES = re.compile(
    rf"(?i)\b(?:agreed|resolved|decided|recommend(?:ed|s)|actions?)\b"
    rf"|\b(?:members|it\swas|{words.one_of(words.BODIES)})\s(?:also\s)?(?:requested|instructed|asked\sthat|asked\sfor|asked\sthe)\b"
)
_DECIDED_LAST = re.compile(r"(?i)\b(?:agreed|resolved|decided)\b")
_RECOMMENDS = re.compile(r"(?i)\brecommend")
_TELLS = re.compile(rf"(?i)\b{words.one_of(words.REPORTING)}\b")
_TOLD = re.compile(r"(?i)\b(?:was|were|had|will|would|is)\b")
_FORMULA_START = re.compile(r"(?i)(?:that|to|it\swas|also|further)\b")
_TO_BE = re.compile(r"(?i)to\s")
_AS_FOLLOWS = re.compile(r"(?i)\b(?:included?|as follows|including|raised|discussed|points?)\b")
# Reports that a deciding body makes of itself: "The Committee noted …" is no narrative.
_OWN = frozenset({"noted", "considered", "received", "thanked", "welcomed", "debated", "discussed"})
_ALONE = words.one_of(words.BODIES - {"members", "councillors"})
_BODY_ALONE = re.compile(
    rf"(?i)(?:that\s)?(?:the\s)?(?:[\w'’-]+\s){{0,5}}?{_ALONE}\s?[:–—-]{{1,2}}"
)
_DECIDING = words.RESOLVING | words.ASKING | words.RECOMMENDING
_THAT = re.compile(r"(?i)(?:and\s)?that\b")
_LONGEST_BODY = 80  # letters
_DEEPER = 3  # columns
_ACTIONS = re.compile(r"(?i)\bactions?\b")
_ENDS = re.compile(r"(?:\s*[;,])?\s*(?:;|,|\band|\bor)?\s*$")
_DECIDED = re.compile(
    r"(?i)\b(?:agreed|resolved|decided|recommended|recommends|asked|requested|instructed|invited)\b(?:\s\([^)]{0,40}\))?"
    r"(?:\s(?:unanimously|also|further))?[:,]?(?:\s(?P<word>that|to)\b)?"
)
_MODAL = re.compile(r"(?i)\b(?:would|will|shall|should|must)\b")
_MOVERS = re.compile(
    r"(?i)(?:up)?on\s(?:the\s|a\s)?(?:motion|proposal|proposition)\b|(?:moved|proposed)\sby\b"
)
_MOVED_THAT = re.compile(r"(?i).{0,160}?\b(?:moved|seconded|proposed)\b.{0,80}?(?=\bthat\b)")
_NAMED = re.compile(r"[A-Z][\w'’-]*(?:,?\s(?:(?:of|for|and|the)\s)?[A-Z][\w'’-]*)*")
_SMALL = words.THINGS | words.DOING | {"the", "their", "its", "to", "how", "all"}
_OPENING_THAT = re.compile(r"(?i)that\s")


class LeadIn(NamedTuple):
    """The words that introduce a list, and what they say for every entry."""

    printed: str = ""
    carried: str = ""  # what stands in front of each entry: "The Clerk would"
    owner: str = ""
    resolving: bool = False  # the committee's own doing: the entries are no actions


NO_LEAD_IN = LeadIn()


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
    """Give the block that a lead-in opens, be it “The Board:” alone; None introduces narrative."""
    block = found[at]
    below = found[at + 1] if at + 1 < len(found) else None
    if below and _BODY_ALONE.fullmatch(block.text[:_LONGEST_BODY]):
        joined = below.marker or not below.apart  # to what it noted and asked for
        if joined and grammar.first_verb(below.text) in _DECIDING:
            listed = bool(below.marker)
            return Open(marks.DECISION, LeadIn(block.text), listed=listed, indent=block.indent)
    text = block.text
    if not _DECIDED_LAST.search(text[-80:]) and (not _DECIDES.search(text[-400:]) or _tells(text)):
        return None
    kind = marks.RECOMMENDATION if _RECOMMENDS.search(text) else marks.DECISION
    return Open(marks.ACTION if _ACTIONS.search(text) else kind, lead_in_from(text))


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
    style = (state.style if state.given else "") or block.style
    return state._replace(nested=lead_in, style=style, listed=state.listed or not state.given)


def leads(text: str) -> bool:
    """Tell whether a text introduces what follows."""
    return text.endswith(_LEADS)


def is_under(label: Block, below: Block, before: Block | None) -> bool:
    """Tell whether a label that names somebody is a heading over what it marks.

    So it is above a line that says “To …”, and above a list of its own that obliges somebody.
    """
    if not below.marker:
        return not below.apart and _TO_BE.match(below.text) is not None
    goes_on = before is not None and before.marker and below.number and below.number not in "1ai"
    return (label.apart or not below.apart) and not goes_on and grammar.obliges(below.text)


def continues(state: Open, block: Block, mark: Mark | None) -> bool:
    """Tell whether a block belongs to the open one, or narrative begins."""
    if state.kind == marks.PROPOSAL or is_procedure(block.text) or mark or state.awaits:
        return True
    says = _FORMULA_START.match(block.text) is not None
    if block.marker:  # an entry of a list, and no paragraph such as “4.3 The Chair thanked …”
        paragraph = block.style == "number" and "." in block.number
        if not paragraph or (state.style in ("", "number") and state.given < 1):
            return not state.single or (state.kind != marks.ACTION and says)
    telling = _tells(block.text)
    if state.nested and not block.marker and not telling:
        return True
    if state.given == 0 and not state.single:
        return not telling or leads(block.text) or says
    return not telling and (_adds if state.single else _goes_on)(state, block)


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
    narrative = _AS_FOLLOWS.search(block.text[-40:]) or _TELLS.search(block.text[:120])
    if not state.listed and introduced and not narrative:
        return True
    says = _FORMULA_START.match(block.text) or owners.owner_of(block.text)
    return bool(says) and grammar.obliges(owners.without_opening(block.text))


def resumes(state: Open, last: str, block: Block) -> bool:
    """Tell whether an entry goes on with a list that something printed between interrupted."""
    if not state.listed or state.style != block.style or not last or not block.number:
        return False
    if last.isdigit() and block.number.isdigit():
        return int(block.number) == int(last) + 1
    return len(last) == len(block.number) == 1 and ord(block.number) == ord(last) + 1


def _tells(text: str) -> bool:
    """Tell whether somebody reports or asks something before anything is decided."""
    looked = text[:300]
    decided = _DECIDES.search(looked)
    end = decided.start() if decided else len(looked)
    return any(told[0].casefold() not in _OWN for told in _TELLS.finditer(looked, 0, end))


def obliging(text: str) -> tuple[int, str]:
    """Give the last sentence of a paragraph that obliges somebody, or all of it."""
    for offset, sentence in reversed(list(sentences(text))):
        if grammar.obliges(owners.without_opening(sentence)):
            alone = not _TO_BE.match(sentence)  # "To be reported once more" says nothing alone
            return (offset, text[offset:]) if alone else (0, text)
    return 0, text


def says_something(text: str) -> bool:
    """Tell whether a text holds a word, and not only signs."""
    return any(letter.isalpha() for letter in text)


def stated_part(text: str) -> str:
    """Leave out the sentences that tell what happened after a decision."""
    for offset, sentence in list(sentences(text))[1:]:
        told = _TOLD.search(sentence[:200]) or _TELLS.search(sentence[:200])
        bare = owners.without_opening(sentence)
        says = _FORMULA_START.match(sentence) or owners.owner_of(bare)
        if told or not says or not grammar.obliges(bare):
            return text[:offset].rstrip()
    return text.rstrip()


def lead_in_from(text: str) -> LeadIn:
    """Read a lead-in: “… agreed that the Clerk would:” carries “The Clerk would” and its owner."""
    bare = text.rstrip(" :–—-")
    last = None
    for last in _DECIDED.finditer(bare[:4000]):  # noqa: B007 - the last one counts
        pass
    tail = bare[last.end() :].strip(" :,–—-") if last else owners.without_opening(bare)
    tail = "" if _MOVERS.match(tail) else tail
    moved = _MOVED_THAT.match(tail)
    tail = owners.without_opening(tail[moved.end() :]) if moved else tail
    recommends = last is not None and last[0].casefold().startswith("recommend")
    to_another = recommends and tail.casefold() in words.OTHER_BODIES
    empty = owners.tidy(tail).casefold() in ("following", "to", "that", "as follows")
    if empty or (owners.is_body(tail.partition(",")[0]) and not to_another):
        tail = ""
    resolving = grammar.resolves_what_follows(text)
    owner = owners.owner_of(tail + " ") or (owners.tidy(tail) if owners.can_act(tail) else "")
    if last and owner.casefold() in ("she", "he", "they"):
        named = (owners.tidy(name) for name in reversed(_NAMED.findall(bare[: last.start()])))
        somebody = (one for one in named if owners.can_act(one) and not owners.is_body(one))
        owner = next(somebody, owner)
    if owners.is_body(owner) and not to_another and not _MODAL.search(tail):
        owner, tail = "", ""
    return LeadIn(text, _capital(tail) if owner and not resolving else "", owner, resolving)


def draft(
    printed: str,
    *,
    line: int,
    place: Item,
    block: str,
    lead_in: LeadIn = NO_LEAD_IN,
    owner: str = "",
    source: str = "",
    due_text: str = "",
    core: str = "",
) -> MinutesDraft:
    """Make a draft of marked words; `owner` and `due_text` are what a column or a label says.

    `core` is the statement without the words that mark it, where they are printed with it.
    """
    own = grammar.owner_in(core or printed)
    nothing = grammar.says_nothing(core or printed)
    if lead_in.resolving:
        kind = grammar.RESOLUTION
    elif lead_in.carried and block != grammar.RECOMMENDATION:
        kind = grammar.RESOLUTION if nothing else grammar.ACTION
    else:
        given = owner and not nothing
        kind = grammar.ACTION if given else grammar.kind_of(core or printed, block)
    carried = lead_in.carried if not own or _in_the_middle(printed) else ""
    text = _stated(core or printed)
    if carried:  # the first word is small where it goes on in a sentence, unless it is a name
        first = printed.split(" ", 1)[0]
        small = first.casefold() in _SMALL and not first[1:2].isupper()
        text = f"{carried} {printed[:1].lower() if small else printed[:1]}{printed[1:]}"
    theirs = kind == grammar.RECOMMENDATION and lead_in.owner and _in_the_middle(printed)
    named = owner or ("" if carried or theirs else own) or lead_in.owner
    due_text = due_text or timing.due_words(grammar.obliging_part(printed))
    due_text = due_text or timing.due_words(carried)
    return MinutesDraft(
        line=line, item=place.printed, item_number=place.number, item_title=place.title,
        text=_ENDS.sub("", text), printed=printed, lead_in=lead_in.printed,
        owner="" if kind == grammar.RESOLUTION else named, kind=kind, marked=True,
        due_text=due_text, due=timing.due_date(due_text),
        source="\n".join(part for part in (lead_in.printed, source or printed) if part),
    )  # fmt: skip


def _in_the_middle(printed: str) -> bool:
    """Tell whether an entry begins in the middle of its lead-in's sentence."""
    return printed[:1].islower() and not printed.startswith(("that ", "the "))


def _stated(printed: str) -> str:
    """Write a statement by itself: “The Clerk would …” without “It was agreed that”."""
    bare = owners.without_opening(printed)
    subjunctive = _OPENING_THAT.match(printed) and not _MODAL.search(bare[:200])
    return _capital(printed if subjunctive or not bare else bare)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

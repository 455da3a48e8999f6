"""Third pass: the draft that a statement gives: its words, who is to act, and when."""

import re
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.language import grammar, marks, owners, timing
from cpctrack.minutes.language.clauses import sentences

_DECIDES = re.compile(
    rf"(?i)\b(?:agreed|resolved|decided|recommend(?:ed|s)|actions?)\b"
    rf"|\b(?:members|it\swas|{words.one_of(words.BODIES)})\s(?:also\s)?(?:requested|instructed|asked\sthat|asked\sfor|asked\sthe)\b"
)
_DECIDED_LAST = re.compile(r"(?i)\b(?:agreed|resolved|decided)\b")
_RECOMMENDS = re.compile(r"(?i)\brecommend")
_TELLS = re.compile(rf"(?i)\b{words.one_of(words.REPORTING)}\b")
# Reports that a deciding body makes of itself: "The Committee noted …" is no narrative.
_OWN = frozenset({"noted", "considered", "received", "thanked", "welcomed", "debated", "discussed"})
_TO_BE = re.compile(r"(?i)to\s")
_ALONE = words.one_of(words.BODIES - {"members", "councillors"})
_BODY_ALONE = re.compile(rf"(?i)(?:the\s)?(?:[\w'’-]+\s){{0,5}}?{_ALONE}\s?[:–—-]{{1,2}}")
_DECIDING = words.RESOLVING | words.ASKING | words.RECOMMENDING
_LONGEST_BODY = 80  # letters
_ACTIONS = re.compile(r"(?i)\bactions?\b")
_ENDS = re.compile(r"(?:\s*[;,])?\s*(?:;|,|\band|\bor)?\s*$")
_DECIDED = re.compile(
    r"(?i)\b(?:agreed|resolved|decided|recommended|recommends|asked|requested|instructed|invited)\b(?:\s\([^)]{0,40}\))?"
    r"(?:\s(?:unanimously|also|further))?[:,]?(?:\s(?P<word>that|to)\b)?"
)
_MODAL = re.compile(r"(?i)\b(?:would|will|shall|should|must)\b")
_SMALL = words.THINGS | words.DOING | {"the", "their", "its", "to", "how", "all"}
_OPENING_THAT = re.compile(r"(?i)that\s")


class LeadIn(NamedTuple):
    """The words that introduce a list, and what they say for every entry."""

    printed: str = ""
    carried: str = ""  # what stands in front of each entry: "The Clerk would"
    owner: str = ""
    resolving: bool = False  # the committee's own doing: the entries are no actions


NO_LEAD_IN = LeadIn()


def kind_led(text: str, below: str) -> str:
    """Tell what a lead-in marks: action, decision, recommendation; empty introduces narrative."""
    if _BODY_ALONE.fullmatch(text[:_LONGEST_BODY]) and grammar.first_verb(below) in _DECIDING:
        return marks.DECISION  # “The Committee:- (i) noted …; (ii) instructed …”
    if not _DECIDED_LAST.search(text[-80:]) and (not _DECIDES.search(text[-400:]) or _tells(text)):
        return ""
    if _ACTIONS.search(text):
        return marks.ACTION
    return marks.RECOMMENDATION if _RECOMMENDS.search(text) else marks.DECISION


def _tells(text: str) -> bool:
    """Tell whether somebody reports or asks something before anything is decided."""
    looked = text[:300]
    decided = _DECIDES.search(looked)
    end = decided.start() if decided else len(looked)
    return any(told[0].casefold() not in _OWN for told in _TELLS.finditer(looked, 0, end))


def obliging(text: str) -> tuple[int, str]:
    """Give the last sentence of a paragraph that obliges somebody, or all of it."""
    for offset, sentence in reversed(list(sentences(text))):
        if grammar.obliges(grammar.without_opening(sentence)):
            alone = not _TO_BE.match(sentence)  # "To be reported once more" says nothing alone
            return (offset, text[offset:]) if alone else (0, text)
    return 0, text


def lead_in_from(text: str) -> LeadIn:
    """Read a lead-in: “… agreed that the Clerk would:” carries “The Clerk would” and its owner."""
    bare = text.rstrip(" :–—-")
    last = None
    for last in _DECIDED.finditer(bare[:4000]):  # noqa: B007 - the last one counts
        pass
    tail = bare[last.end() :].strip(" :,–—-") if last else grammar.without_opening(bare)
    recommends = last is not None and last[0].casefold().startswith("recommend")
    to_another = recommends and tail.casefold() in words.OTHER_BODIES
    empty = owners.tidy(tail).casefold() in ("following", "to", "that", "as follows")
    if empty or (owners.is_body(tail.partition(",")[0]) and not to_another):
        tail = ""
    resolving = grammar.resolves_what_follows(text)
    owner = grammar.owner_in(tail + " ") or (owners.tidy(tail) if owners.can_act(tail) else "")
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
    names: frozenset[str] = frozenset(),
) -> MinutesDraft:
    """Make a draft of marked words; `owner` and `due_text` are what a column or a label says.

    `core` is the statement without the words that mark it, where they are printed with it.
    """
    own = grammar.owner_in(core or printed, names)
    nothing = grammar.says_nothing(core or printed)
    if lead_in.resolving:
        kind = grammar.RESOLUTION
    elif lead_in.carried and block != grammar.RECOMMENDATION:
        kind = grammar.RESOLUTION if nothing else grammar.ACTION
    else:
        given = owner and not nothing
        kind = grammar.ACTION if given else grammar.kind_of(core or printed, block, names)
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
    bare = grammar.without_opening(printed)
    subjunctive = _OPENING_THAT.match(printed) and not _MODAL.search(bare[:200])
    return _capital(printed if subjunctive or not bare else bare)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

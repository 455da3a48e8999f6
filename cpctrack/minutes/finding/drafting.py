"""Drafts from marked words: what is to be done, by whom, until when."""

import re
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import MinutesDraft
from cpctrack.minutes.language import grammar, owners, timing

_ENDS = re.compile(r"(?:\s*[;,])?\s*(?:;|,|\band|\bor)?\s*$")
_DECIDED = re.compile(
    r"\b(?:agreed|resolved|decided|recommended|recommends|asked|requested|instructed|invited)\b(?:\s\([^)]{0,40}\))?"
    r"(?:\s(?:unanimously|also|further))?[:,]?(?:\s(?P<word>that|to)\b)?",
    re.IGNORECASE,
)
_MODAL = re.compile(r"\b(?:would|will|shall|should|must)\b", re.IGNORECASE)
_MOVERS = re.compile(
    r"(?:up)?on\s(?:the\s|a\s)?(?:motion|proposal|proposition)\b|(?:moved|proposed)\sby\b",
    re.IGNORECASE,
)
_MOVED_THAT = re.compile(
    r".{0,160}?\b(?:moved|seconded|proposed)\b.{0,80}?(?=\bthat\b)", re.IGNORECASE
)
_NAMED = re.compile(r"[A-Z][\w'’-]*(?:,?\s(?:(?:of|for|and|the)\s)?[A-Z][\w'’-]*)*")
_PRONOUNS = frozenset({"she", "he", "they"})
_OPENING_THAT = re.compile(r"that\s", re.IGNORECASE)


class Place(NamedTuple):
    """The agenda item that is being read."""

    printed: str = ""
    number: str = ""
    title: str = ""


class LeadIn(NamedTuple):
    """The words that introduce a list, and what they say for every entry."""

    printed: str = ""
    carried: str = ""  # what stands in front of each entry: "The Clerk would"
    owner: str = ""
    resolving: bool = False  # the committee's own doing: the entries are no actions


NO_LEAD_IN = LeadIn()


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
    if (owners.is_body(tail.partition(",")[0]) and not to_another) or owners.tidy(
        tail
    ).casefold() in ("following", "to", "that", "as follows"):
        tail = ""
    resolving = grammar.resolves_what_follows(text)
    owner = owners.owner_of(tail + " ") or (owners.tidy(tail) if owners.can_act(tail) else "")
    if last and owner.casefold() in _PRONOUNS:
        owner = _antecedent(bare[: last.start()]) or owner
    if owners.is_body(owner) and not to_another and not _MODAL.search(tail):
        owner, tail = "", ""
    return LeadIn(text, _capital(tail) if owner and not resolving else "", owner, resolving)


def _antecedent(text: str) -> str:
    """Give whom “she” means: the last post or person that is named before."""
    named = [owners.tidy(match[0]) for match in _NAMED.finditer(text)]
    return next((name for name in reversed(named) if _is_somebody(name)), "")


def _is_somebody(name: str) -> bool:
    return owners.can_act(name) and not owners.is_body(name)


def draft(
    printed: str,
    *,
    line: int,
    place: Place,
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
    kind = _kind(core or printed, block, lead_in, owner)
    carried = lead_in.carried if not own or _goes_on(printed) else ""
    text = f"{carried} {_small(printed)}" if carried else _stated(core or printed)
    theirs = kind == grammar.RECOMMENDATION and lead_in.owner and _goes_on(printed)
    named = owner or ("" if carried or theirs else own) or lead_in.owner
    due_text = (
        due_text or timing.due_words(grammar.obliging_part(printed)) or timing.due_words(carried)
    )
    return MinutesDraft(
        line=line,
        item=place.printed,
        item_number=place.number,
        item_title=place.title,
        text=_ENDS.sub("", text),
        printed=printed,
        lead_in=lead_in.printed,
        owner="" if kind == grammar.RESOLUTION else named,
        kind=kind,
        marked=True,
        due_text=due_text,
        due=timing.due_date(due_text),
        source="\n".join(part for part in (lead_in.printed, source or printed) if part),
    )


def _kind(printed: str, block: str, lead_in: LeadIn, owner: str) -> str:
    if lead_in.resolving:
        return grammar.RESOLUTION
    if lead_in.carried and block != grammar.RECOMMENDATION:
        return grammar.RESOLUTION if grammar.says_nothing(printed) else grammar.ACTION
    if owner and not grammar.says_nothing(printed):
        return grammar.ACTION
    return grammar.kind_of(printed, block)


def _goes_on(printed: str) -> bool:
    """Tell whether an entry begins in the middle of its lead-in's sentence."""
    return printed[:1].islower() and not printed.startswith(("that ", "the "))


def _small(text: str) -> str:
    """Write the first word small where it goes on in a sentence, unless it is a name."""
    first = text.split(" ", 1)[0]
    known = first.casefold() in words.THINGS | words.DOING | {
        "the",
        "their",
        "its",
        "to",
        "how",
        "all",
    }
    return text[:1].lower() + text[1:] if known and not first[1:2].isupper() else text


def _stated(printed: str) -> str:
    """Write a statement by itself: “The Clerk would …” without “It was agreed that”."""
    bare = owners.without_opening(printed)
    if bare == printed or not bare:
        return _capital(printed)
    if _OPENING_THAT.match(printed) and not _MODAL.search(bare[:200]):
        return _capital(printed)
    return _capital(bare)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

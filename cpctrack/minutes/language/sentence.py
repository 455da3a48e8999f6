"""A sentence or clause taken apart once: who, by which modal, does what, in which voice."""

import re
from functools import lru_cache
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.language.owners import bare_subject, can_act, is_body, owner_of

ASKING, ORDER, PASSIVE, ACTIVE, INFINITIVE, BARE = (
    "asking", "order", "passive", "active", "infinitive", "bare",
)  # fmt: skip

_MODAL = re.compile(
    r"(?i)\b(?:would|will|shall|should|must|undert(?:ake|ook|akes)|(?:is|are|was|were)\s(?:going\s)?to"
    r"|(?<!had\s)(?:agreed|offered|volunteered|promised|committed)\sto"
    r"|(?:is|are)\s(?:currently\s|now\s|also\s)?(?!being|going)\w+ing)\b"
)
_BE = re.compile(r"(?i)\bbe\s(?:(?:\w+ly|now|then|again|also|first)\s)?(?P<verb>[a-z][a-z-]*)")
# An active verb before any “be …”: “will investigate whether it can be …”, “to ask if it may be …”.
_ACTIVE = re.compile(
    r"(?i)\b(?:would|will|shall|should|must|(?:is|are)\sgoing\sto|agreed\sto|offered\sto)\s(?:also\s|now\s|then\s)?"
    r"(?!be\b|have\b|not\b)(?P<verb>[a-z]+)"
)
# “The Clerk to check where it can be held”
_ORDERED = re.compile(
    r"(?i)(?P<who>(?:[\w'’.&-]+\s){1,6}?)to\s(?:also\s)?"
    rf"(?P<verb>{words.one_of(words.DOING - words.RESOLVING)})\s"
)
_ASKING = re.compile(
    rf"(?i)(?:to\s)?(?P<verb>{words.one_of(words.ASKING)})(?:s|es|ed|ing)?\s(?!for\b|of\b|was\b|is\b)"
)
_FIRST = re.compile(
    r"(?i)(?P<to>to\s)?(?:(?:also|formally|further|then|now)\s)?(?P<verb>[A-Za-z-]+)"
)
_VERBS = words.RESOLVING | words.DOING | words.ASKING | words.RECOMMENDING


class Sentence(NamedTuple):
    """What a sentence or clause says, each part as printed; empty where it has none."""

    text: str
    modal: str  # "would", "is going to", "agreed to"
    verb: str  # the participle where it is passive: "sent" of "be sent"
    voice: str  # asking, order ("X to do Y"), passive, active, infinitive ("to do Y") or bare
    object: str  # what stands behind the verb
    span: tuple[int, int]  # where the verb stands in the text, with "to", "be" and the like

    @property
    def who(self) -> str:
        """Give who is obliged, without “The”; empty where nobody is named."""
        return owner_of(self.text)

    @property
    def before(self) -> str:
        """Give what stands in front of the verb."""
        return self.text[: self.span[0]]


@lru_cache(maxsize=256)
def parse(text: str) -> Sentence:
    """Take a sentence or clause apart; “that”, “RESOLVED” and the like are off its front."""
    modal = _MODAL.search(text)
    voice, found = _predicate(text)
    if found is None:
        return Sentence(text, modal[0] if modal else "", "", voice, text, (0, 0))
    rest = text[found.end() :]
    return Sentence(text, modal[0] if modal else "", found["verb"], voice, rest, found.span())


def _predicate(text: str) -> tuple[str, re.Match[str] | None]:
    """Find the main verb: the first that is not somebody else's in a clause within."""
    asking = _ASKING.match(text)
    if asking and not is_body(text.split(" ", 1)[0]):
        return ASKING, asking
    order = _ORDERED.match(text)
    if order and can_act(order["who"]) and not is_body(order["who"]):
        return ORDER, order
    first, passive, active = _FIRST.match(text), _BE.search(text), _ACTIVE.search(text)
    begun = first and first["to"] and base(first["verb"]) not in words.RESOLVING | {"be"}
    if passive and not begun and not (active and active.start() < passive.start()):
        acting = bare_subject(text[: passive.start()].rstrip().rpartition(" ")[0])
        if not acting or is_body(acting):  # not "the Clerk arrange for the gate to be mended"
            return PASSIVE, passive
    if active:
        return ACTIVE, active
    return (INFINITIVE if first and first["to"] else BARE), first


def is_modal(text: str) -> bool:
    """Tell whether a text says that somebody would, should or is to do something."""
    return _MODAL.search(text) is not None


def done_in(text: str) -> str:
    """Give the participle of “be noted”, small; empty where there is none."""
    match = _BE.search(text)
    return match["verb"].casefold() if match else ""


def base(verb: str) -> str:
    """Give a verb without the ending of “notes”, “noted”, “noting”."""
    low = verb.casefold()
    for ending in ("", "s", "es", "d", "ed", "ing"):
        stem = low.removesuffix(ending) if ending else low
        if stem in _VERBS or stem + "e" in _VERBS:
            return stem if stem in _VERBS else stem + "e"
    return low

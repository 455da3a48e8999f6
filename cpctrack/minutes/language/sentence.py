"""A sentence taken apart once, clause by clause: who, by which modal, does what, in which voice."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.language import owners, tokens


class Voice(Enum):
    """How a clause says that something is done."""

    NAMED = auto()  # a name in front of or behind what is to be done
    RECOMMENDING = auto()
    ASKED = auto()
    ASKING = auto()
    NOTING = auto()
    PASSIVE = auto()
    ACTIVE = auto()
    PROGRESS = auto()
    ORDER = auto()
    INFINITIVE = auto()
    SUBJUNCTIVE = auto()
    TOLD = auto()
    BARE = auto()


class Row(NamedTuple):
    """One way to say it, in the words of `tokens`: the groups are who, modal and verb."""

    voice: Voice
    example: str
    pattern: re.Pattern[str]


class Clause(NamedTuple):
    """What a clause says, each part as printed; empty where it has none."""

    voice: Voice
    who: str  # without “The”
    modal: str
    verb: str  # small; the participle where it is passive: “sent” of “be sent”
    object: str  # what stands behind the verb, up to the next clause
    text: str
    span: tuple[int, int]  # of the text in the sentence


_ONE = (
    r"(?:‹who›(?: \( ‹who› \))?|‹body›"
    r"|(?:he|she|they|i|we|all|everyone|members)\b(?: of (?:the )?(?:‹who›|‹body›|public))?)"
)
_WHOM = rf"(?:the )?(?P<who>{_ONE}(?:(?:(?: ,)? (?:and|&)(?: the)?| ,)? {_ONE}){{0,5}})"
_ADVERB = r"(?:(?:also|then|further|now|again|both|all|in future|\w+ly) ){0,3}"
_VERB = (
    r"(?!(?:have (?:been|had|\w+ed)|be|not|the|a|an|this|that|these|those|their|its|his|her|our|and|of|in|on|at"
    r"|for|by|date) )(?P<verb>[a-z][\w’'-]*)"
)
_START = r"(?:^|(?<=[,;:–.(\[\]+] )|(?<=\band )|(?<=\bthat )|(?<=\bbut ))"
_MODAL = (
    r"(?P<modal>would|will|shall|should|must|can|(?:is|are|was|were) (?:going )?to|(?<!had )(?:(?:has|have) )?"
    rf"{_ADVERB}(?:agree[ds]|offered|volunteered|promised|committed|undert(?:ook|aken|akes)) to)"
)
_ASKED = words.one_of(words.ASKED_PARTICIPLES).replace(r"\s", " ")
_ASKS = words.one_of(words.ASKING).replace(r"\s", " ")
_NOTES = r"(?:not(?:es?|ed|ing)|welcome[sd]?|acknowledged?|thank(?:s|ed)?|recognised?)"
# What stands behind a verb that is in no list.
_BEHIND = r"(?= (?:the|an?|this|its|their|all|it|them|up|on|out|back|in|at|to|with|about|‹\w+›|[.;,])(?: |$)|$)"

# Of those that begin at one place the first counts.
ROWS = tuple(
    Row(voice, example, re.compile(pattern))
    for voice, example, pattern in (
        (Voice.NAMED, "[AB] the gate", rf"^[(\[] {_WHOM}(?: \?)? [)\]](?: [:–])?(?= )"),
        (Voice.NAMED, "Clerk: the gate", rf"^{_WHOM} [:–](?= )"),
        (Voice.NAMED, "the gate; assign to AB", rf"\bassign(?:ed)? to (?:: )?{_WHOM}"),
        (Voice.NAMED, "mow the lawn (AB)", rf"(?:[(\[]|–) {_WHOM}(?: , [^()]{{1,30}})?(?: [)\]])?(?: \.)?$"),
        (Voice.PASSIVE, "that it be referred back to the Ranger",
         rf"be (?P<verb>referred|remitted|passed) (?:back )?to {_WHOM}"),
        (Voice.RECOMMENDING, "to recommend to Council that",
         r"(?:to )?(?P<verb>recommends?|recommended|commends?|refers?|referred)(?: [^.;: ]+){0,10}? (?:(?:to|that) )?(?:the )?(?P<who>‹body›|‹who›)"),
        (Voice.RECOMMENDING, "that Council be recommended to pay", rf"{_WHOM} be (?P<verb>recommended)(?= to )"),
        (Voice.ASKED, "that the Clerk be asked to mow",
         rf"(?:{_WHOM} )?(?P<modal>(?:{_ADVERB}(?:to|would|will|should) )?(?:be|is|are|was|were|been)) {_ADVERB}(?:been )?(?P<verb>{_ASKED})(?= (?:to|that|if)\b)"),
        (Voice.ASKED, "Clerk asked to mow", rf"{_START}{_WHOM} (?P<verb>{_ASKED})(?= to (?!be\b))"),
        (Voice.ASKING, "to ask the Clerk to mow",
         rf"(?:{_START}|(?<=agreed )|(?<=resolved )|{_ONE} {_ADVERB}(?=\w+[sd] ))(?:to )?{_ADVERB}(?P<verb>(?:{_ASKS})(?:s|es|d|ed|ing)?)(?: (?:that|from|to))?(?: {_WHOM}(?! (?:be|‹n›)\b))?(?= )"),
        (Voice.NOTING, "to note the report",
         rf"(?:{_START}|(?<=‹body› )|(?<=members ))(?:to )?{_ADVERB}(?P<verb>{_NOTES})\b"),
        (Voice.PASSIVE, "a letter would be sent by the Clerk",
         rf"(?P<modal>(?:would|will|shall|should|must|can|to) {_ADVERB})?\bbe {_ADVERB}{_VERB}(?=(?:(?: [^.;: ]+){{0,12}}? by {_WHOM})?)"),
        (Voice.ACTIVE, "the Clerk would mow",
         rf"(?:{_WHOM} |(?<!which )(?<!who )){_ADVERB}{_MODAL}(?: {_ADVERB}{_VERB}|:? ?$)"),
        (Voice.PROGRESS, "the Clerk is looking into it",
         rf"{_WHOM} (?P<modal>is|are|(?:will|would) be) {_ADVERB}(?!being)(?P<verb>[a-z]+ing)\b"),
        (Voice.ORDER, "Clerk to mow", rf"{_START}{_WHOM} {_ADVERB}to(?: {_ADVERB}{_VERB}|$)"),
        (Voice.INFINITIVE, "to write to the owner", rf"{_START}to {_ADVERB}{_VERB}"),
        (Voice.SUBJUNCTIVE, "that the Clerk write", rf"{_START}{_WHOM} {_ADVERB}{_VERB}"),
        (Voice.SUBJUNCTIVE, "that the Clerk hoover the hall",
         rf"(?:^|(?<=\bthat ))(?:the )?(?P<who>‹who›) {_VERB}{_BEHIND}"),
        (Voice.TOLD, "the Clerk has written", rf"^{_WHOM}(?= {_ADVERB}(?P<verb>[a-z]+))"),
        (Voice.BARE, "write to the owner", rf"{_START}{_ADVERB}{_VERB}"),
    )
)  # fmt: skip
_IN_NO_LIST = ROWS[-3]
_NO_VERBS = words.PAST | words.REPORTING | words.CONNECTING | words.WHO
_SURELY_DOING = words.DOING - words.RESOLVING - words.ALSO_NOUNS


@lru_cache(maxsize=512)
def parse(text: str, names: frozenset[str] = frozenset()) -> tuple[Clause, ...]:
    """Take a sentence apart: its clauses in order; `names` as in `tokens.read`."""
    read = tokens.read(text, names)
    joined = " ".join(token.text for token in read)
    taken = list(_matches(joined))
    ends = [*(match.start() for _, match in taken[1:]), len(joined)]
    places = _Places(read)
    before, clauses = 0, []
    for (row, match), end in zip(taken, ends, strict=False):
        said = match.groupdict()
        who = places.printed(*match.span("who")) if said.get("who") else (0, 0)
        verb_end = places.printed(*match.span())[1]
        behind = places.printed(match.end(), end)[1] if match.end() < end else verb_end
        clauses.append(Clause(
            row.voice, owners.name(text[slice(*who)]), (said.get("modal") or "").strip(),
            said.get("verb") or "", text[verb_end:behind], text[before:behind], (before, behind),
        ))  # fmt: skip
        before = behind
    return tuple(clauses)


class _Places:
    """Where in a sentence a part of its joined tokens is printed."""

    def __init__(self, read: Sequence[tokens.Token]) -> None:
        self.read = read
        self.starts = [0]
        for token in read:
            self.starts.append(self.starts[-1] + len(token.text) + 1)

    def printed(self, start: int, end: int) -> tuple[int, int]:
        first, last = (bisect_right(self.starts, at) - 1 for at in (start, end - 1))
        return self.read[first].start, self.read[last].end


def _matches(joined: str) -> Iterator[tuple[Row, re.Match[str]]]:
    """Give what the rows find, from left to right and none within another."""
    found = [
        (match.start(), order, row, match)
        for order, row in enumerate(ROWS)
        for match in row.pattern.finditer(joined)
        if row.voice not in (Voice.BARE, Voice.SUBJUNCTIVE) or _may_be_verb(row, match["verb"])
    ]
    end = 0
    for start, _, row, match in sorted(found, key=lambda one: one[:2]):
        if start >= end:
            yield row, match
            end = match.end()


def _may_be_verb(row: Row, word: str) -> bool:
    if row.voice == Voice.BARE:
        return tokens.base(word) in tokens.VERBS
    if word in tokens.VERBS:
        return True
    if word.endswith(("ed", "ing", "ly", "s’", "’s")) or word in _NO_VERBS:
        return False
    return tokens.base(word) in _SURELY_DOING or row is _IN_NO_LIST

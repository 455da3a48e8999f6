"""A sentence taken apart once, clause by clause: who, by which modal, does what, in which voice."""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.language import owners, tokens

_ONE = r"(?:‹who›(?: \( ‹who› \))?|‹body›|(?:he|she|they|i|we|all|everyone|members)\b(?: of (?:the )?(?:‹who›|‹body›|public))?)"
_WHOM = rf"(?:the )?(?P<who>{_ONE}(?:(?:(?: ,)? (?:and|&)(?: the)?| ,)? {_ONE}){{0,5}})"
_ADVERB = r"(?:(?:also|then|further|now|again|kindly|both|all|formally|urgently|in future|\w+ly) ){0,3}"
_NO_VERB = r"(?!have (?:been|had|\w+ed) )(?!(?:be|not|the|a|an|this|that|these|those|their|its|his|her|our|and|of|in|on|at|for|by|date) )"
_VERB = rf"{_NO_VERB}(?P<verb>[a-z][\w’'-]*)"
_START = r"(?:^|(?<=[,;:–.(\[+] )|(?<=\band )|(?<=\bthat )|(?<=\bbut )|(?<=\] ))"
_MODAL = (
    r"(?P<modal>would|will|shall|should|must|can|(?:is|are|was|were) (?:going )?to"
    rf"|(?<!had )(?:(?:has|have) {_ADVERB})?(?:agreed|agrees|offered|volunteered|promised|committed|undertook|undertaken|undertakes) to)"
)
_ASKED = words.one_of(words.ASKED_PARTICIPLES).replace(r"\s", " ")
_ASKS = words.one_of(words.ASKING).replace(r"\s", " ")
_NOTES = r"(?:note|notes|noted|noting|welcomes?|welcomed|acknowledged?|thank|thanks|thanked|recognised?)"

# What stands behind a verb that is not known.
_GOES_ON = r"(?= (?:the|an?|this|its|their|all|it|them|up|on|out|back|in|at|to|with|about|‹\w+›|[.;,])(?: |$)|$)"

NAMED, RECOMMENDING, ASKED, ASKING, NOTING, PASSIVE, ACTIVE, PROGRESS, ORDER, INFINITIVE, BARE = (
    "named", "recommending", "asked", "asking", "noting", "passive", "active", "progress", "order",
    "infinitive", "bare",
)
SUBJUNCTIVE, TOLD = "subjunctive", "told"  # fmt: skip


class Row(NamedTuple):
    """One way in which a clause says what somebody does."""

    voice: str
    example: str
    pattern: re.Pattern[str]


ROWS = tuple(
    Row(voice, example, re.compile(pattern))
    for voice, example, pattern in (
        (NAMED, "Clerk: the gate", rf"^[(\[] {_WHOM}(?: \?)? [)\]](?: [:–])?(?= )"),
        (NAMED, "[AB] the gate", rf"^{_WHOM} [:–](?= )"),
        (NAMED, "mow the lawn; assign to AB", rf"\bassign(?:ed)? to (?::? )?{_WHOM}"),
        (PASSIVE, "be referred back to the Ranger", rf"be (?P<verb>referred|remitted|passed) (?:back )?to {_WHOM}"),
        (RECOMMENDING, "to recommend to Council that",
         rf"(?:to )?(?P<verb>recommends?|recommended|commends?|refers?|referred)(?: [^.;: ]+){{0,10}}? (?:(?:to|that) )?(?:the )?(?P<who>‹body›|‹who›)"),
        (RECOMMENDING, "that Council be recommended to", rf"{_WHOM} be (?P<verb>recommended)(?= to )"),
        (ASKED, "that the Clerk be asked to mow",
         rf"(?:{_WHOM} )?(?P<modal>(?:{_ADVERB}(?:to|would|will|should) )?(?:be|is|are|was|were|been) )(?:(?:also|been|further) )*(?P<verb>{_ASKED})(?= (?:to|that|if)\b)"),
        (ASKED, "Clerk asked to mow", rf"{_START}{_WHOM} (?P<verb>{_ASKED})(?= to (?!be\b))"),
        (ASKING, "to ask the Clerk to mow",
         rf"(?:{_START}|(?<=agreed )|(?<=resolved )|{_ONE} {_ADVERB}(?=\w+[sd] ))(?:to )?{_ADVERB}(?P<verb>(?:{_ASKS})(?:s|es|d|ed|ing)?)"
         rf"(?: (?:that|from|to))?(?: {_WHOM}(?! (?:be|‹n›)\b))?(?= )"),
        (NOTING, "to note the report", rf"(?:{_START}|(?<=‹body› )|(?<=members ))(?:to )?{_ADVERB}(?P<verb>{_NOTES})\b"),
        (PASSIVE, "a letter would be sent",
         rf"(?P<modal>(?:would|will|shall|should|must|can|to) {_ADVERB})?\bbe {_ADVERB}{_VERB}"
         rf"(?=(?:(?: [^.;:\s]+){{0,12}}? by {_WHOM})?)"),
        (ACTIVE, "the Clerk would mow", rf"(?:{_WHOM} |(?<!which )(?<!who )){_ADVERB}{_MODAL}(?: {_ADVERB}{_VERB}|:? ?$)"),
        (PROGRESS, "the Clerk is looking into it", rf"{_WHOM} (?P<modal>is|are|(?:will|would) be) {_ADVERB}(?!being)(?P<verb>[a-z]+ing)\b"),
        (ORDER, "Clerk to mow", rf"{_START}{_WHOM} {_ADVERB}to(?: {_ADVERB}{_VERB}|$)"),
        (INFINITIVE, "to write to the owner", rf"{_START}to {_ADVERB}{_VERB}"),
        (SUBJUNCTIVE, "that the Clerk write", rf"{_START}{_WHOM} {_ADVERB}{_VERB}"),
        (SUBJUNCTIVE, "that the Clerk mow the lawn", rf"(?:^|(?<=\bthat ))(?:the )?(?P<who>‹who›) {_VERB}{_GOES_ON}"),
        (TOLD, "the Clerk has written", rf"^{_WHOM}(?= {_ADVERB}(?P<verb>[a-z]+))"),
        (BARE, "write to the owner", rf"{_START}{_ADVERB}{_VERB}"),
    )
)  # fmt: skip


class Clause(NamedTuple):
    """What a clause says, each part as printed; empty where it has none."""

    voice: str
    who: str  # without “The”
    modal: str
    verb: str  # small; the participle where it is passive: “sent” of “be sent”
    object: str  # what stands behind the verb, up to the next clause
    span: tuple[int, int]  # from who or verb to the end of the verb
    text: str  # all of it, with what stands in front of who


@lru_cache(maxsize=512)
def parse(text: str, names: Collection[str] = frozenset()) -> tuple[Clause, ...]:
    """Take a sentence apart: its clauses in order; `names` as in `tokens.read`."""
    return tuple(_clauses(text, tokens.read(text, names)))


def _clauses(text: str, read: list[tokens.Token]) -> Iterator[Clause]:
    joined = " ".join(token.text for token in read)
    starts = []
    at = 0
    for token in read:
        starts.append(at)
        at += len(token.text) + 1
    taken = list(_matches(joined))
    ends = [*(match.start() for _, match in taken[1:]), len(joined)]
    before = 0

    def printed(start: int, end: int) -> tuple[int, int]:
        first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1)) - 1
        return (read[first].start, read[last].end) if end > start else (len(text), len(text))

    for (row, match), end in zip(taken, ends, strict=False):
        groups = {name: match.span(name) for name, value in match.groupdict().items() if value}
        who = text[slice(*printed(*groups["who"]))] if "who" in groups else ""
        begin, done = printed(*match.span())
        behind = printed(match.end(), end)[1] if match.end() < end else done
        yield Clause(
            row.voice, owners.tidy(who), (match.groupdict().get("modal") or "").strip(),
            (match.groupdict().get("verb") or ""), text[done:behind], (begin, done), text[before:behind],
        )  # fmt: skip
        before = behind


def _matches(joined: str) -> Iterator[tuple[Row, re.Match[str]]]:
    """Give what the rows find from left to right; of those that begin together, the first row's."""
    found = [
        (match.start(), order, row, match)
        for order, row in enumerate(ROWS)
        for match in row.pattern.finditer(joined)
        if row.voice not in (BARE, SUBJUNCTIVE) or _may_be_verb(row, match["verb"])
    ]
    end = 0
    for start, _, row, match in sorted(found, key=lambda one: one[:2]):
        if start >= end:
            yield row, match
            end = match.end()


def _may_be_verb(row: Row, word: str) -> bool:
    if row.voice == BARE:
        return tokens.base(word) in tokens.VERBS
    if word in tokens.VERBS:
        return True
    if word.endswith(("ed", "ing", "ly", "s’", "’s")) or word in _NEVER:
        return False
    doing = words.DOING - words.RESOLVING - words.ALSO_NOUNS
    return tokens.base(word) in doing or row is _UNKNOWN_VERB


_UNKNOWN_VERB = ROWS[-3]
_NEVER = words.PAST | words.REPORTING | words.CONNECTING | words.WHO

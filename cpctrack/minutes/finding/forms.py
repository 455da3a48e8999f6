"""The forms in which minutes say that somebody is to do something, and those in which they don't.

A text is brought to small words with every name abstracted: ‹who› for persons, posts, initials
and bodies, ‹body› for the deciding one, ‹day› and ‹n› for times and sums.
"""

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.language.tokens import BODY, read

_LONGEST = 600  # letters that are looked at
_MOST = 45  # and words

_LEFT_OUT = frozenset(",/&+")


_DO = words.one_of(words.DOING)
_DECIDE = words.one_of(words.RESOLVING - words.DOING)
_ONE = r"(?:the )?(?:(?:all |some |a few |both )?(?:‹who›|members)|he|she|they|i|all|everyone)(?: (?:and|&) (?:‹who›|he|she|they))?"
_ADVERB = r"(?:also |then |further |now |again |\w+ly )?"


class Form(Enum):
    """One way of saying it: how `minutes --why` calls it, an example, and what it looks for."""

    def __init__(self, label: str, example: str, pattern: str) -> None:
        self.label = label
        self.example = example
        self.pattern = re.compile(pattern)

    # fmt: off
    ORDER = ("begins as an order to somebody", "Clerk to write",
        rf"^(?:\[ |\( )?{_ONE}(?: \]| \))?(?: :)? {_ADVERB}to (?!be\b|the\b|an?\b|all\b|this\b|our\b|members\b)[a-z]")
    ORDER_WITHIN = ("holds an order to somebody", "the gate is broken, Clerk to write",
        rf"(?<!^){_ONE} to (?!be\b|the\b|a\b|this\b)[a-z]")
    WILL = ("somebody will", "the Clerk will write",
        rf"{_ONE} {_ADVERB}(?:will|would|shall|must)(?: {_ADVERB})?(?!be\b|not\b|have\b|like\b) ?[a-z]")
    GOING_TO = ("somebody is going to", "the Clerk is going to write",
        rf"{_ONE} (?:is|are|was|were) (?:going to|\w+ing\b)")
    IS_TO = ("somebody is to", "the Clerk is to write",
        rf"{_ONE} (?:is|are|was|were) to (?!be\b)[a-z]")
    OFFERED = ("somebody agreed or offered to", "the Clerk agreed to write",
        rf"{_ONE} {_ADVERB}(?:has |have )?{_ADVERB}(?:agreed|agrees|agree|offered|offers|undertook|volunteered|volunteers|promised|committed|proposes) to [a-z]")
    AGREED_TO_DO = ("it was agreed to do", "it was agreed to write",
        rf"(?:it was|{BODY}|members|we|councillors) {_ADVERB}(?:agreed|resolved|decided) {_ADVERB}to {_ADVERB}{_DO}\b")
    AGREED_TO_DECIDE = ("it was agreed to decide", "it was agreed to approve",
        rf"(?:agreed|resolved|decided) {_ADVERB}to {_ADVERB}(?:{_DECIDE})\b")
    AGREED_THAT_SOMEBODY = ("it was agreed that somebody", "it was agreed that the Clerk would write",
        rf"(?:agreed|resolved|decided)(?: \w+ly)?(?: in \w+)? that {_ONE} ")
    AGREED_THAT_IT_BE = ("it was agreed that something be done", "it was agreed that a letter be sent",
        r"(?:agreed|resolved|decided)(?: \w+ly)?(?: in \w+)? (?:that )?(?:a|an|the|this|these|further|any|no)\b.{1,120} (?:would|will|should|to|can|could)? ?be ")
    ASKED = ("somebody was asked to", "the Clerk was asked to write",
        rf"{_ONE} {_ADVERB}(?:be|is|are|was|were|been) {_ADVERB}(?:asked|requested|instructed|invited|directed|tasked|required|authori[sz]ed|mandated) (?:to|that|if)")
    ASKS = ("asks somebody to", "to ask the Clerk to write",
        rf"(?:ask|asks|asked|request|requests|requested|instruct|instructs|instructed|invite|invites|invited|direct|directs|directed|task|tasked|remind|reminded|authorise|authorised) {_ONE} to ")
    ASKED_THAT = ("asked that it be done", "members asked that a letter be sent",
        r"(?:asked|requested|urged|proposed|recommended|suggested) that .{1,120}\bbe [a-z]")
    TO_BE_DONE = ("something is to be done", "a letter to be sent",
        r"(?<!were )(?<!was )(?<!is )\b(?:will|would|shall|should|must|to) (?:\w+ly |also |then |now )?be (?!a |an |the |in |on |at |no |able |available |needed |interested |held |used |open |good |nice )[a-z]+(?:ed|en|wn|ght|nt|ut|de|ld|id|un|et)\b")
    TELEGRAM = ("a thing to be done, and no verb before", "Hedge to be cut back",
        r"^(?!(?:(?!to be\b).){0,200}\b(?:is|are|was|were|has|have|had|need|needs|will|would|should|agreed|said|[a-z]+ing|[a-z]+ed)\b)[^:;?]{3,120} to be (?!a |an |the |in |on |at |no |able |available |held )[a-z]+(?:ed|en|wn|ght|nt|ut|de|ld|id|un|et)\b")
    NAMED = ("a name, then a verb of doing", "Clerk: write",
        rf"^(?:\[ )?‹who›(?: and ‹who›| ‹who›)?(?: \]| :| –)+ {_DO}\b(?! (?:was|were|is|are|had|has|of|received|that)\b)")
    DOING = ("begins with a verb of doing", "Write to the County",
        rf"^(?:\[ )?(?:‹who› )?(?:\] |: )?{_DO}\b(?! (?:was|were|is|are|had|has|of|received|that)\b)")
    COLON = ("begins with a name and a colon", "Clerk: write",
        r"^(?:\[ )?‹who›(?: \]| :| –)")
    THAT_BODY_DO = ("that the body do it", "That Council write",
        rf"^(?:that |“that )(?:the )?(?:{BODY}|‹who›|members) (?:{_DO})\b")
    THAT_IT_BE = ("that something be done", "That a letter be sent",
        r"^that .{1,120}\b(?:be|is|are) [a-z]+(?:ed|en|wn|ght|nt|de)\b")
    OWN_DOING = ("the meeting's own doing", "the meeting closed at nine",
        r"^(?:following that |thereafter )?(?:the )?(?:(?:press and )?public|press|‹body›|meeting|chair|‹who›) (?:was |were |then |had |not )*(?:closed|ended|returned|resumed|adjourned|readmitted|re|broke|opened|reopened|declared|excluded|left|withdrew|reconvened|finished)\b|\bcalled (?:the )?‹body› to order\b")
    REPORTED = ("somebody reported or said", "the Clerk reported that",
        rf"{_ONE} {_ADVERB}{words.one_of(words.REPORTING)}\b")
    PAST = ("told in the past", "the letter was sent",
        r"\b(?:was|were|had been|has been|have been) (?:\w+ly )?[a-z]+(?:ed|en|wn|nt|de)\b")
    BEFORE = ("had been done before", "the Clerk had written",
        r"\b(?:had|has|have) (?:now |since |already |also )?(?:been )?[a-z]+(?:ed|en|wn|nt|de|t)\b")
    RECOMMENDED = ("a committee recommends", "The Parks Committee recommends approval",
        rf"^(?:the )?(?:‹who› )?(?:‹who›|{BODY}) {_ADVERB}recommends? ")
    NOTED = ("noted or thanked", "the report was noted",
        r"\b(?:noted|thanked|thanks|welcomed|congratulated|received|noted:)\b")
    CONDITION = ("a condition", "if the grant is given",
        r"\b(?:if|whether|unless|until|could|might|may|perhaps|hoped|hopes)\b")
    REFUSAL = ("a refusal or nothing", "no action was taken",
        r"\b(?:not|no(?! (?:later|more|less) than)|nothing|none|never)\b")
    ASSIGNED = ("assigned behind", "assigned to AB",
        r"\bassign(?:ed)? to ‹who›")
    REPORT_BACK = ("the report back", "report back to the next meeting",
        r"\b(?:report|reports|bring|update|feedback|feed) (?:back|to the next)\b|\bnext (?:meeting|agenda)\b")
    # fmt: on


class Said(NamedTuple):
    """A text as the forms see it."""

    text: str  # its words, small, with names of all kinds abstracted
    forms: tuple[Form, ...]  # that it has


@lru_cache(maxsize=512)  # it is asked of a statement, and of its neighbours
def said(text: str, names: frozenset[str]) -> Said:
    """Bring a text to its words and forms; `names` as in `tokens.read`."""
    every = (token.text for token in read(text[:_LONGEST], names))
    joined = " ".join(islice((one for one in every if one not in _LEFT_OUT), _MOST))
    return Said(joined, tuple(form for form in Form if form.pattern.search(joined)))


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Give the words, small, that a document has in capitals within sentences, and never small."""
    inside: set[str] = set()
    small: set[str] = set()
    for text in texts:
        for at, match in enumerate(re.finditer(r"[\w'’]+", text)):
            word = match[0]
            if word.islower():
                small.add(word)
            elif at and word[0].isupper() and text[match.start() - 2] not in ".!?":
                inside.add(word.casefold())
    return frozenset(inside - small - words.DOING - words.BODIES)

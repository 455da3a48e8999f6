"""Undertakings in the narrative that a clerk may want: few, and only the strongest."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, MinutesDraft
from cpctrack.minutes.language import owners, timing
from cpctrack.minutes.language.clauses import is_order, sentences
from cpctrack.minutes.page.blocks import Block

# What a person undertakes, beside what `words.DOING` says of anybody: strong enough by itself.
_UNDERTAKEN = (
    r"(?:circulate|provide|report\sback|send|share|e-?mail|write|check|look\sinto|follow\s(?:this\s|it\s|that\s)?up|investigate"
    r"|find\sout|let|respond|reply|bring|supply|feed\s?back|contact|ask|speak|raise|inspect|clarify|confirm|obtain|forward"
    r"|chase|talk|come\sback|ring|phone|pass|put|take|meet|get|arrange|draft|prepare|add|make|carry|liaise|return|seek|distribute|pursue|invite|report"
    r"|include|explore|publish|organise|tell|find|keep|go\sback|have\s(?:a\s(?:look|word|chat)|(?:it|this|that|them)\s\w+ed)|submit|issue|notify|update|be\s\w+ing|be\s(?:glad|happy|pleased)\sto)"
)
_PROMISED = re.compile(
    r"(?i)\b(?P<verb>undertook|undertakes|agreed|offered|promised|volunteered|committed)\sto\s(?P<do>[a-z-]+)"
)
_ASKED = re.compile(
    r"(?i)\s(?P<verb>was|were)\s(?:also\s|then\s)?(?:asked|requested|tasked|instructed)\sto\s(?P<do>[a-z-]+)"
)
_SAID = re.compile(
    rf"(?i)\b(?:s?he|they|I)(?:['’](?:d|ll)|\s(?:would|will|(?:is|was|are|were|am)\sgoing\sto))\s(?:also\s)?{_UNDERTAKEN}\b"
)
_WOULD = re.compile(rf"(?i)\s(?:would|will)\s(?:also\s)?{_UNDERTAKEN}\b")
_PASSED_ON = re.compile(
    r"(?i)\b(?:would|will)\sbe\s(?:circulated|provided|sent|shared|e-?mailed|forwarded|brought\sback|reported\sback|supplied|distributed)\b"
)
_AGREED_THAT = re.compile(
    r"(?i)\b(?:it\swas|members|the\s\w+)\sagreed\sthat\b.{1,200}?\b(?:would|will|should|be)\b"
)
_ASKED_THAT = re.compile(
    rf"(?i)\b(?:chair\w*|{words.one_of(words.BODIES)})\s(?:also\s)?(?:asked|requested)\sthat\s(?!thanks|it\sbe\snoted).{{1,160}}?\bbe\s(?!noted|recorded)"
)
_DONE_SINCE = re.compile(r"(?i)\b(?:had|has|have)\s(?:since|already|now)\b")
_NOT_DONE = re.compile(
    r"(?i)\b(?:if|hoped|whether|could|might|may|would\snot|will\snot|continue|unless|had\sagreed|until|when)\b"
)
_IF = re.compile(r"(?i)\b(?:if|unless|until|when|hoped)\b")
_CLAUSE = re.compile(r"[,;]\s|\s(?:and|but|that)\s")
_LONGEST = 2000
_KNOWN = 0.6  # of a sentence's words, those that marked ones of its item have too
_REPORTS = re.compile(
    r"\s(?:was|were|had|said|did|indicated|confirmed|advised|stated|replied|responded|apologised"
    r"|explained|thought|agreed|also|reported)\b"
)
_OWN_DOING = words.RESOLVING - words.DOING
_SAID_LAST = re.compile(r"\s(?:said|stated|confirmed|replied|added|explained)$")
_EMPTY = words.EMPTY | words.BODIES


class Narrative(NamedTuple):
    """A paragraph that is not marked, and the item it stands in."""

    block: Block
    place: Item
    at: int  # number of the item


class _Found(NamedTuple):
    grade: int  # 1 is strongest
    at: int
    draft: MinutesDraft


def candidates(
    narrative: Iterable[Narrative], marked: Iterable[MinutesDraft], items: int
) -> list[MinutesDraft]:
    """Give the strongest undertakings: at most about one an item, none that is marked already.

    One an item comes first, then second ones as long as there are fewer than items.
    """
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in marked:
        known[one.item_number, one.item_title] |= content(one.text)
    found = sorted(_all(narrative, known), key=lambda one: (one.grade, one.draft.line))
    taken: set[int] = set()
    first: list[_Found] = []
    second: list[_Found] = []
    for candidate in found:
        (second if candidate.at in taken else first).append(candidate)
        taken.add(candidate.at)
    most = max(items, 1)
    room = max(most - len(first), 0)
    picked = first[:most] + [candidate for candidate in second if candidate.grade == 1][:room]
    return sorted((candidate.draft for candidate in picked), key=lambda draft: draft.line)


def content(text: str) -> set[str]:
    """Reduce a text to the stems of its words with a meaning."""
    return {word[:5] for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in _EMPTY}


def _all(
    narrative: Iterable[Narrative], known: dict[tuple[str, str], set[str]]
) -> Iterator[_Found]:
    for block, item, at in narrative:
        held = known[item.number, item.title]
        for offset, sentence in sentences(block.text):
            grade = _grade(sentence) if len(sentence) <= _LONGEST else 0
            if not grade and block.text.endswith(sentence) and is_order(sentence):
                grade = 1
            here = content(sentence) if grade else set()
            if not grade or len(here & held) > _KNOWN * len(here):
                continue
            due_text = timing.due_words(sentence)
            draft = MinutesDraft(
                line=block.line_at(offset), item=item.printed, item_number=item.number,
                item_title=item.title, text=sentence, printed=sentence, lead_in="",
                owner=_owner_in(sentence), kind="action", marked=False, due_text=due_text,
                due=timing.due_date(due_text), source=block.text,
            )  # fmt: skip
            yield _Found(grade, at, draft)


def _grade(sentence: str) -> int:
    """Say how strong an undertaking is: 1 by somebody named, 2 weaker, 0 none."""
    if _DONE_SINCE.search(sentence):
        return 0
    promised = _PROMISED.search(sentence)
    if promised and promised["verb"].casefold().startswith("undert"):
        return 1
    asked = _ASKED.search(sentence)
    for match, not_theirs in ((promised, _OWN_DOING), (asked, words.NOT_UNDERTAKEN)):
        theirs = match and match["do"].casefold() not in not_theirs
        if match and theirs and _is_somebody(_before(sentence, match.start())):
            return 1
    said = _SAID.search(sentence)
    if said and not _NOT_DONE.search(sentence[: said.start()]):
        return 1
    would = _WOULD.search(sentence)
    if would and not _NOT_DONE.search(sentence[: would.start()]) and _acts(sentence, would):
        return 1
    if _AGREED_THAT.search(sentence) or _ASKED_THAT.search(sentence):
        return 2
    passed_on = _PASSED_ON.search(sentence)
    return 2 if passed_on and not _NOT_DONE.search(sentence[: passed_on.end()]) else 0


def _acts(sentence: str, match: re.Match[str]) -> bool:
    """Tell whether “X would check” has a post or a person for X, not carers or children."""
    subject = _before(sentence, match.start())
    if not subject:  # "The Named Nurse was not certain and would check"
        subject = re.split(r"\s(?:was|were|had|said|did)\b", sentence, maxsplit=1)[0]
    the_post = subject.startswith("the ") and any(word[0].isupper() for word in subject.split())
    named = subject[:1].isupper() or the_post
    return named and _is_somebody(subject) and not _IF.search(sentence)


def _is_somebody(subject: str) -> bool:
    return owners.can_act(subject) and not owners.is_body(subject)


def _before(sentence: str, end: int) -> str:
    clause = sentence[:end]
    for match in _CLAUSE.finditer(sentence[: end + 1]):
        clause = sentence[match.end() : end]
    return clause.strip()


def _owner_in(sentence: str) -> str:
    """Give who undertakes it: the subject of the clause, or of the sentence behind a pronoun."""
    for pattern in (_PROMISED, _ASKED, _SAID, _WOULD):
        match = pattern.search(sentence)
        if not match:
            continue
        subject = _SAID_LAST.sub("", _before(sentence, match.start()))
        pronoun = owners.tidy(subject).casefold() in ("she", "he", "they", "i")
        if pronoun or not owners.can_act(subject):
            subject = _REPORTS.split(sentence, maxsplit=1)[0]
        if len(subject) < len(sentence) and _is_somebody(subject):
            return owners.tidy(subject.strip().removeprefix("and "))
    return owners.owner_of(sentence)

"""Undertakings in the narrative that a clerk may want: few, and only the strongest."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import MinutesDraft
from cpctrack.minutes.finding.drafting import Place
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
    r"\b(?P<verb>undertook|undertakes|agreed|offered|promised|volunteered|committed)\sto\s(?P<do>[a-z-]+)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\s(?P<verb>was|were)\s(?:also\s|then\s)?(?:asked|requested|tasked|instructed)\sto\s(?P<do>[a-z-]+)",
    re.IGNORECASE,
)
_SAID = re.compile(
    rf"\b(?:s?he|they|I)(?:['’](?:d|ll)|\s(?:would|will|(?:is|was|are|were|am)\sgoing\sto))\s(?:also\s)?{_UNDERTAKEN}\b",
    re.IGNORECASE,
)
_WOULD = re.compile(rf"\s(?:would|will)\s(?:also\s)?{_UNDERTAKEN}\b", re.IGNORECASE)
_PASSED_ON = re.compile(
    r"\b(?:would|will)\sbe\s(?:circulated|provided|sent|shared|e-?mailed|forwarded|brought\sback|reported\sback|supplied|distributed)\b",
    re.IGNORECASE,
)
_AGREED_THAT = re.compile(
    r"\b(?:it\swas|members|the\s\w+)\sagreed\sthat\b.{1,200}?\b(?:would|will|should|be)\b",
    re.IGNORECASE,
)
_ASKED_THAT = re.compile(
    rf"\b(?:chair\w*|{words.one_of(words.BODIES)})\s(?:also\s)?(?:asked|requested)\sthat\s(?!thanks|it\sbe\snoted).{{1,160}}?\bbe\s(?!noted|recorded)",
    re.IGNORECASE,
)
_DONE_SINCE = re.compile(r"\b(?:had|has|have)\s(?:since|already|now)\b", re.IGNORECASE)
_NOT_DONE = re.compile(
    r"\b(?:if|hoped|whether|could|might|may|would\snot|will\snot|continue|unless|had\sagreed|until|when)\b",
    re.IGNORECASE,
)
_IF = re.compile(r"\b(?:if|unless|until|when|hoped)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;]\s|\s(?:and|but|that)\s")
_LONGEST = 2000


_OWN_DOING = words.RESOLVING - words.DOING
_SAID_LAST = re.compile(r"\s(?:said|stated|confirmed|replied|added|explained)$")
_EMPTY = words.EMPTY | words.BODIES


class Narrative(NamedTuple):
    """A paragraph that is not marked, and the item it stands in."""

    block: Block
    place: Place
    at: int  # number of the item
    offset: int = 0


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
    known = {_place(one): set[str]() for one in marked}
    for one in marked:
        known[_place(one)] |= content(one.text)
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
    return sorted((candidate.draft for candidate in picked), key=_line_of)


def _line_of(one: MinutesDraft) -> int:
    return one.line


def content(text: str) -> set[str]:
    """Reduce a text to the stems of its words with a meaning."""
    return {word[:5] for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in _EMPTY}


def _place(one: MinutesDraft) -> tuple[str, str]:
    return one.item_number, one.item_title


def _all(
    narrative: Iterable[Narrative], known: dict[tuple[str, str], set[str]]
) -> Iterator[_Found]:
    for piece in narrative:
        text = piece.block.text
        for offset, sentence in sentences(text):
            grade = grade_of(sentence) if len(sentence) <= _LONGEST else 0
            if not grade and text.endswith(sentence) and is_order(sentence):
                grade = 1
            if not grade:
                continue
            here = content(sentence)
            held = known.get((piece.place.number, piece.place.title), set())
            if len(here & held) > 0.6 * len(here):
                continue
            yield _Found(grade, piece.at, _draft(piece, offset, sentence))


def _draft(piece: Narrative, offset: int, sentence: str) -> MinutesDraft:
    due_text = timing.due_words(sentence)
    return MinutesDraft(
        line=piece.block.line_at(offset),
        item=piece.place.printed,
        item_number=piece.place.number,
        item_title=piece.place.title,
        text=sentence,
        printed=sentence,
        lead_in="",
        owner=owner_in(sentence),
        kind="action",
        marked=False,
        due_text=due_text,
        due=timing.due_date(due_text),
        source=piece.block.text,
    )


def grade_of(sentence: str) -> int:
    """Say how strong an undertaking is: 1 by somebody named, 2 weaker, 0 none."""
    if _DONE_SINCE.search(sentence):
        return 0
    promised = _PROMISED.search(sentence)
    if promised and _promises(sentence, promised):
        return 1
    asked = _ASKED.search(sentence)
    if asked and asked["do"].casefold() not in words.NOT_UNDERTAKEN:
        subject = _before(sentence, asked.start())
        if owners.can_act(subject) and not owners.is_body(subject):
            return 1
    said = _SAID.search(sentence)
    if said and not _NOT_DONE.search(sentence[: said.start()]):
        return 1
    would = _WOULD.search(sentence)
    if (
        would
        and not _NOT_DONE.search(sentence[: would.start()])
        and not _IF.search(sentence)
        and _acts(sentence, would)
    ):
        return 1
    if _AGREED_THAT.search(sentence) or _ASKED_THAT.search(sentence):
        return 2
    passed_on = _PASSED_ON.search(sentence)
    return 2 if passed_on and not _NOT_DONE.search(sentence[: passed_on.end()]) else 0


def _promises(sentence: str, match: re.Match[str]) -> bool:
    if match["verb"].casefold().startswith("undert"):
        return True
    subject = _before(sentence, match.start())
    own_doing = match["do"].casefold() in _OWN_DOING
    return not own_doing and owners.can_act(subject) and not owners.is_body(subject)


def _acts(sentence: str, match: re.Match[str]) -> bool:
    """Tell whether “X would check” has a post or a person for X, not carers or children."""
    subject = _before(sentence, match.start())
    if not subject:  # "The Named Nurse was not certain and would check"
        subject = re.split(r"\s(?:was|were|had|said|did)\b", sentence, maxsplit=1)[0]
    if not owners.can_act(subject) or owners.is_body(subject):
        return False
    the_post = subject.startswith("the ") and any(word[0].isupper() for word in subject.split())
    return subject[:1].isupper() or the_post


def _before(sentence: str, end: int) -> str:
    """Give what stands before a verb in its clause."""
    clause = sentence[:end]
    for match in _CLAUSE.finditer(sentence[: end + 1]):
        clause = sentence[match.end() : end]
    return clause.strip()


def owner_in(sentence: str) -> str:
    """Give who undertakes it: the subject of the clause, or of the sentence behind a pronoun."""
    for pattern in (_PROMISED, _ASKED, _SAID, _WOULD):
        match = pattern.search(sentence)
        if not match:
            continue
        subject = _SAID_LAST.sub("", _before(sentence, match.start()))
        if (
            not subject
            or owners.tidy(subject).casefold() in ("she", "he", "they", "i")
            or not owners.can_act(subject)
        ):
            subject = re.split(
                r"\s(?:was|were|had|said|did|indicated|confirmed|advised|stated|replied|responded|apologised|explained|thought|agreed|also|reported)\b",
                sentence, maxsplit=1,
            )[0]  # fmt: skip
        short = len(subject) < len(sentence)
        if short and owners.can_act(subject) and not owners.is_body(subject):
            return owners.tidy(subject.strip().removeprefix("and "))
    return owners.owner_of(sentence)

"""From the lines of minutes to the meeting, its agenda items and the drafts of actions.

Three passes: each block gets a role (`parts`), roles are folded into sections with statements in
them (`sections`), and each statement is scored (`features`, `scorer`) and drafted, offered or
passed over here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.base import Item, Minutes, MinutesDraft
from cpctrack.minutes.finding import parts, scorer
from cpctrack.minutes.finding.drafting import draft
from cpctrack.minutes.finding.features import (
    Document,
    Features,
    document_of,
    features_of,
    is_order,
    is_signed,
)
from cpctrack.minutes.finding.forms import OWN_DOING
from cpctrack.minutes.finding.heading import found_meeting
from cpctrack.minutes.finding.items import headings
from cpctrack.minutes.finding.parts import parts_of
from cpctrack.minutes.finding.sections import LOST, Statement, fold
from cpctrack.minutes.finding.withheld import stamp
from cpctrack.minutes.language import grammar, marks
from cpctrack.minutes.language.attending import resolve, written_out
from cpctrack.minutes.page.blocks import Block
from cpctrack.minutes.page.layout import blocks
from cpctrack.reading.lines import Line

# How sure it must be that a statement is an action before it is drafted, by what marks it.
_DRAFTED = {
    "sign": 0.0,
    "name": 0.02,
    "action": 0.3,
    "order": 0.3,
    "duty": 0.25,
    "recommendation": 0.05,
    "decision": 0.5,
    "": 2.0,
}
_DRAFT, _OFFER, _DECIDE = "drafted", "offered", "decided"
_FEWEST = 3  # words of a paragraph that says something
_FAR = 2  # paragraphs below what opened a section
_EARLIER = 0.45  # among what an earlier meeting agreed
_OFFERED = 0.12  # and before it is offered
_MOST = 7  # offered lines, but for those under a label
_SAME = 0.6  # of the shorter text's words, those in both: a summary repeats what was said
_SUMMED_UP = 0.74  # the same, of what a summary at the end says in fewer words
_BACK = 4  # statements in which it is told who “he” is
_LOOKED_AT = 20  # drafts with a word in common
_EMPTY = words.EMPTY | words.BODIES


def content(text: str) -> set[str]:
    """Reduce a text to the stems of its words with a meaning."""
    return {word[:5] for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in _EMPTY}


def find(lines: Sequence[Line], own: Mapping[str, float] = {}) -> Minutes:
    """Find the meeting, the agenda items and the drafts in the lines of minutes.

    The drafts are in the order of the text: marked ones, resolutions among them, and those offered
    from the narrative. The same lines always give the same drafts. `own` are what a committee's
    habits add to the weights of features.
    """
    found = blocks(lines)
    titles = headings(found)
    folded = fold(parts_of(found, titles), found)
    drafts = [*_drafts(folded.statements, found, own), *folded.listed]
    drafts = _said_once(sorted(drafts, key=lambda one: one.line))
    drafts = stamp(drafts, lines, found, titles)
    return Minutes(found_meeting(lines), tuple(folded.items), tuple(drafts))


class _Judged(NamedTuple):
    at: int
    verdict: str
    kind: str  # of what it stands in: action, decision or recommendation
    score: float
    labelled: bool  # a label or a heading says that it is an action
    features: Features


def _drafts(
    statements: Sequence[Statement], found: Sequence[Block], own: Mapping[str, float]
) -> Iterator[MinutesDraft]:
    """Draft what is sure enough, offer the best of the rest, and keep what was only decided."""
    document = document_of(statements, found)
    judged = list(_judge(statements, document, own))
    held: dict[Item, set[str]] = defaultdict(set)  # words of what is drafted, by item
    for one in judged:
        if one.verdict == _DRAFT:
            held[statements[one.at].place] |= content(statements[one.at].text)
            yield _draft(statements, one, one.kind, document)
        elif one.verdict == _DECIDE:
            decided = _draft(statements, one, "", document)
            yield decided._replace(kind=grammar.RESOLUTION, owner="")
    room = _MOST
    offered = [one for one in judged if one.verdict == _OFFER]
    for one in sorted(offered, key=lambda one: (-one.score, one.at)):
        here = content(statements[one.at].text)
        known = len(here & held[statements[one.at].place]) > _SAME * len(here)
        if (room or one.labelled) and not known:
            room -= not one.labelled
            offer = _draft(statements, one, marks.ACTION, document)
            led = offer.lead_in if statements[one.at].section.lead_in.carried else ""
            yield offer._replace(marked=False, kind=grammar.ACTION, lead_in=led)


def _judge(
    statements: Sequence[Statement], document: Document, own: Mapping[str, float]
) -> Iterator[_Judged]:
    weights = scorer.trained()
    decided = {
        one.place: at
        for at, one in enumerate(statements)
        if one.section.kind == marks.DECISION and not one.section.proposed
    }
    for at, one in enumerate(statements):
        superseded = one.section.proposed and decided.get(one.place, -1) > at
        if one.section.kind == LOST or superseded or _is_scrap(one):
            continue
        features = features_of(statements, at, document)
        marked = mark_of(one, document)
        decides = marked in ("decision", "duty", "recommendation")
        kind = (one.mark or one.section.kind) if decides else marks.ACTION
        core = one.text[one.core :]
        nothing = grammar.says_nothing(core) or OWN_DOING in features
        score = 0.0 if nothing else weights.score(features, own)
        least = max(_DRAFTED[marked], _EARLIER if one.section.earlier else 0)
        labelled = marked in ("action", "name")
        if score >= least:
            yield _Judged(at, _DRAFT, kind, score, labelled, features)
        elif marked and grammar.kind_of(core, kind, document.names) == grammar.RESOLUTION:
            yield _Judged(at, _DECIDE, kind, score, labelled, features)
        elif score >= _OFFERED or (labelled and score > 0):
            yield _Judged(at, _OFFER, kind, score, labelled, features)
        elif decides:
            yield _Judged(at, _DECIDE, kind, score, labelled, features)


def _is_scrap(one: Statement) -> bool:
    """Tell whether a statement is too little to say anything: a page number, a sign."""
    count = sum(word[:1].isalpha() for word in one.text.split())
    return count < (_FEWEST if one.part.role == parts.TOLD and not one.who else 1)


def mark_of(one: Statement, document: Document) -> str:
    """Say what marks a statement: sign, name, action, order, duty, decision or recommendation.

    Empty where nothing does. A duty is what a decision lays on somebody, a decision what the
    committee does itself.
    """
    section = one.section
    near = one.part.role != parts.TOLD if section.listed else section.told < _FAR
    kind = one.mark or (section.kind if near else "")
    if is_signed(one, document):
        return "sign"
    if one.who or (section.opening == "names" and near):
        return "name"
    if kind == marks.ACTION:
        return "action"
    telling = section.opening == "lead-in" and not section.kind and not document.ordering
    if is_order(one.text[one.core :], document.names) and not telling:
        return "order"
    if kind not in (marks.DECISION, marks.RECOMMENDATION):
        return ""
    core = one.text[one.core :]
    says = grammar.kind_of(core, kind, document.names)
    if says == grammar.RECOMMENDATION and not section.proposed:
        return "recommendation"
    return (
        "duty" if says == grammar.ACTION and grammar.owner_in(core, document.names) else "decision"
    )


def _draft(
    statements: Sequence[Statement], judged: _Judged, kind: str, document: Document
) -> MinutesDraft:
    at = judged.at
    one = statements[at]
    made = draft(
        one.text, line=one.line, place=one.place, block=kind, lead_in=one.section.lead_in,
        owner=one.who, source=one.part.block.printed, due_text=one.due, core=one.text[one.core :],
        names=document.names,
    )  # fmt: skip
    before = (
        other.text
        for other in statements[max(0, at - _BACK) : at][::-1]
        if other.place == one.place
    )
    owner = (
        ""
        if made.kind == grammar.RESOLUTION
        else resolve(made.owner, (one.text, *before), document.present)
    )
    return made._replace(
        owner=owner,
        meant=written_out(owner, document.present),
        score=judged.score,
        features=judged.features,
    )


def _said_once(drafts: Sequence[MinutesDraft]) -> list[MinutesDraft]:
    """Turn what a block of actions says again into a resolution, and leave out summaries.

    “RESOLVED … that updates be provided” before a list of agreed actions that has the update is
    the decision behind that action, not another one.
    """
    seen: dict[str, list[int]] = defaultdict(list)
    texts = [content(one.printed) - content(one.owner) for one in drafts]
    again: set[int] = set()
    summed_up: set[int] = set()
    for at, one in enumerate(drafts):
        if one.kind != grammar.ACTION:
            continue
        rare = sorted(texts[at] & seen.keys(), key=lambda word: (len(seen[word]), word))
        for other in sorted({other for word in rare[:6] for other in seen[word][-_LOOKED_AT:]}):
            if _repeats(one, drafts[other], texts[at], texts[other]):
                if _is_behind(drafts[other], one):
                    again.add(other)
                else:
                    summed_up.add(at)
                break
        for word in texts[at]:
            seen[word].append(at)
    return [
        one._replace(kind=grammar.RESOLUTION) if at in again else one
        for at, one in enumerate(drafts)
        if at not in summed_up
    ]


def _repeats(draft: MinutesDraft, other: MinutesDraft, words: set[str], others: set[str]) -> bool:
    shared = len(words & others)
    fewest = min(len(words), len(others))
    if shared == fewest > 1 and draft.owner and draft.owner == other.owner:
        return True  # "JB - the rota" in a list at the end
    if fewest < 3 or shared < _SAME * fewest:
        return False
    if _is_behind(other, draft):
        return fewest > 3
    first, second = draft.owner.casefold(), other.owner.casefold()
    initials = {"".join(word[0] for word in name.split()) for name in (first, second)}
    may_be_one = first == second or not first or not second or {first, second} & initials
    return shared > _SUMMED_UP * fewest and bool(may_be_one)


def _is_behind(earlier: MinutesDraft, later: MinutesDraft) -> bool:
    """Tell whether an earlier draft is the decision that a later list of actions carries out."""
    unowned = not earlier.lead_in and not earlier.owner
    return earlier.item == later.item and unowned and bool(later.owner)

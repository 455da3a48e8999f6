"""What an owner's words say of an action: how far it is, by when, who else, and what is amiss.

How far it is goes by rules as for cells (`tables/phrases.py`), with some before them that know how
people write letters: each takes what it matches out of the text, negations and promises first.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from cpctrack.dates import MONTH_WORDS
from cpctrack.records import exempt
from cpctrack.records.model import Record, Status
from cpctrack.records.printed_status import stated, with_note
from cpctrack.replies.people import named_instead
from cpctrack.replies.when import Time, asked_for
from cpctrack.tables.phrases import RULES, Meaning, Rules, said_by
from cpctrack.tables.status import colour_of, derive
from cpctrack.text import fold, one_line

_LONGEST = 4000  # characters; of more than that no status is read
Says = Meaning | Status | None

_REST = r"[^.;:\n|]*"  # to the end of the clause
_END = r"(?= *(?:$|[.,;:!?|)–-]))"
_BEGINS = r"(?:^|[.;,:!|–-]) *"
_NOT = r"(?:not|never|cannot|hardly|barely|\w+n['’]t|hesitate to)"
_DONE = r"(?:completed?|done|closed|finished|finali[sz]ed|sorted|discharged|actioned)"
_THIS = r"(?:this|that|it|these|them|both|all|one|action|item)"
_CLOSE = (
    rf"(?:(?:be )?(?:close|remove|delete|strike|take|mark|drop)[dn]?(?: {_THIS})*(?: as {_DONE})?"
    r"(?: (?:off|out|from)(?: (?:the|your|our) (?:list|log|table|agenda))?)?|come off|closure)"
    r"(?: please| now| thanks| too)*"
)
_IF = r"(?:once|when|if|unless|until|till|after|as soon as)"
_COUNT = r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|forty|some|several|few)"
_WHEN = r"(?:the |next |early |late |mid |new )*(?:\d|year|spring|summer|autumn|winter|" + MONTH_WORDS
# What somebody did that an action may have asked for; who asked, met or heard has only begun.
_GIVEN = (
    r"(?:sent|circulated|published|issued|delivered|adopted|installed|signed|launched|implemented|"
    r"distributed|e-?mailed|posted|uploaded|reported|presented|provided|supplied|shared|written|"
    r"informed|held|updated|appointed|recruited|established|included|confirmed|served|visited|"
    r"amended|notified|introduced|built|fitted|repaired|replied|gone out)"
)
_ANYBODY = r"(?:legal|procurement|hr|finance|translation|print|cabinet|the [\w-]+)"
# Tried before the rules for cells; what says None says nothing, and is taken out.
_FIRST: Rules[Says] = (
    (None, (
        r"\b(?:no (?:change|update)|unchanged|dim newid|(?:as|same as) (?:before|last time))\b",
        r"\bnothing (?:\w+ )?(?:to (?:add|report)|new|outstanding|left|missing|remain\w*)\b(?: to \w+)?",
    )),
    (Status.NO_FOLLOW_UP, (
        r"^(?:n/a|na|n\.a\.?|not applicable)\.?$",
        r"\b(?:no (?:further )?(?:action|work|follow-? ?up)|nothing (?:more|further)) (?:is )?(?:needed|required)",
        r"\bno (?:further (?:action|work)|follow-? ?up)\b(?! (?:has|taken))",
    )),
    (Meaning.UNSURE, (
        rf"\b{_IF}\b[^.;\n|]*\b{_CLOSE}{_END}", rf"\b{_CLOSE} {_IF}\b{_REST}",
        rf"\b(?:said|says|ask(?:ed|s)|wonder\w*|heard|told)(?: \w+)? (?:if|whether|that|it)\b{_REST}",
    )),
    (Status.DEFERRED, (
        r"\b(?:deferr?(?:ed)?|postponed?|paused?|suspended?|(?:carry|roll|put|push|hold)(?: this| it| that)?(?: one)?"
        r" (?:over|forward|back|off))\b",
        rf"\bmoved?(?: back| this| it)* to {_WHEN})\b",
    )),
    (Status.NOT_PROCEEDING, (
        rf"\b(?:will not|won['’]t|not (?:going|intend) to)(?: be| now)* (?:do|done|doing|happen|proceed|"
        rf"go(?:ing)? ahead|taken forward|pursued?)\b(?!{_REST}\b(?:until|till|before|by|in)\b)",
        r"\bnot (?:be |now )*(?:going ahead|taken forward)\b",
        r"\b(?:scrapped|shelved)\b|(?:^|been |was |is )dropped\b",
    )),
    (Status.OPEN, (
        rf"\b(?:not|\w+n['’]t|never|nobody|yet to|able to)\b[^.;\n|,]{{0,30}}?\b(?:start|begin|begun|commence)(?:ed|d)?\b{_REST}",
        r"\b(?:nothing (?:has |was |is )?(?:been )?|n['’]t )(?:done|started|happened)\b(?: anything| so far| yet)*",
        r"\bno (?:action|progress|work|volunteers|takers|offers|bids)\b(?: has| was| were| been| made| done| taken)*(?: so far)?",
    )),
    (Meaning.PARTLY, (
        rf"\b{_NOT}\b[^.;\n|]*\b(?:everything|all|{_CLOSE}|finished|final|complete[d]?|call)\b{_REST}",
        rf"\b(?:hardly|barely|nearly|almost|not quite) (?:{_DONE}|ready|there)\b{_REST}",
        rf"\b(?:re-?done|re-?opened|(?:done|doing|start\w*) again)\b{_REST}",
        rf"\b\d\d?(?:[.,]\d+)? ?(?:%|per ?cent)(?: \w+)? {_DONE}", rf"\b{_DONE} (?:but|bar|except|apart from|save|in part)\b{_REST}",
        rf"\b{_COUNT}(?: [\w'’-]+)? (?:left|to go|remain\w*|outstanding|missing|waiting|to come|to do|awaited)\b",
        rf"\b{_COUNT}(?: out)? of (?:the )?{_COUNT}\b|\b(?:half|two thirds)(?: of)?(?: the)? way\b",
    )),
    (Meaning.PROMISED, (rf"\b(?:expect|aim|hop|intend|plan)(?:e|s|ing)? to\b{_REST}",)),
    (Status.PROPOSED, (
        rf"(?:{_BEGINS}|\b(?:and|so|please|now) ){_CLOSE}{_END}",
        rf"\b(?:can|may|could|should|ready to|happy (?:for \w+ )?to|please|propose(?: to)?|suggest)"
        rf"(?: (?:now|we|you|also|{_THIS}))* {_CLOSE}{_END}",
        rf"\b(?:both|all(?: of)?(?: the)?(?: {_COUNT})?|job|now)(?: (?:is|are|been|{_THIS}))* {_DONE}\b",
    )),
    (Meaning.ONGOING, (
        r"\b(?:every|each) (?:\w+ )?(?:one|report|meeting|agenda|issue|newsletter|week|month|quarter|term|year)\b",
        r"\b(?:business as usual|(?:standing|permanent|regular) (?:item|report)|rolling programme)\b",
        rf"\b(?:weekly|monthly|quarterly|termly|continuing){_END}",
    )),
    (Meaning.STEPS, (
        rf"\b(?:sent|passed|given|forwarded|submitted|provided|back) (?:\w+ )?to {_ANYBODY}{_END}",
        rf"\b(?<!\bi )(?<!\bwe )(?:has |have )?{_GIVEN} (?:its|their|us|me|his|her|an?)\b",
    )),
    (Meaning.UNDER_WAY, (
        rf"(?:{_BEGINS}|\b(?:is|are|now|still) )with (?:\w+ ){{0,3}}\w+{_END}|\b(?:progressing|start has been made)\b",
        r"\b(?:consultation|survey|tender)\b[^.;\n|]*\b(?:runs|closes|open|out)\b|\b(?:starts|on time)\b",
    )),
)  # fmt: skip
_LAST: Rules[Says] = (
    (Meaning.DONE, (
        rf"(?:{_BEGINS}(?:yes,? )?|\b(?:is|are|was|were|been) (?:now )?){_DONE}\b|['’]s (?:now |all |been )*{_DONE}\b|\bconsider {_THIS} {_DONE}\b",
        r"\b(?:went (?:out|live)|(?:now|is|are) live|in (?:place|force)|took place)\b",
        r"\bwedi['’][iu] h?(?:anfon|gyhoeddi)\b",
    )),
    (Meaning.DELIVERED, (
        rf"(?:{_BEGINS}|\b(?:i|we|and|is|are|was|were|been|has|['’]ve)(?: (?:have|both|now|all|also|since))* ){_GIVEN}\b",
        rf"(?<!has )(?<!have )\b{_GIVEN}(?: (?:to|on|in|by|with|out|round|at|for|last|this|before|\d)|{_END})",
        r"\b(?:i|we) (?:wrote|told)\b",
    )),
)  # fmt: skip
_M, _S = Meaning, Status
# What words mean that say these things together: the first line they say all of.
_STANDS: tuple[tuple[frozenset[Says], Status | None], ...] = (
    *((frozenset({one}), _S.DEFERRED) for one in (_S.DEFERRED, _M.POSTPONED)),
    (frozenset({_M.SUPERSEDED}), _S.SUPERSEDED),
    *((frozenset({_M.DROPPED, more}), _S.IN_PROGRESS) for more in (_M.STEPS, _M.UNDER_WAY)),
    *((frozenset({one}), _S.NOT_PROCEEDING) for one in (_S.NOT_PROCEEDING, _M.DROPPED)),
    *((frozenset({_S.PROPOSED, but}), _S.IN_PROGRESS) for but in (_S.OPEN, _M.NOT_DONE, _M.PARTLY)),
    (frozenset({_S.PROPOSED}), _S.PROPOSED),
    *((frozenset({one}), _S.NO_FOLLOW_UP) for one in (_S.NO_FOLLOW_UP,)),
    *((frozenset({_S.OPEN, but}), _S.IN_PROGRESS) for but in (_M.PARTLY, _M.UNDER_WAY, _M.STEPS)),
    (frozenset({_S.OPEN}), _S.OPEN),
    (frozenset({_M.ONGOING}), _S.ONGOING),
    *((frozenset({one}), _S.IN_PROGRESS) for one in (_M.PARTLY, _M.UNDER_WAY)),
    *((frozenset({done, but}), _S.IN_PROGRESS)
      for done in (_M.DONE, _M.DELIVERED, _M.STEPS) for but in (_M.PROMISED, _M.NOT_DONE)),
    *((frozenset({done, _M.UNSURE}), None) for done in (_M.DONE, _M.DELIVERED)),
    *((frozenset({done}), _S.PROPOSED) for done in (_M.DONE, _M.DELIVERED)),
    (frozenset({_M.NOT_DONE}), _S.OPEN),
    *((frozenset({one}), _S.IN_PROGRESS) for one in (_M.PROMISED, _M.STEPS)),
)  # fmt: skip
_BEGUN = frozenset({_S.OPEN, _S.IN_PROGRESS, _S.DEFERRED, _S.NOT_PROCEEDING})

_ANSWERS = {"true": "yes", "false": "no"}
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)? ?(?:%|per ?cent)(?: \w+)?", re.ASCII)
_PARTS = re.compile(r"\b(\d{1,6}) ?(?:/|(?:out )?of) ?(?:the )?(\d{1,6})\b(?![/\d])", re.ASCII)

_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]*")
_ELSEWHERE = re.compile(
    r"\b(?:see|find|in|as per|per|refer to) (?:the |my |our )?(?:attach|enclos|below\b|above\b)|"
    r"\b(?:i|we) (?:have )?attach|\bis attached\b|\battached (?:gives|shows|has|sets)\b|"
    r"\b(?:see|as per|per|in) (?:my|our|the|his|her)(?: \w+)? (?:e-?mail|message|letter|reply)|"
    r"\bas (?:i |we )?(?:discussed|agreed|said|mentioned|spoke|talked)\b(?! (?:by|at|in) )|"
    r"\bi (?:have )?(?:already )?(?:told|answered|replied to|e-?mailed) (?:you|this)\b",
    re.IGNORECASE,
)
_SOON = r"(?= *(?:$|[.,;!]|and|by|on|in full|tomorrow|shortly|soon|next|when|to you|you|this|with))"
_HOLDING = re.compile(
    r"\b(?:will|['’]ll|shall|to|let me|going to)(?: (?:then|try to|now))? (?:look (?:at|into) (?:this|it)|"
    r"have a look|(?:get|come) back to|let you know|be in touch|pick (?:this|it) up|update you|"
    rf"(?:check|reply|answer|respond){_SOON}|send (?:you )?(?:this|an? (?:answer|update|reply)|my \w+)\b)|"
    r"\bleave (?:it|this) with me|\bbear with me|\byou(?: will|['’]ll) have my|"
    r"\b(?:update|reply|answer|response) (?:to|will) follow\b",
    re.IGNORECASE,
)
_QUIET = re.compile(
    r"(?:\bnot|n['’]t)(?: be| to be| for| appear in the)? (?:print|publi|minute[sd]?\b|share)|"
    r"\b(?:keep|leave) (?:this|it|that|them)?(?: \w+)? ?(?:out of|off|from|private|between|confidential)|"
    r"\bin confidence\b|\bbetween (?:us|ourselves)\b|\byour eyes only|\bpart (?:2|ii|two)(?= *(?:$|[.,;:]| report))|"
    r"(?:^|[.;:!] *)(?:strictly )?(?:private|confidential|exempt)(?= *(?:$|[.,;:!–-]|until|please))",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:writes|wrote|says|replied|answered)(?: \w+)?:|\b[Ff]rom [A-Z]\w+:")
_LEAVE = re.compile(
    r"\W*(?:please )?(?:can|could|may|shall|would|will|happy|ok(?:ay)?|fine)\b.*\b(?:until|till|exten\w+|"
    r"more time|defer\w*|postpone\w*|clos\w+|take|remove|move|put|come|carry)\b",
    re.IGNORECASE,
)


class Said(NamedTuple):
    """What words suggest; see `Answer` for each. `doubts` are reasons to ask, in plain words."""

    status: str = ""
    due: str = ""
    due_text: str = ""
    redirect: str = ""
    doubts: tuple[str, ...] = ()


def said(response: str, record: Record | None, written: date, *, status: str = "") -> Said:
    """Read a response; `written` is the day of the letter, `status` the word of a form's column."""
    form, redirect = _of_form(status), named_instead(response[:_LONGEST])
    words = None if redirect else _of_words(response)
    time = Time() if redirect else asked_for(response, record, written)
    if words is Status.PROPOSED and time.words:  # who asks for time has not done it
        words = Status.IN_PROGRESS
    doubts = list(_doubts(response, record))
    if against := _disagree(form, words, response):
        doubts.insert(0, f"the status says “{one_line(status)}” and the words say otherwise")
    stands = words if against and form is Status.PROPOSED else form or words
    return Said(stands or "", time.day, time.words, redirect, tuple(doubts))


def is_holding(text: str) -> bool:
    """Tell whether a text only says that an answer will come."""
    kept = [part for part in _SENTENCE.findall(text[:_LONGEST]) if not _HOLDING.search(part)]
    rest = "".join(kept)
    return rest != text[:_LONGEST] and _of_words(rest) is None


def is_elsewhere(text: str) -> bool:
    """Tell whether a text says that the answer stands somewhere else."""
    return _ELSEWHERE.search(text[:_LONGEST]) is not None


def _of_form(word: str) -> Status | None:
    """Read the word of a form's column, in which “yes” and a tick say that it is done."""
    cell = _ANSWERS.get(fold(word), word)
    status = stated(cell, "achieved")[0] or with_note(cell)[0]
    if status is None and (colour_of(cell, "") or _PERCENT.fullmatch(cell.strip())):
        status = derive(response="", follow_up=cell).status
    status = status or _of_words(cell)
    return Status.PROPOSED if status is Status.COMPLETED else status


def _of_words(text: str) -> Status | None:
    if len(text) > _LONGEST:
        return None
    says = said_by(_rules(), text)
    if any(int(some[1]) < int(some[2]) for some in _PARTS.finditer(text)):
        says |= {Meaning.PARTLY}
    return next((status for needed, status in _STANDS if needed <= says), None)


def _disagree(form: Status | None, words: Status | None, response: str) -> bool:
    if form is None or words is None:
        return False
    if form is Status.PROPOSED:
        return words in _BEGUN
    return form in _BEGUN and words is Status.PROPOSED and form is not Status.IN_PROGRESS


def _doubts(text: str, record: Record | None) -> Iterator[str]:
    text = text[:_LONGEST]
    if is_elsewhere(text):
        yield "the answer is somewhere else"
    if is_holding(text):
        yield "it says only that an answer will come"
    is_exempt = record is not None and record.exempt_paragraph
    if not is_exempt and (_QUIET.search(text) or exempt.of_texts("", [text])):
        yield "it may be meant to be kept from the public"
    for part in _SENTENCE.findall(text):
        if part.rstrip().endswith("?") and not _LEAVE.match(part):
            yield "it asks a question back"
            break
    if _OTHERS.search(text):
        yield "these may be somebody else's words"


@cache
def _rules() -> Rules[Says]:
    return (*_FIRST, *(rule for rule in RULES if rule[0] is not Meaning.DELIVERED), *_LAST)

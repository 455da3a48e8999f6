"""What an owner's words say of an action: how far it is, by when, who else, and what is amiss.

How far it is goes by rules as for cells (`tables/phrases.py`), with some before them that know how
people write letters: each takes what it matches out of the text, negations and promises first.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from cpctrack.records import exempt
from cpctrack.records.model import Record, Status
from cpctrack.records.printed_status import stated, with_note
from cpctrack.replies.people import named_instead
from cpctrack.replies.when import Time, asked_for
from cpctrack.tables.phrases import RULES, Meaning, Rules, said_by
from cpctrack.tables.status import colour_of, derive
from cpctrack.text import fold, one_line

_LONGEST = 4000  # characters; more is no answer that words are read of
Says = Meaning | Status

_DONE = r"(?:completed?|done|closed|finished|final(?:ised)?|ready|sorted|resolved)"
_CLOSES = (
    r"(?:close|closed|closure|come off|(?:take|taken)\b[\w ]{0,20} off|remove|removed|delete|"
    r"strike (?:it|this) off|drop (?:it|this) from)"
)
_COUNT = r"(?:\d[\d,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|some|several|a few|half)"
_GIVEN = (
    r"(?:sent|circulated|published|issued|delivered|adopted|installed|signed|launched|implemented|"
    r"distributed|e-?mailed|posted|uploaded|reported|presented|provided|supplied|shared|written|"
    r"informed|held|updated|appointed|recruited|established|included|confirmed|served|visited|"
    r"amended|notified|introduced|built|fitted|repaired)"
)
_BODIES = (
    r"(?:legal|procurement|hr|finance|the (?:lawyers?|solicitors?|printers?|contractors?|"
    r"translators?|designers?|unions?|surgery|inspectors?)|translation|print)"
)
_REST = r"[^.;:\n|]*"
_FIRST: Rules[Says] = (
    # Asked, not done: a question whether, a condition, a negation.
    (Meaning.UNSURE, (
        rf"\b(?:once|when|if|unless|until|after|as soon as)\b[^.;\n|]*\b{_CLOSES}\b{_REST}",
        rf"\b{_CLOSES}\b[^.;\n|?]*\b(?:once|when|if|unless|until|after|as soon as)\b{_REST}",
    )),
    (Meaning.PARTLY, (
        rf"\b(?:not|never|cannot|\w+n['’]t)\b[^.;\n|]*\b(?:{_CLOSES}|complete|completed|finished|final)\b{_REST}",
        rf"\b(?:re-?done|re-?opened|done again|doing again|start(?:ed)? again|came? back)\b{_REST}",
        rf"\b\d\d?(?:[.,]\d+)? ?(?:%|per ?cent) (?:of .*)?{_DONE}",
        rf"\b(?:all|{_DONE}|complete) (?:but|bar|except|apart from|save)\b{_REST}",
        rf"\b{_COUNT}(?: [\w'’-]+)? (?:left|to go|remain\w*|outstanding|missing|waiting|to come|still to)\b",
        r"\b(?:one|two|three|four|five|six|seven|eight|nine)(?: out)? of (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b",
    )),
    (Status.DEFERRED, (
        r"\b(?:please|could|can|may|to|must|had to|asked? to) (?:(?:this|it|we) )?(?:be )?(?:defer|postpone|pause)(?:red|d)?\b",
        r"\b(?:been |was |is )?(?:moved|put back|pushed back) to\b",
    )),
    (Status.NOT_PROCEEDING, (
        r"\b(?:will not|won['’]t) (?:now )?be (?:done|doing|going ahead|taken forward|implement\w+|pursu\w+)\b",
        r"\bnot (?:be )?(?:going ahead|going to happen|proceeding)\b",
    )),
    (Status.NO_FOLLOW_UP, (r"^(?:n/a|na|n\.a\.?|not applicable)\.?$", r"\bno (?:further (?:action|work)|follow-? ?up)\b(?: (?:is )?(?:needed|required))?",)),
    (Status.OPEN, (
        rf"\b(?:not|n['’]t|never|yet to|unable to|able to)\b[^.;\n|,]{{0,30}}?\b(?:start|started|begin|begun|commenced?)\b{_REST}",
        r"\bnothing (?:has been |was |is )?(?:done|started)\b(?: so far| yet)?",
        r"\bno (?:progress|work)\b(?: has been| was)?(?: made| done)?",
        r"\bno (?:volunteers|takers|offers|bids)\b",
    )),
    (Status.PROPOSED, (
        rf"(?:^|[.;,:!|–-]|\b(?:and|so)\b) *(?:(?:please|now|can|may|will you|could you|i (?:would )?propose|i suggest|we) )*{_CLOSES}(?: (?:it|this|these|that|them|please|one|off|from|the|list|log|thanks|now))*(?= *(?:$|[.;,!?|]))",
        rf"\b(?:can|may|could|should|ready to|happy (?:for \w+ )?to|fine to|please|propose(?: we| to)?|suggest(?: we)?)(?: (?:now|this|it|that|these|them|we|you|also|all|one))*(?: be)? {_CLOSES}\b",
        rf"\bjob done\b",
        rf"\b(?:both|all|all (?:of )?(?:them|these|it|two|three|four|five|six|\d+)|now)(?: (?:is|are|been|now|of these|of them))* {_DONE}\b",
    )),
    (Meaning.ONGOING, (
        r"\b(?:in|of|on|at) (?:every|each)(?: [\w-]+)? (?:one|report|meeting|agenda|issue|quarter|newsletter)\b",
        r"\b(?:every|each) (?:day|week|month|quarter|term|year)\b",
        r"\b(?:business as usual|continuing(?=$|[.,;|])|standing item)\b",
    )),
    (Meaning.STEPS, (
        rf"\b(?:sent|passed|given|forwarded|submitted|provided|shared|back) (?:\w+ )?to {_BODIES}\b",
        rf"\b(?:has|have)(?: \w+)? {_GIVEN} (?:its|their|us|me|his|her|an?)\b",
        rf"\b{_GIVEN} (?:its|their|us|me|his|her)\b",
    )),
    (Meaning.UNDER_WAY, (
        rf"(?:^|[.;,:|] *)with (?:{_BODIES}|(?:the )?[\w ]{{1,30}})(?= *(?:$|[.,;|]))",
        r"\b(?:consultation|survey)\b[^.;\n|]*\b(?:runs|closes|open|out)\b",
        r"\b(?:hope|hoping|starts?|interviews are)\b(?= )",
        r"\b(?:order is placed|have come in|on time)\b",
    )),
)  # fmt: skip
_LAST: Rules[Says] = (
    (Meaning.DONE, (
        r"\b(?:went (?:out|live)|(?:now|is|are) live|in (?:place|force)|signs are up|took place|actioned)\b",
    )),
    (Meaning.DELIVERED, (
        rf"(?:^|[.;,:!|–-] *|\b(?:i|we|i['’]ve|we['’]ve|and)(?: have| both| now| all| then)* |\b(?:is|are|was|were|been)(?: (?:all|now|also|since|both))* ){_GIVEN}\b",
        rf"(?<!has )(?<!have ){_GIVEN}(?= (?:to|on|in|by|out|round|at|for|last|this|yesterday|before|\d)|\s*(?:$|[.,;|]))",
        r"\bwe (?:wrote|told|met)\b|\bi wrote\b",
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
    r"\b(?:i|we) (?:have )?attach|\bis attached\b|"
    r"\b(?:see|as per|per|in) (?:my|our|the|his|her)(?: \w+)? (?:e-?mail|message|letter|reply)|"
    r"\bas (?:i |we )?(?:discussed|agreed|said|mentioned|spoke|talked)\b(?! (?:by|at|in) )",
    re.IGNORECASE,
)
_WILL = r"\b(?:(?:will|['’]ll|shall|to|let me|going to)(?: (?:then|try to|now))? "
_HOLDING = re.compile(
    rf"{_WILL}(?:look (?:at|into)|get back|come back to|let you know|check|reply|answer|respond|update you|"
    r"send (?:you )?(?:this|something|an? (?:answer|update|reply|response)|my \w+)\b)|"
    r"leave (?:it|this) with me|(?:update|reply|answer|response) to follow)|"
    r"\bleave (?:it|this) with me|\b(?:update|reply|answer|response) to follow\b",
    re.IGNORECASE,
)
_QUIET = re.compile(
    r"\b(?:not|n['’]t)(?: be| to be| for)? (?:print|publi|minute[sd]?\b|share)|"
    r"\b(?:keep|leave) (?:this|it|that|them)(?: \w+)? (?:out of|off|from|private|between)|"
    r"\bin confidence\b|(?:^|[.;:!] *)(?:strictly )?(?:private|confidential|exempt)\b|\bpart (?:2|ii|two)(?= *(?:$|[.,;:]| (?:report|item)))",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\b(?:writes|wrote|says|replied|answered|tells (?:me|us))(?: \w+)?:|\bfrom [A-Z]\w+:")
_ASKS_LEAVE = re.compile(r"\b(?:until|till|extend|extension|more time|defer\w*|postpone\w*|close|closed|take|remove|by|to)\b", re.IGNORECASE)
_SAME = re.compile(r"\b(?:no change|unchanged|dim newid|as before|nothing new|nothing to report)\b")


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
    if _SAME.search(fold(cell)):
        return None
    status = stated(cell, "achieved")[0] or with_note(cell)[0]
    if status is None and (colour_of(cell, "") or _PERCENT.fullmatch(cell.strip())):
        status = derive(response="", follow_up=cell).status
    status = status or _of_words(cell)
    return Status.PROPOSED if status is Status.COMPLETED else status


def _of_words(text: str) -> Status | None:
    if len(text) > _LONGEST or _SAME.search(fold(text)):
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
        if part.rstrip().endswith("?") and not _ASKS_LEAVE.search(part):
            yield "it asks a question back"
            break
    if _OTHERS.search(text):
        yield "these may be somebody else's words"


@cache
def _rules() -> Rules[Says]:
    return (*_FIRST, *(rule for rule in RULES if rule[0] is not Meaning.DELIVERED), *_LAST)

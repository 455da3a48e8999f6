"""What a sentence says of an action: that it is done, promised, put off, and so on.

The rules are tried in order, and each takes what it matches out of the text: “to be completed” is
spent as a promise before “completed” could count as done. Negations, conditions and promises
therefore come first and reach to the end of their clause. Spelling out a new phrase is adding a
line here, and one to its test.
"""

import re
from enum import Enum
from functools import cache
from typing import TypeAlias, TypeVar

from cpctrack.text import fold

_Says = TypeVar("_Says")
Rules: TypeAlias = tuple[tuple[_Says, tuple[str, ...]], ...]
"""What patterns say, in the order in which they are tried."""


class Meaning(Enum):
    """What a phrase says of an action."""

    NOT_APPLICABLE = "that it does not apply"
    DROPPED = "that it will not happen"
    POSTPONED = "that it is put off"
    SUPERSEDED = "that something else took its place"
    NOT_DONE = "that it is not done"
    UNSURE = "that it is not certain"
    PARTLY = "that a part of it is done"
    PROMISED = "that it will be done"
    UNDER_WAY = "that it is under way"
    STEPS = "that steps were taken"
    ONGOING = "that it is ongoing"
    DELIVERED = "that something was done"
    DONE = "that it is done"


def _any(words: str) -> str:
    return "|".join(words.split())


# What somebody may have done, in the form it takes after “was” or “has been”.
_DONE_TO = _any(
    """achieved actioned added addressed advised agreed amended answered appointed approved
    briefed checked circulated clarified commissioned communicated completed confirmed covered
    delivered developed discharged discussed distributed e-?mailed established explained
    finali[sz]ed forwarded fulfilled given held implemented included informed introduced
    invited issued launched made met notified passed posted presented produced provided
    published raised received recruited referred reminded reported resolved responded reviewed
    sent shared signed spoken submitted supplied tabled taken told undertaken updated uploaded
    used visited written"""
)
# The same of what only leads up to it.
_STEP = "spoken (?:to|with)|" + _any(
    """approached arranged asked booked chased consulted contacted drafted identified organi[sz]ed
    planned requested scheduled"""
)
# What somebody may still have to do.
_TO_DO = _any(
    """add address advise agree amend approach arrange ask attach attend be bring chase check
    circulate clarify complete confirm consider consult contact continue decide deliver develop
    discuss distribute draft e-?mail ensure establish explore feedback finali[sz]e follow forward
    give hold identify implement include inform investigate invite issue join liaise look make meet
    monitor obtain organi[sz]e plan prepare present produce progress provide publish raise receive
    recruit refer report request resolve respond return review revisit seek send set share speak
    submit supply take talk undertake update upload visit work write"""
)
_DONE = "completed?|done|closed|finished|concluded"
_FINISHED = f"(?:{_DONE_TO}|{_DONE}|available|ready|started|begun|commenced|achieved|happened|able)"
_AUXILIARY = "has|have|had|was|were|is|are|been|be|did|does|do"
_TALKS = "discussion|talk|conversation|negotiation|consultation|investigation|review|dialogue"
_NOT_A_VERB = (
    "on-?going|going|meeting|briefing|training|building|housing|nothing|during|missing|funding|"
    "hearing|morning|evening"
)
_SOME_DAY = (
    r"(?:the )?(?:start|middle|end|early|mid|late|next|spring|summer|autumn|winter|christmas|"
    r"easter|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)"
)
# “Complete – sent in May”, but not “a complete list”.
_COMPLETE = (
    r"complete(?=\s*(?:$|[.,:;|(–—-])| (?:as|and|at|following|in|now|on|see|since|via|with)\b)"
)
_ENDS = r"(?=\s*(?:$|[.,:;|(–—-]))"  # the clause ends here
_REST = r"[^.;:\n|]*"  # to the end of the clause
_BEGINS = r"(?:^|[.;:,(|–—-])\s*"
_SUBJECT = rf"(?:(?!(?:{_AUXILIARY}|{_DONE_TO}|{_STEP}|{_DONE}|ongoing)\b)[\w'’&/-]+ ){{0,9}}"

RULES: Rules[Meaning] = (
    # A question is no answer.
    (Meaning.UNSURE, (r"(?:(?<=[.;])|^)[^.;?]*\?",)),
    (Meaning.DROPPED, (
        (r"\b(?:not|no longer) (?:(?:currently|now|be|being|considered|been) )*"
         r"(?:feasible|realistic|viable|practical|practicable|proceed\w*|pursued|required|needed|"
         r"supported|accepted|approved|taken forward|progressed|going ahead|appropriate)\b"),
        rf"\bwill not (?:be )?(?:implement(?:ed)?|proceed|pursued?|done){_ENDS}",
        r"\b(?:not|outside|beyond)(?: \w+){0,4} remit\b",
        r"\b(?:rejected|withdrawn|abandoned|cancelled|declined|decided (?:not to|against))\b",
    )),
    (Meaning.POSTPONED, (
        (r"\b(?:rolled|rolling|carried|moved|slipped|pushed|put)[ -]"
         r"(?:over|forward|back|off|to the next|to municipal)\b"),
        (r"\b(?:deferred|postponed|on hold|paused|rescheduled|delayed until|suspended|adjourned|"
         r"held over|gohiriwyd|wedi(?:['’]i| ei)? ohirio)\b"),
    )),
    (Meaning.SUPERSEDED, (
        r"\b(?:superseded|overtaken by|replaced by|duplicate of|merged (?:into|with))\b",
    )),
    (Meaning.UNSURE, (
        rf"\b(?:hopefully|probably|possibly|presumably|perhaps|might|unclear|unsure){_REST}",
        rf"\b(?:may(?: \w+)? have|should have|not (?:sure|certain|clear))\b{_REST}",
        rf"\b(?:believ|assum|expect|anticipat|think)\w*{_REST}",
        (rf"\b(?:(?:appears?|seems?|thought|understood|proposed(?! to close{_ENDS})) to|"
         rf"aim(?:s|ed|ing)?)\b{_REST}"),
        rf"\b(?:once|until|till|unless|subject to|dependent on|depending on)\b{_REST}",
        rf"\bif (?:[\w'’-]+ ){{0,2}}(?:possible|{_FINISHED})\b",
    )),
    (Meaning.NOT_DONE, (
        (rf"\b(?:not|never|nor|unable|unlikely|fail(?:ed|ure)|cannot|yet|\w+n['’]t)"
         rf"(?: [\w'’-]+){{0,4}}? {_FINISHED}\b{_REST}"),
        rf"\b(?:will|would|shall|could|can) not\b{_REST}",
        rf"\b(?:wo|ca|could|would|should)n['’]t\b{_REST}",
        rf"\bno (?:[\w'’-]+ ){{0,3}}?(?:{_DONE_TO})\b",
        r"\bno (?:response|reply|update|progress|answer|feedback|information|news)\b",
        r"\b(?:incompleted?|uncompleted?|outstanding|overdue|nothing|not yet)\b",
        r"\b(?:remains?|still) open\b",
        r"\bfar from\b",
        r"\b(?:is|are|was|were|has|have|had) not(?=\s*(?:$|[.,;|]))",
        rf"\b(?:nobody|no one|none)(?: [\w'’-]+){{0,4}}? {_FINISHED}\b",
        rf"\b(?:{_DONE})\s*[:=-]\s*no\b",
        rf"\b(?:heb|ddim|nid yw|nid oes|anghyflawn)\b{_REST}",
    )),
    (Meaning.PARTLY, (
        (r"\b(?:partly|partially|part|half|nearly|almost|mostly|largely|substantially|mainly)"
         rf"[ -]+(?:\w+ )?(?:{_DONE}|{_DONE_TO}|there)\b"),
        r"\b(?:some|most|parts|half|many|several) of\b",
        rf"\b\d\d? ?(?:%|per ?cent) (?:{_DONE}|implemented)\b",
        r"\b(?:yn rhannol|wedi(?:['’]i| ei)? gwblhau['’]n rhannol)\b",
        rf"\bfirst (?:[\w'’-]+ ){{1,3}}?(?:{_DONE_TO})\b",
        r"\b(?:in part|apart from|except|other than|interim|so far|to date|initial|draft)\b",
    )),
    (Meaning.PROMISED, (
        (r"\b(?:going|due|intends?|plans?|hopes?|needs?|ought|has|have|is|are|yet|still|"
         r"required|scheduled|waiting|ready|looking|wants?|agreed)"
         rf"(?: (?:now|also|then|shortly|soon|only))* to (?:be )?(?:{_TO_DO})\b{_REST}"),
        rf"\b(?:will|shall|would|should|must|\w+['’]ll)\b{_REST}",
        rf"\b(?:(?:still|yet|due|is|are|has|have|needs?|remains?) )*to be \w+{_REST}",
        rf"{_BEGINS}{_SUBJECT}to (?:{_TO_DO})\b{_REST}",
        rf"\b(?:{_DONE}) by {_SOME_DAY}{_REST}",
        rf"\b(?:bydd|i['’]w)\b{_REST}",
        r"\b(?:due(?! to\b)|forthcoming|upcoming|next|planned|future)\b",
    )),
    (Meaning.UNDER_WAY, (
        rf"\bon-? ?going (?:{_TALKS})s?\b",
        rf"\b(?:work|{_TALKS})s?(?: \w+){{0,3}}? (?:on-? ?going|continu\w+|taking place)\b",
        r"\b(?:begun|commenced|started)\b",
        (r"\b(?:under ?way|in (?:progress|hand|train|development)|(?:on|off) track|"
         r"(?:on|behind) schedule|nearing completion|still)\b"),
        r"\b(?:ar y gweill|ar waith|mewn llaw|yn mynd rhagddo|yn parhau)\b",
        r"\b(?:await\w*|waiting|pending|continu(?:e|es|ing))\b",
        (r"\b(?:is|are|am|has been|have been|now|currently|\w+['’]re) "
         rf"(?:(?:now|currently|also|actively|being) )*(?!{_NOT_A_VERB})\w{{2,}}ing\b"),
        r"\bbeing (?!completed)\w+ed\b",
    )),
    (Meaning.STEPS, (
        rf"\b(?:{_STEP})\b",
        r"\b(?:is|are|was|been|now) on (?:[\w'’-]+ ){0,4}(?:agenda|programme|plan)\b",
    )),
    (Meaning.ONGOING, (r"\b(?:on-? ?going|standing item|continuous\w*|parhaus)\b",)),
    (Meaning.DONE, (
        rf"{_BEGINS}(?:{_COMPLETE}|(?:completed|done|closed|finished|concluded)\b)",
        r"\bcompleted\b",
        rf"\b(?:is|are|was|were|been|now|all|fully|action|item|as) (?:now )?(?:{_DONE})\b",
        (r"\b(?:cwblhawyd|cyflawnwyd|"
         r"wedi(?:['’]i| ei)? (?:gwblhau|chwblhau|gyflawni|chyflawni|gau|chau|cau))\b"),
    )),
    (Meaning.DELIVERED, (
        rf"\b(?:{_DONE_TO})\b",
        (r"(?<!not )\b(?:propos|recommend|suggest|ready)(?:e|ed|ing)? "
         rf"(?:for closure|to close|closure){_ENDS}"),
    )),
)  # fmt: skip
_NOT_APPLICABLE = frozenset({"n/a", "na", "n.a.", "not applicable"})
_LONGEST = 4000  # characters of one cell that are read for what they say


def phrases(text: str) -> frozenset[Meaning]:
    """Say what the phrases of a text say, each at most once."""
    if fold(text) in _NOT_APPLICABLE:
        return frozenset({Meaning.NOT_APPLICABLE})
    return said_by(RULES, text)


def said_by(rules: Rules[_Says], text: str) -> frozenset[_Says]:
    """Say what a text says by these rules, which are tried as those of `RULES` are."""
    rest = fold(text[:_LONGEST].replace("\n", ". "))
    found: set[_Says] = set()
    if not rest:
        return frozenset()
    for pattern, says in _compiled(rules):
        rest, count = pattern.subn(" | ", rest)
        if count:
            found.add(says)
    return frozenset(found)


@cache
def _compiled(rules: Rules[_Says]) -> list[tuple[re.Pattern[str], _Says]]:
    """Give the rules as patterns, which take a while to make and are needed for few commands.

    They are tried on folded text, which has one case and no accents.
    """
    return [
        (re.compile(pattern, re.ASCII), says) for says, patterns in rules for pattern in patterns
    ]

"""Whom an owner names instead: whose action it is, not who helps with it."""

import re
from functools import cache

from cpctrack.dates import month_number
from cpctrack.matching.owners import is_owner

_WORD = r"[^\W\d_a-z][\w'’&-]*"
_NAME = (
    r"(?-i:(?:the )?(?P<name>(?:(?:Dr|Mrs?|Ms|Miss|Prof|Cllr)\.? )?(?:[A-Z]\. ?){0,2}"
    rf"{_WORD}(?:(?: (?:of|for|and|de|van|y))?(?: the)? {_WORD}){{0,5}}(?: (?:team|service|unit))?"
    r"|(?:[a-z]+ ){0,3}(?:officer|manager|director|clerk|lead|head)\b(?: of [a-z]+)?))"
)
_NO_MORE = r"(?![\w'’-]|(?-i: [A-Z])| (?:if|with any|for (?:more|any|further))\b)"
_END = r"(?= *(?:$|[.,;]))"
_THIS = "(?:this|it|that|them|action|responsibility)(?: one| action)?"
_ASK = (
    r"(?:ask|try|contact|speak to|you (?:want|need)|(?:re-?)?"
    rf"(?:direct|assign|pass|send|forward|refer|give|hand|move|put)(?: {_THIS})?"
    r"(?: on| over| down)? to)"
)
# Each tells “this is theirs”, which “with Legal” and “sent to Legal” do not.
_LEADS = (
    (r"(?:(?:^|[.;:–-]) *|\b(?:please|can you|could you|suggest you|best to),? )"
     rf"{_ASK} {_NAME}{_NO_MORE}"),
    (rf"\b{_THIS}(?: (?:now|really|has|is|should|properly|been|actually|rightly))* "
     r"(?:be with|(?:go(?:es)?|passed|transferred|handed|moved) to|"
     rf"(?:would be )?(?:one|a (?:matter|question)) for) {_NAME}"),
    rf"\b{_THIS} is(?: really)? for {_NAME}{_END}",
    rf"\b(?:passed|forwarded|referred|redirected|handed) {_THIS}(?: on| over)? to {_NAME}{_END}",
    rf"\b(?:{_THIS} is|that['’]s) {_NAME},? not (?:me|us|mine|ours)\b",
    rf"\b(?:(?:sits|belongs|lies|rests) with|(?:belongs|falls) to|falls under) {_NAME}",
    rf"(?:^|[.;:,]) *(?:(?:handed |passed )?over to|one for) {_NAME}",
    (rf"(?:\b{_THIS} (?:is|should be)|(?:^|[.;:,–-]) *(?:should be|is))(?: now)? "
     rf"(?=[^.]{{1,60}}['’]s\b(?! (?!action)\w)){_NAME}"),
    (r"\b(?:not (?:for |one of )?(?:me|us|mine|ours)|wrong person)\b[^.;:,]{0,20}[.;:,–-]+ *"
     rf"(?:{_ASK} |(?:this|it) is )?{_NAME}{_END}"),
    rf"\b(?:my successor is|(?:picked|taken) (?:up|on|over) by|owner should be) {_NAME}",
    rf"\b(?:owner|lead) is(?: now)? {_NAME}",
    (rf"(?<![\w'’-]){_NAME} (?:(?:has (?:now )?(?:taken|picked)|took|(?:will|is to) (?:take|pick))"
     rf" (?:{_THIS} )?(?:over|up|on)\b|(?:is )?cover(?:s|ing) for|is responsible for {_THIS}|"
     r"is (?:the right person|the one to ask|now responsible|the (?:lead|owner))|"
     rf"(?:should (?:have|be answering)|(?:now )?(?:leads on|owns|(?<=now )has|deals with|"
     rf"is dealing with)) {_THIS})"),
)  # fmt: skip
_NOBODY = (
    r"(?:all )?(?:Members?|Committee|Cabinet|Council|Councillors|Board|You|I|We|It|This|That|She|"
    r"He|They|Who|What|Publication|Information|Noting)\b"
)


def named_instead(text: str) -> str:
    """Give the name or post that a text says an action belongs to, or nothing."""
    found = (match["name"] for pattern in _patterns() for match in pattern.finditer(text))
    return next(filter(None, map(_name, found)), "")


def _name(found: str) -> str:
    name = re.sub(r"^The |['’]s$", "", found).strip(" -–'’")
    if month_number(name.split()[0]) or re.match(_NOBODY, name):
        return ""
    return name if not name[0].islower() or is_owner(name[0].upper() + name[1:]) else ""


@cache
def _patterns() -> list[re.Pattern[str]]:
    return [re.compile(lead, re.IGNORECASE) for lead in _LEADS]

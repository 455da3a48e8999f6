"""Whom an owner names instead: whose action it is, not who helps with it."""

import re
from functools import cache

from cpctrack.dates import month_number
from cpctrack.matching.owners import is_owner

_WORD = r"[^\W\d_a-z][\w'’&-]*"
_NAME = (
    rf"(?:the )?(?P<name>(?:(?:Dr|Mrs?|Ms|Miss|Prof|Cllr)\.? )?(?:[A-Z]\. ?){{0,2}}{_WORD}"
    rf"(?:(?: (?:of|for|and|de|van|y))?(?: the)? {_WORD}){{0,5}}|(?:[a-z]+ ){{0,3}}(?:officer|manager|director|clerk|lead|head)\b(?: of [a-z]+)?)"
)
_THIS = r"(?:this|it|that|them)(?: one| action)?"
_ASK = (
    r"(?:ask|try|contact|speak to|you (?:want|need)|(?:re-?|mis)?(?:direct|assign|pass|send|forward|refer|"
    rf"give|hand|move)(?: {_THIS})?(?: on| over)? to)"
)
_IT = r"(?:this|it|that|action|responsibility)(?: one| action)?"
_OFTEN = r"(?: (?:now|really|has|is|should|properly|been|actually|rightly))*"
_NOT_MINE = r"(?:not (?:for )?(?:me|us|mine|ours)|wrong person)"
# Each tells “this is theirs”, which “with Legal” and “sent to Legal” do not.
_BEFORE = (
    rf"(?:(?:^|[.;:–-]) *|\b(?:please|can you|could you),? ){_ASK} (?={{name}}(?![\w'’-]|(?-i: [A-Z]))(?! (?:if|with any|for (?:more|any|further))\b))",
    rf"\b{_IT}{_OFTEN} (?:be with|(?:go(?:es)?|passed|transferred|handed|moved) to|one for|for) ",
    r"\b(?:sits|belongs|lies|rests) with |\b(?:belongs|falls) to |(?:^|[.;:,]) *(?:over to|one for) ",
    rf"\b{_IT} is(?: now)? (?=[^.]{{1,60}}['’]s\b(?! \w))",
    rf"\b{_NOT_MINE}\b[^.;:,]{{0,20}}[.;:,–-]+ *(?:{_ASK} )?(?={{name}} *(?:$|[.,;]))",
    r"\b(?:my successor is|(?:picked|taken) (?:up|on|over) by|owner (?:is|should be)(?: now)?) ",
)  # fmt: skip
_BEHIND = (
    rf" (?:(?:(?:has|have) (?:now )?(?:taken|picked) |took |(?:will|is to) (?:take|pick) )"
    rf"(?:{_THIS} )?(?:over|up|on)\b|covers for|is covering for|is (?:the right person|the one to ask|"
    rf"now responsible|the (?:lead|owner))|(?:now )?(?:leads on|owns|deals with|is dealing with) {_THIS}|should have {_THIS})"
)
_NOBODY = re.compile(
    r"(?:all )?(?:Members?|Committee|Cabinet|Council|Councillors|Board|You|I|We|It|This|That|She|He|"
    r"They|Publication|Information|Noting)\b"
)


def named_instead(text: str) -> str:
    """Give the name or post that a text says an action belongs to, or nothing."""
    found = (name for pattern in _patterns() for name in pattern.findall(text))
    return next(filter(None, map(_name, found)), "")


def _name(found: str) -> str:
    name = re.sub(r"^The |['’]s$", "", found).strip(" -–'’")
    if month_number(name.split()[0]) or _NOBODY.match(name):
        return ""
    return name if not name[0].islower() or is_owner(name[0].upper() + name[1:]) else ""


@cache
def _patterns() -> list[re.Pattern[str]]:
    ahead = _NAME.replace("(?P<name>", "(?:")
    befores = [f"(?i:{lead.replace('{name}', f'(?-i:{ahead})')}){_NAME}" for lead in _BEFORE]
    return [re.compile(each) for each in (*befores, rf"(?<![\w'’-]){_NAME}(?i:{_BEHIND})")]

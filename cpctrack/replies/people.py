"""Whom an owner names instead: whose action it is, not who helps with it."""

import re

from cpctrack.dates import month_number
from cpctrack.matching.owners import is_owner

_WORD = r"[^\W\d_a-z][\w'’&-]*"
_NAME = (
    rf"(?:the )?(?P<name>(?:(?:Dr|Mrs?|Ms|Miss|Prof|Cllr)\.? )?(?:[A-Z]\. ?){{0,2}}{_WORD}"
    rf"(?:(?: (?:of|for|and|de|van|y))?(?: the)? {_WORD}){{0,5}}|(?:head|director|clerk)\b[\w ]{{3,40}})"
)
_NOT_MINE = (
    r"(?:not (?:for|mine|ours|one for|my|our)|nothing to do with|no longer|left|wrong person)"
)
_ASK = (
    r"(?:ask|try|contact|speak to|(?:re-?direct|re-?assign|pass|send|forward|refer|give|move)"
    r"(?: (?:this|it|that|them)(?: one| action)?)?(?: on| over)? to)"
)
_IT = r"(?:[Tt]his|[Ii]t|[Tt]hat|[Aa]ction|[Rr]esponsibility)(?: one| action)?"
_OFTEN = r"(?: (?:now|really|has|is|should|properly|been|actually|rightly))*"
# Of an owner's own words, so each tells “this is theirs”: “with Legal” or “sent to Legal” do not.
_BEFORE = (
    rf"\b[Pp]lease (?:re)?{_ASK} ",
    rf"(?i:\b{_NOT_MINE}\b[^.]{{0,60}}[.,;:–-]+ *(?:you (?:need|want) to )?{_ASK}) ",
    (rf"{_IT}{_OFTEN} (?:sits? with|be with|(?:should )?go(?:es)? to|belongs? to|passed to|"
     r"transferred to|handed to|one for|for|lies? with|rests? with|falls? to) "),
    r"(?:^|[.;:,] *)(?:[Oo]ver to|[Oo]ne for) ",
    rf"{_IT} is now (?=[^.]{{1,60}}['’]s\b)",
)  # fmt: skip
_BEHIND = (
    r" (?:(?:has|have) (?:now )?taken (?:this |it )?over\b|took (?:this |it )?over\b|covers for|"
    r"is covering for|is (?:the right person|the one to ask|now responsible|the lead)|"
    r"now (?:leads|owns)|(?:owns|leads on|deals with) (?:this|it)\b|should have this|"
    r"(?:will|is to) (?:take|pick) (?:this|it) (?:over|up|on))"
)
_NOBODY = re.compile(
    r"(?:all )?(?:Members?|Committee|Cabinet|Council|Councillors|Board|You|I|We|It|This|That|She|He|"
    r"They|Publication|Information|Noting)\b"
)


def named_instead(text: str) -> str:
    """Give the name or post that a text says an action belongs to, or nothing."""
    for lead in _BEFORE:
        for match in re.finditer(lead + _NAME, text):
            if name := _name(match["name"]):
                return name
    for match in re.finditer(rf"(?<![\w'’-]){_NAME}{_BEHIND}", text):
        if name := _name(match["name"]):
            return name
    return ""


def _name(found: str) -> str:
    name = found.removesuffix("'s").removesuffix("’s").strip(" -–'’")
    if month_number(name.split()[0]) or _NOBODY.match(name):
        return ""
    return name if not name[0].islower() or is_owner(name[0].upper() + name[1:]) else ""

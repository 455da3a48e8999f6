"""What a marked statement is: an action, a recommendation to another body, or a resolution.

A statement is read clause by clause. One that obliges somebody is an action, whatever else the
statement notes or approves.
"""

import re

from cpctrack.minutes import words
from cpctrack.minutes.language.clauses import (
    clauses,
    core,
    is_noting,
    obliging,
    without_body,
)
from cpctrack.minutes.language.owners import can_act, owner_of, tidy, without_opening
from cpctrack.minutes.language.sentence import base, done_in, is_modal

ACTION, RECOMMENDATION, RESOLUTION = "action", "recommendation", "resolution"

_OTHER_BODY = words.one_of((words.OTHER_BODIES | words.DECIDING) - {"meeting"})
_RECOMMENDS = re.compile(
    rf"(?i)(?:to\s)?(?:recommends?|recommended|commends?|refers?|referred)\s(?:[^.;]{{0,60}}?\s)?(?:to\s|that\s)?(?:the\s)?"
    rf"(?P<who>(?:[\w&'’-]+\s){{0,5}}?{_OTHER_BODY}(?:\sof\s(?:directors|governors|trustees))?)\b"
)
_RECOMMENDED = re.compile(r"(?i)(?:that\s)?(?P<who>(?:[\w’'-]+\s){1,6}?)be\srecommended\sto\b")
_NONE = re.compile(r"(?i)(?:none|nil|no\s(?:further\s)?actions?)\b")
# How an action of an earlier meeting stands: "Clerk to write - done".
_STATUS = re.compile(
    r"(?i)(?:[–—-]|[:;.(,])\s?(?:now\s|still\s)?(?:done|completed?|closed|carried\sforward|outstanding|ongoing"
    r"|in\shand|discharged|actioned)$"
)
_STATUS_ALONE = re.compile(
    r"(?i)\W*(?:status:?\s)?(?:now\s|all\s|action\s)?(?:done|completed?|closed|carried\sforward|ongoing|in\s(?:hand|progress)|discharged"
    r"|actioned)\W*$"
)
_PART = re.compile(r"\s[–—-]\s|[.;,]\s")
_NAMED_LATER = re.compile(r"(?i)\b(?:following|appointments?|nominations?|membership)\b")
_DECIDED = re.compile(r"(?i)\b(?:agreed|resolved|decided)\s(?:that|to)?\s?")
_WORD = re.compile(r"[\w'’-]+")
_THAT = re.compile(r"(?i)(?:and\s)?that\s")
_LONGEST = 3000  # letters of a statement that are looked at


def says_nothing(text: str) -> bool:
    """Tell whether a marked text says that there is nothing to do: “None”, “Noted”."""
    bare = text.strip(" .:;-–—*()[]")
    if not bare or bare.casefold() in words.NOTHING_TO_DO or _STATUS.search(bare[-40:]):
        return True
    first = _PART.split(bare, maxsplit=1)[0]
    return _NONE.match(first) is not None and len(first.split()) <= 6


def is_status(text: str) -> bool:
    """Tell whether a line says nothing but how an action stands."""
    return _STATUS_ALONE.match(text[:40]) is not None


def kind_of(statement: str, block: str) -> str:
    """Say what a statement of a block headed action, decision or recommendation is."""
    text = _bare(statement)
    if says_nothing(text):
        return RESOLUTION
    if _recommended(text):
        return RECOMMENDATION
    if block == RECOMMENDATION:
        bare = core(text)
        only_notes = is_noting(bare) or done_in(bare) in ("noted", "received")
        return RESOLUTION if only_notes else RECOMMENDATION
    if obliging(text):
        return ACTION
    if block == ACTION:
        return RESOLUTION if _only_resolves(text) else ACTION
    return RESOLUTION


def obliges(text: str) -> bool:
    """Tell whether one of the clauses of a statement makes somebody do something."""
    return bool(obliging(text[:_LONGEST]))


def obliging_part(statement: str) -> str:
    """Give a statement from its first obliging clause on: what was resolved before has no owner."""
    text = _bare(statement)
    if _recommended(text):
        return text
    return text[next(iter(obliging(text)), (0, ""))[0] :]


def owner_in(statement: str) -> str:
    """Give who a statement obliges: its subject, or that of the first clause that obliges."""
    part = obliging_part(statement)
    found = _recommended(part)
    if found:
        rest = part[found.end() :] if found.re is _RECOMMENDS else ""
        return (owner_of(rest) if obliges(rest) else "") or (
            tidy(found["who"]) if can_act(found["who"]) else ""
        )
    named = (owner_of(clause) for _, clause in obliging(part))
    return owner_of(part) or next(filter(None, named), "")


def first_verb(text: str) -> str:
    """Give the base form of the word that a statement begins with."""
    found = _WORD.search(core(text[:200]))
    return base(found[0]) if found else ""


def recommended_to(heading: str) -> str:
    """Give the body that a heading recommends something to: “RECOMMENDED TO CABINET”."""
    found = _RECOMMENDS.match(heading.casefold()[:200])
    return tidy(heading[slice(*found.span("who"))]) if found else ""


def _bare(statement: str) -> str:
    whole = " ".join(statement[:_LONGEST].split())
    if _RECOMMENDS.match(whole):
        return whole
    that = _THAT.match(whole) is not None  # "That Council direct …" is no plural
    return without_body(without_opening(whole), subjunctive=that)


def _recommended(text: str) -> re.Match[str] | None:
    """Find the clause that recommends something to another body, before any that obliges."""
    first = next(iter(obliging(text)), (len(text), ""))[0]
    for offset, clause in clauses(text):
        found = _RECOMMENDS.match(core(clause)) or _RECOMMENDED.match(core(clause))
        if found or offset >= first:
            return found
    return None


def _only_resolves(text: str) -> bool:
    """Tell whether a statement is the committee's own doing: “noted the report”."""
    bare = core(text)
    done = done_in(bare)
    if done and (is_modal(bare) or " to be " in bare):
        return done in words.BODY_ONLY_PARTICIPLES
    if done:
        return done in words.RESOLVED_PARTICIPLES - {"a", "the", "in", "on", "at"}
    found = [word.casefold() for word in _WORD.findall(bare[:160])]
    verb = next(iter(found[1:] if found[:1] == ["to"] else found), "")
    if verb in ("no", "nobody"):
        return True  # "No further spending" makes nobody do anything
    if base(verb) in words.RESOLVING and not can_act(bare.split(" to ")[0]):
        return verb not in words.DOING
    return _body_resolves(bare)


def _body_resolves(text: str) -> bool:
    """Tell whether the committee is the subject: “The Committee noted …”, “Members were …”."""
    head = text[:120].split(" ")
    for count in range(1, min(8, len(head))):
        if head[count - 1].casefold().strip(",") in words.BODIES and not is_modal(text[:200]):
            verb = head[count].casefold().strip(",.")
            resolves = verb.endswith("ed") or verb in ("were", "was", "had")
            return resolves and can_act(" ".join(head[:count]))
    return False


def resolves_what_follows(lead_in: str) -> bool:
    """Tell whether a lead-in tells what the committee itself did: “approved the following:”."""
    tail = _DECIDED.split(lead_in.rstrip(" :-–"))[-1]
    whole = core(tail)
    bare = without_body(tail)
    bare = whole if bare == tail else bare
    found = [word.casefold() for word in _WORD.findall(bare)]
    if not found or (owner_of(bare) and is_modal(bare)):
        return False
    verb = base(found[1] if found[0] == "to" and len(found) > 1 else found[0])
    if verb in words.RESOLVING - {"give", "make", "have", "agree"}:
        return True
    if done_in(bare) in words.RESOLVED_PARTICIPLES:
        return True
    return _body_resolves(whole) and bool(_NAMED_LATER.search(whole))

"""What a marked statement is: an action, a recommendation to another body, or a resolution.

A statement is read clause by clause. One that obliges somebody is an action, whatever else the
statement notes or approves.
"""

import re

from cpctrack.minutes import words
from cpctrack.minutes.owners import agent_in, can_act, is_body, owner_of, without_opening

ACTION, RECOMMENDATION, RESOLUTION = "action", "recommendation", "resolution"

_CLAUSES = re.compile(
    r"[;,.]?\s(?:and|but)\s(?:also\s|further\s|then\s)?|[;.]\s+|,\s(?=to\s|that\s)"
)
_LEADING = re.compile(
    r"(?:(?:also|further|otherwise|formally|unanimously|that|it\swas\s(?:agreed|resolved)|agreed|agree|agrees|"
    r"subject\sto\s[^,]{0,80},|accordingly|therefore|hereby|resolved|in\sprinciple)\s)+",
    re.IGNORECASE,
)
_RECOMMENDS = re.compile(
    rf"(?:to\s)?(?:recommends?|recommended|commends?|refers?|referred)\s(?:[^.;]{{0,60}}?\s)?(?:to\s|that\s)?(?:the\s)?(?:[\w&'’-]+\s){{0,5}}?"
    rf"{words.one_of(words.OTHER_BODIES | frozenset({'committee', 'sub-committee', 'panel'}))}\b",
    re.IGNORECASE,
)
_RECOMMENDED = re.compile(r"(?:that\s)?(?:[\w’'-]+\s){1,6}?be\srecommended\sto\b", re.IGNORECASE)
_NONE = re.compile(r"(?:none|nil|no\s(?:further\s)?actions?)\b", re.IGNORECASE)
_MODAL = re.compile(
    r"\b(?:would|will|shall|should|must|undert(?:ake|ook|akes)|(?:is|are|was|were)\sto)\b",
    re.IGNORECASE,
)
_BE = re.compile(
    r"\b(?:be|been)\s(?:(?:\w+ly|now|then|again|also|first)\s)?(?P<done>[a-z][a-z-]*)(?P<to>\s(?:and\s\w+\s)?to\b)?",
    re.IGNORECASE,
)
_NOT_OBLIGED = re.compile(
    r"\b(?:would|will|should)\s(?:not|remain|continue\sto\sbe)\b", re.IGNORECASE
)
_ASKING = re.compile(
    rf"(?:to\s)?(?P<verb>{words.one_of(words.ASKING)})(?:s|es|ed|ing)?\s(?!for\b|of\b|was\b|is\b)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?P<to>to\s)?(?:(?:also|formally|further|then|now)\s)?(?P<verb>[A-Za-z-]+)", re.IGNORECASE
)
_RECEIVE_MORE = re.compile(
    r"(?:(?:the\s)?[\w-]+\s)?(?:to\s)?receives?\s(?:an?\s|regular\s|the\s)?(?:\w+\s)?(?:further|update|progress|regular|future|six|quarterly|annual)\b",
    re.IGNORECASE,
)
_MORE_REPORTS = re.compile(
    r"\b(?:report|update|review)s?\b.{0,120}\b(?:in|at|to|within|every|next)\b", re.IGNORECASE
)
_MEETING = re.compile(r"\b(?:meetings?|event|ceremony|elections?)\b", re.IGNORECASE)
_OWN_DECISION = (
    "that ",
    "to ",
    "agree",
    "request",
    "ask",
    "instruct",
    "resolve",
    "invit",
    "direct",
)
_NOTING = frozenset({"note", "welcome", "acknowledge", "thank", "recognise"})
_NAMED_LATER = re.compile(r"\b(?:following|appointments?|nominations?|membership)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")
_AUTHORITY = re.compile(r"\b(?:delegated\s)?(?:authority|powers?)\s(?:be|is|was)\s", re.IGNORECASE)
_LONGEST = 3000  # letters of a statement that are looked at


def _core(clause: str) -> str:
    """Take “also”, “that”, “agreed” off the front of a clause."""
    match = _LEADING.match(clause)
    return clause[match.end() :] if match else clause


def says_nothing(text: str) -> bool:
    """Tell whether a marked text says that there is nothing to do: “None”, “Noted”."""
    bare = text.strip(" .:;-–—*()[]")
    if not bare or bare.casefold() in words.NOTHING_TO_DO:
        return True
    return _NONE.match(bare) is not None and len(bare.split()) <= 6


def kind_of(statement: str, block: str) -> str:
    """Say what a statement of a block headed action, decision or recommendation is."""
    text = without_opening(" ".join(statement[:_LONGEST].split()))
    if says_nothing(text):
        return RESOLUTION
    if _RECOMMENDS.match(_core(text)) or _RECOMMENDED.match(text):
        return RECOMMENDATION
    if block == RECOMMENDATION:
        return RESOLUTION if _only_notes(text) else RECOMMENDATION
    if obliges(text):
        return ACTION
    if block == ACTION:
        return RESOLUTION if _only_resolves(text) else ACTION
    return RESOLUTION


def obliges(text: str) -> bool:
    """Tell whether one of the clauses of a statement makes somebody do something."""
    noting = False
    for at, clause in enumerate(_CLAUSES.split(text)):
        bare = _core(clause.strip())
        if at and noting and not _sets_off(clause):
            continue
        if _is_noting(bare):
            noting = True
            continue
        noting = False
        if _clause_obliges(bare, first=at == 0):
            return True
    return False


def owner_in(text: str) -> str:
    """Give who a statement obliges: its subject, or that of the first clause that obliges."""
    owner = owner_of(text)
    if owner:
        return owner
    for clause in _CLAUSES.split(without_opening(text[:_LONGEST])):
        bare = _core(clause.strip())
        owner = owner_of(bare)
        if owner and _clause_obliges(bare, first=False):
            return owner
    return ""


def _sets_off(clause: str) -> bool:
    """Tell whether a clause behind “note that …” is a decision of its own."""
    return clause.strip().casefold().startswith(_OWN_DECISION)


def _is_noting(clause: str) -> bool:
    match = _FIRST.match(clause)
    return match is not None and _base(match["verb"]) in _NOTING


def _clause_obliges(clause: str, *, first: bool) -> bool:
    if not clause or _AUTHORITY.search(clause):
        return False
    if _ASKING.match(clause) and not is_body(clause.split(" ", 1)[0]):
        return _asks(clause, first=first)
    passive = _BE.search(clause)
    if passive:
        return _passive_obliges(passive)
    if _MODAL.search(clause):
        return not _NOT_OBLIGED.search(clause)
    if _RECEIVE_MORE.match(clause) and _MORE_REPORTS.search(clause):
        return True
    return _verb_obliges(clause, first=first) or _subject_obliges(clause)


def _asks(clause: str, *, first: bool) -> bool:
    """Tell a request from a noun: “request an update”, not “request and appeal”."""
    match = _ASKING.match(clause)
    assert match is not None
    rest = clause[match.end() :]
    return (
        first
        or rest[:1].isupper()
        or rest.startswith(("that ", "the ", "a ", "an ", "to ", "further ", "officers"))
    )


def _passive_obliges(match: re.Match[str]) -> bool:
    done = match["done"].casefold()
    if done in words.ASKED_PARTICIPLES:
        return True
    if done == "held":
        return not _MEETING.search(match.string[: match.start()])
    if done in words.RESOLVED_PARTICIPLES:
        return done not in words.BODY_ONLY_PARTICIPLES and bool(agent_in(match.string))
    return done.endswith(("ed", "en", "wn", "un", "ne", "t", "ght", "ld", "ade", "put", "set", "d"))


def _verb_obliges(clause: str, *, first: bool) -> bool:
    """Tell whether “to write …” or “writes …” begins a clause, rather than “to approve …”."""
    match = _FIRST.match(clause)
    if not match:
        return False
    base = _base(match["verb"])
    if match["to"]:
        return base not in words.RESOLVING
    if match["verb"][0].isupper() and not first:
        return False
    if base not in words.DOING or base in words.RESOLVING:
        return False
    return base not in words.ALSO_NOUNS or (first and match["verb"].casefold() != base + "ing")


def _subject_obliges(clause: str) -> bool:
    """Tell whether somebody is named who acts: “the Clerk write to …”, “AB to check …”."""
    owner = owner_of(clause)
    return bool(owner) and not is_body(owner) and not clause.casefold().startswith("to ")


def _base(verb: str) -> str:
    """Give a verb without the ending of “notes”, “noted”, “noting”."""
    low = verb.casefold()
    known = words.RESOLVING | words.DOING | words.ASKING
    for ending in ("", "s", "es", "d", "ed", "ing"):
        stem = low.removesuffix(ending) if ending else low
        if stem in known or stem + "e" in known:
            return stem if stem in known else stem + "e"
    return low


def _only_notes(text: str) -> bool:
    """Tell whether all that is recommended is to note a report."""
    bare = _core(text)
    passive = _BE.search(bare)
    return _is_noting(bare) or bool(passive and passive["done"].casefold() in ("noted", "received"))


def _only_resolves(text: str) -> bool:
    """Tell whether a statement is the committee's own doing: “noted the report”."""
    bare = _core(text)
    passive = _BE.search(bare)
    if passive and _MODAL.search(bare):
        return passive["done"].casefold() in words.BODY_ONLY_PARTICIPLES
    if passive:
        return passive["done"].casefold() in words.RESOLVED_PARTICIPLES - {
            "a",
            "the",
            "in",
            "on",
            "at",
        }
    found = [word.casefold() for word in _WORD.findall(bare[:160])]
    if found and found[0] == "to":
        found = found[1:]
    if found and _base(found[0]) in words.RESOLVING and not can_act(bare.split(" to ")[0]):
        return found[0] not in words.DOING
    return _body_resolves(bare)


def _body_resolves(text: str) -> bool:
    """Tell whether the committee is the subject: “The Committee noted …”, “Members were …”."""
    head = text[:120].split(" ")
    for count in range(1, min(8, len(head))):
        subject = " ".join(head[:count])
        last = head[count - 1].casefold().strip(",")
        if last in words.BODIES and not _MODAL.search(text[:200]):
            verb = head[count].casefold().strip(",.") if count < len(head) else ""
            return can_act(subject) and (
                verb.endswith("ed") or verb in ("were", "was", "had", "thanked")
            )
    return False


def resolves_what_follows(lead_in: str) -> bool:
    """Tell whether a lead-in tells what the committee itself did: “approved the following:”."""
    tail = re.split(
        r"\b(?:agreed|resolved|decided)\s(?:that|to)?\s?",
        lead_in.rstrip(" :-–"),
        flags=re.IGNORECASE,
    )[-1]
    bare = _core(tail)
    if owner_of(bare) and _MODAL.search(bare):
        return False
    found = [word.casefold() for word in _WORD.findall(bare)]
    if not found:
        return False
    at = 1 if found[0] == "to" and len(found) > 1 else 0
    if _base(found[at]) in words.RESOLVING - {"give", "make", "have", "agree"}:
        return True
    passive = _BE.search(bare)
    if passive and passive["done"].casefold() in words.RESOLVED_PARTICIPLES:
        return True
    return _body_resolves(bare) and bool(_NAMED_LATER.search(bare))

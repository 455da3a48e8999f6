"""What a marked statement is: an action, a recommendation to another body, or a resolution.

Each question is a short one to the parsed statement. One clause that obliges somebody makes an
action of it, whatever else the statement notes or approves.
"""

import re
from collections.abc import Collection, Iterator

from cpctrack.minutes import words
from cpctrack.minutes.language import owners, timing
from cpctrack.minutes.language.sentence import (
    ACTIVE, ASKED, ASKING, BARE, INFINITIVE, NAMED, NOTING, ORDER, PASSIVE, PROGRESS, RECOMMENDING, SUBJUNCTIVE, TOLD,
    Clause, parse,
)  # fmt: skip
from cpctrack.minutes.language.tokens import base

ACTION, RECOMMENDATION, RESOLUTION = "action", "recommendation", "resolution"

_ADVERB = r"(?:also|further|then|unanimously|therefore|hereby|formally|accordingly|subsequently)"
_OPENING = re.compile(
    rf"(?i)(?:(?:resolved|agreed|agrees?|decided|recommended|in\sprinciple|{_ADVERB}|and|that"
    rf"|it\swas\s(?:{_ADVERB}\s)*(?:agreed|resolved|noted|(?:proposed|suggested)(?=\s(?:to|that)\s))"
    rf"|(?:a\s)?motion(?=\sto\s)|subject\sto\s[^,]{{0,80}},"
    rf"|(?:the\s)?(?:[\w'’-]+\s){{0,3}}?{words.one_of(words.BODIES)}\s(?:{_ADVERB}\s)*(?:agreed|agrees|resolved|resolves|decided)(?=\s(?:to|that)\b))\b[\s:,–—-]*)+"
)
_ABOUT = re.compile(r"\([A-Z][^()]{3,60}\)\s(?=[A-Z])")
_OTHER_BODIES = {body.split()[-1] for body in words.OTHER_BODIES | words.DECIDING} - {"meeting"}
_NONE = re.compile(r"(?i)(?:none|nil|no\s(?:further\s)?actions?)\b")
# How an action of an earlier meeting stands: "Clerk to write - done".
_STATUS = re.compile(
    r"(?i)(?:\s[–—-]|[:;.(,])\s?(?:now\s|still\s)?(?:done|completed?|closed|carried\sforward|outstanding|ongoing"
    r"|in\shand|discharged|actioned)$"
)
_PART = re.compile(r"\s[–—-]\s|[.;,]\s")
_NAMED_LATER = re.compile(r"(?i)\b(?:following|appointments?|nominations?|membership)\b")
_DECIDED = re.compile(r"(?i)\b(?:agreed|resolved|decided)\s(?:that|to)?\s?")
_FORMALITY = re.compile("|".join(words.FORMALITIES), re.IGNORECASE)
_AUTHORITY = re.compile(r"(?i)\b(?:authority|powers?)\s(?:be|is|was)\s")
# What is given or made and is no task: “that permission be given”.
_GRANTED = re.compile(
    r"(?i)\b(?:approvals?|permission|consent|authority|donations?|payments?|grants?|thanks|contributions?|exemptions?|decisions?"
    r"|appointments?|changes?|amendments?|recommendations?|no|powers?|dispensations?|objections?)\b"
)
# “continue talks with”, “confirm with”, “pass the paper on”: these do something.
_GOES_ON = re.compile(
    r"(?i)(?:continues?\s(?:to\s(?!be\b)|\w+ing\b|(?:the\s|its\s|their\s)?(?:discussions?|talks|dialogue|negotiations?"
    r"|correspondence|efforts|work|pressure|liaison))|confirms?\swith\b|pass(?:es)?\s[^.;]{1,80}?\s(?:on|to)\b)"
)
_ABOUT_WHICH = re.compile(r"\s?(?:whether|if|why|how|what|when|where|about|for|of|was|is)\b")
_PURPOSES = frozenset({"ensure", "enable", "allow", "avoid", "help"})
_APPOINTING = frozenset(verb.split()[0] for verb in words.APPOINTING)
_REMAINS = frozenset({"remain", "need", "like"})
_LONGEST = 3000  # letters of a statement that are looked at


def without_opening(text: str) -> str:
    """Take “RESOLVED that”, “It was agreed that”, “That”, “(About this)” off a statement."""
    about = _ABOUT.match(text)
    text = text[about.end() :] if about else text
    match = _OPENING.match(text[:400])
    return (text[match.end() :] if match else text).lstrip("“\"' ")


def says_nothing(text: str) -> bool:
    """Tell whether a marked text says that there is nothing to do: “None”, “Noted”."""
    bare = text.strip(" .:;-–—*()[]")
    if not bare or bare.casefold() in words.NOTHING_TO_DO or _STATUS.search(bare[-40:]):
        return True
    first = _PART.split(bare, maxsplit=1)[0]
    return _NONE.match(first) is not None and len(first.split()) <= 6


def kind_of(statement: str, block: str, names: Collection[str] = frozenset()) -> str:
    """Say what a statement of a block headed action, decision or recommendation is."""
    text = _whole(statement)
    if says_nothing(text):
        return RESOLUTION
    if _recommended(text, names):
        return RECOMMENDATION
    first = next(iter(parse(text, names)), None)
    if block == RECOMMENDATION:
        notes = first is not None and (first.voice == NOTING or first.verb in ("noted", "received"))
        return RESOLUTION if notes else RECOMMENDATION
    if _obliging(text, names):
        return ACTION
    resolved = block != ACTION or text.startswith(("No ", "Nobody ")) or (first and _resolves(first))
    return RESOLUTION if resolved else ACTION


def obliges(text: str, names: Collection[str] = frozenset()) -> bool:
    """Tell whether one of the clauses of a statement makes somebody do something."""
    return _obliging(_whole(text), names) is not None


def obliging_part(statement: str, names: Collection[str] = frozenset()) -> str:
    """Give a statement from its first obliging clause on: what was resolved before has no owner."""
    text = _whole(statement)
    first = _obliging(text, names)
    return text[text.find(first.text) :] if first else text


def owner_in(statement: str, names: Collection[str] = frozenset()) -> str:
    """Give who a statement obliges, as printed without “The”; empty where it names nobody."""
    text = _whole(statement)
    found = _recommended(text, names)
    if found:
        return found.who
    said = parse(text, names)
    named = [clause.who for clause in said if clause.voice == NAMED]
    acting = [clause.who for clause in said if _acts(clause)]
    first = _obliging(text, names)
    if first and first.voice == ACTIVE and not first.who and said[0].voice == TOLD:
        acting.insert(0, said[0].who)  # “Kim took notes and will …”
    return next((who for who in (*named, *acting) if who), "") or _behind(text)


def _acts(clause: Clause) -> bool:
    """Tell whether it is the clause's “who” that acts; “the Committee” acts only as itself."""
    if clause.voice in (NOTING, BARE, RECOMMENDING, TOLD) or not clause.who:
        return False
    if clause.voice == PASSIVE and timing.due_words(f"by {clause.who}"):
        return False
    who = clause.who.casefold()
    if who not in words.DECIDING:
        return who != "we"
    return clause.voice == ACTIVE and base(clause.verb) in words.DOING - words.RESOLVING


_TRAILING = re.compile(
    r"(?:[(\[]|\s[–—-]\s)(?P<who>[A-Z][\w.'’ /&-]{1,40}?)(?:,[^()\[\]]{1,30})?[)\]]?\.?$"
)


def _behind(text: str) -> str:
    match = _TRAILING.search(text[-60:])
    who = match["who"].strip() if match else ""
    return who if match and owners.is_owner_only(who) and text[: -len(match[0])].strip() else ""


def first_verb(text: str) -> str:
    """Give the base form of the verb that a statement begins with."""
    found = re.search(r"[\w'’-]+", without_opening(text[:200]))
    return base(found[0]) if found else ""


def recommended_to(heading: str) -> str:
    """Give the body that a heading recommends something to: “RECOMMENDED TO CABINET”."""
    found = _recommended(heading[:200], frozenset())
    return found.who if found else ""


def resolves_what_follows(lead_in: str) -> bool:
    """Tell whether a lead-in tells what the committee itself did: “approved the following:”."""
    tail = without_opening(_DECIDED.split(lead_in.rstrip(" :-–"))[-1])
    first = next(iter(parse(tail)), None)
    if first is None or _acts(first):
        return False
    if first.voice == PASSIVE:
        return first.verb in words.RESOLVED_PARTICIPLES
    return base(first.verb) in words.RESOLVING - {"give", "make", "have", "agree"}


def _whole(statement: str) -> str:
    whole = " ".join(statement[:_LONGEST].split())
    begun = without_opening(whole)
    recommends = whole[: len(whole) - len(begun)].casefold().startswith("recommended")
    return whole if recommends else begun


def _recommended(text: str, names: Collection[str]) -> Clause | None:
    """Find the clause that recommends something to another body, before any that obliges."""
    first = _obliging(text, names)
    for clause in parse(text, names):
        if clause.voice == RECOMMENDING and not _OTHER_BODIES.isdisjoint(clause.who.casefold().split()):
            return clause
        if clause == first:
            break
    return None


def _obliging(text: str, names: Collection[str]) -> Clause | None:
    """Give the first clause that makes somebody do something.

    What is noted obliges nobody: “note that the Clerk would write, and that the bank would”.
    """
    noting = False
    for at, clause in enumerate(parse(text, names)):
        noting = clause.voice == NOTING or (noting and not _decides(clause))
        if not noting and _clause_obliges(clause, first=at == 0):
            return clause
    return None


def _decides(clause: Clause) -> bool:
    """Tell whether a clause behind what was noted is a decision of its own, and no purpose."""
    return clause.voice in (ASKING, ORDER, INFINITIVE) and clause.verb not in _PURPOSES


def _clause_obliges(clause: Clause, *, first: bool) -> bool:
    if _AUTHORITY.search(clause.text) or _FORMALITY.search(clause.text):
        return False
    verb = base(clause.verb)
    body = clause.who.rpartition(" ")[2].casefold() in words.BODIES
    if verb in _APPOINTING:  # “Councillor Fenn chair the group”: a place, and no task
        return False
    if verb == "receive" and timing.due_words(clause.object):
        return True
    if verb in words.RESOLVING and _GOES_ON.match(clause.verb + clause.object):
        return True
    match clause.voice:
        case "asking":
            return not _ABOUT_WHICH.match(clause.object)
        case "asked":
            return True
        case "active":
            return verb not in _REMAINS
        case "order" | "subjunctive":
            return not body or verb in words.DOING - words.RESOLVING
        case "passive":
            return _passive_obliges(clause)
        case "infinitive":
            return verb not in words.RESOLVING
        case "bare":
            doing = verb in words.DOING - words.RESOLVING
            return doing and (verb not in words.ALSO_NOUNS or (first and clause.verb[-3:] != "ing"))
    return False


def _passive_obliges(clause: Clause) -> bool:
    done = clause.verb
    if done == "carried":
        return clause.object.startswith(" out")
    if done in ("made", "given", "taken", "placed", "used"):  # not "be taken as read"
        return not clause.object.startswith(" as ") and not _GRANTED.search(clause.text)
    if done in words.RESOLVED_PARTICIPLES:
        return done not in words.BODY_ONLY_PARTICIPLES and bool(clause.who)
    return done.endswith(("ed", "en", "wn", "un", "ne", "t", "ght", "ld", "ade", "put", "set", "d"))


def _resolves(clause: Clause) -> bool:
    """Tell whether a clause is the committee's own doing: “noted the report”."""
    if clause.voice == PASSIVE:
        only = words.BODY_ONLY_PARTICIPLES if clause.modal else words.RESOLVED_PARTICIPLES
        return clause.verb in only
    mine = not clause.who or owners.is_body(clause.who)
    return clause.voice == NOTING or (mine and base(clause.verb) in words.RESOLVING - words.DOING)

"""What a marked statement is: an action, a recommendation to another body, or a resolution.

Each question is a short one to the parsed statement. One clause that obliges somebody makes an
action of it, whatever else the statement notes or approves.
"""

import re

from cpctrack.minutes import words
from cpctrack.minutes.language import owners, timing
from cpctrack.minutes.language.sentence import Clause, Voice, parse
from cpctrack.minutes.language.tokens import base

ACTION, RECOMMENDATION, RESOLUTION = "action", "recommendation", "resolution"

_ADVERB = r"(?:also|further|then|unanimously|therefore|hereby|formally|accordingly|subsequently)"
_OPENING = re.compile(
    rf"(?i)(?:(?:resolved|agreed|agrees?|decided|recommended|in\sprinciple|{_ADVERB}|and|that"
    rf"|it\swas\s(?:{_ADVERB}\s)*(?:agreed|resolved|noted|(?:proposed|suggested)(?=\s(?:to|that)\s))"
    rf"|(?:a\s)?motion(?=\sto\s)|subject\sto\s[^,]{{0,80}},"
    rf"|(?:the\s)?(?:[\w'’-]+\s){{0,3}}?{words.one_of(words.BODIES)}\s(?:{_ADVERB}\s)*(?:agreed|agrees|resolved|resolves|decided)(?=\s(?:to|that)\b))\b[\s:,–—-]*)+"
)
_OTHER_BODIES = {body.split()[-1] for body in words.OTHER_BODIES | words.DECIDING} - {"meeting"}
_NONE = re.compile(r"(?i)(?:none|nil|no\s(?:further\s)?actions?)\b")
# How an action of an earlier meeting stands: "Clerk to write - done".
_STATUS = re.compile(
    r"(?i)(?:[–—-]|[:;.(,])\s?(?:now\s|still\s)?(?:done|completed?|closed|carried\sforward|outstanding|ongoing"
    r"|in\shand|discharged|actioned)$"
)
_STATUS_ALONE = re.compile(
    r"(?i)\W*(?:status:?\s)?(?:now\s|all\s|action\s)?(?:done|completed?|closed|carried\sforward|ongoing|in\s(?:hand|progress)|discharged"
    r"|actioned)(?:\s[–—-]\s.{1,30}|\W*)$"
)
_PART = re.compile(r"\s[–—-]\s|[.;,]\s")
_DECIDED = re.compile(r"(?i)\b(?:agreed|resolved|decided)\s(?:that|to)?\s?")
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
_OTHERS_ACT = frozenset({Voice.NOTING, Voice.BARE, Voice.RECOMMENDING, Voice.TOLD})
_DECIDING = frozenset({Voice.ASKING, Voice.ORDER, Voice.INFINITIVE})  # behind what was noted
_PURPOSES = frozenset({"ensure", "enable", "allow", "avoid", "help"})  # “noted it, to ensure that”
# “Councillor Fenn chair the group”, “the Chair sign it”: a place or a form, and no task
_NO_TASKS = frozenset(verb.split()[0] for verb in words.APPOINTING) | {"sign"}
_DOING = words.DOING - words.RESOLVING
_LONGEST = 3000  # letters of a statement that are looked at


def without_opening(text: str) -> str:
    """Take “RESOLVED that”, “It was agreed that”, “That” off a statement."""
    match = _OPENING.match(text[:400])
    return (text[match.end() :] if match else text).lstrip("“\"' ")


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


def kind_of(statement: str, block: str, names: frozenset[str] = frozenset()) -> str:
    """Say what a statement of a block headed action, decision or recommendation is."""
    text = _whole(statement)
    if says_nothing(text):
        return RESOLUTION
    if _recommended(text, names):
        return RECOMMENDATION
    first = next(iter(parse(text, names)), None)
    if block == RECOMMENDATION:
        notes = first and (first.voice == Voice.NOTING or first.verb in ("noted", "received"))
        return RESOLUTION if notes else RECOMMENDATION
    if _obliging(text, names):
        return ACTION
    nobody = text.startswith(("No ", "Nobody ")) or (first is not None and _resolves(first))
    return RESOLUTION if nobody or block != ACTION else ACTION


def resolves(statement: str, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether a statement says outright what the committee itself does: “to approve”."""
    text = _whole(statement)
    first = next(iter(parse(text, names)), None)
    return first is not None and _resolves(first) and _obliging(text, names) is None


def obliges(text: str, names: frozenset[str] = frozenset()) -> bool:
    """Tell whether one of the clauses of a statement makes somebody do something."""
    return _obliging(_whole(text), names) is not None


def obliging_part(statement: str, names: frozenset[str] = frozenset()) -> str:
    """Give a statement from its first obliging clause on: what was resolved before has no date."""
    text = _whole(statement)
    first = _obliging(text, names)
    return text[first.span[0] :] if first else text


def owner_in(statement: str, names: frozenset[str] = frozenset()) -> str:
    """Give who a statement obliges, as printed without “The”; empty where it names nobody."""
    text = _whole(statement)
    recommended = _recommended(text, names)
    if recommended:
        return recommended.who
    said, first = parse(text, names), _obliging(text, names)
    if first and first.voice == Voice.ACTIVE and not first.who and said[0].voice == Voice.TOLD:
        return said[0].who  # “Kim took notes and will …”
    return next((clause.who for clause in said if _acts(clause)), "")


def first_verb(text: str) -> str:
    """Give the base form of the word that a statement begins with."""
    return base(without_opening(text[:200]).partition(" ")[0])


def recommended_to(heading: str) -> str:
    """Give the body that a heading recommends something to: “RECOMMENDED TO CABINET”."""
    found = _recommended(heading[:200], frozenset())
    return found.who if found else ""


def resolves_what_follows(lead_in: str) -> bool:
    """Tell whether a lead-in tells what the committee itself did: “approved the following:”."""
    tail = without_opening(_DECIDED.split(lead_in[-_LONGEST:].rstrip(" :-–"))[-1])
    first = next(iter(parse(tail)), None)
    if first is None or _acts(first):
        return False
    if first.voice == Voice.PASSIVE:
        return first.verb in words.RESOLVED_PARTICIPLES
    return base(first.verb) in words.RESOLVING - {"give", "make", "have", "agree"}


def _whole(statement: str) -> str:
    whole = " ".join(statement[:_LONGEST].split())
    begun = without_opening(whole)
    recommends = whole[: len(whole) - len(begun)].casefold().startswith("recommended")
    return whole if recommends else begun


def _recommended(text: str, names: frozenset[str]) -> Clause | None:
    """Find the clause that recommends something to another body, before any that obliges."""
    first = _obliging(text, names)
    for clause in parse(text, names):
        whom = clause.who.casefold().split()
        if clause.voice == Voice.RECOMMENDING and not _OTHER_BODIES.isdisjoint(whom):
            return clause
        if clause == first:
            break
    return None


def _obliging(text: str, names: frozenset[str]) -> Clause | None:
    """Give the first clause that makes somebody do something.

    What is noted obliges nobody: “note that the Clerk would write, and that the bank would”.
    """
    noting = False
    for clause in parse(text, names):
        decides = clause.voice in _DECIDING and clause.verb not in _PURPOSES
        noting = clause.voice == Voice.NOTING or (noting and not decides)
        if not noting and _binds(clause):
            return clause
    return None


def _binds(clause: Clause) -> bool:
    verb = base(clause.verb)
    if verb in _NO_TASKS:
        return False
    if verb == "receive" and timing.due_words(clause.object):  # “a further report in May”
        return True
    if verb in words.RESOLVING and _GOES_ON.match(clause.verb + clause.object):
        return True
    match clause.voice:
        case Voice.ASKED | Voice.ASKING | Voice.ACTIVE:
            return True
        case Voice.ORDER | Voice.SUBJUNCTIVE:
            return verb in _DOING or clause.who.split()[-1].casefold() not in words.BODIES
        case Voice.PASSIVE:
            return _passive_binds(clause)
        case Voice.INFINITIVE:
            return verb not in words.RESOLVING
        case Voice.BARE:
            return verb in _DOING
    return False


def _passive_binds(clause: Clause) -> bool:
    done = clause.verb
    if done == "carried":
        return clause.object.startswith(" out")
    if done in ("made", "given", "taken", "placed", "used"):  # not "be taken as read"
        return not clause.object.startswith(" as ") and not _GRANTED.search(clause.text)
    if done in words.RESOLVED_PARTICIPLES:
        return done not in words.BODY_ONLY_PARTICIPLES and clause.who != ""
    return done.endswith(("d", "n", "ne", "t"))


def _resolves(clause: Clause) -> bool:
    """Tell whether a clause is the committee's own doing: “noted the report”."""
    if clause.voice == Voice.PASSIVE:
        modal = clause.modal != ""
        return clause.verb in (words.BODY_ONLY_PARTICIPLES if modal else words.RESOLVED_PARTICIPLES)
    mine = not clause.who or owners.is_body(clause.who)
    decides = base(clause.verb) in words.RESOLVING - words.DOING
    return clause.voice == Voice.NOTING or (mine and decides)


def _acts(clause: Clause) -> bool:
    """Tell whether it is the clause's “who” that acts; “the Committee” acts only as itself."""
    if clause.voice in _OTHERS_ACT or not clause.who:
        return False
    if clause.voice == Voice.PASSIVE and timing.due_words(f"by {clause.who}"):
        return False
    who = clause.who.casefold()
    nobody = who.split()[-1] in ("we", "meeting", "meetings")
    itself = clause.voice == Voice.ACTIVE and base(clause.verb) in _DOING
    return not nobody and (itself or who not in words.DECIDING)

"""Clauses of a statement, and whether one makes somebody do something."""

import re
from collections.abc import Iterator

from cpctrack.minutes import words
from cpctrack.minutes.language.owners import agent_in, bare_subject, can_act, is_body, owner_of

_BREAK = re.compile(
    r"[;,.]?\s(?:and|but)\s(?:also\s|further\s|then\s)?|[;.]\s+|,\s(?=to\s|that\s|the\s[A-Z])"
)
_NAME = re.compile(r"(?:the\s)?[A-Z][\w'’.-]*(?:,?\s(?:of|for|and|the|[A-Z(][\w'’.)-]*))*")
_NAME_END = re.compile(r"[A-Z][\w'’-]*$")
_TITLE_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Cllrs?|Crs?|Prof|Rev|St|Fr|Hon|No|[A-Z])$")
_HALF_NAME = re.compile(r"the\s[a-z-]+", re.IGNORECASE)  # "the task and finish group"
_OTHER_HALF = re.compile(rf"[a-z-]+\s{words.one_of(words.DECIDING | {'team'})}\b")
_FORMALITY = re.compile("|".join(words.FORMALITIES), re.IGNORECASE)
_NO_NAME = ("The ", "That ", "To ", "An ", "A ")
_LEADING = re.compile(
    r"(?:(?:also|further|otherwise|formally|unanimously|that|it\swas\s(?:agreed|resolved)|agreed|agree|agrees|"
    r"subject\sto\s[^,]{0,80},|accordingly|therefore|hereby|resolved|in\sprinciple)\s)+",
    re.IGNORECASE,
)
# ", which would report in June" says how things are, not what was decided.
_RELATIVE = re.compile(
    r",\s(?:(?:under|at|in|by|for|from|of|on|to|with|after|through|during)\s)?(?:which|whom|who|whose)\b[^,;]{0,300}(?:,\s|$)"
)
_MODAL = re.compile(
    r"\b(?:would|will|shall|should|must|undert(?:ake|ook|akes)|(?:is|are|was|were)\sto)\b",
    re.IGNORECASE,
)
_BE = re.compile(
    r"\bbe\s(?:(?:\w+ly|now|then|again|also|first)\s)?(?P<done>[a-z][a-z-]*)(?P<to>\s(?:and\s\w+\s)?to\b)?",
    re.IGNORECASE,
)
_NOT_OBLIGED = re.compile(
    r"\b(?:would|will|should)\s(?:not|remain|continue\sto\sbe)\b", re.IGNORECASE
)
# "Councillor Fenn chair the group": the committee gives somebody a place, not a task.
_APPOINTED = re.compile(
    rf"(?:\b[A-Z][\w'’-]*|\b(?:would|will|shall|should))\s{words.one_of(words.APPOINTING)}\s(?:the|this|that|on|as|a|an|its)\b"
)
_ASKING = re.compile(
    rf"(?:to\s)?(?P<verb>{words.one_of(words.ASKING)})(?:s|es|ed|ing)?\s(?!for\b|of\b|was\b|is\b)",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"(?P<to>to\s)?(?:(?:also|formally|further|then|now)\s)?(?P<verb>[A-Za-z-]+)(?P<that>\sthat\b)?",
    re.IGNORECASE,
)
_BODY = re.compile(
    rf"(?:the\s)?(?:[\w'’-]+\s){{0,3}}?{words.one_of(words.BODIES)}\s", re.IGNORECASE
)
# "Members to send comments", "Council write to the Minister"
_BODY_DOES = re.compile(
    rf"(?:the\s)?{words.one_of(words.BODIES)}\s(?:to\s)?(?P<verb>[a-z-]+)\b", re.IGNORECASE
)
_ABOUT_WHICH = ("whether ", "if ", "why ", "how ", "what ", "when ", "where ", "about ")
_RECEIVE_MORE = re.compile(
    r"(?:(?:the\s)?[\w-]+\s)?(?:to\s)?receives?\s(?:an?\s|regular\s|the\s)?(?:\w+\s)?(?:further|update|progress|regular|future|six|quarterly|annual)\b",
    re.IGNORECASE,
)
_MORE_REPORTS = re.compile(
    r"\b(?:report|update|review)s?\b.{0,120}\b(?:in|at|to|within|every|next)\b", re.IGNORECASE
)
_MEETING = re.compile(r"\b(?:meetings?|event|ceremony|elections?)\b", re.IGNORECASE)
_OWN_DECISION = (
    "that ", "to ", "agree", "request", "ask", "instruct", "resolve", "invit", "direct",
)  # fmt: skip
_VERBS = words.RESOLVING | words.DOING | words.ASKING | words.RECOMMENDING
_NOTING = frozenset({"note", "welcome", "acknowledge", "thank", "recognise"})
_AUTHORITY = re.compile(r"\b(?:delegated\s)?(?:authority|powers?)\s(?:be|is|was)\s", re.IGNORECASE)


def clauses(text: str) -> Iterator[tuple[int, str]]:
    """Give each clause with its offset; “Homes and Place” is one name, and no two clauses."""
    start = 0
    for match in _BREAK.finditer(text):
        if _is_in_name(text, start, match):
            continue
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _is_in_name(text: str, start: int, match: re.Match[str]) -> bool:
    """Tell a break from what stands in “Mr. Bell” and “the Clerk and the Ranger would”."""
    before = text[start : match.start()]
    if match[0][0] == ".":
        return _TITLE_END.search(before[-10:]) is not None
    if "and" not in match[0]:
        return False
    subject = core(before)
    if _NAME.fullmatch(subject) and can_act(subject):
        return True
    after = text[match.end() : match.end() + 40]
    name = match[0] == " and " and after[:1].isupper() and not after.startswith(_NO_NAME)
    named = name and _NAME_END.search(before[-40:]) is not None
    return named or bool(_HALF_NAME.fullmatch(subject) and _OTHER_HALF.match(after))


def core(clause: str) -> str:
    """Take “also”, “that”, “agreed” off the front of a clause."""
    match = _LEADING.match(clause)
    return clause[match.end() :] if match else clause


def without_body(text: str, *, subjunctive: bool = False) -> str:
    """Take the deciding body off the front: “the Committee approves …” is “approves …”.

    `subjunctive`: “that” stood before it, so that “Council direct …” is as good.
    """
    bare = core(text)
    match = _BODY.match(bare[:120])
    verb = bare[match.end() :].split(" ", 1)[0] if match else ""
    decides = base(verb) in words.RESOLVING | words.ASKING | words.RECOMMENDING
    inflected = base(verb) != verb or (subjunctive and verb != "be")
    return bare[match.end() :] if match and decides and inflected else text


def obliging(text: str) -> Iterator[tuple[int, str]]:
    """Give each clause that makes somebody do something, with its offset.

    What is noted obliges nobody: “note that the Clerk would write, and that the bank would”.
    """
    noting = noted_that = False
    for offset, printed in clauses(text):
        clause = printed.strip()
        bare = core(clause)
        if noting and not _sets_off(clause, noted_that):
            continue
        match = _FIRST.match(bare)
        noting = match is not None and base(match["verb"]) in _NOTING
        noted_that = noting and match is not None and bool(match["that"])
        if not noting and obliges(bare, first=offset == 0):
            yield offset, bare


def _sets_off(clause: str, noted_that: bool) -> bool:
    """Tell whether a clause behind “note …” is a decision of its own."""
    low = clause.casefold()
    if (owner := owner_of(clause)) and core(clause).removeprefix("The ").startswith(f"{owner} to "):
        return True
    return low.startswith(_OWN_DECISION) and not (noted_that and low.startswith("that "))


def is_noting(clause: str) -> bool:
    """Tell whether a clause begins with “note”, “welcome”, “thank”."""
    match = _FIRST.match(clause)
    return match is not None and base(match["verb"]) in _NOTING


def obliges(clause: str, *, first: bool) -> bool:
    """Tell whether a clause makes somebody do something; `first`: it begins its statement."""
    clause = _RELATIVE.sub(" ", clause)
    if not clause.strip() or _AUTHORITY.search(clause) or _FORMALITY.search(clause):
        return False
    if _ASKING.match(clause) and not is_body(clause.split(" ", 1)[0]):
        return _asks(clause, first=first)
    passive = _BE.search(clause)
    if passive and not _acts_before(clause[: passive.start()]):
        return _passive_obliges(passive)
    if _APPOINTED.search(clause):
        return False
    if _MODAL.search(clause):
        return not _NOT_OBLIGED.search(clause)
    if _RECEIVE_MORE.match(clause) and _MORE_REPORTS.search(clause):
        return True
    return _verb_obliges(clause, first=first) or _subject_obliges(clause)


def is_modal(text: str) -> bool:
    """Tell whether a text says that somebody would, should or is to do something."""
    return _MODAL.search(text) is not None


def done_in(text: str) -> str:
    """Give the participle of “be noted”, small; empty where there is none."""
    match = _BE.search(text)
    return match["done"].casefold() if match else ""


def _asks(clause: str, *, first: bool) -> bool:
    """Tell a request from a noun: “request an update”, not “request and appeal”."""
    match = _ASKING.match(clause)
    assert match is not None
    rest = clause[match.end() :]
    if rest.startswith(_ABOUT_WHICH):
        return False  # a question
    return (
        first
        or rest[:1].isupper()
        or rest.startswith(("that ", "the ", "a ", "an ", "to ", "further ", "officers"))
    )


def _passive_obliges(match: re.Match[str]) -> bool:
    done = match["done"].casefold()
    if done in words.ASKED_PARTICIPLES:
        return True
    if done == "carried":
        return match.string[match.end() :].startswith(" out")
    if done == "held":
        return not _MEETING.search(match.string[: match.start()])
    if done in words.RESOLVED_PARTICIPLES:
        return done not in words.BODY_ONLY_PARTICIPLES and bool(agent_in(match.string))
    return done.endswith(("ed", "en", "wn", "un", "ne", "t", "ght", "ld", "ade", "put", "set", "d"))


def _acts_before(text: str) -> bool:
    """Tell whether somebody acts before “be”: “the Clerk arrange for the gate to be mended”."""
    subject = bare_subject(text.rstrip().rpartition(" ")[0])
    return bool(subject) and not is_body(subject)


def _verb_obliges(clause: str, *, first: bool) -> bool:
    """Tell whether “to write …” or “writes …” begins a clause, rather than “to approve …”."""
    match = _FIRST.match(clause)
    if not match:
        return False
    verb = base(match["verb"])
    if match["to"]:
        return verb not in words.RESOLVING
    if match["verb"][0].isupper() and not first:
        return False
    if verb not in words.DOING or verb in words.RESOLVING:
        return False
    return verb not in words.ALSO_NOUNS or (first and match["verb"].casefold() != verb + "ing")


def _subject_obliges(clause: str) -> bool:
    """Tell whether somebody is named who acts: “the Clerk write to …”, “AB to check …”."""
    owner = owner_of(clause)
    if owner and not is_body(owner):
        return not clause.casefold().startswith("to ")
    match = _BODY_DOES.match(clause[:120])
    verb = match["verb"].casefold() if match else ""
    return verb in words.DOING - words.RESOLVING or (
        verb.removesuffix("s") in words.DOING - words.RESOLVING - words.ALSO_NOUNS
    )


def base(verb: str) -> str:
    """Give a verb without the ending of “notes”, “noted”, “noting”."""
    low = verb.casefold()
    for ending in ("", "s", "es", "d", "ed", "ing"):
        stem = low.removesuffix(ending) if ending else low
        if stem in _VERBS or stem + "e" in _VERBS:
            return stem if stem in _VERBS else stem + "e"
    return low

"""Sentences and clauses of a statement, and whether one makes somebody do something."""

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

from cpctrack.minutes import words
from cpctrack.minutes.language.owners import (
    agent_in,
    can_act,
    is_body,
    owner_of,
    tidy,
)
from cpctrack.minutes.language.sentence import (
    ASKING,
    INFINITIVE,
    ORDER,
    PASSIVE,
    Sentence,
    base,
    parse,
)

_END = re.compile(r"[.!?][\"”’)\]]{0,2}\s+(?=[A-Z\"“(\[£\d])")
_ABBREVIATED = re.compile(
    r"(?i)(?:\b(?:cllrs?|crs?|mr|mrs|ms|dr|prof|rev|st|no|nos|para|e\.g|i\.e|etc|hon|sgt|insp|p\.m|a\.m"
    r"|ref|vs|approx|fr|jr|sr|gen|vol|ch|fig|dept)|\b[A-Z]|^\(?\w{1,3})\.[\"”’)\]]{0,2}\s+$"
)
_ONE_LETTER = re.compile(r"\b[A-Z]\.\s+$")
_ENUMERATED = re.compile(
    r"(?:(?<=^)|(?<=[\s:;–—-]))[(\[]?(?P<mark>\d{1,2}|[a-z]|[ivx]{1,5})[)\]](?:\s|(?=[A-Za-z]))"
    r"|(?:(?<=^)|(?<=[:;.]\s))(?P<dot>\d{1,2})\.\s(?=[A-Z])"
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_LONGEST = 20000  # letters that are taken apart

_BREAK = re.compile(
    r"[;,.]?\s(?:and|but)\s(?:also\s|further\s|then\s)?|[;.]\s+|,\s(?=to\s|that\s|the\s[A-Z])"
)
_NAME = re.compile(r"(?:the\s)?[A-Z][\w'’.-]*(?:,?\s(?:of|for|and|the|[A-Z(][\w'’.)-]*))*")
_SUBJECT_BEGINS = re.compile(rf"\s[–—-]\s|\b(?:that|{words.one_of(words.ASKED_PARTICIPLES)})\s")
_NAME_END = re.compile(r"[A-Z][\w'’-]*$")
_TITLE_END = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Cllrs?|Crs?|Prof|Rev|St|Fr|Hon|No|[A-Z])$")
_HALF_NAME = re.compile(r"(?i)the\s[a-z-]+")  # "the task and finish group"
_OTHER_HALF = re.compile(rf"[a-z-]+\s{words.one_of(words.DECIDING | {'team'})}\b")
_FORMALITY = re.compile("|".join(words.FORMALITIES), re.IGNORECASE)
_NO_NAME = ("The ", "That ", "To ", "An ", "A ")
_LEADING = re.compile(
    r"(?i)(?:(?:also|further|otherwise|formally|unanimously|that|it\swas\s(?:agreed|resolved)|agreed|agree|agrees|"
    r"subject\sto\s[^,]{0,80},|accordingly|therefore|hereby|resolved|in\sprinciple)\s)+"
)
# ", which would report in June" says how things are, not what was decided.
_RELATIVE = re.compile(
    r",\s(?:(?:under|at|in|by|for|from|of|on|to|with|after|through|during)\s)?(?:which|whom|who|whose)\b[^,;]{0,300}(?:,\s|$)"
)
_NOT_OBLIGED = re.compile(
    r"(?i)\b(?:would|will|should)\s(?:not|remain|move\sat|need|like|continue\sto\sbe)\b"
)
# What is given or made and is no task: “that permission be given”.
_GRANTED = re.compile(
    r"(?i)\b(?:approvals?|permission|consent|authority|donations?|payments?|grants?|thanks|contributions?|exemptions?|decisions?"
    r"|appointments?|changes?|amendments?|recommendations?|no|powers?|dispensations?|objections?)\b"
)
# “continue talks with”, “confirm with”, “pass the paper on”: these do something.
_GOES_ON = re.compile(
    r"(?i)(?:to\s)?(?:continues?\s(?:to\s(?!be\b)|\w+ing\b|(?:the\s|its\s|their\s)?(?:discussions?|talks|dialogue|negotiations?"
    r"|correspondence|efforts|work|pressure|liaison))|confirms?\swith\b|pass(?:es)?\s[^.;]{1,80}?\s(?:on|to)\b)"
)
# “noted the work, to ensure that”: what for, and nobody's task
_PURPOSE = re.compile(
    r"(?i)(?:in\sorder\s|so\sas\s)?to\s(?:ensure|enable|allow|avoid|help|make\ssure)\b"
)
# "Councillor Fenn chair the group": the committee gives somebody a place, not a task.
_APPOINTED = re.compile(
    rf"(?:\b[A-Z][\w'’-]*|\b(?:would|will|shall|should))\s{words.one_of(words.APPOINTING)}\s(?:the|this|that|on|as|a|an|its)\b"
)
_BODY_HEAD = re.compile(rf"(?i)^(?:the\s)?{words.one_of(words.BODIES)}\s(?:to\s)?")
_BODY = re.compile(rf"(?i)(?:the\s)?(?:[\w'’-]+\s){{0,3}}?{words.one_of(words.BODIES)}\s")
# "Members to send comments", "Council write to the Minister"
_BODY_DOES = re.compile(
    rf"(?i)(?:the\s)?{words.one_of(words.BODIES)}\s(?:to\s)?(?P<verb>[a-z-]+)\b"
)
_ASKED_FOR = ("that ", "the ", "a ", "an ", "to ", "further ", "officers")
_ABOUT_WHICH = ("whether ", "if ", "why ", "how ", "what ", "when ", "where ", "about ")
_RECEIVE_MORE = re.compile(
    r"(?i)(?:(?:the\s)?[\w-]+\s)?(?:to\s)?receives?\s(?:an?\s|regular\s|the\s)?(?:\w+\s)?(?:further|update|progress|regular|future|six|quarterly|annual)\b"
)
_MORE_REPORTS = re.compile(
    r"(?i)\b(?:report|update|review)s?\b.{0,120}\b(?:in|at|to|within|every|next)\b"
)
_MEETING = re.compile(r"(?i)\b(?:meetings?|event|ceremony|elections?)\b")
_OWN_DECISION = (
    "that ", "to ", "agree", "request", "ask", "instruct", "resolve", "invit", "direct",
)  # fmt: skip
_NOTED = re.compile(r"(?i)(?:to\s)?(?:(?:also|formally|further|then|now)\s)?(?P<verb>[A-Za-z-]+)")
_NOTED_THAT = re.compile(_NOTED.pattern + r"\sthat\b")
_NOTING = frozenset({"note", "welcome", "acknowledge", "thank", "recognise"})
_AUTHORITY = re.compile(r"(?i)\b(?:delegated\s)?(?:authority|powers?)\s(?:be|is|was)\s")

# An order: “Clerk to obtain quotations.”
_PARTED = re.compile(r"\s[–—-]\s|:\s")
_SMALL_WORD = re.compile(r"[a-z][\w'’-]*")
_LONGEST_ORDER = 2000  # letters


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Give each sentence with its offset; an abbreviation's full stop ends none."""
    start = 0
    for match in _END.finditer(text[:_LONGEST]):
        before = text[max(start, match.start() - 8) : match.end()]
        short = _ABBREVIATED.search(before)
        if _ONE_LETTER.search(before) or (
            short and not short[0].lower().startswith(("p.m", "a.m", "etc"))
        ):
            continue
        yield start, text[start : match.end()].rstrip()
        start = match.end()
    if start < len(text):
        yield start, text[start:].rstrip()


def enumerated(text: str) -> list[tuple[int, int]]:
    """Give start and end of each entry of a list printed in one line: “(a) to note; (b) to …”.

    Empty where the marks don't count up from the first.
    """
    places: list[tuple[int, int]] = []
    for match in _ENUMERATED.finditer(text[:_LONGEST]):
        at = len(places)
        following = {str(at + 1), *_ROMAN[at : at + 1], *ascii_lowercase[at : at + 1]}
        if (match["mark"] or match["dot"]) in following:
            places.append(match.span())
    if len(places) < 2 or places[0][0] > 400:
        return []
    ends = [start for start, _ in places[1:]] + [len(text)]
    return [(begin, end) for (_, begin), end in zip(places, ends, strict=True)]


def is_order(sentence: str) -> bool:
    """Tell whether a sentence says “The Clerk to write …”, and not how that stands."""
    if len(sentence) > _LONGEST_ORDER or not sentence.endswith(".") or _PARTED.search(sentence):
        return False
    owner = owner_of(sentence)
    if not owner:
        return False
    for word in _SMALL_WORD.findall(owner):  # "the Mayor called the meeting to order"
        if word in words.PAST or (word.endswith("ed") and word not in words.IN_POSTS):
            return False
    whole = tidy(sentence)
    verb = whole.removeprefix(f"{owner} to ").split(" ", 1)[0]
    return whole.startswith(f"{owner} to ") and verb in words.DOING


def order_at(text: str) -> int:
    """Give the offset of the order that a paragraph ends with, or -1 where it ends otherwise."""
    last = -1, ""
    for last in sentences(text):  # noqa: B007 - the last one counts
        pass
    return last[0] if is_order(last[1]) else -1


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
    subject = _SUBJECT_BEGINS.split(core(before))[-1]
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


@lru_cache(maxsize=256)  # a statement is asked for its duty, its owner and its kind
def obliging(text: str) -> tuple[tuple[int, str], ...]:
    """Give each clause that makes somebody do something, with its offset.

    What is noted obliges nobody: “note that the Clerk would write, and that the bank would”.
    """
    return tuple(_obliging(text))


def _obliging(text: str) -> Iterator[tuple[int, str]]:
    noting = noted_that = False
    for offset, printed in clauses(text):
        clause = printed.strip()
        bare = core(clause)
        if noting:  # what follows may yet be a decision of its own
            low = clause.casefold()
            owner = owner_of(clause)
            ordered = owner and bare.removeprefix("The ").startswith(f"{owner} to ")
            decides = low.startswith(_OWN_DECISION) and not (noted_that and low.startswith("that "))
            if not ordered and (not decides or _PURPOSE.match(clause)):
                continue
        noting = is_noting(bare)
        noted_that = noting and _NOTED_THAT.match(bare) is not None
        if not noting and obliges(bare, first=offset == 0):
            yield offset, bare


def is_noting(clause: str) -> bool:
    """Tell whether a clause begins with “note”, “welcome”, “thank”."""
    match = _NOTED.match(clause)
    return match is not None and base(match["verb"]) in _NOTING


def obliges(clause: str, *, first: bool) -> bool:
    """Tell whether a clause makes somebody do something; `first`: it begins its statement."""
    clause = _RELATIVE.sub(" ", clause)
    if not clause.strip() or _AUTHORITY.search(clause) or _FORMALITY.search(clause):
        return False
    said = parse(clause)
    if said.voice == ASKING:  # "request an update", not "request and appeal"
        asks = first or said.object[:1].isupper() or said.object.startswith(_ASKED_FOR)
        return asks and not said.object.startswith(_ABOUT_WHICH)
    if _GOES_ON.match(clause) or _GOES_ON.match(_BODY_HEAD.sub("", clause, count=1)):
        return True
    if said.voice == ORDER:
        return True
    if said.voice == PASSIVE:
        return _passive_obliges(said)
    if _APPOINTED.search(clause):
        return False
    if said.modal:
        return not _NOT_OBLIGED.search(clause)
    if _RECEIVE_MORE.match(clause) and _MORE_REPORTS.search(clause):
        return True
    return _verb_obliges(said, first=first) or _subject_obliges(said)


def _passive_obliges(said: Sentence) -> bool:
    done = said.verb.casefold()
    if done in words.ASKED_PARTICIPLES:
        return True
    if done == "carried":
        return said.object.startswith(" out")
    if done in ("made", "given", "taken", "placed", "used"):  # not "be taken as read"
        return not said.object.startswith(" as ") and not _GRANTED.search(said.before)
    if done == "held":
        return not _MEETING.search(said.before)
    if done in words.RESOLVED_PARTICIPLES:
        return done not in words.BODY_ONLY_PARTICIPLES and bool(agent_in(said.text))
    return done.endswith(("ed", "en", "wn", "un", "ne", "t", "ght", "ld", "ade", "put", "set", "d"))


def _verb_obliges(said: Sentence, *, first: bool) -> bool:
    """Tell whether “to write …” or “writes …” begins a clause, rather than “to approve …”."""
    verb = base(said.verb)
    if not verb or verb in words.RESOLVING:
        return False
    if said.voice == INFINITIVE:
        return True
    if verb not in words.DOING or (said.verb[0].isupper() and not first):
        return False
    return verb not in words.ALSO_NOUNS or (first and said.verb.casefold() != verb + "ing")


def _subject_obliges(said: Sentence) -> bool:
    """Tell whether somebody is named who acts: “the Clerk write to …”, “AB to check …”."""
    owner = said.who
    if owner and not is_body(owner):
        return not said.text.casefold().startswith("to ")
    match = _BODY_DOES.match(said.text[:120])
    verb = match["verb"].casefold() if match else ""
    doing = words.DOING - words.RESOLVING
    return verb in doing or verb.removesuffix("s") in doing - words.ALSO_NOUNS

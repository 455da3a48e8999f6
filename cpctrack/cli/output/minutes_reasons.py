"""Why a line of minutes is what it is, in a clerk's words, for `minutes --why`."""

from bisect import bisect_left
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from cpctrack.minutes.finding import parts, scorer
from cpctrack.minutes.finding.features import ANY, features_of
from cpctrack.minutes.finding.finding import OFFERED_FROM, most_offered
from cpctrack.minutes.finding.forms import said
from cpctrack.minutes.finding.parts import Part
from cpctrack.minutes.finding.reasons import (
    DECIDED,
    DRAFTED,
    OFFERED,
    PASSED,
    Judged,
    Reading,
    Reason,
)
from cpctrack.minutes.finding.sections import Statement
from cpctrack.minutes.language import motions
from cpctrack.minutes.language.tokens import BODY, DAY, NUMBER, WHO
from cpctrack.text import shorten

EVERY_LINE = "every line of these minutes, to begin with"
_LONGEST = 70  # letters of words that are quoted
# What may be an action, and is neither drafted nor offered.
_LEFT_OUT = (Reason.AGAIN, Reason.BEHIND, Reason.HELD, Reason.NO_ROOM)
_BY_SCORE = (Reason.SURE, Reason.PERHAPS, Reason.UNSURE, Reason.UNLIKE, Reason.NO_ROOM)
_OPENINGS = {"names": "label"}


class Weighed(NamedTuple):
    """What speaks for a statement's being an action, or against it where points are below 0."""

    what: str
    points: int
    words: bool  # it is words of the line, not how and where they stand


class Told(NamedTuple):
    """What is told of a statement, or of a line that holds none."""

    line: int
    text: str
    why: str  # a sentence
    verdict: str = ""  # empty where the line holds no statement
    reason: str = ""  # what settled it, in a word
    item: str = ""
    rules: tuple[str, ...] = ()  # a sentence each
    score: float | None = None  # how sure it is, 0 to 1; None where it was not weighed
    needed: float | None = None  # to be drafted; None where it never is
    weighed: tuple[Weighed, ...] = ()  # heaviest first


def overview(reading: Reading, *, decided: bool) -> list[Told]:
    """Tell of the drafts, then of the offered lines, best first, and of what was left out.

    `decided` asks for what was only decided as well.
    """
    shown = [DRAFTED, DECIDED] if decided else [DRAFTED]
    every = reading.judged
    offered = [one for one in every if one.verdict == OFFERED]
    listed = [
        *(one for one in every if one.verdict in shown),
        *sorted(offered, key=lambda one: -one.score),
        *(one for one in every if one.verdict == PASSED and one.reason in _LEFT_OUT),
    ]
    teller = _Teller(reading)
    return [teller.told(one) for one in listed]


def of_line(reading: Reading, line: int) -> list[Told]:
    """Tell of all statements of a line, or what it is where it has none."""
    teller = _Teller(reading)
    there = [
        one for one in reading.judged if one.line == line or one.line < line <= _end(one, reading)
    ]
    if there:
        return [teller.told(one) for one in there]
    part = next((part for part in reading.parts if line in _lines(part)), None)
    text = teller.texts.get(line, "")
    if not text:
        return [Told(line, text, "It is empty.")]
    unread = "It is a page number, the head of a page or the like, and is not read"
    return [Told(line, text, f"{_role(part) if part else unread}.")]


def last_line(reading: Reading) -> int:
    """Give the number of the last line that holds anything."""
    return max((line.number for line in reading.lines if line.text.strip()), default=0)


def _end(one: Judged, reading: Reading) -> int:
    """Give the line on which a statement ends."""
    if one.at < 0:
        return one.line
    statement = reading.statements[one.at]
    block = statement.part.block
    at = bisect_left(block.starts, one.line, key=itemgetter(1))
    start = block.text.find(statement.text, block.starts[at][0] if at < len(block.starts) else 0)
    return max(one.line, block.line_at(start + len(statement.text) - 1))


def _lines(part: Part) -> range:
    block = part.block
    return range(block.line, max([block.line, *(line for _, line in block.starts)]) + 1)


_ROLES = {
    parts.ITEM: "It is the heading of an agenda item",
    parts.MARK: "It is a heading over what stands below it, and says {kind}",
    parts.LEAD_IN: "It introduces what stands below it",
    parts.LABEL: "It is a label that says {kind}, with nothing behind it",
    parts.NAMES: "It is a label that names who acts: “{who}”",
    parts.NAME: "It names who acts on what stands below it: “{who}”",
    parts.ATTRIBUTE: "It says who acts, or when, of what stands above it",
    parts.ROW: "It is a row of a table; nothing in it is an action that was agreed",
    parts.VOTE: "It tells who moved, how the vote went or another formality",
    parts.DIVIDER: "It parts what is public from what is exempt",
}


def _role(part: Part) -> str:
    if part.role in (parts.TOLD, parts.ENTRY, parts.VOTE) and motions.is_lost(part.block.text):
        return "It tells that a motion was lost"
    if part.role not in _ROLES:
        return "It holds no words"
    kind = _KINDS.get(part.mark.kind if part.mark else "", "nothing")
    return _ROLES[part.role].format(kind=kind, who=shorten(part.who, _LONGEST))


def percent(share: float) -> str:
    """Write a share of 1 in hundredths, rounded down."""
    return f"{int(100 * share + 1e-6)} %" if share >= 0.01 or not share else "less than 1 %"


# Where a statement stands, by what marks it.
_WHERE = {
    "sign": "behind this clerk’s own sign",
    "name": "where somebody is named beside it",
    "action": "below a heading or label of actions",
    "order": "for an order such as “Clerk to write”",
    "duty": "where a decision lays it on somebody",
    "recommendation": "for what is recommended to others",
    "decision": "for a decision that names nobody",
}
_KINDS = {
    "action": "actions", "decision": "decisions", "recommendation": "recommendations",
    "proposal": "proposals", "lost": "a lost motion",
}  # fmt: skip


def _sure(one: Judged) -> str:
    """Say how sure it is, and how sure it must be."""
    sure = f"{percent(one.score)} sure"
    where = _WHERE.get(one.mark, "")
    if one.reason is Reason.NO_ROOM:
        return sure
    if one.reason is Reason.SURE:
        enough = f"{percent(one.needed)} is enough" if one.needed else "that is always enough"
        return f"{sure}, and {enough} {where}"
    draft = "what nothing marks is never drafted"
    if one.mark:
        draft = f"{percent(one.needed)} is needed to draft it {where}"
    if one.labelled and one.score < OFFERED_FROM:
        return f"{sure}; {draft}, and whatever a label marks is offered"
    enough = "enough" if one.score >= OFFERED_FROM else "needed"
    return f"{sure}; {draft}, and {percent(OFFERED_FROM)} is {enough} to offer it"


class _Teller:
    """Tells of statement after statement."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.present = {one for names in reading.document.present.values() for one in names}
        # Where a heading has a label behind it in its line, it is the label that opens.
        parted = sorted(reading.parts, key=lambda part: part.role != parts.ITEM)
        self.texts = {each.number: each.text.strip() for each in reading.lines if each.text.strip()}
        self.openings = {part.block.line: part for part in parted}

    def told(self, one: Judged) -> Told:
        """Tell all of one statement, or of a row of a table."""
        nothing = one.reason is Reason.RESOLVES and not one.score
        settled = Reason.NOTHING if nothing else one.reason
        reason = settled.value.format(line=one.other, most=most_offered(self.reading.own))
        told = Told(one.line, "", f"{reason}.", one.verdict, settled.name.lower().replace("_", "-"))
        if one.at < 0:
            text = one.draft.printed if one.draft else self.texts[one.line]
            item = one.draft.item if one.draft else ""
            of = (f"It is of the agenda item {_quoted(item)}.",) if item else ()
            return told._replace(text=text, item=item, rules=of)
        here = self.reading.statements[one.at]
        rules = (*self._placed(here), *_marked(one, here), *self._said(here))
        told = told._replace(text=here.text, item=here.place.printed, rules=rules)
        if one.reason in (Reason.LOST, Reason.SUPERSEDED, Reason.SCRAP):
            return told
        return told._replace(
            why=f"{reason}: {_sure(one)}." if one.reason in _BY_SCORE else told.why,
            score=one.score,
            needed=one.needed if one.needed <= 1 else None,
            weighed=tuple(self._weighed(one)),
        )

    def _weighed(self, one: Judged) -> list[Weighed]:
        """Give what is weighed; what every line of these minutes has counts together."""
        features = features_of(self.reading.statements, one.at, self.reading.document)
        every = {ANY, *self.reading.document.habits}
        weights = scorer.trained()
        whole = sum(weight for _, weight in weights.heaviest(every, self.reading.own.weights))
        weighed = [Weighed(EVERY_LINE, round(100 * whole), False)]
        for name, weight in weights.heaviest(set(features) - every, self.reading.own.weights):
            weighed.append(Weighed(in_words(name), round(100 * weight), "“" in name))
        return sorted(weighed, key=lambda each: -abs(each.points))

    def _placed(self, here: Statement) -> Iterator[str]:
        place, section, block = here.place, here.section, here.part.block
        if place.printed:
            yield f"It is of the agenda item {_quoted(place.printed)} (line {place.line})."
        else:
            yield "It stands before the first agenda item."
            if any(name in block.text for name in self.present):
                yield "It is in the list of who was there."
        kind = _KINDS.get(section.kind, "nothing")
        if section.opening == "item":
            yield f"The title of the item marks {kind}."
        elif section.opening and section.line != block.line:
            above = self._words_at(section.line)
            opening = _OPENINGS.get(section.opening, section.opening)
            says = f", which marks {kind}" if section.kind else ""
            yield f"It stands below the {opening} {above} (line {section.line}){says}."
        if section.told > 1 and section.opening and not section.listed:
            yield f"It is paragraph {section.told} below that."

    def _said(self, here: Statement) -> Iterator[str]:
        text, forms = said(here.text, self.reading.document.names)
        for form in forms:
            if found := form.pattern.search(text):
                end = text.find(" ", found.end() - 1)
                matched = text[found.start() : end if end > 0 else None]
                yield f"It is said as in “{form.example}”: {_quoted(_named(matched))}."
        if not here.section.opening:
            yield "No heading, label or lead-in is open above it."

    def _words_at(self, line: int) -> str:
        part = self.openings[line]
        end = part.mark.rest if part.mark and part.role != parts.LEAD_IN else None
        return _quoted(part.block.text[:end] or part.block.text)


def _marked(one: Judged, here: Statement) -> Iterator[str]:
    section, block = here.section, here.part.block
    if here.mark and here.part.mark:
        printed = block.text[: here.part.mark.rest] or block.text
        yield f"{_quoted(printed)} in its own line marks {_KINDS.get(here.mark, here.mark)}."
    sign = "bold letters" if block.bold and not here.sign else here.sign or block.text[:1]
    rules = (
        (here.who, f"{_quoted(here.who)} is named {'behind' if here.behind else 'before'} it."),
        (one.mark == "sign",
         f"This clerk’s sign marks it, as it does other orders in these minutes: {sign}."),
        (one.mark == "order", "It begins as “Clerk to write” does."),
        (section.lead_in.carried,
         f"Its lead-in goes in front of it: {_quoted(section.lead_in.carried)}."),
        (section.lead_in.resolving, "Its lead-in tells what the meeting itself does."),
        (section.earlier,
         "It stands where earlier actions are gone through, and must be the surer."),
        (section.proposed,
         "It stands below what is put forward, as “Motion” or “Recommendation”."),
    )  # fmt: skip
    yield from (rule for holds, rule in rules if holds)


def _quoted(text: str) -> str:
    return f"“{shorten(text.strip(), _LONGEST)}”"


_NAMES = {
    WHO: "(somebody)", BODY: "(the meeting)", DAY: "(a day)", NUMBER: "(a number)",
}  # fmt: skip
_AT_ENDS = {"begins “": "it begins with “", "ends “": "it ends with “", "“": "has “"}


def _named(words: str) -> str:
    for name, shown in _NAMES.items():
        words = words.replace(name, shown)
    return words


def in_words(feature: str) -> str:
    """Give the name of what is weighed as a reader understands it."""
    for begun, plain in _AT_ENDS.items():
        if feature.startswith(begun):
            return _named(plain + feature.removeprefix(begun))
    return feature

"""From the lines of minutes to the meeting, its agenda items and the drafts of actions.

Three passes: each block gets a role (`parts`), roles are folded into sections with statements in
them (`sections`), and each statement is scored (`features`, `scorer`) and drafted, offered or
passed over here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from cpctrack.minutes.base import Item, Minutes, MinutesDraft
from cpctrack.minutes.finding import parts, scorer
from cpctrack.minutes.finding.drafting import draft
from cpctrack.minutes.finding.features import Document, document_of, features_of, is_signed
from cpctrack.minutes.finding.forms import Form, said
from cpctrack.minutes.finding.heading import found_meeting
from cpctrack.minutes.finding.items import headings
from cpctrack.minutes.finding.parts import parts_of
from cpctrack.minutes.finding.reasons import Judged, Reading, Reason
from cpctrack.minutes.finding.repeats import SAME, content, said_once
from cpctrack.minutes.finding.sections import LOST, Statement, fold
from cpctrack.minutes.finding.withheld import stamp
from cpctrack.minutes.habits import NO_HABITS, Habits
from cpctrack.minutes.language import grammar, marks
from cpctrack.minutes.language.attending import resolve, written_out
from cpctrack.minutes.page.layout import blocks
from cpctrack.reading.lines import Line

# How sure it must be that a statement is an action before it is drafted: by what marks it,
_DRAFTED = {
    "sign": 0.0,
    "name": 0.04,
    "action": 0.2,
    "order": 0.2,
    "point": 0.9,
    "duty": 0.25,
    "recommendation": 0.05,
    "decision": 0.4,
    "": 2.0,
}
# and at least, where something speaks against it:
_EARLIER = 0.4  # it is among what an earlier meeting agreed
_OWN_DOING = 0.5  # the grammar reads it as the committee's own doing
_OUTRIGHT = 0.9  # it says so: “to approve”
OFFERED_FROM = 0.08
_OWN_OFFERED_FROM = 0.25
MOST = 6  # offered lines, but for those under a label
_FEWEST = 3  # words of a paragraph that says something
_BACK = 4  # statements that may tell whom “she” means
_FAR = 2  # paragraphs below what opened a section


def find(lines: Sequence[Line], own: Habits = NO_HABITS) -> Minutes:
    """Find the meeting, the agenda items and the drafts in the lines of minutes.

    The drafts are in the order of the text: marked ones, resolutions among them, and those offered
    from the narrative. The same lines always give the same drafts. `own` are the committee's
    habits.
    """
    return read(lines, own).minutes


def read(lines: Sequence[Line], own: Habits = NO_HABITS) -> Reading:
    """Find as `find` does, and keep what was made of every statement, and why."""
    found = blocks(lines)
    titles = headings(found)
    every = parts_of(found, titles)
    folded = fold(every, own.earlier)
    statements = folded.statements
    document = document_of(statements, found, own)
    judged = _drafted(list(_judge(statements, document, own)), statements, document, own)
    judged += [Judged(row.line, Reason.ROW, draft=row) for row in folded.listed]
    judged = said_once(sorted(judged, key=lambda one: one.line), statements, found)
    drafts = stamp([one.draft for one in judged if one.draft], lines, found, titles)
    stamped = iter(drafts)
    judged = [one.stamped(next(stamped)) if one.draft else one for one in judged]
    minutes = Minutes(found_meeting(lines), tuple(folded.items), tuple(drafts))
    return Reading(minutes, lines, every, statements, document, judged, own)


def _judge(statements: Sequence[Statement], document: Document, own: Habits) -> Iterator[Judged]:
    """Say of each statement what it is to become."""
    decided = {
        one.place: at
        for at, one in enumerate(statements)
        if one.section.kind == marks.DECISION and not one.section.proposed
    }
    for at, one in enumerate(statements):
        after = decided.get(one.place, -1) if one.section.proposed else -1
        if one.section.kind == LOST:
            yield Judged(one.line, Reason.LOST, at)
        elif after > at:
            yield Judged(one.line, Reason.SUPERSEDED, at, other=statements[after].line)
        elif _is_scrap(one):
            yield Judged(one.line, Reason.SCRAP, at)
        else:
            yield _weigh(statements, at, document, own)


def _weigh(statements: Sequence[Statement], at: int, document: Document, own: Habits) -> Judged:
    """Say what a statement is to become by how sure it is, and how sure it must be."""
    one = statements[at]
    core = one.text[one.core :]
    features = features_of(statements, at, document)
    mark = mark_of(one, document)
    decides = mark in ("decision", "duty", "recommendation")
    kind = (one.mark or one.section.kind or marks.RECOMMENDATION) if decides else marks.ACTION
    nothing = grammar.says_nothing(core) or Form.OWN_DOING.label in features
    score = 0.0 if nothing else scorer.trained().score(features, own.weights)
    labelled = mark in ("action", "name")
    own_doing = mark != "" and (
        one.section.lead_in.resolving
        or (
            mark not in ("name", "recommendation")
            and grammar.kind_of(core, kind, document.names) == grammar.RESOLUTION
        )
    )
    outright = own_doing and grammar.resolves(core, document.names)
    needed = max(
        _DRAFTED[mark],
        _EARLIER if one.section.earlier and not (one.mark or one.who) else 0,
        _OWN_DOING if own_doing else 0,
        _OUTRIGHT if outright else 0,
    )
    if score >= needed:
        reason = Reason.SURE
    elif outright or (own_doing and score < _OWN_OFFERED_FROM):
        reason = Reason.RESOLVES
    elif score >= OFFERED_FROM or (labelled and score > 0):
        reason = Reason.PERHAPS
    elif mark and own.weights and scorer.trained().score(features) >= needed and not nothing:
        reason, labelled = Reason.PERHAPS, True  # habits hide nothing that is marked
    elif decides:
        reason = Reason.UNSURE
    else:  # nobody asks for all features of most lines of a long document
        reason, features = Reason.NOTHING if nothing else Reason.UNLIKE, ()
    return Judged(one.line, reason, at, mark, kind, score, needed, labelled, features)


def _drafted(
    judged: list[Judged], statements: Sequence[Statement], document: Document, own: Habits
) -> list[Judged]:
    """Draft what is sure enough, offer the best of the rest, and keep what was only decided."""
    held: dict[Item, dict[str, int]] = defaultdict(dict)  # words that an item's drafts have first
    for one in judged:
        if one.reason is Reason.SURE:
            for word in content(statements[one.at].text):
                held[statements[one.at].place].setdefault(word, one.line)
            made = _draft(statements, one, one.kind, document)
            reason = Reason.RESOLVES if made.kind == grammar.RESOLUTION else one.reason
            judged[one.at] = one._replace(reason=reason, draft=made)
        elif one.reason in (Reason.RESOLVES, Reason.UNSURE):
            decided = _draft(statements, one, "", document)
            decided = decided._replace(kind=grammar.RESOLUTION, owner="")
            judged[one.at] = one._replace(draft=decided)
    room = most_offered(own)
    offered = [one for one in judged if one.reason is Reason.PERHAPS]
    for one in sorted(offered, key=lambda one: (-one.score, one.at)):
        here = content(statements[one.at].text)
        lines = held[statements[one.at].place]
        known = Counter(lines[word] for word in sorted(here & lines.keys()))
        if not one.labelled and known.total() > SAME * len(here):
            other = known.most_common(1)[0][0]
            judged[one.at] = one._replace(reason=Reason.HELD, features=(), other=other)
        elif room or one.labelled:
            room -= not one.labelled
            offer = _draft(statements, one, marks.ACTION, document)
            led = offer.lead_in if statements[one.at].section.lead_in.carried else ""
            offer = offer._replace(marked=False, kind=grammar.ACTION, lead_in=led)
            judged[one.at] = one._replace(draft=offer)
        else:
            judged[one.at] = one._replace(reason=Reason.NO_ROOM, features=())
    return judged


def most_offered(own: Habits) -> int:
    """Give how many lines are offered: to who picks half of them twice as many."""
    return round(MOST * (1 + 2 * own.picked))


def _is_scrap(one: Statement) -> bool:
    """Tell whether a statement is too little to say anything: a page number, a sign."""
    count = sum(word[:1].isalpha() for word in one.text.split())
    return count < (_FEWEST if one.part.role == parts.TOLD and not one.who else 1)


def mark_of(one: Statement, document: Document) -> str:
    """Say what marks a statement, by the names of `_DRAFTED`; empty where nothing does.

    A point is an order in a list of what was said, a duty what a decision lays on somebody, a
    decision what the committee does itself.
    """
    section = one.section
    if section.opening == "label":  # a decision may go on in a list, an action doesn't
        near = one.part.role == parts.LABEL or (section.listed and section.kind != marks.ACTION)
    else:
        near = one.part.role != parts.TOLD if section.listed else section.told < _FAR
    kind = one.mark or (section.kind if near else "")
    if is_signed(one, document):
        return "sign"
    core = one.text[one.core :]
    forms = said(core, document.names).forms
    named = Form.NAMED in forms and kind == marks.ACTION
    if one.who or (section.opening == "names" and near) or named or Form.ASSIGNED in forms:
        return "name"
    if kind == marks.ACTION:
        return "action"
    if Form.ORDER in forms or Form.TELEGRAM in forms:
        if section.opening != "lead-in" or section.kind or one.part.role == parts.TOLD:
            return "order"
        return "point" if core[:1].isupper() else ""  # “The points raised were:”
    if Form.RECOMMENDED in forms and not section.proposed:
        return "recommendation"
    if kind not in (marks.DECISION, marks.RECOMMENDATION):
        return ""
    says = grammar.kind_of(core, kind, document.names)
    if says == grammar.RECOMMENDATION and not section.proposed:
        return "recommendation"
    owned = says == grammar.ACTION and grammar.owner_in(core, document.names)
    return "duty" if owned or Form.NAMED in forms else "decision"


def _draft(
    statements: Sequence[Statement], judged: Judged, kind: str, document: Document
) -> MinutesDraft:
    at, one = judged.at, statements[judged.at]
    made = draft(
        one.text, line=one.line, place=one.place, block=kind, lead_in=one.section.lead_in,
        owner=one.who, source=one.part.block.printed, due_text=one.due, core=one.text[one.core :],
        names=document.names,
    )  # fmt: skip
    made = made._replace(score=judged.score, features=judged.features)
    if made.kind == grammar.RESOLUTION and (not kind or one.section.lead_in.resolving):
        return made._replace(owner="")
    before = (
        other.text
        for other in statements[max(0, at - _BACK) : at][::-1]
        if other.place == one.place
    )
    owner = resolve(made.owner, (one.text, *before), document.present)
    kind = grammar.ACTION if made.kind == grammar.RESOLUTION else made.kind
    return made._replace(owner=owner, meant=written_out(owner, document.present), kind=kind)

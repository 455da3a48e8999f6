"""What speaks for and against a statement's being an action, as named features.

Names of persons, posts, bodies, days and sums are abstracted, so that nobody's name weighs
anything. `minutes --why` prints the name of each feature as it stands; what has “ in it quotes.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.finding import parts
from cpctrack.minutes.finding.forms import Form, names_in, said
from cpctrack.minutes.finding.sections import Statement
from cpctrack.minutes.habits import NO_HABITS, SIGN, Habits
from cpctrack.minutes.language import grammar, owners, timing, tokens
from cpctrack.minutes.language.attending import attendance
from cpctrack.minutes.page.blocks import Block

ANY = "any"

_VOTED = re.compile(
    r"(?i)\b(?:carried|agreed|all in favou?r|approved|unanimous\w*|aye|passed|adopted)\b"
)
_LOST = re.compile(r"(?i)\b(?:lost|defeated|rejected|not\scarried|fell|failed|withdrawn)\b")
_MOVED = re.compile(r"(?i)\b(?:proposed|moved|motion|seconded|propose|moladh)\b")
_DONE = re.compile(
    r"(?i)\b(?:done|completed?|closed|ongoing|in\sprogress|in\shand|outstanding|carried\sforward|pending)\b"
)
_BESIDE = (("a vote", _VOTED), ("lost", _LOST), ("a motion", _MOVED), ("how it stands", _DONE))
_SIGN = re.compile(r"[^\w\s\"'“”‘’(\[£$<…>–—.,:;!?+\\-]")
_LAST = 16  # letters: “… - completed.”
_HABIT = 3  # order-like statements that a sign stands before
_ORDERS = frozenset({
    Form.ORDER, Form.WILL, Form.GOING_TO, Form.IS_TO, Form.OFFERED, Form.NAMED, Form.DOING,
})  # fmt: skip
_LONG = (4, 8, 16, 30)  # words
_LENGTHS = ("fewer than 4", "4 to 7", "8 to 15", "16 to 29", "30 or more")
_STANDS = {parts.TOLD: "in running text", parts.ENTRY: "as an entry of a list"}
_ACTS = (
    ("a body", owners.is_body),
    ("initials", str.isupper),
    ("a pronoun", lambda who: who.casefold() in tokens.PRONOUNS),
    ("a post", lambda who: who.split()[-1].casefold() in words.WHO),
    ("a name", bool),
)

Features = tuple[str, ...]


class Document(NamedTuple):
    """What the whole of the minutes says: this clerk's ways."""

    names: frozenset[str]
    signs: frozenset[str]  # what stands before three order-like statements is a mark
    habits: Features  # of all statements
    present: dict[str, tuple[str, ...]]  # who was there, by initials


def document_of(
    statements: Sequence[Statement], found: Sequence[Block], own: Habits = NO_HABITS
) -> Document:
    """Look at all statements for what is this clerk's way of marking."""
    names = names_in(block.printed for block in found)
    ordered: Counter[str] = Counter()
    every: Counter[str] = Counter()
    labels = 0
    for one in statements:
        labels += one.section.kind == "action" or bool(one.who) or one.mark == "action"
        if sign := _sign(one):
            every[sign] += 1
            ordered[sign] += not _ORDERS.isdisjoint(said(one.text, names).forms)
    signs = {
        sign for sign, count in ordered.items()
        if count >= _HABIT and count > 0.6 * every[sign] and every[sign] < 0.5 * len(statements)
    }  # fmt: skip
    signs |= {sign for sign, marks in own.signs.items() if marks}
    signs -= {sign for sign, marks in own.signs.items() if not marks}
    many = "many" if labels > _HABIT else "few" if labels else "no"
    habits = (f"these minutes label {many} actions",)
    return Document(names, frozenset(signs), habits, attendance(block.printed for block in found))


def is_signed(one: Statement, document: Document) -> bool:
    """Tell whether the sign by which this clerk marks actions stands beside a statement."""
    return _sign(one) in document.signs


def _sign(one: Statement) -> str:
    """Give the sign that a statement begins or ends with, beyond usual punctuation."""
    block = one.part.block
    if one.sign:
        return one.sign
    if one.first and (sign := _SIGN.match(block.text)):
        return sign[0]
    return "bold" if one.first and block.bold else ""


def features_of(statements: Sequence[Statement], at: int, document: Document) -> Features:
    """Give the names of all features that one of the statements has."""
    one = statements[at]
    context = _context(one, document)
    forms = [form.label for form in said(one.text, document.names).forms]
    beside = [f"{form}; {context}" for form in forms or ["no form"]]
    found = {ANY, context, *document.habits, *forms, *beside}
    found.update(_placed(one, document))
    found.update(_beside(statements, at, -1, document))
    found.update(_beside(statements, at, 1, document))
    core = one.text[one.core :]
    if one.section.lead_in.carried:  # “mow the lawn” under “the Ranger would:”
        core = f"{one.section.lead_in.carried} {core}"
    found.update(_worded(said(core, document.names).text.split()))
    found.update(_told(one, core, document))
    return tuple(sorted(found))


def _context(one: Statement, document: Document) -> str:
    """Say in a word how the minutes mark a statement."""
    section = one.section
    if section.earlier:
        return "among earlier actions"
    if one.who:
        return "with a name beside it"
    if one.mark:
        return f"marked as {one.mark}"
    if is_signed(one, document):
        return "behind this clerk's own sign"
    if section.kind:
        near = one.part.role != parts.TOLD if section.listed else section.told < 2
        return f"{'below' if near else 'further below'} a mark of {section.kind}"
    return "nothing marks it"


def _worded(every: Sequence[str]) -> Iterator[str]:
    yield from (f"“{token}”" for token in every)
    yield from (f"“{a} {b}”" for a, b in pairwise(every))
    yield from (f"“{a} {b} {c}”" for a, b, c in zip(every, every[1:], every[2:], strict=False))
    for size in range(1, min(3, len(every)) + 1):
        yield f"begins “{' '.join(every[:size])}”"
        yield f"ends “{' '.join(every[-size:])}”"


def _placed(one: Statement, document: Document) -> Iterator[str]:
    """Tell where it stands, and what marks it."""
    section, role, sign = one.section, one.part.role, _sign(one)
    above = "nothing"
    if section.opening or section.kind:
        above = f"the {section.opening or 'motion'} that says {section.kind or 'nothing'}"
    away = f"paragraph {min(section.told, 4)}" if section.told else "right"
    rows = (
        (f"stands {_STANDS.get(role, f'in a {role}')}", True),
        (f"{away} below {above}", True),
        (f"in a list below {section.kind}", section.listed and section.kind),
        (f"somebody is named {'behind' if one.behind else 'before'} it", one.who),
        ("its lead-in names who acts", section.lead_in.carried),
        ("its lead-in tells what the meeting itself does", section.lead_in.resolving),
        ("a sign stands before it, not this clerk's mark", sign and sign not in document.signs),
        ("this clerk's own sign marks it", sign in document.signs),
        (f"{SIGN}{sign}", sign),
    )
    yield from (name for name, holds in rows if holds)


def _beside(
    statements: Sequence[Statement], at: int, step: int, document: Document
) -> Iterator[str]:
    """Tell what is said in the sentence or paragraph before it or behind."""
    side = "before" if step < 0 else "behind"
    there = statements[at + step] if 0 <= at + step < len(statements) else None
    away = abs(there.part.at - statements[at].part.at) if there else 2
    if there is None or away > 1:
        yield f"nothing {side} it"
        return
    near = f"in the {'paragraph' if away else 'sentence'} {side} it"
    yield from (f"{near}: {what}" for what, pattern in _BESIDE if pattern.search(there.text[:120]))
    if Form.ORDER in said(there.text, document.names).forms:
        yield f"{side} it: an order"


def _told(one: Statement, core: str, document: Document) -> Iterator[str]:
    """Ask the grammar."""
    obliges = grammar.obliges(core, document.names)
    kind = grammar.kind_of(core, "decision", document.names)
    owner = owners.tidy(grammar.owner_in(core, document.names))
    rows = (
        ("it obliges somebody", obliges),
        ("it obliges nobody", not obliges),
        (f"reads as {kind}", True),
        ("it says who acts", owner),
        ("it says when", timing.due_words(core)),
        ("says nothing to do", grammar.says_nothing(core)),
        (f"words: {_LENGTHS[bisect_right(_LONG, len(core.split()))]}", True),
        ("a question", core.endswith("?")),
        ("speaks of a motion", _MOVED.search(one.text[:200])),
        ("ends with a vote", _VOTED.search(one.text[-80:])),
        ("ends with how it stands", _DONE.search(core[-_LAST:])),
    )  # fmt: skip
    yield from (name for name, holds in rows if holds)
    if owner:
        yield f"who acts: {next(acts for acts, fits in _ACTS if fits(owner))}"

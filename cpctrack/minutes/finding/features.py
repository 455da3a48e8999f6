"""What speaks for and against a statement's being an action, as named features.

Names of persons, posts, bodies, days and sums are abstracted, so that nobody's name weighs
anything. Each name of a feature is readable: `minutes --why` prints it.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.finding.forms import ORDER, forms_of, names_in, tokens
from cpctrack.minutes.finding.sections import Statement
from cpctrack.minutes.habits import NO_HABITS, Habits
from cpctrack.minutes.language import grammar, owners, timing
from cpctrack.minutes.language.attending import attendance
from cpctrack.minutes.page.blocks import Block

_VOTED = re.compile(
    r"(?i)\b(?:carried|agreed|all in favou?r|approved|unanimous\w*|aye|passed|adopted)\b"
)
_LOST = re.compile(r"(?i)\b(?:lost|defeated|rejected|not\scarried|fell|failed|withdrawn)\b")
_MOVED = re.compile(r"(?i)\b(?:proposed|moved|motion|seconded|propose|moladh)\b")
_DONE = re.compile(
    r"(?i)\b(?:done|completed?|closed|ongoing|in\sprogress|in\shand|outstanding|carried\sforward|pending)\b"
)
_SIGN = re.compile(r"[^\w\s\"'“”‘’(\[£$<…>–—.,:;!?+\\-]")
_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "all", "everyone", "it"})
_TITLES = (
    (
        "matters arising",
        r"matters\sarising|previous|last\s(?:meeting|minutes)|actions?\b.*(?:log|review|update)",
    ),
    ("apologies or declarations", r"apolog|declaration|interests?|present|attendance|welcome"),
    ("minutes", r"^\W*(?:confirm\w*|approv\w*|draft)?\W*(?:of\s)?(?:the\s)?(?:previous\s)?minutes"),
    ("next meeting", r"next\smeeting|date\s(?:and|of)|future\smeetings|close"),
    ("finance", r"financ|account|payment|budget|precept|treasurer|audit|insurance|invoice|cheque"),
    ("planning", r"planning|application|licens"),
    ("reports", r"report|update|correspondence"),
    ("other business", r"a\.?o\.?b|other\sbusiness|any\sother|urgent|matters?\s(?:for|to)"),
    ("public", r"public|question|open\sforum|parishioner|resident"),
    ("actions", r"action|task|to\sdo|next\ssteps|follow"),
    ("decisions", r"decision|resol|motion|recommend"),
)  # fmt: skip
_TITLED = tuple((name, re.compile(f"(?i){pattern}")) for name, pattern in _TITLES)
_HABIT = 3  # order-like statements that a sign stands before

_ORDERS = frozenset({
    ORDER.name, "somebody will", "somebody is going to", "somebody is to",
    "somebody agreed or offered to", "a name, then a verb of doing", "begins with a verb of doing",
})  # fmt: skip

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
    names = names_in([block.printed for block in found])
    ordered: Counter[str] = Counter()
    every: Counter[str] = Counter()
    labels = orders = 0
    for one in statements:
        sign = _sign(one)
        ordering = is_order(one.text, names)
        orders += ordering
        labels += one.section.kind == "action" or bool(one.who) or one.mark == "action"
        if sign:
            every[sign] += 1
            ordered[sign] += ordering or not _ORDERS.isdisjoint(forms_of(tokens(one.text, names)))
    signs = frozenset(
        sign for sign, count in ordered.items()
        if count >= _HABIT and count > 0.6 * every[sign] and every[sign] < 0.5 * len(statements)
    )  # fmt: skip
    habits = (
        f"these minutes label {_many(labels)} actions",
        f"these minutes have {_many(orders)} lines such as “Clerk to write”",
    )
    signs = (signs | {sign for sign, marks in own.signs.items() if marks}) - {
        sign for sign, marks in own.signs.items() if not marks
    }
    present = attendance(block.printed for block in found)
    return Document(names, signs, habits, present)


def _many(count: int) -> str:
    return "many" if count > _HABIT else "few" if count else "no"


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


def is_order(text: str, names: frozenset[str]) -> bool:
    """Tell whether a text begins as “Clerk to write” does."""
    return ORDER.pattern.search(" ".join(tokens(text[:200], names))) is not None


def features_of(statements: Sequence[Statement], at: int, document: Document) -> Features:
    """Give the names of all features that one of the statements has."""
    one = statements[at]
    core = one.text[one.core :]
    if one.section.lead_in.carried:  # “mow the lawn” under “the Ranger would:”
        core = f"{one.section.lead_in.carried} {core}"
    every = tokens(core, document.names)
    found = set(_worded(every))
    whole = tokens(one.text, document.names) if one.core else every
    found.update(_placed(one, document))
    found.update(_told(one, core, document))
    context = _context(one, document)
    forms = list(forms_of(whole))
    found.update(forms)
    found.update(f"{form}; {context}" for form in forms)
    found.add(context)
    if not forms:
        found.add(f"no form; {context}")
    before = statements[at - 1] if at and statements[at - 1].part.at >= one.part.at - 1 else None
    after = (
        statements[at + 1]
        if at + 1 < len(statements) and statements[at + 1].part.at <= one.part.at + 1
        else None
    )
    for name, other in (("before", before), ("behind", after)):
        if other is None:
            found.add(f"nothing {name} it")
            continue
        same = "same paragraph" if other.part.at == one.part.at else "next paragraph"
        for what, pattern in (
            ("a vote", _VOTED),
            ("lost", _LOST),
            ("a motion", _MOVED),
            ("how it stands", _DONE),
        ):
            if pattern.search(other.text[:120]):
                found.add(f"{name} it, {same}: {what}")
        if is_order(other.text, document.names):
            found.add(f"{name} it: an order")
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
    if _sign(one) in document.signs:
        return "behind this clerk's sign"
    if section.kind:
        near = one.part.role != "told" if section.listed else section.told < 2
        return f"{'below' if near else 'further below'} {section.kind}"
    return "unmarked"


def _worded(every: Sequence[str]) -> list[str]:
    found = [f"“{token}”" for token in every]
    found += [f"“{a} {b}”" for a, b in pairwise(every)]
    found += [f"“{a} {b} {c}”" for a, b, c in zip(every, every[1:], every[2:], strict=False)]
    for size in (1, 2, 3):
        if len(every) >= size:
            found.append(f"begins “{' '.join(every[:size])}”")
            found.append(f"ends “{' '.join(every[-size:])}”")
    return found


def _placed(one: Statement, document: Document) -> list[str]:
    section = one.section
    kind = section.kind or "nothing"
    found = [
        "any",
        f"stands in {one.part.role}",
        f"marked in its line as {one.mark}" if one.mark else "not marked in its line",
        f"below {section.opening or 'nothing'} of {kind}",
        f"{min(section.told, 4)} paragraphs below {section.opening or 'nothing'} of {kind}",
        *document.habits,
        "first of its paragraph" if one.first else "later in its paragraph",
    ]
    more = (
        ("last of its paragraph", one.last and not one.first),
        (f"in a list below {kind}", section.listed and section.kind),
        ("among earlier actions", section.earlier),
        (f"among earlier actions, {one.part.role}", section.earlier),
        (f"somebody named {'behind' if one.behind else 'before'} it", one.who),
        ("its lead-in names who acts", section.lead_in.carried),
        ("its lead-in resolves", section.lead_in.resolving),
        (f"list of {one.part.block.style}", one.part.block.marker),
    )
    found += [name for name, has in more if has]
    sign = _sign(one)
    if sign:
        found.append("a sign" if sign not in document.signs else "this clerk's sign")
        found.append(f"sign {sign}")
        if sign not in ("*", "bold"):
            found.append("another sign")
    for name, pattern in _TITLED:
        if pattern.search(one.place.title):
            found.append(f"item of {name}")
    return found


def _told(one: Statement, core: str, document: Document) -> list[str]:
    """Ask the grammar."""
    found: list[str] = []
    obliged = grammar.obliges(core, document.names)
    found.append("obliges" if obliged else "does not oblige")
    owner = grammar.owner_in(core, document.names)
    kind = grammar.kind_of(core, "decision", document.names)
    found.append(f"reads as {kind}")
    section = one.mark or one.section.kind
    found.append(f"reads as {kind}, marked {section or 'nothing'}")
    if obliged and one.section.earlier:
        found.append("obliges among earlier actions")
    if owner:
        found.append("names who acts")
        bare = owners.tidy(owner)
        found.append(
            "acts: "
            + (
                "a body"
                if owners.is_body(owner)
                else "initials"
                if bare.isupper()
                else "pronoun"
                if bare.casefold() in _PRONOUNS
                else "a post"
                if bare.split()[-1].casefold() in words.WHO
                else "a name"
            )
        )
    if timing.due_words(core):
        found.append("says when")
    if grammar.says_nothing(core):
        found.append("says nothing to do")
    count = len(core.split())
    found.append(
        "length "
        + (
            "1"
            if count < 4
            else "2"
            if count < 8
            else "3"
            if count < 16
            else "4"
            if count < 30
            else "5"
        )
    )
    if core.endswith("?"):
        found.append("a question")
    if _MOVED.search(one.text[:200]):
        found.append("speaks of a motion")
    if _VOTED.search(one.text[-80:]):
        found.append("ends with a vote")
    if _DONE.search(core[-40:]):
        found.append("ends with how it stands")
    if is_order(core, document.names):
        found.append(f"an order, {section or 'unmarked'}")
    return found

"""A table of contacts: its columns by what they mean, and what it would tell of owners. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from cpctrack.errors import ImportRefusedError
from cpctrack.matching import spellings
from cpctrack.records.owners import Owner, Owners, is_address, is_name
from cpctrack.text import fold, one_line

# What councils and mail programs call each column; of two in one table the earlier is read.
_HEADINGS = {
    "name": (
        "name", "full name", "display name", "owner", "officer", "contact", "contact name",
        "officer name", "lead officer", "action owner",
    ),
    "first": ("first name", "forename", "given name"),
    "last": ("last name", "surname", "family name"),
    "email": (
        "e mail", "email", "e mail address", "email address", "work email", "work e mail", "mail",
        "contact email", "e mail 1 value", "primary smtp address",
    ),
    "service": (
        "service", "service area", "directorate", "department", "division", "team", "section",
        "organization department",
    ),
    "post": ("post", "job title", "role", "position", "post title", "job", "organization title"),
}  # fmt: skip
_OTHER_THAN_WORDS = re.compile(r"[\W_]+")
_HEAD = 10  # rows above the headings, at most
_TOLD = ("email", "service", "post")
_AROUND_ADDRESS = re.compile(r"^(?:.*<)?(?:mailto:)?|>$", re.IGNORECASE)
_TURNED = re.compile(r"([^,]+), *([^,]+)")


class Contact(NamedTuple):
    """One row: whom it is of, what it tells, and the line that it starts on."""

    line: int
    name: str
    told: Mapping[str, str]


class ContactTable(NamedTuple):
    """The rows, and the headings of which nothing was read."""

    contacts: tuple[Contact, ...]
    unread: tuple[str, ...]


class ContactPlan(NamedTuple):
    """What a table would change: each owner before and after, by the name of the row.

    `strangers` are names among them that nothing in the store has; of `doubts`, each a sentence,
    nothing is taken, or only what it says.
    """

    owners: Mapping[str, tuple[Owner | None, Owner]]
    unchanged: int
    strangers: tuple[str, ...]
    doubts: tuple[str, ...]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.owners)


def count_known(cells: Iterable[str]) -> int:
    """Count the cells that name a column of contacts."""
    return sum(_meaning(cell) is not None for cell in cells)


def read_contacts(name: str, rows: Sequence[tuple[int, Sequence[str]]]) -> ContactTable:
    """Read rows, each with its line, below the headings; the columns may be in any order.

    Raises `ImportRefusedError` where none of the first rows names the columns.
    """
    for at, (_, headings) in enumerate(rows[:_HEAD]):
        columns = _columns(headings)
        if ("name" in columns or "last" in columns) and len(columns) > 1:
            read = set(columns.values())
            below = (_contact(line, cells, columns) for line, cells in rows[at + 1 :] if any(cells))
            others = (one_line(each) for place, each in enumerate(headings) if place not in read)
            return ContactTable(tuple(below), tuple(filter(None, others)))
    raise ImportRefusedError(
        f"{name} has no row that names its columns; give it the headings Name and E-mail, Service "
        "or Post, and try again."
    )


def _meaning(heading: str) -> tuple[str, int] | None:
    """Give what a heading means, and how well it says so: 0 is best."""
    words = _OTHER_THAN_WORDS.sub(" ", fold(heading)).strip()
    found = ((each, names.index(words)) for each, names in _HEADINGS.items() if words in names)
    return next(found, None)


def _columns(headings: Sequence[str]) -> dict[str, int]:
    """Give the place of each column that is to be read, by what it means."""
    meant = [(found, place) for place, one in enumerate(headings) if (found := _meaning(one))]
    return {meaning: place for (meaning, _), place in sorted(meant, reverse=True)}


def _contact(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> Contact:
    texts = {
        meaning: one_line(cells[place]) if place < len(cells) else ""
        for meaning, place in columns.items()
    }
    parts = (texts.get("first", ""), texts.get("last", ""))
    name = texts.get("name") or " ".join(filter(None, parts))
    if "email" in texts:
        texts["email"] = _AROUND_ADDRESS.sub("", texts["email"])
    return Contact(line, name, {each: texts[each] for each in _TOLD if texts.get(each)})


def plan_contacts(contacts: Sequence[Contact], book: Owners, known: Iterable[str]) -> ContactPlan:
    """Say what contacts tell of owners; `known` are the names that records have.

    A blank cell takes nothing away. Whose rows tell different things is not taken from the table,
    since it is not known which is right.
    """
    by_fold = {fold(name): name for name in known}
    meant = [book.canonical(by_fold.get(fold(one.name), one.name)) for one in contacts]
    rows = zip(map(fold, meant), (frozenset(one.told.items()) for one in contacts), strict=True)
    times = Counter(key for key, _ in set(rows))
    owners: dict[str, tuple[Owner | None, Owner]] = {}
    doubts: list[str] = []
    for contact, name in zip(contacts, meant, strict=True):
        where = f"line {contact.line}"
        if not fold(contact.name):
            doubts.append(f"{where}: nobody is named")
        elif not is_name(contact.name):
            doubts.append(f"{where}: “{one_line(contact.name)}” is not the name of one owner")
        elif times[fold(name)] > 1:
            doubts.append(f"{where}: {name} stands in the table more than once, and is left out")
        else:
            told: dict[str, Any] = dict(contact.told)
            if "email" in told and not is_address(told["email"]):
                doubts.append(f"{where}: “{told.pop('email')}” is no e-mail address of {name}")
            before = book.find(name)
            owners[name] = (before, (before or Owner(name))._replace(**told))
    changed = {n: two for n, two in owners.items() if two[1] != (two[0] or Owner(n))}
    strangers = [name for name in owners if fold(name) not in by_fold and name not in book]
    doubts += _may_be(strangers, owners, by_fold.values(), book)
    kept = tuple(name for name in strangers if name in changed)
    unchanged = sum(before == after for before, after in owners.values())
    return ContactPlan(changed, unchanged, kept, tuple(doubts))


def _may_be(
    strangers: Sequence[str],
    owners: Mapping[str, tuple[Owner | None, Owner]],
    known: Iterable[str],
    book: Owners,
) -> list[str]:
    """Name strangers who may be known by another spelling, with their post behind, or by it."""
    posts = {fold(name): name for name in known if name not in book}
    uses = dict.fromkeys(strangers, 0) | dict.fromkeys(posts.values(), 1)
    alike = dict(spellings.spellings(uses))
    found = []
    for name in strangers:
        longer = (full for key, full in posts.items() if key.startswith(f"{fold(name)} "))
        others = (fold(owners[name][1].post), fold(_TURNED.sub(r"\2 \1", name)))
        found_by = (posts.get(each) for each in others)
        other = alike.get(name) or next(filter(None, found_by), None) or next(longer, None)
        if other:
            fix = f'“cpctrack owner "{other}" --also "{name}"”'
            found.append(f"{name} may be {other}, who owns actions here; if so, say {fix}")
    return found

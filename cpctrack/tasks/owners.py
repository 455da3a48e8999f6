"""What owners there are and what is with them; telling the store more of one; giving actions on."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from cpctrack.errors import NotFoundError, StoreError, UsageError
from cpctrack.matching import spellings
from cpctrack.records.changes import Author, amend
from cpctrack.records.model import NOTHING, Record
from cpctrack.records.owners import Owner, is_name, together
from cpctrack.records.query import Dated, in_order, known_owners
from cpctrack.store import owners as owners_rows
from cpctrack.store import store
from cpctrack.store.codec import CONFLICTS, OWNERS
from cpctrack.store.store import Store
from cpctrack.suggest import did_you_mean
from cpctrack.tasks.update import in_a_row
from cpctrack.text import fold, one_line

_MOST_NAMED = 5


class Standing(NamedTuple):
    """An owner, what is open with them, and names that may mean them as well.

    What is due first stands first. `is_kept` says whether a store knows more of them than a name.
    """

    owner: Owner
    is_kept: bool
    actions: tuple[Dated, ...] = ()
    perhaps: tuple[str, ...] = ()

    @property
    def late(self) -> list[Dated]:
        """What is overdue, the longest overdue first."""
        return [one for one in self.actions if one.overdue]

    @property
    def late_since(self) -> date | None:
        """The last day that was allowed to what is overdue longest."""
        return next(map(_last_day, self.late), None)


class Said(NamedTuple):
    """What somebody says of an owner: fields with their values, and names that mean them, too.

    An empty text clears a field; among the names it takes those away that were known before.
    """

    fields: Mapping[str, Any] = NOTHING
    also: Sequence[str] = ()


class Kept(NamedTuple):
    """An owner as the store knew them and as it does now.

    `united` are those whose rows went into theirs, `spelled` counts the open records that have
    another name of theirs. `is_new` says that nobody was known by the name, and `hint` which
    others it is near to.
    """

    before: Owner | None
    owner: Owner
    united: tuple[Owner, ...]
    spelled: Mapping[str, int]
    is_new: bool
    hint: str


class Reassigned(NamedTuple):
    """The records as they were and as they are, and the name that they have now.

    `owner` is what is known of who bears it; `is_new` and `hint` are as in `Kept`.
    """

    records: list[tuple[Record, Record]]
    name: str
    owner: Owner | None
    is_new: bool
    hint: str


def survey(stores: Sequence[Store], today: date) -> list[Standing]:
    """Give every owner in any of the stores, by name; names that mean one count as one."""
    book = together(each.owners for each in stores)
    owners = dict(book.rows)
    actions: dict[str, list[Dated]] = defaultdict(list)
    for held in stores:
        calendar = held.calendar(today)
        for name in map(book.canonical, known_owners(held.records)):
            owners.setdefault(fold(name), Owner(name))
        for record in in_order(held.records):
            if record.status.is_open:
                dated = Dated(record, calendar, held.settings.committee)
                for key in dict.fromkeys(fold(book.canonical(each)) for each in record.owners):
                    actions[key].append(dated)
    perhaps: dict[str, list[str]] = defaultdict(list)
    uses = {one.name: len(actions[key]) for key, one in owners.items()}
    for rare, usual in spellings.spellings(uses):
        perhaps[fold(usual)].append(rare)
    return [
        Standing(
            owner, key in book.rows, tuple(sorted(actions[key], key=_last_day)), tuple(perhaps[key])
        )
        for key, owner in sorted(owners.items())
    ]


def find(standings: Sequence[Standing], typed: str) -> Standing:
    """Find the owner that a name, or words in one, mean.

    Raises `NotFoundError` where that is nobody, or may be several.
    """
    names = {fold(name): one.owner.name for one in standings for name in one.owner.also}
    names |= {fold(one.owner.name): one.owner.name for one in standings}
    name = _meant(names, typed)
    if not name:
        hint = did_you_mean(typed, names.values()) or " “cpctrack owners” shows them all."
        raise NotFoundError(f"There is no owner called “{one_line(typed)}”.{hint}")
    return next(one for one in standings if one.owner.name == name)


def keep(path: Path, typed: str, said: Said, author: Author) -> Kept:
    """Keep what somebody says of an owner, who may be new; one write, or none.

    Raises `UsageError` for a name that is none, `NotFoundError` for one that may mean several, and
    `StoreError` where a merge has left a conflict about them, or their row can't be read.
    """
    if not fold(typed):
        raise UsageError("An owner needs a name.")
    with store.editing(path) as current:
        known = known_owners(current.records)
        found = _meant(_names(current, known), typed)
        name = found or typed
        if not found and not is_name(name):
            raise UsageError(f"“{one_line(name)}” is not the name of one owner; give one name.")
        before = current.owners.find(name)
        owner = (before or Owner(name))._replace(**said.fields)
        if "" in said.also:
            owner = owner._replace(also=())
        united: dict[str, Owner] = {}
        for other in filter(None, said.also):
            held = current.owners.find(other)
            if held and held != before:
                united[current.owners.id_of(other)] = held
                owner = owner.united(held)
            owner = owner.known_as([other])
        if owner != (before or Owner(name)):
            put(current, {owner.name: owner}, author, gone=united)
        uses = Counter(each for one in current.records if one.status.is_open for each in one.owners)
        spelled = {
            each: number
            for each, number in uses.items()
            if each != owner.name and current.owners.canonical(each) == owner.name
        }
    hint = "" if found else did_you_mean(typed, known)
    return Kept(before, owner, tuple(united.values()), spelled, not found, hint)


def put(
    current: Store, owners: Mapping[str, Owner], author: Author, gone: Mapping[str, Owner] = NOTHING
) -> None:
    """Put owners into the store, each by a name that means them, and let rows go, by their ids.

    Raises `StoreError` where a merge's conflict about one stands, or a row can't be read.
    """
    book, rows = current.owners, current.document.get(OWNERS, {})
    new = {book.id_of(name): owner for name, owner in owners.items()}
    for row_id in new.keys() | gone.keys():
        row = rows.get(row_id, {})
        if CONFLICTS in row:
            raise StoreError(
                f"Two people changed what is known of the owner “{one_line(row_id)}” in different "
                "ways, and a merge has left both. First say what is right with “cpctrack resolve "
                f'"{one_line(row_id)}"”; nothing was changed.'
            )
        if row:
            owners_rows.decode(row_id, row)  # or it would be written over
    if gone:
        current.drop_rows(OWNERS, gone, author)
    current.put_rows(OWNERS, {key: owners_rows.encode(each) for key, each in new.items()}, author)


def reassign(
    path: Path, old: str, new: str, refs: Sequence[str], reason: str, author: Author
) -> Reassigned:
    """Give what is open with one owner to another, or the records of these references.

    The others who own a record stay, in their order. Where the two names mean one owner, only
    records that are spelled the old way change. Raises `UsageError` for a record of these that is
    not theirs, and `NotFoundError` where none is.
    """
    with store.editing(path) as current:
        book = current.owners
        whose = book.find(old)
        all_names = whose is not None and whose is not book.find(new)

        def is_theirs(name: str) -> bool:
            return fold(name) == fold(old) or (all_names and book.find(name) is whose)

        named = list({one.id: one for one in map(current.find, refs)}.values())
        for record in named:
            if not any(map(is_theirs, record.owners)):
                has = in_a_row(record.owners) or "nobody"
                raise UsageError(f"{record.ref} is not referred to “{old}”, but to {has}.")
        chosen = named or [
            one
            for one in in_order(current.records)
            if one.status.is_open and any(map(is_theirs, one.owners))
        ]
        if not chosen:
            raise NotFoundError(_nobodys(old, current.records))
        known = known_owners(current.records)
        # Who puts a spelling right says how: the records that are left must not take it back.
        same = fold(old) == fold(new) and new not in book
        name = new if same else current.spelled((new,))[0]
        is_known = same or name in known or name in book
        changed = []
        for record in chosen:
            owners = tuple(
                dict.fromkeys(name if is_theirs(each) else each for each in record.owners)
            )
            if owners != record.owners:
                values = {"owners": owners, "owner_text": ""}
                after = amend(record, values, author, reason=reason)
                current.put(after)
                changed.append((record, after))
    hint = "" if is_known else did_you_mean(new, known)
    return Reassigned(changed, name, book.find(name), not is_known, hint)


def _names(current: Store, known: Iterable[str]) -> dict[str, str]:
    """Give whom each name in a store means, by the name, folded."""
    names = {fold(name): current.owners.canonical(name) for name in known}
    return names | {fold(name): one.name for one in current.owners for name in one.names}


def _meant(names: Mapping[str, str], typed: str) -> str:
    """Give the one name that is meant, or nothing; raises `NotFoundError` for several."""
    wanted = fold(typed)
    if wanted in names:
        return names[wanted]
    part = _words(wanted)
    found = list(dict.fromkeys(name for key, name in names.items() if part in _words(key)))
    if len(found) > 1:
        several = ", ".join(map(one_line, found[:_MOST_NAMED]))
        raise NotFoundError(f"“{one_line(typed)}” may be {several}; give more of the name.")
    return found[0] if found else ""


def _words(name: str) -> str:
    found = re.findall(r"\w+", name)
    return f" {' '.join(found)} "


def _nobodys(name: str, records: Sequence[Record]) -> str:
    """Say why nothing is to be given on."""
    owned = [one for one in records if fold(name) in map(fold, one.owners)]
    if owned:
        few = ", ".join(one.ref for one in owned[:_MOST_NAMED])
        more = ", …" if len(owned) > _MOST_NAMED else ""
        return (
            f"Nothing unfinished is referred to “{name}”, only {few}{more}; name what is to "
            "change nevertheless."
        )
    hint = did_you_mean(name, known_owners(records)) or " “cpctrack owners” shows who there is."
    return f"No action is referred to “{name}”.{hint}"


def _last_day(dated: Dated) -> date:
    return dated.calendar.last_day(dated.record) or date.max

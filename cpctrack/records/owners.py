"""Who owns actions: one owner, every name that means them, and where to reach them. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple

from cpctrack.records.model import NOTHING
from cpctrack.text import fold

# What mail programs take for an address; whether anybody reads it no form can tell.
_ADDRESS = (  # not compiled before it is first asked for
    r"[^\s@<>()\[\],;:\"\\]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])"
)
_LONGEST_ADDRESS = 254
_TOLD = ("email", "service", "post", "left")
NOT_APPLICABLE = frozenset({"n/a", "na", "n.a.", "n.a", "not applicable"})
NOBODY = NOT_APPLICABLE | {
    "none", "nil", "-", "–", "—", "tbc", "tba", "to be confirmed", "unassigned", "not assigned",
}  # fmt: skip
"""What stands in a table where nobody is named, folded."""


class Owner(NamedTuple):
    """A person, a post or a body that actions are referred to.

    `name` is how the store writes it, `also` what else means the same: other spellings, initials,
    the post. `left` is the day (ISO) from which they are no longer there.
    """

    name: str
    email: str = ""
    service: str = ""
    post: str = ""
    also: tuple[str, ...] = ()
    left: str = ""
    extra: Mapping[str, object] = NOTHING

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that means this owner."""
        return (self.name, *self.also)

    def has_left(self, today: date) -> bool:
        """Tell whether they are no longer there."""
        return bool(self.left) and self.left <= today.isoformat()

    def known_as(self, names: Iterable[str]) -> "Owner":
        """Give the owner with more names that mean them, each once, however it is spelled."""
        every: dict[str, str] = {}
        for name in (*self.names, *names):
            every.setdefault(fold(name), name)
        return self._replace(
            also=tuple(name for key, name in every.items() if key not in ("", fold(self.name)))
        )

    def united(self, other: "Owner") -> "Owner":
        """Give one owner of two: what this one does not tell is as the other tells it."""
        told = {name: getattr(self, name) or getattr(other, name) for name in _TOLD}
        extra = {**other.extra, **self.extra}
        return self._replace(**told, extra=extra).known_as(other.names)


class Owners:
    """The owners that a store knows more of than a name, by the ids of their rows."""

    def __init__(self, rows: Mapping[str, Owner] = NOTHING) -> None:
        self.rows = rows
        self._ids: dict[str, str] = {}
        # Of a name that two claim, who bears it comes before whom it means as well.
        for names_of in (lambda owner: (owner.name,), lambda owner: owner.also):
            for row_id, owner in sorted(rows.items()):
                for name in filter(fold, names_of(owner)):
                    self._ids.setdefault(fold(name), row_id)
        for row_id in rows:
            self._ids.setdefault(row_id, row_id)

    def __iter__(self) -> Iterator[Owner]:
        return iter(self.rows.values())

    def __contains__(self, name: str) -> bool:
        return fold(name) in self._ids

    def find(self, name: str) -> Owner | None:
        """Give the owner whom a name means: case, accents and spaces do not matter."""
        row_id = self._ids.get(fold(name)) if self.rows else None
        return None if row_id is None else self.rows[row_id]

    def id_of(self, name: str) -> str:
        """Give the id of the row of the owner whom a name means, or that a new one will have."""
        return self._ids.get(fold(name), fold(name))

    def canonical(self, name: str) -> str:
        """Give the name that the store writes for this one."""
        owner = self.find(name)
        return owner.name if owner else name

    def names_of(self, name: str) -> tuple[str, ...]:
        """Give every name that means whom this one means, itself among them."""
        owner = self.find(name)
        return (name, *owner.names) if owner else (name,)

    def services(self, names: Iterable[str]) -> tuple[str, ...]:
        """Give the services that these owners are of, each once."""
        found = (owner.service for name in names if (owner := self.find(name)))
        return tuple(dict.fromkeys(filter(None, found)))

    def claimed(self) -> Iterator[tuple[str, Owner, Owner]]:
        """Give each name that two owners claim, with the one whom it means and the other."""
        for row_id, owner in sorted(self.rows.items()):
            for name in filter(fold, owner.names):
                if (first := self.id_of(name)) != row_id:
                    yield name, self.rows[first], owner


NO_OWNERS = Owners()


def together(books: Iterable[Owners]) -> Owners:
    """Give what several committees know of owners: who has one name in them is one owner."""
    rows: dict[str, Owner] = {}
    for owner in chain.from_iterable(books):
        key = fold(owner.name)
        rows[key] = rows[key].united(owner) if key in rows else owner
    return Owners(rows)


def is_name(text: str) -> bool:
    """Tell whether a text can name one owner: not “N/A”, and not “A; B”, which are two."""
    return fold(text) not in NOBODY and ";" not in text


def is_address(text: str) -> bool:
    """Tell whether a text has the form of an e-mail address."""
    return len(text) <= _LONGEST_ADDRESS and re.fullmatch(_ADDRESS, text) is not None

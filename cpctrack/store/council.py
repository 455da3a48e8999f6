"""The stores of a council, one a committee: finding them, and the one that holds a record."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import StoreError, UsageError
from cpctrack.records import refs
from cpctrack.records.exempt import is_withheld
from cpctrack.store import copies, files, store
from cpctrack.store.store import Store
from cpctrack.text import fold


class _Named(NamedTuple):
    path: Path
    ref: str
    source_ref: str


def stores_in(folder: Path) -> list[Path]:
    """Find the stores of a folder: each ``*.json`` that is one, and ``actions.json`` one below.

    What a program for shared folders has put beside a store as another copy of it is none. What
    can't be read counts as a store: were it passed over, nobody would miss its committee. Raises
    `StoreError` where there is no store.
    """
    found = {path: copies.store_prefix(path, copies.read(path)) for path in folder.glob("*.json")}
    prefixes = {path: prefix for path, prefix in sorted(found.items()) if prefix is not None}
    own = [
        path
        for path, prefix in prefixes.items()
        if not any(
            copies.is_named_after(path.name, other.name) and copies.begins_alike(prefix, theirs)
            for other, theirs in prefixes.items()
        )
    ]
    stores = [*own, *sorted(folder.glob(f"*/{files.STORE_NAME}"))]
    if not stores:
        raise StoreError(
            f"There is no store in the folder {folder}; name another with --store, or make one "
            "there with “cpctrack --store FILE init --committee NAME”."
        )
    return stores


def read_all(paths: Iterable[Path]) -> list[Store]:
    """Read stores in the order of their committees' names; raises `StoreError`.

    So it does for two whose references begin alike, since none could be told from another.
    """
    paths = list(paths)
    held = [_read(path, named=len(paths) > 1) for path in paths]
    by_prefix: dict[str, Path] = {}
    for each in held:
        other = by_prefix.setdefault(each.settings.prefix.upper(), each.path)
        if other != each.path:
            raise StoreError(
                f"{other} and {each.path} are two stores whose references begin with "
                f"{each.settings.prefix}, so none could be told from the other. Where one is a "
                "copy, move it out of the folder; else work on one at a time with --store FILE."
            )
    return sorted(held, key=lambda each: each.settings.committee.casefold())


def _read(path: Path, *, named: bool) -> Store:
    """Read a store; what is wrong with one of several says with which."""
    try:
        return store.read(path)
    except StoreError as error:
        if not named or str(path) in str(error):
            raise
        raise StoreError(f"{path}: {error}") from error


def refuse_private(held: Sequence[Store]) -> None:
    """Refuse two stores of one committee: one may be its private one, with nothing marked.

    Raises `StoreError`.
    """
    of_committee: dict[str, Path] = {}
    for each in held:
        other = of_committee.setdefault(fold(each.settings.committee), each.path)
        if other != each.path:
            raise StoreError(
                f"{other} and {each.path} are of one committee, so one may be its private store; "
                "nothing was made. Name each store that is for the public with --store FILE."
            )


def withheld(held: Iterable[Store]) -> frozenset[str]:
    """Name, in capitals, the records of these stores that the public must not see.

    Raises `StoreError` where one can't be read.
    """
    return frozenset(
        record.ref.upper() for each in held for record in each.records if is_withheld(record)
    )


def holder(held: Sequence[Store], typed: Sequence[str]) -> Store:
    """Give the store that holds the records of these references, as `refs.find` reads them.

    Raises `UsageError` where they are of several, and `NotFoundError`.
    """
    names = [
        _Named(each.path, str(row.get("ref", "")), str(row.get("source_ref", "")))
        for each in held
        for row in each.document.get("actions", {}).values()
    ]
    found = {name.path: name.ref for name in (refs.find(names, ref) for ref in typed)}
    if len(found) > 1:
        raise UsageError(
            f"{' and '.join(found.values())} are in the stores of different committees; a command "
            "changes one store, so give it the references of one."
        )
    return next(each for each in held if each.path in found)

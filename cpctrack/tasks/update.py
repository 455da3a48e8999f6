"""Giving records new values: the same for all, in all or in none."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import StoreError, UsageError
from cpctrack.records.changes import Author, amend
from cpctrack.records.decisions import check_update, require_coming
from cpctrack.records.model import MeetingType, Record, words_of
from cpctrack.records.owners import Owners
from cpctrack.records.query import type_on
from cpctrack.store import store
from cpctrack.store.store import Store
from cpctrack.text import one_line


class Changes(NamedTuple):
    """New values of fields, and what is said of lists and of the meeting (`day` is ISO).

    `evidence` among the fields is added to what a record has; `owners` are all of them.
    """

    fields: Mapping[str, object]
    add_owners: Sequence[str] = ()
    remove_owners: Sequence[str] = ()
    remove_evidence: Sequence[str] = ()
    day: str = ""
    type: MeetingType | None = None
    year: str = ""


class Updated(NamedTuple):
    """Each record as it was and as it is, and the store that holds them."""

    records: list[tuple[Record, Record]]
    store: Store


def update(
    path: Path,
    refs: Sequence[str],
    changes: Changes,
    author: Author,
    *,
    shown: Record | None = None,
) -> Updated:
    """Change the records that typed references stand for.

    `shown` is the one record as somebody saw it who made the changes: what others wrote since stays
    (`StoreError`). Raises `UsageError`, `NotFoundError`, and `DecisionError`.
    """
    goes_to = str(changes.fields.get("goes_to", ""))
    with store.editing(path) as current:
        require_coming(goes_to, current.meetings.values(), author.at[:10])
        records = {record.id: record for record in map(current.find, refs)}
        if shown:
            _check_still(shown, next(iter(records.values())), changes.fields)
        done = []
        for record in records.values():
            values = _values(current, record, changes, but=records.keys())
            confirmed: tuple[str, ...] = ()
            if values.get("exempt_paragraph") == "":
                from cpctrack.records.exempt import unsaid

                # It stays empty because somebody says so, where words say otherwise.
                confirmed = ("exempt_paragraph",) if unsaid(record) else ()
            new = amend(record, values, author, confirmed=confirmed)
            check_update(record, new)
            current.put(new)
            done.append((record, new))
    return Updated(done, current)


def in_a_row(names: Iterable[str]) -> str:
    """Write names as a sentence has them."""
    return " and ".join(map(one_line, names))


def _check_still(shown: Record, now: Record, fields: Mapping[str, object]) -> None:
    """Refuse to write over what somebody else wrote while the form was open."""
    moved = [name for name in fields if getattr(shown, name) != getattr(now, name)]
    if moved:
        written = "\n".join(f"{name}: {fields[name]}" for name in moved)
        raise StoreError(
            f"Somebody else changed the {words_of(moved[0])} of {now.ref} while your "
            "editor was open; look at it with “cpctrack show” and update it again. "
            f"You had written:\n{written}"
        )


def _values(
    current: Store, record: Record, changes: Changes, *, but: Iterable[str]
) -> dict[str, object]:
    values = dict(changes.fields)
    if changes.add_owners or changes.remove_owners:
        values |= _owners(record, changes, current.owners)
    for each in changes.remove_evidence:
        if each not in record.evidence:
            raise UsageError(f"{record.ref} has no evidence “{each}”; “cpctrack show” lists it.")
    if "evidence" in values or changes.remove_evidence:
        kept = [each for each in record.evidence if each not in changes.remove_evidence]
        added = values.get("evidence", ())
        assert isinstance(added, tuple)
        values["evidence"] = tuple(dict.fromkeys((*kept, *added)))
    if owners := values.get("owners"):
        assert isinstance(owners, tuple)
        values["owners"] = current.spelled(owners, but=set(but))
    if changes.day or changes.type or changes.year:
        day = changes.day or record.meeting.date
        known = type_on(current.meetings.values(), changes.day)
        type_ = changes.type or known or record.meeting.type
        meeting = current.meeting_on(day, type_, year=changes.year)
        if meeting != record.meeting:
            values["meeting"] = meeting
    return values


def _owners(record: Record, changes: Changes, book: Owners) -> dict[str, object]:
    """Give the owners, and no printed cell, where that changes whom it is referred to."""
    if "owners" in changes.fields:
        raise UsageError(
            "--owner names all owners; give it alone, or --add-owner and --remove-owner without it."
        )
    owners = {book.canonical(name).casefold(): name for name in record.owners}
    for name in changes.remove_owners:
        if owners.pop(book.canonical(name).casefold(), None) is None:
            has = in_a_row(owners.values()) or "nobody"
            raise UsageError(f"{record.ref} is not referred to “{name}”, but to {has}.")
    for name in filter(None, changes.add_owners):
        owners.setdefault(book.canonical(name).casefold(), name)
    kept = tuple(owners.values())
    return {} if kept == record.owners else {"owners": kept, "owner_text": ""}

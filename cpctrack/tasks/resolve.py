"""Settling what merges left open: finding it, trying an answer, writing the answers."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import NotFoundError, StoreError
from cpctrack.records.changes import Author
from cpctrack.records.model import Conflict
from cpctrack.store import conflicts, migrations, store
from cpctrack.store.codec import Document
from cpctrack.store.conflicts import Resolution, apply, field_words
from cpctrack.store.storage import parse_document
from cpctrack.store.store import Store
from cpctrack.text import fold

WHOLE = "record"
"""How the whole of a row is typed, where one side removed it."""

_TYPED = {
    "": WHOLE, "due_text": "due", "exempt_paragraph": "exempt", "owner_text": "owners",
}  # fmt: skip

Answers = Sequence[tuple[Conflict, Resolution]]


class Settled(NamedTuple):
    """The conflicts that were settled, with all that went with them, and the store by now."""

    conflicts: list[Conflict]
    store: Store


def find(current: Store, ref: str = "", field: str = "") -> list[Conflict]:
    """Give the conflicts that a typed reference and field stand for, or all; `NotFoundError`."""
    found = conflicts.find(current.document)
    if not found:
        raise NotFoundError("There is nothing to settle.")
    if not ref:
        return found
    here = [each for each in found if each.table != "actions" and each.ref == ref.casefold()]
    if not here:
        record = current.find(ref)
        here = [each for each in found if (each.table, each.id) == ("actions", record.id)]
        if not here:
            raise NotFoundError(
                f"{record.ref} has no conflicts; “cpctrack conflicts” shows them all."
            )
    if not field:
        return here
    wanted = _plain(field)
    for conflict in here:
        name = conflict.clash.field
        if wanted in {_plain(known) for known in (name, field_words(name), _TYPED.get(name, ""))}:
            return [conflict]
    fields = ", ".join(
        field_words(each.clash.field) if each.clash.field else WHOLE for each in here
    )
    raise NotFoundError(f"{here[0].ref} has no conflict about “{field}”; it has: {fields}.")


def _plain(name: str) -> str:
    return fold(name).replace("-", " ").replace("_", " ")


def unsound(current: Store, answers: Answers, author: Author, today: date) -> Mapping[str, str]:
    """Say of each record, by id, how it would contradict itself if this were settled so."""
    document, settled = _applied(current.document, answers, author)
    return _contradictions(Store(current.path, document), settled, today)


def settle(path: Path, answers: Answers, author: Author, today: date) -> Settled:
    """Write what is right, all of it or nothing, into the store and into its records' history.

    Raises `UsageError`, and `StoreError` where the store has changed since or a record would
    contradict itself.
    """
    done: list[Settled] = []

    def make(content: bytes) -> Document:
        before = migrations.upgrade(parse_document(content, str(path)))
        left = conflicts.find(before)
        for conflict, _ in answers:
            if conflict not in left:
                raise StoreError(
                    f"Somebody else changed {conflict.ref} while you were choosing; nothing was "
                    "changed. See what is left with “cpctrack conflicts”."
                )
        document, settled = _applied(before, answers, author)
        after = Store(path, document)
        for wrong in _contradictions(after, settled, today).values():
            raise StoreError(wrong)
        done.append(Settled(settled, after))
        return document

    store.rewrite(path, make, author)
    return done[0]


def _applied(
    document: Document, answers: Answers, author: Author
) -> tuple[Document, list[Conflict]]:
    settled: list[Conflict] = []
    for conflict, resolution in answers:
        document, together = apply(document, conflict, resolution, author)
        settled += together
    return document, settled


def _contradictions(current: Store, settled: Sequence[Conflict], today: date) -> Mapping[str, str]:
    """Say of each record, by id, what contradicts itself in it now that this is settled.

    What another conflict of the record is about too may still come right.
    """
    from cpctrack.check import Subject, contradictory
    from cpctrack.sharing.merge.soundness import INVARIANTS

    told: dict[str, str] = {}
    records = current.records
    for record in [each for each in records if each.id in {each.id for each in settled}]:
        fields = {each.clash.field for each in settled if each.id == record.id}
        waiting = {clash.field for clash in record.conflicts}
        others = (each for each in records if each is not record)
        # A check of several records tells it of the first.
        subject = Subject(
            (record, *others), current.meetings, current.settings, current.calendar(today)
        )
        for check in contradictory.CHECKS:
            needed = INVARIANTS.get(check.name, (check.field,))
            if fields.isdisjoint(needed) or not waiting.isdisjoint(needed):
                continue
            also = " or ".join(field_words(name) for name in needed)
            for message in [words for ref, words in check.find(subject) if ref == record.ref]:
                told[record.id] = (
                    f"{record.ref} would contradict itself, and is left unsettled: "
                    f"{message.rstrip('.')}. Choose otherwise, or first put its {also} right with "
                    f"“cpctrack update {record.ref}”."
                )
    return told

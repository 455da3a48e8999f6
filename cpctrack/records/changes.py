"""How a record comes into being and how it changes, each with a line of history."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from cpctrack.records.model import (
    LISTS,
    TEXT_FIELDS,
    WORDS,
    Change,
    Draft,
    Meeting,
    Record,
    Value,
)

SLIPPED = "The table gives both dates."
"""The reason in a line of history of a due date that had moved before it was imported."""


class Author(NamedTuple):
    """Who changes records, when (UTC, ``2023-03-15T10:00:00Z``) and with which command."""

    by: str
    at: str
    via: str


def create(draft: Draft, *, record_id: str, ref: str, author: Author) -> Record:
    """Make a record of a draft; its history begins with where it came from.

    A due date that had moved before is a line for each move.
    """
    how = "imported" if draft.source else "added"
    first = Change(author.at, author.by, author.via, how, "", draft.source)
    record = Record(
        id=record_id,
        ref=ref,
        meeting=draft.meeting,
        history=(first,),
        **draft.fields,  # type: ignore[arg-type]
    )
    if draft.earlier_due:
        (due, text), *moves = [*draft.earlier_due, (record.due, record.due_text)]
        record = record._replace(due=due, due_text=text)
        for due, text in moves:
            record = amend(record, {"due": due, "due_text": text}, author, reason=SLIPPED)
    return record


def amend(
    record: Record,
    values: Mapping[str, object],
    author: Author,
    *,
    reason: str = "",
    meeting: str = "",
    confirmed: Collection[str] = (),
) -> Record:
    """Give the record new values for some of its fields, a line of history for each that differs.

    A field in `confirmed` gets its line also where it stays as it is: somebody has looked at it.
    `reason` and `meeting` (ISO) go into every line: why, and where it was decided.

    The record itself comes back where nothing differs. History stays in order: where the clock
    says it is earlier than the last line, the new ones are as late as that.
    """
    new = {
        name: value
        for name, value in values.items()
        if name in confirmed or getattr(record, name) != value
    }
    if not new:
        return record
    at = max(author.at, record.history[-1].at) if record.history else author.at
    lines = tuple(
        Change(
            at,
            author.by,
            author.via,
            name,
            value_of(getattr(record, name)),
            value_of(value),
            reason,
            meeting,
        )
        for name, value in new.items()
    )
    return record._replace(history=(*record.history, *lines), **new)  # type: ignore[arg-type]


def value_when_imported(record: Record, name: str) -> object:
    """Give what a field held after the last import that touched it, whatever was typed since."""
    value = value_of(getattr(record, name))
    for change in reversed(record.history):
        if change.what == name and change.via == "import":
            return change.after
        if change.what == name:
            value = change.before
        if change.what == "imported":
            break
    return value


def versions(record: Record) -> Iterator[Record]:
    """Give the record as it is, then as it was before each change, the last one first.

    Meeting, kind and unknown columns stay as they are.
    """
    yield record
    for at, change in reversed(list(enumerate(record.history))):
        name, before = change.what, change.before
        values: dict[str, Any] = {}
        if name in WORDS and name != "kind":
            values = next(({name: word} for word in WORDS[name] if word == before), {})
        elif name in LISTS:
            values = {name: before if isinstance(before, tuple) else tuple(filter(None, (before,)))}
        elif name in TEXT_FIELDS and isinstance(before, str):
            values = {name: before}
        record = record._replace(history=record.history[:at], **values)
        yield record


def follow_up_stands(record: Record) -> bool:
    """Tell whether the printed follow-up cell is as new as the status.

    A cell that was printed as “Ongoing” must not stand in the pack after the clerk has recorded
    that the action is completed. An import reads the status from the cell, so both are one age.
    """
    for change in reversed(record.history):
        if change.what == "follow_up":
            return True
        if change.what == "status":
            return change.via == "import"
    return True


def value_of(held: object) -> Value:
    """Give what a field holds, in a record or in a row of the store, as history tells it."""
    if held is None:
        return ""
    if held is True:
        return "yes"
    if isinstance(held, Meeting):
        return held.key
    if isinstance(held, tuple | list):
        return tuple(str(value_of(part)) for part in held)
    if isinstance(held, Mapping):  # the cells of columns that no field keeps
        return "; ".join(f"{name}: {cell}" for name, cell in held.items())
    return str(held)

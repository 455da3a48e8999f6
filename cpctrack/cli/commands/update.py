"""``cpctrack update``: new values for one or many records."""

from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.dialogue.drafting import type_on
from cpctrack.cli.options import fields_of, is_given, record_options
from cpctrack.cli.output.noticing import notice
from cpctrack.cli.types import Line, NewOwner, Owner, Reference
from cpctrack.errors import StoreError, UsageError
from cpctrack.records.changes import amend
from cpctrack.records.decisions import check_update
from cpctrack.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cpctrack.records.model import Meeting, Record
    from cpctrack.store.store import Store


@click.command()
@click.argument("refs", type=Reference(), nargs=-1, required=True, metavar="REF...")
@record_options
@click.option("--add-owner", "added", type=NewOwner(), multiple=True, metavar="NAME",
              help="Whom it is referred to as well; repeat it for several.")  # fmt: skip
@click.option("--remove-owner", "removed", type=Owner(), multiple=True, metavar="NAME",
              help="To whom it is no longer referred.")  # fmt: skip
@click.option("--remove-evidence", "no_evidence", type=Line(), multiple=True, metavar="TEXT",
              help="What does not show that it is done.")  # fmt: skip
@pass_app
def command(app: App, /, *, refs: tuple[str, ...], **given: Any) -> None:
    """Change one or many records: the same values for all, in all or in none.

    An empty value ("") clears a field. --owner names all who own it from now on; --add-owner and
    --remove-owner leave the others; --evidence adds. On a terminal, one REF without options
    opens the record in your editor.

    \b
    Example:
      cpctrack update 2324-7 --response "Note sent to Members." --status proposed
    """
    from cpctrack.store import store

    path = app.store_path()
    shown = None
    if not any(is_given(value) for value in given.values()):
        shown, typed = _from_editor(app, store.read(path), refs)
        if not typed:
            app.say("Nothing was changed.")
            return
        given |= typed
        if "evidence" in typed:  # the form has all of it
            given["no_evidence"] = shown.evidence
    author = app.author("update")
    with store.editing(path) as current:
        records = _distinct(current, refs)
        if shown:
            _check_still(shown, records[0], given)
        changed = []
        for record in records:
            confirmed = _made_public(record) if given["exempt"] == "" else ()
            new = amend(
                record, _values(current, record, given, of=records), author, confirmed=confirmed
            )
            check_update(record, new)
            current.put(new)
            changed.append((record, new))
    for record, new in changed:
        app.say(_what_changed(record, new))
    notice(app, current, [new for record, new in changed if new is not record])


def _made_public(record: "Record") -> tuple[str, ...]:
    """Name the field that stays empty because somebody says so, where words say otherwise."""
    from cpctrack.records.exempt import unsaid

    return ("exempt_paragraph",) if unsaid(record) else ()


def _values(
    current: "Store", record: "Record", given: dict[str, Any], *, of: "list[Record]"
) -> dict[str, object]:
    values = fields_of(given)
    if given["added"] or given["removed"]:
        values |= _owners(record, given)
    if given["evidence"] or given["no_evidence"]:
        values["evidence"] = _evidence(record, given)
    if owners := values.get("owners"):
        assert isinstance(owners, tuple)
        values["owners"] = current.spelled(owners, but={each.id for each in of})
    meeting = _meeting(current, record, given)
    if meeting != record.meeting:
        values["meeting"] = meeting
    return values


def _owners(record: "Record", given: dict[str, Any]) -> dict[str, object]:
    """Give the owners, and no printed cell, where the options change whom it is referred to."""
    if is_given(given["owners"]):
        raise UsageError(
            "--owner names all owners; give it alone, or --add-owner and --remove-owner without it."
        )
    owners = {name.casefold(): name for name in record.owners}
    for name in given["removed"]:
        if owners.pop(name.casefold(), None) is None:
            has = _and(owners.values()) or "nobody"
            raise UsageError(f"{record.ref} is not referred to “{name}”, but to {has}.")
    for name in filter(None, given["added"]):
        owners.setdefault(name.casefold(), name)
    kept = tuple(owners.values())
    return {} if kept == record.owners else {"owners": kept, "owner_text": ""}


def _evidence(record: "Record", given: dict[str, Any]) -> tuple[str, ...]:
    """Give the evidence with what is added, without what is removed."""
    removed = given["no_evidence"]
    for each in removed:
        if each not in record.evidence:
            raise UsageError(f"{record.ref} has no evidence “{each}”.")
    kept = [each for each in record.evidence if each not in removed]
    return tuple(dict.fromkeys(filter(None, (*kept, *given["evidence"]))))


def _meeting(current: "Store", record: "Record", given: dict[str, Any]) -> "Meeting":
    if not (given["meeting"] or given["type_"] or given["year"]):
        return record.meeting
    day = given["meeting"] or record.meeting.date
    known = type_on(current, given["meeting"])
    type_ = given["type_"] or known or record.meeting.type
    return current.meeting_on(day, type_, year=given["year"] or "")


def _distinct(current: "Store", refs: tuple[str, ...]) -> "list[Record]":
    found = {record.id: record for record in map(current.find, refs)}
    return list(found.values())


def _what_changed(record: "Record", new: "Record") -> str:
    lines = new.history[len(record.history) :]
    if not lines:
        return f"{record.ref} already says so."
    # What was read from a text goes without saying where the text itself is told.
    told = {line.what for line in lines}
    parts = [
        f"{label} “{one_line(_joined(line.after))}”" if line.after else f"{label} cleared"
        for line in lines
        if f"{line.what}_text" not in told
        for label in (line.what.removesuffix("_text").replace("_", " "),)
    ]
    gone = {name.casefold(): name for name in record.owners}
    for name in new.owners:
        gone.pop(name.casefold(), None)
    left = f"\n{record.ref}: no longer with {_and(gone.values())}." if gone else ""
    return f"{record.ref}: {', '.join(parts)}.{left}"


def _and(names: "Iterable[str]") -> str:
    return " and ".join(map(one_line, names))


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "; ".join(value)


def _from_editor(
    app: App, current: "Store", refs: tuple[str, ...]
) -> "tuple[Record, dict[str, Any]]":
    if len(refs) != 1 or not app.interactive:
        raise UsageError(
            "Say what to change, as in --response TEXT or --status STATUS; on a terminal one "
            "reference alone opens your editor."
        )
    from cpctrack.cli.dialogue.editing import ask

    record = current.find(refs[0])
    return record, ask(record)


def _check_still(shown: "Record", now: "Record", given: dict[str, Any]) -> None:
    """Refuse to write over what somebody else wrote while the form was open."""
    fields = fields_of(given)
    moved = [name for name in fields if getattr(shown, name) != getattr(now, name)]
    if moved:
        written = "\n".join(f"{name}: {fields[name]}" for name in moved)
        raise StoreError(
            f"Somebody else changed the {moved[0].replace('_', ' ')} of {now.ref} while your "
            "editor was open; look at it with “cpctrack show” and update it again. "
            f"You had written:\n{written}"
        )

"""How a chosen side or a typed value settles a conflict, one by one or asked for in turn."""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

import click

from cpctrack.cli.commands.conflicts import in_words
from cpctrack.cli.commands.update import command as update
from cpctrack.cli.context import App
from cpctrack.cli.options import fields_of
from cpctrack.cli.output.noticing import notice
from cpctrack.cli.output.wording import WHOLE, field_words
from cpctrack.errors import NotFoundError, StoreError, UsageError
from cpctrack.records.changes import Author, amend
from cpctrack.records.decisions import require_text
from cpctrack.records.model import LISTS, Conflict, agreed
from cpctrack.store import store
from cpctrack.store.conflicts import PRINTED, belonging, find, row_of, settle
from cpctrack.store.store import Store
from cpctrack.text import fold

_TYPED = {"": WHOLE}
_OPTIONS = {"due_text": "due", "exempt_paragraph": "exempt", "owner_text": "owners"}
_ANSWERS = {"o": "ours", "t": "theirs", "b": "base", "v": "value", "s": ""}
_WORDS = {"ours": "o", "theirs": "t", "before": "b", "base": "b", "value": "v", "later": "s"}


class Choice(NamedTuple):
    """What somebody says is right: a side, or a value where `side` is empty."""

    side: str
    value: str = ""


def settle_one(app: App, ref: str, field: str, choice: Choice) -> None:
    """Settle one conflict, and say what is left."""
    author = app.author("resolve")
    with store.editing(app.store_path()) as current:
        found = find(current.document)
        chosen = _named(current, found, ref, field)
        settled = _settle(current, found, chosen, choice, author)
        for wrong in _unsound(current, settled, app.today()).values():
            raise StoreError(wrong)
    _tell(app, current, settled)


def settle_all(app: App, ref: str, field: str) -> None:
    """Ask somebody about every conflict in turn, then write what was chosen, all at once."""
    if not app.interactive:
        raise UsageError(
            "Name a record and a field, as “cpctrack conflicts” shows them, and what is right: "
            "--ours, --theirs, --base or --value TEXT. On a terminal you are asked."
        )
    current = store.read(app.store_path())
    found = find(current.document)
    answers = _asked(current, _wanted(current, ref, field))
    author = app.author("resolve")
    tried = [each for one in answers for each in _settle(current, found, *one, author)]
    unsound = _unsound(current, tried, app.today())
    for wrong in unsound.values():
        app.warn(wrong)
    answers = [each for each in answers if each[0].id not in unsound]
    if not answers:
        app.say("Nothing was changed.")
        return
    settled: list[Conflict] = []
    with store.editing(app.store_path()) as now:
        for conflict, choice in answers:
            if conflict not in find(now.document):
                raise StoreError(
                    f"Somebody else changed {conflict.ref} while you were choosing; nothing was "
                    "changed. See what is left with “cpctrack conflicts”."
                )
            settled += _settle(now, found, conflict, choice, author)
    _tell(app, now, settled)


def _wanted(current: Store, ref: str, field: str) -> list[Conflict]:
    found = find(current.document)
    if not found:
        raise NotFoundError("There is nothing to settle.")
    if field:
        return [_named(current, found, ref, field)]
    return _of_row(current, found, ref) if ref else found


def _asked(current: Store, conflicts: Iterable[Conflict]) -> list[tuple[Conflict, Choice]]:
    answers: list[tuple[Conflict, Choice]] = []
    settled: list[Conflict] = []
    found = find(current.document)
    for conflict in conflicts:
        if conflict in settled:
            continue
        together = belonging(found, conflict)
        settled += together
        click.echo("\n".join(in_words(current, each) for each in together), err=True)
        if choice := _ask(conflict):
            answers.append((conflict, choice))
    return answers


def _ask(conflict: Conflict) -> Choice | None:
    words = "ours (o), theirs (t), before (b), another value (v), later (s)"
    typed = click.prompt(
        f"Which is right: {words}",
        type=click.Choice([*_ANSWERS, *_WORDS], case_sensitive=False),
        show_choices=False,
        err=True,
    )
    answer = _WORDS.get(typed, typed)
    if answer == "v":
        label = field_words(conflict.clash.field).capitalize()
        value = click.prompt(label, default="", show_default=False, err=True)
        return Choice("", value)
    return Choice(_ANSWERS[answer]) if _ANSWERS[answer] else None


def _named(current: Store, found: Sequence[Conflict], ref: str, field: str) -> Conflict:
    """Find the conflict that a typed reference and field stand for."""
    here = _of_row(current, found, ref)
    wanted = _plain(field)
    for conflict in here:
        known = {conflict.clash.field, field_words(conflict.clash.field)}
        known |= {_TYPED.get(conflict.clash.field, ""), _OPTIONS.get(conflict.clash.field, "")}
        if wanted in {_plain(name) for name in known if name}:
            return conflict
    fields = ", ".join(each.clash.field or WHOLE for each in here)
    raise NotFoundError(f"{here[0].ref} has no conflict about “{field}”; it has: {fields}.")


def _of_row(current: Store, found: Sequence[Conflict], ref: str) -> list[Conflict]:
    if not found:
        raise NotFoundError("There is nothing to settle.")
    others = [each for each in found if each.table != "actions" and each.ref == ref.casefold()]
    if others:
        return others
    record = current.find(ref)
    here = [each for each in found if (each.table, each.id) == ("actions", record.id)]
    if not here:
        raise NotFoundError(f"{record.ref} has no conflicts; “cpctrack conflicts” shows them all.")
    return here


def _plain(name: str) -> str:
    return fold(name).replace("-", " ").replace("_", " ")


def _settle(
    current: Store, found: Sequence[Conflict], chosen: Conflict, choice: Choice, author: Author
) -> list[Conflict]:
    """Settle a conflict and what goes with it, and give those that are settled."""
    together = belonging(found, chosen)
    if not choice.side:
        values = _typed(chosen, choice.value)
    else:
        values = {each.clash.field: getattr(each.clash, choice.side) for each in together}
        if any(getattr(each.clash, choice.side) != values[each.clash.field] for each in together):
            raise UsageError(
                f"Two merges left conflicts about the {field_words(chosen.clash.field)} of "
                f"{chosen.ref}, so --{choice.side} can mean two things; give --value TEXT."
            )
    if (chosen.table, chosen.clash.field) == ("meetings", "type"):
        _settle_type(current, chosen, values, author)
    else:
        _check(current, chosen, values)
        settle(current, chosen, values, author)
    return [each for each in together if each.clash.field in values]


def _typed(chosen: Conflict, text: str) -> dict[str, Any]:
    """Read a value as ``update`` reads it; raises `UsageError` where it takes none."""
    field = chosen.clash.field
    if chosen.table == "actions" and field.startswith(PRINTED):
        return {field: text or None}
    name = _OPTIONS.get(field, field)
    kinds = {param.name: param for param in update.params if isinstance(param, click.Option)}
    if chosen.table != "actions" or name not in kinds or name == "meeting":
        raise UsageError(
            f"The {field_words(field)} of {chosen.ref} can't be typed here; choose --ours, "
            "--theirs or --base."
        )
    parts = text.split(";") if name in LISTS else [text]
    read = [kinds[name].type.convert(part, kinds[name], None) for part in parts]
    fields = fields_of({name: tuple(read) if name in LISTS else read[0]})
    return {name: _as_in_file(value) for name, value in fields.items()}


def _as_in_file(value: object) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return (list(value) if isinstance(value, tuple) else value) or None


def _check(current: Store, chosen: Conflict, values: dict[str, Any]) -> None:
    """Refuse what would leave a store that `check` calls damaged."""
    if chosen.table != "actions" or values.get("", chosen) is None:
        return
    if values.keys() & {"action", "recommendation"}:
        require_text(chosen.ref, agreed({**row_of(current, chosen), **values}))
    used = {record.ref for record in current.records if record.id != chosen.id}
    if values.get("ref") in used:
        raise StoreError(f"Another record has the reference {values['ref']} by now; keep the one.")


def _unsound(current: Store, settled: Sequence[Conflict], today: date) -> dict[str, str]:
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
        subject = Subject((record, *others), current.meetings, current.settings, today)
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


def _settle_type(current: Store, chosen: Conflict, values: dict[str, Any], author: Author) -> None:
    """Keep both meetings of a day, or move the records of this one to the other."""
    meeting = current.meetings[chosen.id]
    if values["type"] == meeting.type.value:
        settle(current, chosen, values, author)
        return
    other = next(
        each
        for each in current.meetings.values()
        if each.date == meeting.date and each.type is not meeting.type
    )
    for record in current.records:
        if record.meeting.key == chosen.id:
            current.put(amend(record, {"meeting": other}, author))
    current.drop_row(chosen.table, chosen.id, author)


def _tell(app: App, current: Store, settled: Sequence[Conflict]) -> None:
    left = len(find(current.document))
    told = (f"{each.ref} ({field_words(each.clash.field)})" for each in settled)
    rest = f"{left} left: “cpctrack conflicts” shows what." if left else "Nothing is left."
    app.say(f"Settled: {', '.join(dict.fromkeys(told))}. {rest}")
    ids = {each.id for each in settled}
    notice(app, current, [record for record in current.records if record.id in ids])

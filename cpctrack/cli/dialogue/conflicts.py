"""Asking which side of each conflict is right, and reading a value that is typed instead."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import click

from cpctrack.cli.options import completed_on_option, fields_of, record_options
from cpctrack.cli.output.conflicts import in_words
from cpctrack.errors import UsageError
from cpctrack.labels import PRINTED, field_words
from cpctrack.records.model import Conflict
from cpctrack.store.conflicts import Resolution, belonging
from cpctrack.store.store import Store
from cpctrack.tasks import resolve

_OPTIONS = {"due_text": "due", "exempt_paragraph": "exempt", "owner_text": "owners"}
_ANSWERS = {"o": "ours", "t": "theirs", "b": "base", "v": "value", "s": ""}
_WORDS = {"ours": "o", "theirs": "t", "before": "b", "base": "b", "value": "v", "later": "s"}


def ask(current: Store, conflicts: Sequence[Conflict]) -> list[tuple[Conflict, Resolution]]:
    """Show the conflicts in turn, and give what somebody says is right; later is no answer."""
    found = current.conflicts
    answers: list[tuple[Conflict, Resolution]] = []
    shown: list[Conflict] = []
    for conflict in conflicts:
        if conflict in shown:
            continue
        together = belonging(found, conflict)
        shown += together
        told = zip(together, resolve.rows_of(current, together), strict=True)
        click.echo("\n".join(in_words(*each) for each in told), err=True)
        typed = click.prompt(
            "Which is right: ours (o), theirs (t), before (b), another value (v), later (s)",
            type=click.Choice([*_ANSWERS, *_WORDS], case_sensitive=False),
            show_choices=False,
            err=True,
        )
        side = _ANSWERS[_WORDS.get(typed, typed)]
        if side == "value":
            label = field_words(conflict.clash.field).capitalize()
            value = click.prompt(label, default="", show_default=False, err=True)
            answers.append((conflict, typed_value(conflict, value)))
        elif side:
            answers.append((conflict, Resolution(side)))
    return answers


def typed_value(conflict: Conflict, text: str) -> Resolution:
    """Read a value as ``update`` reads it; raises `UsageError` where it takes none."""
    field = conflict.clash.field
    if conflict.table == "actions" and field.startswith(PRINTED):
        return Resolution(values={field: text or None})
    name = _OPTIONS.get(field, field)
    described: Callable[[click.Command], click.Command] = record_options
    options = {each.name: each for each in completed_on_option(described(click.Command(""))).params}
    if conflict.table != "actions" or name not in options or name == "meeting":
        raise UsageError(
            f"The {field_words(field)} of {conflict.ref} can't be typed here; choose --ours, "
            "--theirs or --base."
        )
    parts = text.split(";") if name == "owners" else [text]
    read = [options[name].type.convert(part, options[name], None) for part in parts]
    fields = fields_of({name: tuple(read) if name == "owners" else read[0]})
    return Resolution(values={name: _as_in_file(value) for name, value in fields.items()})


def _as_in_file(value: object) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return (list(value) if isinstance(value, tuple) else value) or None

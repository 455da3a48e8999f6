"""Asking which side of each conflict is right, and reading a value that is typed instead."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

import click

from cpctrack.cli.options import fields_of, record_options
from cpctrack.cli.output.conflicts import in_words
from cpctrack.errors import UsageError
from cpctrack.records.model import LISTS, Conflict
from cpctrack.store.conflicts import (
    PRINTED,
    Resolution,
    belonging,
    field_words,
    find,
    row_of,
)
from cpctrack.store.store import Store

_OPTIONS = {"due_text": "due", "exempt_paragraph": "exempt", "owner_text": "owners"}
_ANSWERS = {"o": "ours", "t": "theirs", "b": "base", "v": "value", "s": ""}
_WORDS = {"ours": "o", "theirs": "t", "before": "b", "base": "b", "value": "v", "later": "s"}


def ask(current: Store, conflicts: Sequence[Conflict]) -> list[tuple[Conflict, Resolution]]:
    """Show the conflicts in turn, and give what somebody says is right; later is no answer."""
    found = find(current.document)
    answers: list[tuple[Conflict, Resolution]] = []
    shown: list[Conflict] = []
    for conflict in conflicts:
        if conflict in shown:
            continue
        together = belonging(found, conflict)
        shown += together
        told = (in_words(each, row_of(current, each)) for each in together)
        click.echo("\n".join(told), err=True)
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
    options = {each.name: each for each in described(click.Command("")).params}
    if conflict.table != "actions" or name not in options or name == "meeting":
        raise UsageError(
            f"The {field_words(field)} of {conflict.ref} can't be typed here; choose --ours, "
            "--theirs or --base."
        )
    parts = text.split(";") if name in LISTS else [text]
    read = [options[name].type.convert(part, options[name], None) for part in parts]
    fields = fields_of({name: tuple(read) if name in LISTS else read[0]})
    return Resolution(values={name: _as_in_file(value) for name, value in fields.items()})


def _as_in_file(value: object) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return (list(value) if isinstance(value, tuple) else value) or None

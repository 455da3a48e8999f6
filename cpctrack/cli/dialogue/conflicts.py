"""Asking which side of each conflict is right, and reading a value that is typed instead."""

from collections.abc import Sequence

import click

from cpctrack.cli.dialogue.asking import one_of, prompt
from cpctrack.cli.options import fields_of, type_of
from cpctrack.cli.output.conflicts import in_words
from cpctrack.errors import UsageError
from cpctrack.records.model import FIELDS, LISTS, Conflict
from cpctrack.store.codec import plain
from cpctrack.store.conflicts import PRINTED, Resolution, belonging, field_words, find, row_of
from cpctrack.store.store import Store

_TOLD_IN = {"due": "due_text", "owner_text": "owners"}  # the field whose option says it
_ANSWERS = {
    "ours": "ours", "theirs": "theirs", "before": "base", "base": "base", "value": "value",
    "later": "", "skip": "",
}  # fmt: skip


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
        question = "Which is right: ours (o), theirs (t), before (b), something else (v), later (s)"
        side = _ANSWERS[prompt(question, value_proc=one_of([*_ANSWERS]))]
        if side == "value":
            label = field_words(conflict.clash.field).capitalize()
            value = prompt(label, default="", show_default=False)
            answers.append((conflict, typed_value(conflict, value)))
        elif side:
            answers.append((conflict, Resolution(side)))
    return answers


def typed_value(conflict: Conflict, text: str) -> Resolution:
    """Read a value as ``update`` reads it; raises `UsageError` where it takes none."""
    field = conflict.clash.field
    if conflict.table == "actions" and field.startswith(PRINTED):
        return Resolution(values={field: text or None})
    wanted = _TOLD_IN.get(field, field)
    of = next((each for each in FIELDS if each.name == wanted and each.option), None)
    if conflict.table != "actions" or of is None:
        raise UsageError(
            f"The {field_words(field)} of {conflict.ref} can't be typed here; choose --ours, "
            "--theirs or --base."
        )
    option = click.Option([f"--{of.option}"], type=type_of(of))
    parts = text.split(";") if of.name in LISTS else [text]
    read = [option.type.convert(part, option, None) for part in parts]
    fields = fields_of({of.given: tuple(read) if of.name in LISTS else read[0]})
    return Resolution(values={name: plain(value) or None for name, value in fields.items()})

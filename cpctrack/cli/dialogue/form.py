"""A record as a form for a text editor, and the form back as what was typed; pure."""

import re
from collections.abc import Mapping
from itertools import pairwise

from cpctrack.errors import UsageError
from cpctrack.records.model import FIELDS, LISTS, Record

_FIELDS = {each.given: each for each in FIELDS if each.form}
_END = "end"
_LEAST = 6


def write(record: Record) -> str:
    """Write the form: each field under a heading whose fence no text of the record contains."""
    values = _values(record)
    fence = _fence(values)
    lines = [
        f"# {record.ref}",
        "# Write under the headings and leave the headings as they are. Empty a field to clear it.",
        "# Save and close to take the changes in; close without saving to change nothing.",
        "",
    ]
    for name, field in _FIELDS.items():
        lines += [f"{fence} {name}: {field.form}", values[name]]
    return "\n".join([*lines, f"{fence} {_END}", ""])


def read(form: str, record: Record) -> dict[str, str]:
    """Give the fields of a filled-in form that differ from the record's, to the letter.

    Raises `UsageError` where a heading is missing or stands twice.
    """
    before = _values(record)
    after = _sections(_plain_lines(form), _fence(before))
    # An editor may have changed the line ends of a text nobody touched.
    return {name: after[name] for name in _FIELDS if after[name] != _plain_lines(before[name])}


def _values(record: Record) -> Mapping[str, str]:
    values = {name: getattr(record, field.name) for name, field in _FIELDS.items()}
    values["due"] = record.due_text or record.due
    return {
        name: "\n".join(value) if _FIELDS[name].name in LISTS else str(value)
        for name, value in values.items()
    }


def _fence(values: Mapping[str, str]) -> str:
    runs = re.findall(r"^=+", "\n".join(values.values()), re.MULTILINE)
    return "=" * max([_LEAST, *(len(run) + 1 for run in runs)])


def _sections(form: str, fence: str) -> dict[str, str]:
    heading = re.compile(rf"^{fence} ([a-z_]+)\b[^\n]*(?:\n|\Z)", re.MULTILINE)
    found = list(heading.finditer(form))
    if [match[1] for match in found] != [*_FIELDS, _END]:
        raise UsageError(
            "The form's headings are not as they were, so the fields can't be told apart; "
            "nothing was changed."
        )
    return {
        # The line end before the next heading is the form's, not the field's.
        match[1]: form[match.end() : following.start() - 1]
        if following.start() > match.end()
        else ""
        for match, following in pairwise(found)
    }


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")

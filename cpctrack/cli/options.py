"""The options that describe a record, shared by ``add`` and ``update``."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from cpctrack.cli.types import (
    Day,
    Due,
    MeetingDay,
    NewOwner,
    OneLine,
    OneOf,
    Owner,
    StatusWord,
    Text,
    TextOrInput,
    Year,
)
from cpctrack.records.fields import Field, Holds
from cpctrack.records.model import FIELDS, LISTS, Acceptance, Kind, MeetingType

_Command = TypeVar("_Command", bound=Callable[..., Any])

_TYPES: Mapping[Holds, type[click.ParamType[Any]]] = {
    Holds.LINE: OneLine,
    Holds.TEXT: Text,
    Holds.NAME: Owner,
    Holds.DATE: Day,
    Holds.NAMES: NewOwner,
    Holds.LINKS: OneLine,
}
_WORDS: Mapping[str, click.ParamType[Any]] = {
    "kind": OneOf(Kind, "kind"),
    "status": StatusWord(),
    "acceptance": OneOf(Acceptance, "reply of the executive"),
}
_MEETING = (
    click.option("--meeting", type=MeetingDay(), metavar="DATE", help="When it was agreed."),
    click.option("--type", "type_", type=OneOf(MeetingType, "type of meeting"),
                 help="The type of meeting."),
    click.option("--year", type=Year(), metavar="2022/23",
                 help="The meeting's municipal year, where its date would give another."),
)  # fmt: skip


def type_of(field: Field) -> click.ParamType[Any]:
    """Give how a field is read that somebody types, or a part of one that is a list."""
    if field.holds is Holds.WORD:
        return _WORDS[field.name]
    if field.name == "due_text":
        return Due()
    return _TYPES[field.holds]()


def _paragraph(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter('name a paragraph; “update REF --exempt ""” makes one public.')
    return value


exempt_option = click.option(
    "--exempt", type=OneLine(), metavar="PARAGRAPH", callback=_paragraph,
    help="The paragraph of Schedule 12A that keeps the whole document from the public.",
)  # fmt: skip


def record_options(command: _Command) -> _Command:
    """Give a command every option that describes a record."""
    for field in reversed(FIELDS):
        if field.option:
            option = click.option(
                f"--{field.option}",
                field.given,
                type=TextOrInput() if field.name == "response" else type_of(field),
                multiple=field.name in LISTS,
                metavar=field.metavar,
                help=field.help,
            )
            command = option(command)
    for option in reversed(_MEETING):
        command = option(command)
    return command


def is_given(value: object) -> bool:
    """Tell whether an option stood on the command line: an empty text did, to clear a field."""
    return value is not None and value != ()


def fields_of(given: Mapping[str, Any]) -> dict[str, object]:
    """Turn what was typed into fields of a record; what was not typed is left out.

    The meeting's own options (meeting, type, year) are not fields and are passed over. Owners and
    due date come last: what is typed for them fills two fields.
    """
    fields: dict[str, object] = {}
    for field in sorted(FIELDS, key=lambda each: each.unit in ("owners", "due")):
        value: Any = given.get(field.given)
        if not (field.option and is_given(value)):
            continue
        if field.name in LISTS:
            value = tuple(dict.fromkeys(filter(None, value)))
        if field.name == "due_text":
            from cpctrack.due import read_due

            fields["due"] = read_due(value).iso
        fields[field.name] = value
        if field.name == "owners":  # a typed name takes the printed cell's place
            fields["owner_text"] = ""
    return fields

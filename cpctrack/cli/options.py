"""The options that describe a record, shared by ``add`` and ``update``."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from cpctrack.cli.types import Day, Line, MeetingDay, NewOwner, OneOf, Owner, StatusWord, Text, Year
from cpctrack.dates import find_date
from cpctrack.records.model import Kind, MeetingType

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--meeting", type=MeetingDay(), metavar="DATE", help="When it was agreed."),
    click.option(
        "--type", "type_", type=OneOf(MeetingType, "type of meeting"), help="The type of meeting."
    ),
    click.option(
        "--year",
        type=Year(),
        metavar="2022/23",
        help="The meeting's municipal year, where its date would give another.",
    ),
    click.option("--item", type=Line(), help="The agenda item, as printed."),
    click.option("--action", type=Text(), help="What is to be done."),
    click.option("--recommendation", type=Text(), help="What the committee recommends."),
    click.option(
        "--kind", type=OneOf(Kind, "kind"), help="What it is, where the text alone does not say."
    ),
    click.option(
        "--owner", "owners", type=NewOwner(), multiple=True, metavar="NAME",
        help="Whom it is referred to; repeat it for several.",
    ),
    click.option("--referrer", type=Owner(), metavar="NAME", help="Who raised it."),
    click.option(
        "--due", type=Line(), metavar="WHEN", help="By when: a date, or words like “Spring term”."
    ),
    click.option("--response", type=Text(), help="What the owner answers."),
    click.option(
        "--status", type=StatusWord(), metavar="STATUS", help="How far it has come."
    ),
    click.option(
        "--follow-up", type=Text(), metavar="TEXT", help="What the Needs Follow Up column says."
    ),
    click.option(
        "--exempt", type=Line(), metavar="PARAGRAPH",
        help="The paragraph of Schedule 12A that keeps it from the public.",
    ),
)  # fmt: skip

completed_on_option = click.option(
    "--completed-on", type=Day(), metavar="DATE", help="When it was done."
)


def _paragraph(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value == "":
        raise click.BadParameter('name a paragraph; “update REF --exempt ""” makes one public.')
    return value


exempt_option = click.option(
    "--exempt", type=Line(), metavar="PARAGRAPH", callback=_paragraph,
    help="The paragraph of Schedule 12A that keeps the whole document from the public.",
)  # fmt: skip


def record_options(command: _Command) -> _Command:
    """Give a command every option that describes a record."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def is_given(value: object) -> bool:
    """Tell whether an option stood on the command line: an empty text did, to clear a field."""
    return value is not None and value != ()


def fields_of(given: Mapping[str, Any]) -> dict[str, object]:
    """Turn what was typed into fields of a record; what was not typed is left out.

    The meeting's own options (meeting, type, year) are not fields and are passed over.
    """
    fields: dict[str, object] = {
        name: given[name]
        for name in (
            "item", "action", "recommendation", "kind", "referrer", "response", "status",
            "follow_up", "completed_on",
        )
        if is_given(given.get(name))
    }  # fmt: skip
    if is_given(given.get("exempt")):
        fields["exempt_paragraph"] = given["exempt"]
    if is_given(given.get("owners")):
        # A typed name takes the printed cell's place.
        fields["owners"] = tuple(dict.fromkeys(name for name in given["owners"] if name))
        fields["owner_text"] = ""
    if is_given(given.get("due")):
        day = find_date(given["due"])
        fields["due"] = day.isoformat() if day else ""
        fields["due_text"] = given["due"]
    return fields

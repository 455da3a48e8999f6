"""``cpctrack add``: take in one action."""

from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.noticing import notice
from cpctrack.cli.options import completed_on_option, fields_of, record_options
from cpctrack.errors import UsageError
from cpctrack.model import Draft, Kind, MeetingType

if TYPE_CHECKING:
    from cpctrack.store import Store


@click.command()
@record_options
@completed_on_option
@pass_app
def command(app: App, /, **given: Any) -> None:
    """Take in one action, recommendation or decision, and print its reference.

    On a terminal it asks for what is missing, shows the record and asks before saving.

    \b
    Example:
      cpctrack add --meeting 2024-03-13 --type formal --item "Item 5. Fostering" \\
        --action "The Head of Fostering would provide a briefing note." \\
        --owner "Head of Fostering" --due "30 April 2024"
    """
    from cpctrack import store

    path = app.store_path()
    if app.interactive and not _is_complete(given):
        from cpctrack.cli import asking

        given = asking.complete(store.read(path), given, app)
    with store.editing(path) as current:
        draft = draft_of(current, given)
        warning = _unknown_owner(current, draft)
        record = current.add(draft, app.author("add"))
    if warning:
        app.say(warning)
    notice(app, current, [record])
    click.echo(record.ref)


def draft_of(current: "Store", given: dict[str, Any]) -> Draft:
    """Make a draft of what was typed; raises `UsageError` naming what is missing.

    The type of a meeting the store knows need not be given, nor the kind where the texts tell.
    """
    given = {**given, "type_": given["type_"] or type_on(current, given["meeting"])}
    missing = [
        option
        for option, value in (
            ("--meeting", given["meeting"]),
            ("--type", given["type_"]),
            ("--item", given["item"]),
            ("--action or --recommendation", given["action"] or given["recommendation"]),
        )
        if not value
    ]
    if missing:
        raise UsageError(f"A record needs {', '.join(missing)} as well.")
    fields = fields_of(given)
    if "kind" not in fields:
        fields["kind"] = Kind.ACTION if given["action"] else Kind.RECOMMENDATION
    meeting = current.meeting_on(given["meeting"], given["type_"], year=given["year"] or "")
    return Draft(meeting, fields)


def type_on(current: "Store", day: str | None) -> MeetingType | None:
    """Give the type of the one meeting the store has on that day, if it has just one."""
    types = {meeting.type for meeting in current.meetings.values() if meeting.date == day}
    return types.pop() if len(types) == 1 else None


def _is_complete(given: dict[str, Any]) -> bool:
    needed = given["meeting"] and given["type_"] and given["item"]
    return bool(needed and (given["action"] or given["recommendation"]))


def _unknown_owner(current: "Store", draft: Draft) -> str:
    """Say that a new owner's name is nearly a known one's: the commonest slip of the pen."""
    from cpctrack.query import known_owners
    from cpctrack.suggest import did_you_mean

    known = known_owners(current.records)
    owners = draft.fields.get("owners", ())
    assert isinstance(owners, tuple)
    notes = [
        f"“{owner}” is new among the owners.{hint}"
        for owner in owners
        if owner not in known and (hint := did_you_mean(owner, known))
    ]
    return " ".join(notes)

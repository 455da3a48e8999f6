"""What was typed, or asked for, as the draft of a record."""

from typing import TYPE_CHECKING, Any

from cpctrack.cli.options import fields_of
from cpctrack.errors import UsageError
from cpctrack.records.model import Draft, Kind, agreed
from cpctrack.records.query import known_owners, type_on

if TYPE_CHECKING:
    from cpctrack.store.store import Store


def draft_of(current: "Store", given: dict[str, Any]) -> Draft:
    """Make a draft of what was typed; raises `UsageError` naming what is missing.

    The type of a meeting the store knows need not be given, nor the kind where the texts tell.
    """
    known = type_on(current.meetings.values(), given["meeting"])
    given = {**given, "type_": given["type_"] or known}
    missing = [
        option
        for option, value in (
            ("--meeting", given["meeting"]),
            ("--type", given["type_"]),
            ("--item", given["item"]),
            ("--action or --recommendation", agreed(given)),
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


def unknown_owner(current: "Store", draft: Draft) -> str:
    """Say that a new owner's name is nearly a known one's: the commonest slip of the pen."""
    owners = current.with_known_owners(draft).fields.get("owners", ())
    assert isinstance(owners, tuple)
    if not owners:
        return ""
    from cpctrack.suggest import did_you_mean

    known = known_owners(current.records)
    notes = [
        f"“{owner}” is new among the owners.{hint}"
        for owner in owners
        if owner not in known and (hint := did_you_mean(owner, known))
    ]
    return " ".join(notes)

"""Changing what a committee chose."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from cpctrack.dates import day_of_year
from cpctrack.errors import UsageError
from cpctrack.records.changes import Author
from cpctrack.store import codec, store
from cpctrack.store.codec import SETTINGS_ID, Row
from cpctrack.store.store import Store

_LADDER = ("remind_after", "escalate_after")


class Planned(NamedTuple):
    """The store's settings before and after, and how many meetings change their municipal year."""

    before: Row
    after: Row
    moved: int


def row_of(current: Store) -> Row:
    """Give the settings as the store holds them: what was chosen."""
    return current.document["settings"][SETTINGS_ID]


def plan(current: Store, chosen: Mapping[str, str]) -> Planned:
    """Give what these settings would change; an empty one goes back to what is usual.

    Raises `UsageError` where the school terms would not end one after the other, or the chair would
    be told before the owners are reminded.
    """
    before = row_of(current)
    row = {**before, **chosen}
    row = {name: value for name, value in row.items() if value or name not in chosen}
    settings = codec.decode_settings(row)
    autumn, spring, summer = settings.terms
    if settings.terms != current.settings.terms and not spring < summer < autumn:
        ends = [day_of_year(each) for each in (spring, summer, autumn)]
        raise UsageError(
            "In a year the spring term ends first, then the summer term, then the autumn term; "
            f"these would end on {ends[0]}, {ends[1]} and {ends[2]}."
        )
    if not chosen.keys().isdisjoint(_LADDER) and settings.remind_after >= settings.escalate_after:
        raise UsageError(
            "Owners are reminded before the chair is told, so --remind-after must be fewer days "
            f"than --escalate-after; these are {settings.remind_after} and "
            f"{settings.escalate_after}."
        )
    moved = sum(
        codec.year_of(each.date, settings) != each.year
        for each in current.meetings.values()
        if not each.year_stated
    )
    return Planned(before, row, moved)


def choose(path: Path, chosen: Mapping[str, str], author: Author) -> Planned:
    """Set what was chosen, as `plan` says, in one write."""
    with store.editing(path) as current:
        planned = plan(current, chosen)
        if planned.after != planned.before:
            current.put_rows("settings", {SETTINGS_ID: planned.after}, author)
    return planned

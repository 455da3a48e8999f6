"""Telling at once what `check` would find later in a record that was just typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cpctrack.cli.context import App
from cpctrack.records.model import Record

if TYPE_CHECKING:
    from cpctrack.store.store import Store

# It was told of when the store was read; and the other record is not among these.
_NOT_HERE = frozenset({"conflict", "dangling-link"})


def notice(app: App, current: "Store", records: Sequence[Record]) -> None:
    """Say what is contradictory in these records, and which due dates can never pass."""
    if app.quiet or not records:
        return
    from cpctrack.check import Tier, find_problems

    meetings = {record.meeting.key: record.meeting for record in records}
    tiers = (Tier.DAMAGED, Tier.CONTRADICTORY)
    for problem in find_problems(records, meetings, current.settings, app.today(), tiers=tiers):
        if problem.name not in _NOT_HERE:
            app.say(f"Note, {problem.ref}: {problem.message}")
    calendar = current.calendar(app.today())
    words = {
        record.due_text: None
        for record in records
        if record.due_text and not record.due and record.status.can_be_overdue
        if calendar.last_day(record) is None
    }
    for text in words:
        app.say(f"Note: the due date “{text}” is kept as words, so it never counts as overdue.")

"""Telling at once what `check` would find later in a record that was just typed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cpctrack.cli.context import App
from cpctrack.dates import long_date
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Record

if TYPE_CHECKING:
    from cpctrack.store.store import Store

# A conflict when the store was read; of a move no record's meeting tells where it led, and the
# other record of a link is not among these.
_TOLD_ELSEWHERE = frozenset({"conflict", "meeting-moved-astray", "dangling-link"})


def notice(app: App, current: "Store", records: Sequence[Record], *, asked: bool = False) -> None:
    """Say what is contradictory in these records, and what their dates hang on.

    Of their meetings nothing is said where the person was `asked` about those.
    """
    if app.quiet or not records:
        return
    from cpctrack.check import Tier, find_problems

    meetings = {record.meeting.key: record.meeting for record in records}
    tiers = (Tier.DAMAGED, Tier.CONTRADICTORY)
    for problem in find_problems(records, meetings, current.settings, app.today(), tiers=tiers):
        of_meeting = problem.ref in meetings
        if problem.name not in _TOLD_ELSEWHERE and not (asked and of_meeting):
            app.say(f"Note{'' if of_meeting else f', {problem.ref}'}: {problem.message}")
    calendar = current.calendar(app.today())
    for day in sorted({record.goes_to for record in records if record.status.is_open}):
        held = calendar.held_on(day)
        known = any(each.stands and each.date == held for each in current.meetings.values())
        if held >= app.today().isoformat() and not known:
            app.say(f"Note: no meeting is known to be held on {long_date(held)}.")
    notice_words(app, calendar, records)


def notice_words(app: App, calendar: Calendar, records: Sequence[Record]) -> None:
    """Say which day words are read as, and which have none, yet or ever."""
    words = {
        (record.due_text, calendar.last_day(record)): None
        for record in records
        if record.due_text and not record.due and record.status.can_be_overdue
    }
    if not words:
        return
    from cpctrack import timing
    from cpctrack.cli.output.due_words import sentences

    for sentence in sentences(words):
        app.say(f"Note: the due date {sentence}.")
    for text, last in words:
        if last is None and not timing.awaits_meeting(text):
            app.say(f"Note: the due date “{text}” is kept as words, so it never counts as overdue.")

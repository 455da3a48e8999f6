"""Which meeting a text is the minutes of: what the user says, what it says itself, what is known.

What the user says stands over what the text says; where the two differ, the user hears of it.
"""

from typing import TYPE_CHECKING, Any

from cpctrack.cli.context import App
from cpctrack.cli.dialogue.asking import confirm, prompt, require
from cpctrack.cli.types import MeetingDay, OneOf
from cpctrack.dates import long_date
from cpctrack.matching.wordings import Verdict, compare, content, words_of
from cpctrack.minutes.base import Found
from cpctrack.records.model import Meeting, MeetingType
from cpctrack.records.query import type_on
from cpctrack.text import one_line

if TYPE_CHECKING:
    from cpctrack.store.store import Store

_TYPES = OneOf(MeetingType, "type of meeting")


def settle(
    found: Found, given: dict[str, Any], current: "Store", app: App, *, asks: bool
) -> Meeting | None:
    """Give the meeting, asking where it can't be told and there is somebody to ask.

    None where nothing names the day. Raises `click.exceptions.Exit` where the minutes are another
    committee's and the user wants none of them.
    """
    named, ours = found.committee, current.settings.committee
    if not _is_one_committee(named, ours):
        app.warn(
            f"These are minutes of the {one_line(named)}; the store is the {one_line(ours)}’s."
        )
        if asks:
            require("Go on all the same?", default=False)
    day = given["meeting"] or found.date
    if found.date and day != found.date:
        if not _yours(long_date(day), long_date(found.date), app, asks=asks):
            day = found.date
    elif not day and asks:
        why = f": {one_line(found.doubt)}" if found.doubt else ""
        app.warn(f"The text does not say on which day the meeting was{why}.")
        day = prompt("Meeting date", type=MeetingDay())
    if not day:
        return None
    return current.meeting_on(day, _type(found, given["type_"], day, current, app, asks=asks))


def _is_one_committee(named: str, ours: str) -> bool:
    """Tell whether two names can be one committee's: in short, in full, or with the council's."""
    words, others = words_of(named), words_of(ours)
    mine, theirs = frozenset(content(words)), frozenset(content(others))
    return mine <= theirs or theirs <= mine or compare(words, others).verdict is not Verdict.OTHER


def _type(
    found: Found, given: MeetingType | None, day: str, current: "Store", app: App, *, asks: bool
) -> MeetingType:
    theirs = MeetingType(found.type) if found.type else None
    if given and theirs and given is not theirs:
        return given if _yours(given.value, theirs.value, app, asks=asks) else theirs
    known = given or theirs or type_on(current.meetings.values(), day)
    if known:
        return known
    if asks:
        asked: MeetingType = prompt("Type of meeting", default=MeetingType.FORMAL, type=_TYPES)
        return asked
    app.say("Nothing says what type of meeting it was; it is taken for a formal one.")
    return MeetingType.FORMAL


def _yours(yours: str, theirs: str, app: App, *, asks: bool) -> bool:
    message = f"The minutes say {theirs}, you say {yours}"
    if not asks:
        app.warn(f"{message}; it was taken as you say.")
        return True
    return confirm(f"{message}. Take yours?")

"""Recording what a formal meeting agreed as completed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cpctrack.dates import long_date
from cpctrack.errors import DecisionError
from cpctrack.records import decisions
from cpctrack.records.changes import Author
from cpctrack.records.model import MeetingType, Record
from cpctrack.records.query import type_on
from cpctrack.store import store


def agree(
    path: Path, refs: Sequence[str], day: str, author: Author, today: date
) -> list[tuple[Record, Record]]:
    """Record that the meeting of that day (ISO) agreed these, all of them or none.

    Without a day it is the formal meeting that was held last. Gives each as it was before and as
    it is. Raises `DecisionError` or `NotFoundError`.
    """
    if day > today.isoformat():
        raise DecisionError(
            f"The meeting of {long_date(day)} is still to come; record what it agrees when it was "
            "held."
        )
    with store.editing(path) as current:
        day = day or current.calendar(today).last_formal
        if not day:
            raise DecisionError(
                "The store knows of no formal meeting that was held; say which one agreed it with "
                "--meeting DATE."
            )
        type_ = type_on(current.meetings.values(), day) or MeetingType.FORMAL
        held = current.meeting_on(day, type_)
        records = {record.id: record for record in map(current.find, refs)}
        agreed = [(each, decisions.agree(each, held, author)) for each in records.values()]
        current.keep_meeting(held)
        for _, record in agreed:
            current.put(record)
    return agreed

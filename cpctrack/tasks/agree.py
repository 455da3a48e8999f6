"""Recording what a formal meeting agreed as completed."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.errors import DecisionError
from cpctrack.records import decisions, progress
from cpctrack.records.calendar import previous_formal
from cpctrack.records.changes import Author
from cpctrack.records.model import MeetingType, Record
from cpctrack.records.progress import Part
from cpctrack.records.query import type_on
from cpctrack.store import packs, store
from cpctrack.store.packs import Publication
from cpctrack.store.store import Store


class Changed(StrEnum):
    """Why what a pack asked a meeting to agree can't be agreed any more."""

    GONE = "gone"
    EXEMPT = "exempt"
    AGREED = "agreed"
    REOPENED = "reopened"


class Proposed(NamedTuple):
    """What a meeting is asked to agree as completed.

    `meeting` is its day (ISO), `publication` the pack that asked it, if there was one; `left_out`
    tells by reference what it asked and has changed since. `exempt` counts what no public report
    asks.
    """

    meeting: str
    records: Sequence[Record]
    publication: Publication | None = None
    left_out: Mapping[str, Changed] = MappingProxyType({})
    exempt: int = 0


def proposed(current: Store, day: str, today: date) -> Proposed:
    """Find what the progress report asked the meeting of that day (ISO) to agree, or the last one.

    That is what its pack asked as it was published last, else what the report would ask today. A
    meeting that was moved has the pack of the day it was moved from, if there is no later one.
    Raises `StoreError` for a pack that can't be read.
    """
    day = _held(current, day, today)
    calendar = current.calendar(today)
    published = [
        each
        for each in packs.in_order(current.document)
        if each.view == "progress" and day in (each.meeting, calendar.held_on(each.meeting))
    ]
    if published:
        own = [each for each in published if each.meeting == day]
        return _as_published(current, (own or published)[-1], day)
    parts = progress.divide(
        current.records,
        since=previous_formal(calendar.formal_days, day),
        printed_for=day,
        calendar=calendar,
    )
    asked = [record for record in parts[Part.TO_AGREE] if not record.agreed_on]
    public = [record for record in asked if not record.exempt]
    return Proposed(day, public, exempt=len(asked) - len(public))


def agree(
    path: Path, refs: Sequence[str], day: str, author: Author, today: date
) -> list[tuple[Record, Record]]:
    """Record that the meeting of that day (ISO) agreed these, all of them or none.

    Without a day it is the formal meeting that was held last. Gives each as it was before and as
    it is. Raises `DecisionError` or `NotFoundError`.
    """
    with store.editing(path) as current:
        day = _held(current, day, today)
        type_ = type_on(current.meetings.values(), day) or MeetingType.FORMAL
        held = current.meeting_on(day, type_)
        records = {record.id: record for record in map(current.find, refs)}
        agreed = [(each, decisions.agree(each, held, author)) for each in records.values()]
        current.keep_meeting(held)
        for _, record in agreed:
            current.put(record)
    return agreed


def _held(current: Store, day: str, today: date) -> str:
    """Give the day (ISO) of the meeting that agrees: the one named, else the last formal one."""
    if day > today.isoformat():
        raise DecisionError(
            f"The meeting of {long_date(day)} is still to come; say what it agreed when it was "
            "held."
        )
    if not (day := day or current.calendar(today).last_formal):
        raise DecisionError(
            "No formal meeting was held yet; say which one agreed it with --meeting DATE."
        )
    return day


def _as_published(current: Store, publication: Publication, day: str) -> Proposed:
    from cpctrack.render.freezing import thaw  # it brings all that templates need

    view = thaw(packs.frozen(publication))
    ids = {row.ref: row.record for row in publication.rows}
    asked = [row.ref for part in view.parts if part.name == Part.TO_AGREE for row in part.rows]
    found = {ref: current.readable(ids[ref]) for ref in asked}
    left_out = {ref: why for ref, record in found.items() if (why := _changed(record))}
    records = [record for ref, record in found.items() if record and ref not in left_out]
    return Proposed(day, records, publication, left_out)


def _changed(record: Record | None) -> Changed | None:
    if record is None:
        return Changed.GONE
    if record.exempt:
        return Changed.EXEMPT
    if record.agreed_on:
        return Changed.AGREED
    return None if decisions.is_said_done(record) else Changed.REOPENED

"""Taking a published work programme in: its meetings, and what comes to each that is no action."""

from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import ImportRefusedError
from cpctrack.reading import registry
from cpctrack.reading.lines import lines_of
from cpctrack.records.changes import Author
from cpctrack.records.model import Meeting, MeetingType
from cpctrack.store import programme
from cpctrack.store.programme import Report
from cpctrack.store.store import Store
from cpctrack.tables import lookalikes
from cpctrack.tables.columns import count_known
from cpctrack.tables.programme import Programme, programme_of
from cpctrack.text import fold

_TYPES = (MeetingType.FORMAL, MeetingType.INFORMAL)


class Taken(NamedTuple):
    """What a work programme did to a store that is held in memory.

    `meetings` are those that were missing, `changed` reports as they are by now; `moved` stood at
    another meeting, which the programme no longer names for them.
    """

    programme: Programme
    meetings: tuple[Meeting, ...]
    new: tuple[Report, ...]
    changed: tuple[Report, ...]
    known: tuple[Report, ...]
    moved: tuple[Report, ...]

    @property
    def undated(self) -> tuple[Report, ...]:
        """The reports of the programme that name no day."""
        return tuple(each for each in self.programme.reports if not each.meeting)

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.meetings or self.new or self.changed or self.moved)


def read_programme(path: Path) -> Programme | None:
    """Read the work programme in a file; None where there is none, or no table that can be read.

    Minutes are none, whatever tables stand in them. Raises `MissingExtraError` where the library
    for the file's form is not installed.
    """
    try:
        document = registry.read(path, registry.TABLES._replace(known=count_known))
    except ImportRefusedError:
        return None
    text = "\n".join(line.text for line in lines_of(document))
    if lookalikes.is_minutes(text) or text.lstrip().startswith("{"):  # which is a store
        return None
    return programme_of(document)


def take_programme(current: Store, author: Author, read: Programme) -> Taken:
    """Take in the meetings that a programme names, formal if it says no other, and its reports.

    A report is known by its meeting and title. One that the programme has at another meeting is
    taken from where it was, if that meeting is still to come and within the time that the
    programme is of, or had no date. The store changes in memory only.
    """
    days = {each.date for each in current.meetings.values()}
    missing = [
        current.meeting_on(day, _TYPES[day in read.informal])
        for day in read.days
        if day not in days
    ]
    for meeting in missing:
        current.keep_meeting(meeting, author)
    held = programme.read(current.document)
    moved = {key: each for key, each in held.items() if _has_moved(each, read, author.at[:10])}
    exempt = {fold(each.title): each.exempt_paragraph for each in moved.values()}
    new: dict[str, Report] = {}
    changed: dict[str, Report] = {}
    known: list[Report] = []
    for each in read.reports:
        if (old := held.get(each.id)) is None:
            paragraph = each.exempt_paragraph or exempt.get(fold(each.title), "")
            new[each.id] = each._replace(exempt_paragraph=paragraph)
        elif (now := _brought_up(old, each)) == old:
            known.append(old)
        else:
            changed[each.id] = now
    rows = {key: each.row for key, each in {**new, **changed}.items()}
    current.put_rows(programme.TABLE, rows, author)
    if moved:
        current.drop_rows(programme.TABLE, moved, author)
    return Taken(
        read,
        tuple(missing),
        tuple(new.values()),
        tuple(changed.values()),
        tuple(known),
        tuple(moved.values()),
    )


def _brought_up(old: Report, new: Report) -> Report:
    """Give a report as a programme has it now, but for what it leaves blank.

    Its source stays the first one, and what was exempt stays so.
    """
    return old._replace(
        contact=new.contact or old.contact,
        purpose=new.purpose or old.purpose,
        exempt_paragraph=old.exempt_paragraph or new.exempt_paragraph,
    )


def _has_moved(old: Report, read: Programme, today: str) -> bool:
    """Tell whether a programme has a report of this title, and not where this one stands."""
    same = [each for each in read.reports if fold(each.title) == fold(old.title)]
    if not any(each.meeting for each in same) or old.id in {each.id for each in same}:
        return False
    within = bool(read.days) and read.days[0] <= old.meeting <= read.days[-1]
    return not old.meeting or (within and old.meeting >= today)

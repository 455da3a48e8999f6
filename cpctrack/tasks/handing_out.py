"""What may leave stores for other programs or for keeping, and writing it whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import RenderError, StoreError, reason
from cpctrack.records import asking, links
from cpctrack.records.exempt import is_withheld
from cpctrack.records.model import Meeting, MeetingType, Record
from cpctrack.records.query import in_order
from cpctrack.render.export.tables import Source
from cpctrack.store import files
from cpctrack.store.conflicts import require_settled
from cpctrack.store.council import refuse_private, withheld
from cpctrack.store.store import Store
from cpctrack.tasks.publish import refuse_doubtful


class Part(NamedTuple):
    """What may leave a store: its records and, by their ids, the meetings."""

    store: Store
    records: list[Record]
    meetings: Mapping[str, Meeting]

    def source(self, today: date) -> Source:
        """Give it for tables, as it stands that day."""
        meetings = sorted(self.meetings.values(), key=lambda each: (each.date, each.type))
        calendar, owners = self.store.calendar(today), self.store.owners
        return Source(self.store.settings, calendar, meetings, self.records, owners)


def parts(
    held: Iterable[Store], *, include_exempt: bool = False, with_asked: bool = False
) -> list[Part]:
    """Choose what may leave these stores: what the public may see, or all of it.

    `with_asked` keeps in the histories who was asked, for what prints nothing else of them.
    Raises `StoreError` where conflicts stand, and for what is public and may be exempt.
    """
    held = list(held)
    for each in held:
        require_settled(each.document)
    if include_exempt:
        return [Part(each, in_order(each.records), each.meetings) for each in held]
    refuse_private(held)
    chosen = []
    unnamed = withheld(held)
    for each in held:
        public = in_order(
            own if with_asked else asking.for_the_public(own)
            for record in each.records
            for own in (links.without(record, unnamed),)
            if not is_withheld(record)
        )
        refuse_doubtful(public)
        chosen.append(Part(each, public, _public_meetings(each.meetings, public)))
    return chosen


def _public_meetings(
    meetings: Mapping[str, Meeting], public: Iterable[Record]
) -> dict[str, Meeting]:
    """Leave out informal meetings that are known by nothing public.

    That a formal one is held is public, whatever it agrees; so neither tells whether something
    exempt was agreed.
    """
    known = {record.meeting.key for record in public}
    return {
        key: each
        for key, each in meetings.items()
        if each.type is MeetingType.FORMAL or each.key in known  # whatever its row is called
    }


def left_out(chosen: Iterable[Part]) -> int:
    """Count the records that are not for the public, for the clerk alone."""
    return sum(len(each.store.records) - len(each.records) for each in chosen)


def put_in_place(
    contents: Mapping[Path, bytes], sources: Sequence[Path], *, force: bool = False,
    ahead: Iterable[Store] = (),
) -> None:  # fmt: skip
    """Write files, all or none; `force` replaces those that are there and different.

    The stores `ahead` are committed once the files are ready, and before they are there. Raises
    `UsageError` for a folder or one of the sources, and `RenderError`, which says which stores have
    been written by then.
    """
    files.check_free(contents, sources, force=force)
    written: list[str] = []
    try:
        with files.prepared(contents) as put:
            for each in ahead:
                each.commit()
                written.append(str(each.path))
            put()
    except (OSError, StoreError) as error:
        why = str(error)
        if isinstance(error, OSError):
            folder = next(iter(contents)).parent
            why = f"{folder} can't be written to ({reason(error)}); put that right and run the "
            why += "command again."
        if written:
            why += f" {', '.join(written)} says already what was written; “cpctrack undo” helps."
        raise RenderError(why) from error

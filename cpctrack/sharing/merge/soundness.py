"""What a merge must not break: a record that is sound on both sides has to stay so."""

import contextlib
from collections.abc import Mapping
from datetime import date

from cpctrack.errors import StoreError
from cpctrack.records.calendar import Calendar
from cpctrack.records.model import Settings
from cpctrack.sharing.merge.sides import ABSENT, Sides
from cpctrack.store import codec, packs
from cpctrack.store.codec import Document, Row

INVARIANTS: Mapping[str, tuple[str, ...]] = {
    "nothing-agreed": ("action", "recommendation"),
    "due-before-meeting": ("due", "due_text", "meeting"),
    "due-unlike-its-text": ("due", "due_text"),
    "completed-before-meeting": ("completed_on", "meeting"),
    "agreed-but-open": ("agreed_on", "status"),
    "open-but-completed": ("completed_on", "status"),
    "follow-up-unlike-status": ("follow_up", "status"),
    "completed-unlike-follow-up": ("completed_on", "follow_up"),
}
"""What `check` asks of a record that two sound sides can break together, and the fields in it."""

LINKED = frozenset(name for fields in INVARIANTS.values() for name in fields)


def exposed(document: Document) -> set[tuple[str, str]]:
    """Give the records that are exempt and stand in a pack, with what `check` says of each."""
    from cpctrack.check import Subject
    from cpctrack.check.publishing import exempt_but_published

    rows, printed = document.get("actions", {}), packs.printed(document)
    ids = {record for _, record, _ in printed if record in rows}
    if not ids:
        return set()
    settings = codec.decode_settings(document["settings"][codec.SETTINGS_ID])
    meetings = codec.decode_meetings(document.get("meetings", {}), settings)
    records = []
    for key in ids:
        with contextlib.suppress(StoreError):  # it may be damaged on both sides, for `check` to say
            records.append(codec.decode_record(key, rows[key], meetings))
    subject = Subject(tuple(records), meetings, settings, Calendar(date.max), document)
    return set(exempt_but_published.find(subject))


class Soundness:
    """Which invariants a record breaks: `check` asked of one row."""

    def __init__(self, settings: Row, meetings: Mapping[str, Row]) -> None:
        from cpctrack.check import CHECKS

        self._checks = [each for each in CHECKS if each.name in INVARIANTS]
        self._settings: Settings = codec.decode_settings(settings)
        self._meetings = codec.decode_meetings(meetings, self._settings)

    def check_readable(self, row_id: str, rows: Sides) -> None:
        """Raise `StoreError`, which says what is wrong, where one of the versions can't be read."""
        for row in rows:
            if row is not ABSENT:
                codec.decode_record(row_id, row, self._meetings)

    def broken(self, row_id: str, row: Row) -> set[str]:
        """Name the invariants that a record breaks."""
        from cpctrack.check import Subject

        record = codec.decode_record(row_id, row, self._meetings)
        # None of these checks asks what day it is.
        subject = Subject((record,), self._meetings, self._settings, Calendar(date.max))
        return {each.name for each in self._checks if any(True for _ in each.find(subject))}

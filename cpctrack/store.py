"""The store as the commands see it: settings, meetings and records; read once, written once."""

import contextlib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from cpctrack import codec, files
from cpctrack.changes import Author, create
from cpctrack.dates import long_date
from cpctrack.errors import StoreError, UsageError
from cpctrack.model import Draft, Meeting, MeetingType, Record, Settings
from cpctrack.refs import find, last_numbers, make_ref, split_ref
from cpctrack.storage import CanonicalStorage, Database, new_id, read_document


class _Name(NamedTuple):
    id: str
    ref: str
    source_ref: str


class Store:
    """One committee's records, held in memory; `editing` writes what `add` and `put` changed."""

    def __init__(self, path: Path, document: codec.Document) -> None:
        self.path = path
        self._database = Database(path, storage=CanonicalStorage)
        self._storage.load(codec.upgrade(document))
        self.settings = codec.decode_settings(self._database.rows("settings")[codec.SETTINGS_ID])
        self.meetings = self._read_meetings()
        self._rows = self._database.rows("actions")
        self._decoded: dict[str, Record] = {}  # a command that looks at one record reads one
        self._numbers: dict[str, int] | None = None
        self._changed: set[str] = set()

    @property
    def records(self) -> list[Record]:
        """All records, in no particular order; raises `StoreError` where one can't be read."""
        return [self._record(record_id) for record_id in self._rows | self._decoded]

    def find(self, typed: str) -> Record:
        """Find the record a typed reference stands for, as `refs.find` does."""
        return self._record(find(self._names, typed).id)

    def add(self, draft: Draft, author: Author, *, record_id: str | None = None) -> Record:
        """Take in a new record under the next reference of its meeting's municipal year."""
        ref = self._next_ref(draft.meeting)
        record = create(draft, record_id=record_id or new_id(), ref=ref, author=author)
        self._keep_meeting(record.meeting)
        self._set(record)
        return record

    def put(self, record: Record) -> None:
        """Take in a record's new state."""
        if self._record(record.id) != record:
            self._keep_meeting(record.meeting)
            self._set(record)

    def meeting_on(self, day: str, type_: MeetingType, *, year: str = "") -> Meeting:
        """Give the meeting of that day (ISO) and type, the stored one or a new one.

        `year` states a municipal year that its date would not give: the one before or after, as
        annual meetings move by weeks. Raises `UsageError` for another.
        """
        own_year = codec.year_of(day, self.settings)
        if year and abs(int(year[:4]) - int(own_year[:4])) > 1:
            raise UsageError(
                f"A meeting on {long_date(day)} is not in {year}: its date says {own_year}. "
                "Give the year before or after, or correct the date."
            )
        stated = bool(year) and year != own_year
        meeting = Meeting(date=day, type=type_, year=year or own_year, year_stated=stated)
        known = self.meetings.get(meeting.key)
        if known is None:
            return meeting
        return meeting._replace(extra=known.extra) if year else known

    def commit(self) -> None:
        """Write everything that changed, in one go; raises `StoreError` with the file untouched."""
        rows = {key: codec.encode_record(self._decoded[key]) for key in self._changed}
        if rows:
            self._database.put("actions", rows)
        self._storage.commit()
        self._changed.clear()

    @property
    def _storage(self) -> CanonicalStorage:
        storage = self._database.storage
        assert isinstance(storage, CanonicalStorage)
        return storage

    def _read_meetings(self) -> dict[str, Meeting]:
        rows = self._database.rows("meetings")
        return {key: codec.decode_meeting(row, self.settings) for key, row in rows.items()}

    def _keep_meeting(self, meeting: Meeting) -> None:
        if self.meetings.get(meeting.key) == meeting:
            return
        self._database.put("meetings", {meeting.key: codec.encode_meeting(meeting)})
        self.meetings[meeting.key] = meeting

    def _next_ref(self, meeting: Meeting) -> str:
        if self._numbers is None:
            self._numbers = last_numbers(name.ref for name in self._names)
        _, year, _ = split_ref(make_ref(self.settings.prefix, meeting.year, 0))
        if not year:
            raise StoreError(
                f"No reference can be made of the prefix “{self.settings.prefix}” and the "
                f"municipal year “{meeting.year}” of the meeting {meeting.key}; correct them in "
                f"{self.path}."
            )
        number = self._numbers[year] = self._numbers.get(year, 0) + 1
        return make_ref(self.settings.prefix, meeting.year, number)

    @cached_property
    def _names(self) -> list[_Name]:
        return [
            _Name(record_id, str(row.get("ref", "")), str(row.get("source_ref", "")))
            for record_id, row in self._rows.items()
        ]

    def _record(self, record_id: str) -> Record:
        if record_id not in self._decoded:
            row = self._rows[record_id]
            self._decoded[record_id] = codec.decode_record(record_id, row, self.meetings)
        return self._decoded[record_id]

    def _set(self, record: Record) -> None:
        self._decoded[record.id] = record
        self._changed.add(record.id)


def read(path: Path) -> Store:
    """Read the store; raises `StoreError`."""
    return Store(path, read_document(path))


@contextlib.contextmanager
def editing(path: Path) -> Iterator[Store]:
    """Read the store under its lock and write what the block changed, once, if it ends well."""
    if not files.exists(path):
        read_document(path)  # says what is wrong without leaving a lock file behind
    with _lock(path):
        files.sweep(path)
        store = read(path)
        yield store
        store.commit()


def initialise(path: Path, settings: Settings) -> None:
    """Write a new, empty store; raises `StoreError` where there is one already."""
    with _lock(path):
        if path.exists():
            raise StoreError(f"{path} already exists; keep it, or name another file with --store.")
        document: codec.Document = {
            "actions": {},
            "meetings": {},
            "settings": {codec.SETTINGS_ID: codec.encode_settings(settings)},
        }
        storage = CanonicalStorage(path)
        storage.write(document)
        storage.commit()


@contextlib.contextmanager
def _lock(path: Path) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(files.exclusive(path))
        except OSError as error:
            raise StoreError(
                f"{path.parent} can't be written to ({(error.strerror or 'no access').lower()}); "
                "nothing was changed."
            ) from error
        yield

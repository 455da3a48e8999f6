"""The store as the commands see it: settings, meetings and records; read once, written once."""

import contextlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.errors import StoreError, UsageError, reason
from cpctrack.records import query
from cpctrack.records.calendar import Calendar, calendar_of
from cpctrack.records.changes import Author, create
from cpctrack.records.model import Draft, Meeting, MeetingType, Record, Settings
from cpctrack.records.owners import NO_OWNERS, Owners
from cpctrack.records.refs import find, last_numbers, make_ref, split_ref
from cpctrack.store import codec, conflicts, copies, files, migrations, owners
from cpctrack.store.storage import (
    CanonicalStorage,
    Database,
    new_id,
    parse_document,
    read_content,
    read_document,
)


class _Name(NamedTuple):
    id: str
    ref: str
    source_ref: str


class Store:
    """One committee's records, held in memory; `editing` writes what `add` and `put` changed."""

    def __init__(
        self, path: Path, document: codec.Document, over: files.Stamp | None = None
    ) -> None:
        self.path = path
        self._database = Database(path, storage=CanonicalStorage)
        self._storage.load(migrations.upgrade(document), over)
        self.settings = codec.decode_settings(self._database.rows("settings")[codec.SETTINGS_ID])
        self.meetings = codec.decode_meetings(self._database.rows("meetings"), self.settings)
        self._rows = self._database.rows("actions")
        self._decoded: dict[str, Record] = {}  # a command that looks at one record reads one
        self._numbers: dict[str, int] | None = None
        self._changed: set[str] = set()
        self._owner_rows: Mapping[str, codec.Row] = {}
        self._owners = NO_OWNERS
        self._before = dict(self.document)  # the tables in it are replaced, never changed
        self._author = Author("", "", "")

    @property
    def records(self) -> list[Record]:
        """All records, in no particular order; raises `StoreError` where one can't be read."""
        return [self.record(record_id) for record_id in self._rows | self._decoded]

    @property
    def owners(self) -> Owners:
        """What is known of owners, but for rows that can't be read."""
        rows = self._database.rows(codec.OWNERS)
        if rows is not self._owner_rows:  # tables are replaced, never changed
            self._owner_rows, self._owners = rows, owners.read(rows)
        return self._owners

    def find(self, typed: str) -> Record:
        """Find the record a typed reference stands for, as `refs.find` does."""
        return self.record(find(self._names, typed).id)

    def add(self, draft: Draft, author: Author, *, record_id: str | None = None) -> Record:
        """Take in a new record under the next reference of its meeting's municipal year."""
        draft = self.with_known_owners(draft)
        ref = self._next_ref(draft.meeting)
        record = create(draft, record_id=record_id or new_id(), ref=ref, author=author)
        self.keep_meeting(record.meeting)
        self._set(record)
        return record

    def take_over(self, record: Record) -> Record:
        """Take in a copy of a record, with its history, under an id and a reference of its own."""
        own = record._replace(id=new_id(), ref=self._next_ref(record.meeting))
        self.keep_meeting(own.meeting)
        self._set(own)
        return own

    def put(self, record: Record) -> None:
        """Take in a record's new state."""
        before = self.record(record.id)
        if before != record:
            conflicts.refuse_unsettled(before, record)
            self.keep_meeting(record.meeting)
            self._set(record)

    def with_known_owners(self, draft: Draft) -> Draft:
        """Give the draft with its owners as `spelled` does."""
        owners = draft.fields.get("owners", ())
        assert isinstance(owners, tuple)
        fields = {**draft.fields, "owners": self.spelled(owners)} if owners else draft.fields
        return draft._replace(fields=fields)

    def spelled(self, owners: Iterable[str], *, but: Container[str] = ()) -> tuple[str, ...]:
        """Give owners, each once, by the name that is known to mean them.

        Of others the records' spelling counts, where only capitals differ. Records with the ids
        `but` are not asked, so that a name can be spelled anew in all of its.
        """
        known = query.spellings(self._names_of_owners(but)) if but else self._spellings
        book = self.owners
        return tuple(
            dict.fromkeys(
                one.name if (one := book.find(name)) else known.setdefault(name.casefold(), name)
                for name in owners
            )
        )

    def record(self, record_id: str) -> Record:
        """Give the record of this id; raises `StoreError` where it can't be read."""
        if record_id not in self._decoded:
            row = self._rows[record_id]
            self._decoded[record_id] = codec.decode_record(record_id, row, self.meetings)
        return self._decoded[record_id]

    def readable(self, record_id: str) -> Record | None:
        """Give the record of this id, or None where there is none that can be read."""
        try:
            return self.record(record_id)
        except (KeyError, StoreError):
            return None

    def put_rows(self, table: str, rows: Mapping[str, codec.Row], author: Author) -> None:
        """Take in rows of a table that holds neither records nor meetings."""
        if rows:
            self._author = author
            self._database.put(table, rows)

    def drop_rows(self, table: str, ids: Container[str], author: Author) -> None:
        """Let rows of such a table go, and the table where none is left."""
        self._author = author
        kept = {key: row for key, row in self._database.rows(table).items() if key not in ids}
        self._database.drop_table(table)
        if kept:
            self._database.put(table, kept)

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
        return known._replace(year=meeting.year, year_stated=stated) if year else known

    def calendar(self, today: date, others: Iterable[Meeting] = ()) -> Calendar:
        """Give the committee's calendar on that day, with the meetings that others know of."""
        from cpctrack.store import packs

        # A meeting that got a pack was held, whether it agreed anything or not.
        meetings = {**self.meetings, **{each.key: each for each in others}}.values()
        return calendar_of(self.settings, meetings, today, packs.meetings(self.document))

    def commit(self) -> None:
        """Write everything that changed, in one go; raises `StoreError` with the file untouched."""
        rows = {key: codec.encode_record(self._decoded[key]) for key in self._changed}
        if rows:
            self._database.put("actions", rows)
        if self._storage.changed:
            from cpctrack.store import undo_log

            # Of ten thousand records few are touched, so not all are compared.
            changes = undo_log.compare(self._before, self.document, records=self._changed)
            with undo_log.logging(self.path, undo_log.entry(self._writer(), changes)):
                self._storage.commit()
        self._rows = self._database.rows("actions")
        self._before = dict(self.document)
        self._changed.clear()

    @property
    def document(self) -> codec.Document:
        """Everything as it is now, row by row: not to be changed."""
        return self._storage.read() or {}

    def replace(self, document: codec.Document) -> None:
        """Write a whole document in place of the one there is; raises `StoreError`."""
        self._storage.write(document)
        self._storage.commit()

    @property
    def _storage(self) -> CanonicalStorage:
        storage = self._database.storage
        assert isinstance(storage, CanonicalStorage)
        return storage

    def _writer(self) -> Author:
        """Tell who changed records: they say so in their history."""
        before = self._before.get("actions", {})
        lines = [
            line
            for key in self._changed
            for line in self._decoded[key].history[len(before.get(key, {}).get("history", ())) :]
        ]
        return Author(lines[-1].by, lines[-1].at, lines[-1].via) if lines else self._author

    def keep_meeting(self, meeting: Meeting, author: Author | None = None) -> None:
        """Take in a meeting, or its new state; `author` where no record will tell who did."""
        self._author = author or self._author
        if self.meetings.get(meeting.key) == meeting:
            return
        self._database.put("meetings", {meeting.key: codec.encode_meeting(meeting)})
        self.meetings[meeting.key] = meeting

    def _next_ref(self, meeting: Meeting) -> str:
        if self._numbers is None:
            self._numbers = last_numbers(self._used_references())
        _, year, _ = split_ref(make_ref(self.settings.prefix, meeting.year, 0))
        if not year:
            raise StoreError(
                f"No reference can be made of the prefix “{self.settings.prefix}” and the "
                f"municipal year “{meeting.year}” of the meeting {meeting.key}; correct them in "
                f"{self.path}."
            )
        number = self._numbers[year] = self._numbers.get(year, 0) + 1
        return make_ref(self.settings.prefix, meeting.year, number)

    def _used_references(self) -> Iterator[str]:
        """Give every reference that is or was a record's, or that a pack has printed."""
        yield from self._database.rows(codec.WITHDRAWN)
        yield from (name.ref for name in self._names)
        if "publications" in self.document:
            from cpctrack.store import packs

            yield from (ref for ref, _, _ in packs.printed(self.document))

    @cached_property
    def _names(self) -> list[_Name]:
        return [
            _Name(record_id, str(row.get("ref", "")), str(row.get("source_ref", "")))
            for record_id, row in self._rows.items()
        ]

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return query.spellings(self._names_of_owners(()))

    def _names_of_owners(self, but: Container[str]) -> Iterator[str]:
        # Not decoded: one damaged record is no reason to refuse another.
        for record_id, row in self._rows.items():
            owners = row.get("owners")
            if record_id not in but and isinstance(owners, list):
                yield from (name for name in owners if isinstance(name, str))

    def _set(self, record: Record) -> None:
        self._decoded[record.id] = record
        self._changed.add(record.id)


def read(path: Path) -> Store:
    """Read the store, and remove what a killed process left beside it; raises `StoreError`."""
    files.tidy(path)
    return opened(path)


def opened(path: Path) -> Store:
    """Read the store, and tell of conflicts in it and copies beside it; raises `StoreError`."""
    found = files.stamp(path)  # first, so that what changes while we read is seen
    store = Store(path, read_document(path), found)
    if unsettled := conflicts.find(store.document):
        conflicts.ON_CONFLICTS.get()(unsettled)
    if unmerged := copies.beside(path, store.document):
        copies.ON_COPIES.get()(path, unmerged)
    return store


@contextlib.contextmanager
def editing(path: Path) -> Iterator[Store]:
    """Read the store under its lock and write what the block changed, once, if it ends well."""
    if not files.exists(path):
        read_document(path)  # says what is wrong without leaving a lock file behind
    with locked(path):
        store = opened(path)
        yield store
        store.commit()


def rewrite(path: Path, make: Callable[[bytes], codec.Document], author: Author) -> bool:
    """Put the document that `make` makes of the file's bytes in its place; tell if it differs.

    The bytes need not be a store; where they are none, `undo` goes no further back than this.
    Raises `StoreError`.
    """
    from cpctrack.store import undo_log

    with locked(path):
        found = files.stamp(path)
        content = read_content(path) if found else b""
        document = make(content)
        codec.check_readable(document, document.get("actions", {}).keys())
        try:
            before = migrations.upgrade(parse_document(content, str(path)))
        except StoreError:
            before = None
        if before == document:
            return False
        storage = CanonicalStorage(path)
        storage.load({}, found)
        storage.write(document)
        if before is None:
            storage.commit()
            undo_log.discard(path)
            return True
        changes = undo_log.compare(before, document, records=document.get("actions", {}).keys())
        with undo_log.logging(path, undo_log.entry(author, changes)):
            storage.commit()
        return True


def initialise(path: Path, settings: Settings) -> None:
    """Write a new, empty store; raises `StoreError` where there is one already.

    And `UsageError`, as `files.check_name` does.
    """
    files.check_name(path)
    with locked(path):
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
        from cpctrack.store import undo_log

        undo_log.discard(path)  # one that a former store has left


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep every other writer out, and remove what a killed one left; raises `StoreError`."""
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(files.exclusive(path))
        except OSError as error:
            raise StoreError(
                f"{path.parent} can't be written to ({reason(error)}); nothing was changed."
            ) from error
        files.sweep(path)
        yield

"""The undo log: what each writing command did to the store's rows, in a file beside the store.

One JSON line a command, the oldest first. A line is on disk before the store is written, and is
marked as undone only after the store was put back. So the log never lacks what the store holds;
the other way round, a line of which the store shows nothing is passed over (`cpctrack.store.undo`).
"""

import contextlib
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import StoreError
from cpctrack.records.changes import Author
from cpctrack.store import files
from cpctrack.store.codec import SCHEMA, Document, Row
from cpctrack.store.storage import new_id

MOST_COMMANDS = 100
MOST_BYTES = 5_000_000
_DROPPED = 20  # commands that go at once when there are too many, so that few commands rewrite
_ENDING = "undo"


class RowChange(NamedTuple):
    """A row of one of the store's tables before and after; None where it is not there."""

    table: str
    id: str
    before: Row | None
    after: Row | None


class Logged(NamedTuple):
    """One writing command: who ran it, when (UTC), and the rows it changed.

    `schema` is the store's schema, of which the rows are.
    """

    id: str
    at: str
    by: str
    via: str
    schema: int
    rows: tuple[RowChange, ...]
    undone: bool = False


class UndoLog(NamedTuple):
    """The commands that can be taken back, the oldest first, and those taken back since.

    `damaged` says that there were older ones which can't be read.
    """

    done: tuple[Logged, ...] = ()
    undone: tuple[Logged, ...] = ()
    damaged: bool = False


def compare(before: Document, after: Document, *, records: AbstractSet[str]) -> Iterator[RowChange]:
    """Compare two documents row by row; of the records still there, only `records`."""
    for table in sorted(before.keys() | after.keys()):
        old, new = before.get(table, {}), after.get(table, {})
        touched = records if table == "actions" else new.keys()
        for key in sorted(touched | (old.keys() - new.keys())):
            if old.get(key) != new.get(key):
                yield RowChange(table, key, old.get(key), new.get(key))


def entry(author: Author, changes: Iterable[RowChange]) -> Logged:
    """Make a new entry of what a command did."""
    return Logged(new_id(), author.at, author.by, author.via, SCHEMA, tuple(changes))


@contextlib.contextmanager
def logging(path: Path, entry: Logged) -> Iterator[None]:
    """UndoLog a command around the block that writes the store; only under the store's lock.

    Where the log can't be written the command goes on, and the log is removed: with a gap in it,
    `undo` would take back another command than the last.
    """
    logged = _append(path, entry)
    try:
        yield
    except StoreError:  # which says that nothing was changed
        if logged:
            with contextlib.suppress(OSError):
                line, log = _encode(entry), files.beside(path, _ENDING)
                content = files.read_plain(log)
                if content.endswith(line):
                    files.append(log, b"", at=len(content) - len(line), like=path)
        raise
    if not logged:
        discard(path)


def read(path: Path, schema: int) -> UndoLog:
    """Read the log of a store, as far back as its lines are whole and of this schema."""
    try:
        content = files.read_plain(files.beside(path, _ENDING))
    except OSError:
        return UndoLog(damaged=True)
    return parse(content, schema)


def rewrite(path: Path, log: UndoLog) -> None:
    """Put another log in place of the one there is; raises `OSError` with that one untouched."""
    undone = (entry._replace(undone=True) for entry in log.undone)
    content = b"".join(map(_encode, (*log.done, *undone)))
    files.write_atomically(files.beside(path, _ENDING), content)


def discard(path: Path) -> None:
    """Remove the log, if there is one."""
    with contextlib.suppress(OSError):
        files.beside(path, _ENDING).unlink()


def parse(content: bytes, schema: int) -> UndoLog:
    """Read a log from its bytes; what stands before a line that can't be read is left out."""
    *lines, _ = content.split(b"\n")  # what has no line end was torn before the store was written
    entries: list[Logged] = []
    for line in reversed(lines):
        entry = _decode(line)
        if entry is None or entry.schema != schema:
            return _log(entries[::-1], damaged=True)
        entries.append(entry)
    return _log(entries[::-1])


def newest(content: bytes, line: bytes) -> bytes:
    """Cut the oldest lines away, where there is no room for one more."""
    if content.count(b"\n") < MOST_COMMANDS and len(content) + len(line) <= MOST_BYTES:
        return content
    kept: list[bytes] = []
    room = MOST_BYTES - len(line)
    for old in reversed(content.split(b"\n")[:-1]):
        room -= len(old) + 1
        if room < 0 or len(kept) == MOST_COMMANDS - _DROPPED:
            break
        kept.append(old + b"\n")
    return b"".join(reversed(kept))


def _append(path: Path, entry: Logged) -> bool:
    try:
        line = _encode(entry)
        log = files.beside(path, _ENDING)
        content = files.read_plain(log)
        whole = content[: content.rfind(b"\n") + 1]
        kept = newest(whole, line)
        if kept is not whole:
            files.write_atomically(log, kept + line)
            return True
        try:
            files.append(log, line, at=len(whole), like=path)
        except PermissionError:  # a colleague's file in a folder that is shared
            files.write_atomically(log, whole + line)
    except (OSError, TypeError):  # the latter of a value that the store will refuse as well
        return False
    return True


def _log(entries: list[Logged], *, damaged: bool = False) -> UndoLog:
    # What was taken back before another command wrote can't be done again.
    last = max((at for at, entry in enumerate(entries) if not entry.undone), default=-1)
    done = tuple(entry for entry in entries if not entry.undone)
    return UndoLog(done, tuple(entries[last + 1 :]), damaged)


def _encode(entry: Logged) -> bytes:
    import orjson

    fields = entry._asdict() | {"rows": list(map(tuple, entry.rows))}
    return orjson.dumps(fields, option=orjson.OPT_APPEND_NEWLINE)


def _decode(line: bytes) -> Logged | None:
    import orjson

    try:
        fields = orjson.loads(line)
        rows = tuple(RowChange(*row) for row in fields.pop("rows"))
        entry = Logged(rows=rows, **fields)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
    texts = [entry.id, entry.at, entry.by, entry.via]
    texts += [text for row in rows for text in (row.table, row.id)]
    states = [state for row in rows for state in (row.before, row.after)]
    sound = all(isinstance(text, str) for text in texts)
    return entry if sound and all(isinstance(state, dict | None) for state in states) else None

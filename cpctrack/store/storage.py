"""A TinyDB storage for a file that people share: canonical, refused when damaged, held in memory.

TinyDB reads and writes its storage at every operation. Here the document is read once, changed in
memory, and written once by `CanonicalStorage.commit`.
"""

import json
import math
import os
import re
from codecs import BOM_UTF8
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document as Row
from tinydb.table import Table

from cpctrack.errors import StoreError, reason
from cpctrack.store import canonical
from cpctrack.store.files import Stamp, read, stamp, write_atomically

Document = dict[str, dict[str, dict[str, Any]]]
"""Tables by name, of documents by id."""

_ID_BYTES = 6
_MOST_DIGITS = 20
_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def new_id() -> str:
    """Draw an id: 12 hexadecimal digits, so that two clones never draw the same one."""
    return os.urandom(_ID_BYTES).hex()


class CanonicalStorage(Storage):
    """The store's file as TinyDB sees it; `read` and `write` go to memory, `commit` to disk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._document: Document | None = None
        self.changed = False
        self._over: Stamp | None = None

    def load(self, document: Document, over: Stamp | None = None) -> None:
        """Hold this document instead of reading the file, whose state is `over`."""
        self._document = document
        self._over = over

    def read(self) -> Document | None:
        """Give the tables as TinyDB asks for them before every operation."""
        return self._document

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Take the tables back as TinyDB leaves them after an operation."""
        self._document = {name: dict(table) for name, table in data.items()}
        self.changed = True

    def commit(self) -> None:
        """Write the document to disk if anything changed; raises `StoreError`.

        So it does where the file is no longer what was read: what others wrote must stay.
        """
        if not self.changed:
            return
        try:
            write_atomically(self.path, canonical.dumps(self._document), over=self._over)
        except TypeError as error:  # in a record that nobody asked for, so that nobody looked at
            raise StoreError(
                f"{self.path} holds what no store holds ({error}); nothing was changed. "
                "Restore the file from git or a backup."
            ) from error
        except OSError as error:
            raise StoreError(
                f"{self.path} can't be written ({reason(error)}); nothing was changed."
            ) from error
        self.changed = False
        self._over = stamp(self.path)


class _Table(Table):
    document_id_class: Any = str  # TinyDB's own is int

    def _get_next_id(self, document_id: Any = None) -> str:
        return str(document_id) if document_id is not None else new_id()


class Database(TinyDB):
    """TinyDB with text ids, where it is typed for numbers."""

    table_class = _Table

    def rows(self, table: str) -> dict[str, dict[str, Any]]:
        """Give a table's rows by id: they belong to the storage and must not be changed."""
        # TinyDB would copy each into a Document of its own, a sixth of the time to read a store.
        tables: Document = self.storage.read() or {}
        return tables.get(table, {})

    def put(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
        """Insert these documents into a table, each in place of the one with its id."""
        target: Any = self.table(table)
        known = [row_id for row_id in rows if target.contains(doc_id=row_id)]
        if known:
            target.remove(doc_ids=known)
        target.insert_multiple(Row(dict(row), row_id) for row_id, row in rows.items())  # type: ignore[arg-type]


def read_document(path: Path) -> Document:
    """Read and check the store's file; raises `StoreError` and never touches it."""
    # The bytes are gone before the text is parsed: together they are half of what it takes.
    text = _decode(read_content(path), str(path))
    return _parse(text, str(path))


def read_content(path: Path) -> bytes:
    """Read the bytes of the store's file; raises `StoreError` where there is none to be read."""
    try:
        return read(path)
    except FileNotFoundError as error:
        raise StoreError(
            f"There is no store at {path}; make one with “cpctrack init --committee NAME”."
        ) from error
    except OSError as error:
        raise StoreError(f"{path} can't be read ({reason(error)}).") from error


def parse_document(content: bytes, name: str) -> Document:
    """Read a store from the bytes of a file called `name`; raises `StoreError`."""
    return _parse(_decode(content, name), name)


def parse_canonical(content: bytes, name: str) -> Document:
    """Read a store as `parse_document` does, in a third of the time where its form is canonical.

    For merges, which read several at once: a single one is sooner read than orjson imported. A
    byte order mark is passed over: what git holds can't be saved again without it.
    """
    import orjson

    content = content.removeprefix(BOM_UTF8)
    plain = content.replace(b"\r\n", b"\n")  # as a checkout on Windows may have it
    try:
        document = orjson.loads(plain)
        # What stands twice, or can't be kept, would not come out as it went in.
        if canonical.dumps(document) != plain:
            return parse_document(content, name)
    except (ValueError, TypeError):
        return parse_document(content, name)
    _check_shape(document, name)
    return document  # type: ignore[no-any-return]


def _parse(text: str, name: str) -> Document:
    if text.startswith("<<<<<<<") or "\n<<<<<<<" in text:
        raise StoreError(
            f"{name} holds git's conflict markers: two people changed it and git could not put "
            "the changes together. “cpctrack resolve --from-git” does."
        )
    try:
        document = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_finite,
            parse_float=_finite,
            parse_int=_small,
        )
        if "\\u" in text and _ESCAPED_SURROGATE.search(text):
            canonical.dumps(document)
    except json.JSONDecodeError as error:
        raise StoreError(
            f"{name} is damaged: line {error.lineno} is not JSON ({error.msg.lower()}); restore "
            "the file from git or a backup."
        ) from error
    except _DuplicateKeyError as error:
        raise StoreError(
            f"{name} says “{error}” twice of one thing, so one of them would be lost. After a "
            "merge in git, “cpctrack resolve --from-git” puts it right; else remove the wrong "
            "one, or restore the file from git or a backup."
        ) from error
    except (ValueError, TypeError, RecursionError) as error:
        half = "half of a letter that is written as two"  # which is all that `dumps` can refuse
        what = half if isinstance(error, TypeError) else error
        raise StoreError(
            f"{name} holds what no store holds ({what}); restore the file from git or a backup."
        ) from error
    _check_shape(document, name)
    return document  # type: ignore[no-any-return]


def _decode(content: bytes, name: str) -> str:
    if not content or content.isspace():
        raise StoreError(f"{name} is empty; restore it from git or a backup.")
    if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        raise StoreError(
            f"{name} was saved by another program, with a mark in front (BOM). Save it as UTF-8 "
            "without BOM, or restore it from git or a backup."
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise StoreError(
            f"{name}, line {line} is not UTF-8: another program has saved it. Restore it from "
            "git or a backup."
        ) from error


class _DuplicateKeyError(Exception):
    pass


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        seen: set[str] = set()
        raise _DuplicateKeyError(next(k for k, _ in pairs if k in seen or seen.add(k)))  # type: ignore[func-returns-value]
    return result


def _small(digits: str) -> int:
    number = int(digits) if len(digits) <= _MOST_DIGITS else 0
    if not -(2**63) <= number < 2**64 or len(digits) > _MOST_DIGITS:
        raise ValueError(f"the number {digits[:_MOST_DIGITS]}…")
    return number


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"the number {digits}")
    return number


def _check_shape(document: Any, name: str) -> None:
    tables = document.values() if isinstance(document, dict) else [None]
    for table in tables:
        if not isinstance(table, dict) or not all(isinstance(row, dict) for row in table.values()):
            raise StoreError(
                f"{name} is JSON but not a cpctrack store; name the right file with --store."
            )

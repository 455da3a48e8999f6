"""A store's file put together anew from its bytes, whatever state they are in."""

from collections.abc import Callable
from pathlib import Path

from cpctrack.errors import StoreError
from cpctrack.records.changes import Author
from cpctrack.store import codec, files, store, undo_log
from cpctrack.store.storage import CanonicalStorage, parse_document, read_content


def rewrite(path: Path, make: Callable[[bytes], codec.Document], author: Author) -> bool:
    """Put the document that `make` makes of the file's bytes in its place; tell if it differs.

    The bytes need not be a store; where they are none, `undo` goes no further back than this.
    Raises `StoreError`.
    """
    with store.locked(path):
        found = files.stamp(path)
        content = read_content(path) if found else b""
        document = make(content)
        codec.check_readable(document, document.get("actions", {}).keys())
        before = document_of(content)
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


def document_of(content: bytes) -> codec.Document | None:
    """Read a store from its bytes, or give None where they are none."""
    try:
        return codec.upgrade(parse_document(content, ""))
    except StoreError:
        return None

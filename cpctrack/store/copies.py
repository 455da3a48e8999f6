"""Copies of a store that a synchronised folder leaves beside it, where two wrote at once.

Each service names them after the store in its own way, some in the language of the computer:

- Dropbox: ``actions (Clerk's conflicted copy 2024-06-12).json``, ``actions (Case Conflict).json``
- OneDrive: ``actions-LAPTOP-42.json``, then ``actions-LAPTOP-42-2.json``
- Google Drive: ``actions (1).json``, ``Copy of actions.json``, ``Copi o actions.json``
- Nextcloud: ``actions (conflicted copy 2024-06-12 101010).json``; ownCloud: ``actions_conflict-…``
- Syncthing: ``actions.sync-conflict-20240612-101010-ABCDEFG.json``
- iCloud: ``actions 2.json``; Windows: ``actions - Copy.json``

So the name only says where to look, and what a file holds says whether it is a copy.
"""

import json
import os
import re
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from pathlib import Path

from cpctrack.store import files
from cpctrack.store.codec import COPIES, SETTINGS_ID, Document
from cpctrack.text import one_line

ON_COPIES: ContextVar[Callable[[Path, Sequence[Path]], None]] = ContextVar(
    "ON_COPIES", default=lambda _, __: None
)
"""Who is told when a store is read that has copies beside it which nobody has brought in."""

# What makes a file of JSON a store, whatever is wrong with the rest of it.
_SCHEMA = re.compile(rb'"schema"\s*:\s*\d')
_PREFIX = re.compile(rb'"prefix"\s*:\s*"([^"\\]*)"')
_UNKNOWN = b""
# Tables stand in the order of their names, so this is how each store begins that we have written.
_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:<<<<<<<|\{\s*"actions"\s*:)')
_AHEAD = 1000  # bytes in which that is seen
_BEFORE = re.compile(
    r"(?:(?:copy of|copi o|copie de|kopie von|kopie van|copia de|copia di|cópia de|kopia) )*"
)
_BEHIND = tuple(" ([_.~-")


def beside(path: Path, document: Document) -> list[Path]:
    """Find the copies in a store's folder that nobody has brought into it, by their names.

    What is cut off or closed to us may be one. One that is the store to the byte, or was brought
    in, is none, nor is what does not begin as a store does: exports, and files of other programs.
    """
    try:
        target = Path(os.path.realpath(path))
        with os.scandir(target.parent) as entries:
            named = sorted(
                each.name
                for each in entries
                if is_named_after(each.name, target.name) and each.is_file() and each.stat().st_size
            )
    except OSError:
        return []
    if not named:
        return []
    prefix = str(document["settings"][SETTINGS_ID].get("prefix", "")).encode()
    own = read(path)
    return [
        copy
        for copy in map(target.with_name, named)
        if _begins_as_a_store(copy)
        and (content := read(copy)) != own
        and begins_alike(store_prefix(copy, content), prefix)
        and digest(content) not in document.get(COPIES, {})
    ]


def is_named_after(name: str, store: str) -> bool:
    """Tell whether a file has a store's name with something put before or behind it."""
    name, store = name.casefold(), store.casefold()  # as on Windows
    stem = store.rpartition(".")[0] or store
    before = _BEFORE.match(name)
    assert before
    rest = name[before.end() :]
    return (
        name != store
        and rest.startswith(stem)
        and rest.endswith(store[len(stem) :])
        and (rest == store or rest[len(stem) :].startswith(_BEHIND))
    )


def how_to_bring_in(name: str) -> str:
    """Say what to do about the copy of this name."""
    return f'“cpctrack resolve --from-copy "{one_line(name)}"” brings in what is new in it.'


def begins_alike(prefix: bytes | None, store: bytes) -> bool:
    """Tell whether a file may have the references of a store, both as `store_prefix` gives them."""
    return prefix in (store, _UNKNOWN)


def store_prefix(path: Path, content: bytes) -> bytes | None:
    """Give what a store's references begin with, or nothing where that can't be read.

    None is of a file that is no store. One that is cut off, emptied or closed to us may be one.
    """
    if path.name != files.STORE_NAME and not (_SCHEMA.search(content) or _is_broken(path, content)):
        return None
    found = _PREFIX.search(content)
    return found[1] if found else _UNKNOWN


def read(path: Path) -> bytes:
    """Read a file, or nothing where that can't be done."""
    try:
        return files.read(path)
    except OSError:
        return b""


def digest(content: bytes) -> str:
    """Name what a copy holds, as the store's table of those that were brought in does."""
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _begins_as_a_store(path: Path) -> bool:
    """Tell so by the first bytes of a file, or that these can't be read."""
    try:
        with path.open("rb") as stream:
            return bool(_BEGINS.match(stream.read(_AHEAD)))
    except OSError:
        return True


def _is_broken(path: Path, content: bytes) -> bool:
    if path.is_dir() or path.name.startswith("."):  # systems put files of their own beside others
        return False
    try:
        json.loads(content.decode())
    except (ValueError, RecursionError):
        return True
    return False

"""Merging for git: two versions of a store, or once more what git merged without cpctrack."""

from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import GitError, StoreError
from cpctrack.records.changes import Author
from cpctrack.sharing import git, merge
from cpctrack.sharing.merge import Sides
from cpctrack.sharing.rebuild import Rebuilt, rebuild
from cpctrack.store import canonical, codec, files, migrations, store
from cpctrack.store.codec import Document
from cpctrack.store.storage import parse_canonical, parse_document

# git's temporary names would say nothing to anybody; in a rebase “ours” is upstream.
_BASE, _OURS, _THEIRS = "both began with", "git calls ours", "git calls theirs"


class FromGit(NamedTuple):
    """What was put together again, of which merge; how many conflicts are left in it."""

    rebuilt: Rebuilt
    merge: str
    left: int
    changed: bool


def merge_files(base: Path, ours: Path, theirs: Path, author: Author) -> merge.Merged:
    """Merge two versions of a store into the file `ours`; raises `StoreError` or `OSError`.

    An empty `base` stands for none: both sides have added the file.
    """
    before = base.read_bytes()
    merged = merge.three_way(
        _parsed(before, _BASE) if before else {},
        _parsed(ours.read_bytes(), _OURS),
        _parsed(theirs.read_bytes(), _THEIRS),
        at=author.at,
        by=author.by,
    )
    files.write_atomically(ours, canonical.dumps(merged.document))
    return merged


def rebuild_from_git(path: Path, author: Author) -> FromGit:
    """Merge the store again from the versions that git keeps.

    They are those of a merge that waits to be settled, or else of the newest finished one in which
    both sides had changed the store. Raises `GitError` where there is none, and `StoreError`.
    """
    file = path.resolve()
    git.top(file.parent)
    versions = git.conflict(file) or git.last_merge(file)
    if versions is None:
        raise GitError(
            f"git knows of no merge in which both sides changed {path}: nothing can be rebuilt. "
            f"A rebase that is finished leaves none; “git checkout COMMIT -- {path.name}” brings "
            "an earlier version back."
        )
    if versions.ours is None or versions.theirs is None:
        raise GitError(
            f"One side of the merge has removed {path} and the other changed it. “git add "
            f"{path.name}” keeps the file that is there, “git rm {path.name}” removes it."
        )
    sides = Sides(
        _parsed(versions.base, _BASE) if versions.base else {},
        _parsed(versions.ours, _OURS),
        _parsed(versions.theirs, _THEIRS),
    )
    name = "the merge that git waits for"
    if versions.commit:
        name = f"the merge {git.subject(file.parent, versions.commit)}"
    done: list[Rebuilt] = []

    def make(content: bytes) -> Document:
        merged = now = _document_of(content)
        if versions.commit:
            committed = git.content_at(file, versions.commit) or b""
            merged = _document_of(committed)
            if now is None and content.split() != committed.split():
                raise StoreError(
                    f"{file} can't be read, and was changed after {name}: it can't be told what "
                    f"to keep. “git checkout {versions.commit[:12]} -- {file.name}” puts the "
                    "version of the merge back; then try again."
                )
        done.append(rebuild(sides, merged, now, at=author.at, by=author.by))
        return done[0].document

    changed = store.rewrite(path, make, author)
    document = done[0].document
    left = sum(
        len(row.get(codec.CONFLICTS, ())) for table in document.values() for row in table.values()
    )
    return FromGit(done[0], name, left, changed)


def _parsed(content: bytes, whose: str) -> Document:
    return migrations.upgrade(parse_canonical(content, f"The version that {whose}"))


def _document_of(content: bytes) -> Document | None:
    """Read a store from its bytes, or give None where they are none."""
    try:
        return migrations.upgrade(parse_document(content, ""))
    except StoreError:
        return None

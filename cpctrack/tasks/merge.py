"""Merging two versions of a store: for git, once more after git, and of a copy beside it."""

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import GitError, StoreError, UsageError
from cpctrack.records.changes import Author
from cpctrack.sharing import copies, git, merge
from cpctrack.sharing.merge import Sides
from cpctrack.sharing.rebuild import Rebuilt, rebuild
from cpctrack.store import canonical, codec, conflicts, files, migrations, store, undo_log
from cpctrack.store.codec import Document
from cpctrack.store.copies import digest, is_named_after
from cpctrack.store.storage import parse_canonical, parse_document, read_content
from cpctrack.text import fold, one_line

# git's temporary names would say nothing to anybody; in a rebase “ours” is upstream.
_BASE, _OURS, _THEIRS = "both began with", "git calls ours", "git calls theirs"


class FromGit(NamedTuple):
    """What was put together again, of which merge; how many conflicts are left in it."""

    rebuilt: Rebuilt
    merge: str
    left: int
    changed: bool


class FromCopy(NamedTuple):
    """What came of a copy: nothing where the store had it all, and how many conflicts are left.

    `back` are the references of records that one side had taken back and the other still had.
    """

    merged: merge.Merged | None
    left: int
    back: tuple[str, ...] = ()


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
    return FromGit(done[0], name, len(conflicts.find(document)), changed)


def stores_beside(paths: Iterable[Path], copy: Path) -> list[Path]:
    """Give those of the stores that a file lies beside with a name that is made of theirs."""
    return [
        path
        for path in paths
        if is_named_after(copy.name, path.name)
        and files.exists(found := _found(path, copy))
        and found.parent.resolve() == path.parent.resolve()
    ]


def bring_in(path: Path, copy: Path, author: Author) -> FromCopy:
    """Merge a copy of the store, which another program has left, into the store.

    The copy stays as it is; the store remembers that it was brought in. A bare name is looked for
    here, then beside the store. Raises `UsageError` where there is no such file, and `StoreError`
    where it can't be read or is of another committee.
    """
    copy = _found(path, copy)
    content, theirs = _copied(path, copy)
    done: list[FromCopy] = []

    def make(held: bytes) -> Document:
        ours = _whole(held, str(path))
        _refuse_another(copy, ours, theirs)
        known = ours.get(codec.COPIES, {})
        if digest(content) in known:
            done.append(FromCopy(None, len(conflicts.find(ours))))
            return ours
        base = copies.base_of(ours, theirs, _last_common(path, ours, theirs))
        merged = merge.three_way(base, ours, theirs, at=author.at, by=author.by)
        news = merged if merged.document != ours else None
        back = _standing(merged.document) & merged.document.get(codec.WITHDRAWN, {}).keys()
        back -= _standing(ours) & ours.get(codec.WITHDRAWN, {}).keys()
        done.append(FromCopy(news, len(conflicts.find(merged.document)), tuple(sorted(back))))
        known = merged.document.get(codec.COPIES, {})
        return {**merged.document, codec.COPIES: {**known, digest(content): {}}}

    if not files.exists(path):
        read_content(path)  # says that there is none
    store.rewrite(path, make, author)
    return done[0]


def _found(path: Path, copy: Path) -> Path:
    bare = copy.name == str(copy)
    return path.with_name(copy.name) if bare and not files.exists(copy) else copy


def _copied(path: Path, copy: Path) -> tuple[bytes, Document]:
    if copy.is_dir():
        raise UsageError(f"{copy} is a folder; name the copy of the store.")
    if not files.exists(copy):
        raise UsageError(f"There is no file {copy}; name the copy that lies beside the store.")
    if files.exists(path) and path.samefile(copy):
        raise UsageError(f"{copy} is the store itself; name the copy of it.")
    try:
        content = read_content(copy)
        document = _whole(content, str(copy))
    except StoreError as error:
        raise StoreError(f"{copy} can't be brought in; the store is as it was. {error}") from error
    return content, document


def _whole(content: bytes, name: str) -> Document:
    """Read a store of which every record and conflict can be read; raises `StoreError`."""
    document = migrations.upgrade(parse_document(content, name))
    codec.check_readable(document, document.get("actions", {}).keys())
    conflicts.find(document)
    return document


def _refuse_another(copy: Path, ours: Document, theirs: Document) -> None:
    """Refuse the store of another committee, or a private one, which has no record of this."""
    mine, other = (
        codec.decode_settings(each["settings"][codec.SETTINGS_ID]) for each in (ours, theirs)
    )
    alike = mine.prefix == other.prefix and fold(mine.committee) == fold(other.committee)
    if not alike and ours.get("actions", {}).keys().isdisjoint(theirs.get("actions", {})):
        raise StoreError(
            f"{copy} is a store of its own, that of {one_line(other.committee)} with "
            f"references in {one_line(other.prefix)}, and no copy of this one; nothing was changed."
        )


def _standing(document: Document) -> set[str]:
    return {str(row.get("ref")) for row in document.get("actions", {}).values()}


def _last_common(path: Path, ours: Document, theirs: Document) -> Document:
    """Find the last state that a store and its copy both had, as far as the log or git knows."""
    log = undo_log.read(path, codec.SCHEMA)
    known = (copies.states(ours, log), copies.states(theirs, log), _committed(path))
    found = (copies.last_common(each, ours, theirs) for each in known)
    return next((each for each in found if each is not None), {})


def _committed(path: Path) -> Iterator[Document]:
    file = path.resolve()
    with contextlib.suppress(GitError):
        for commit in git.history(file):
            document = _document_of(git.content_at(file, commit) or b"")
            if document is not None:
                yield document
        yield {}  # before the first commit there was nothing


def _parsed(content: bytes, whose: str) -> Document:
    return migrations.upgrade(parse_canonical(content, f"The version that {whose}"))


def _document_of(content: bytes) -> Document | None:
    """Read a store from its bytes, or give None where they are none."""
    try:
        return migrations.upgrade(parse_document(content, ""))
    except StoreError:
        return None

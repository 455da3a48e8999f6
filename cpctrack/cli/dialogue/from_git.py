"""``cpctrack resolve --from-git``: a merge that git did without cpctrack, done again with it."""

from pathlib import Path

from cpctrack.cli.context import App
from cpctrack.cli.output.wording import renumbered_words, twin_words
from cpctrack.errors import GitError, StoreError
from cpctrack.sharing import git
from cpctrack.sharing.merge import Sides
from cpctrack.sharing.rebuild import Rebuilt, rebuild
from cpctrack.store import codec, migrations, store
from cpctrack.store.codec import Document
from cpctrack.store.storage import parse_canonical, parse_document


def rebuild_from_git(app: App, path: Path) -> None:
    """Merge the store again from the versions that git keeps, and say what is left to be settled.

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
    sides = _sides(versions, path)
    author = app.author("resolve")
    done: list[Rebuilt] = []

    def make(content: bytes) -> Document:
        merged, now = _results(file, versions, content)
        done.append(rebuild(sides, merged, now, at=author.at, by=author.by))
        return done[0].document

    changed = store.rewrite(path, make, author)
    _tell(app, path, _called(file, versions), done[0], changed=changed)


def _sides(versions: git.Versions, path: Path) -> Sides:
    if versions.ours is None or versions.theirs is None:
        raise GitError(
            f"One side of the merge has removed {path} and the other changed it. “git add "
            f"{path.name}” keeps the file that is there, “git rm {path.name}” removes it."
        )
    base = migrations.upgrade(_parsed(versions.base, "both began with")) if versions.base else {}
    return Sides(
        base,
        migrations.upgrade(_parsed(versions.ours, "git calls ours")),
        migrations.upgrade(_parsed(versions.theirs, "git calls theirs")),
    )


def _parsed(content: bytes, whose: str) -> Document:
    return parse_canonical(content, f"The version that {whose}")


def _results(
    file: Path, versions: git.Versions, content: bytes
) -> tuple[Document | None, Document | None]:
    """Give what the merge was made, as far as it is a store, and what stands in the file now."""
    now = _document_of(content)
    if not versions.commit:
        return now, now
    committed = git.content_at(file, versions.commit) or b""
    if now is None and content.split() != committed.split():
        raise StoreError(
            f"{file} can't be read, and was changed after {_called(file, versions)}: it can't be "
            f"told what to keep. “git checkout {versions.commit[:12]} -- {file.name}” puts the "
            "version of the merge back; then try again."
        )
    return _document_of(committed), now


def _document_of(content: bytes) -> Document | None:
    try:
        return migrations.upgrade(parse_document(content, ""))
    except StoreError:
        return None


def _called(file: Path, versions: git.Versions) -> str:
    if not versions.commit:
        return "the merge that git waits for"
    return f"the merge {git.subject(file.parent, versions.commit)}"


def _tell(app: App, path: Path, merge: str, done: Rebuilt, *, changed: bool) -> None:
    if not changed:
        app.say(f"{path} holds everything of {merge} already; nothing was changed.")
    else:
        app.say(f"Put {path} together again, record by record, from both sides of {merge}.")
        for line in twin_words(done.twins):
            app.say(line)
        for record in done.renumbered:
            app.say(renumbered_words(record))
    left = sum(
        len(row.get(codec.CONFLICTS, ()))
        for table in done.document.values()
        for row in table.values()
    )
    if left:
        noun = "1 conflict is" if left == 1 else f"{left} conflicts are"
        app.say(f"{noun} left: see “cpctrack conflicts”, settle with “cpctrack resolve”.")
    if changed or left:
        app.say(f"Then “git add {path.name}” and “git commit”.")

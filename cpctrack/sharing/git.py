"""What git knows of the store; the only one that starts git. Raises `GitError`, never exits.

Every function takes a folder of the repository, and names files as git does: from the top of the
working tree, with ``/`` between folders. Nothing here depends on the language git speaks.

A repository in a shared folder may be anybody's, and no setting of it makes git start a program.
"""

import os
from pathlib import Path
from typing import NamedTuple

from cpctrack import programs
from cpctrack.errors import GitError, reason

_NOTHING = 1  # what `git merge-base` and `git config` end with when they find nothing
_NO_COMMIT = 128
_MOST_SECONDS = 120
_MOST_COMMITS = 100

# What would start a program for the commands used here. A bare repository, which can be committed
# as a folder of files, is none that anybody meant; nothing is ever fetched.
_SAFELY = (
    "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}",
    "-c", "log.showSignature=false", "-c", "safe.bareRepository=explicit", "--no-pager",
)  # fmt: skip
_SURROUNDINGS = {"GIT_ALLOW_PROTOCOL": "none", "NoDefaultCurrentDirectoryInExePath": "1"}


class Versions(NamedTuple):
    """One file as the two sides of a merge have it, and as it was before they parted.

    `commit` is the merge where it is finished, and nothing while git waits for it to be settled.
    A file that is not there is nothing. In a rebase “ours” is what the branch is put upon.
    """

    base: bytes | None
    ours: bytes | None
    theirs: bytes | None
    commit: str = ""


def user_name(folder: Path) -> str:
    """Give the user name git would commit with in this folder, or nothing, with or without git."""
    try:
        return get_config(folder, "user.name", local=False) or ""
    except GitError:
        return ""


def is_repository(folder: Path) -> bool:
    """Tell whether the folder is in a working tree of git."""
    try:
        top(folder)
    except GitError:
        return False
    return True


def top(folder: Path) -> Path:
    """Give the top folder of the working tree; raises `GitError` where there is none."""
    try:
        return Path(_text(_run(folder, "rev-parse", "--show-toplevel")))
    except _RefusedError as error:
        raise GitError(
            f"{folder} is not in a working folder of git (git says: {error.words}). Go to the "
            "folder that you and your colleagues share, or make it one with “git init”."
        ) from error


def name_in_tree(file: Path) -> str:
    """Name a file as git does: ``committee/actions.json``."""
    return _text(_run(file.parent, "rev-parse", "--show-prefix")) + file.name


def exclude_file(folder: Path) -> Path:
    """Give the file that lists what git leaves alone in this clone and all its worktrees."""
    return (folder / _text(_run(folder, "rev-parse", "--git-path", "info/exclude"))).resolve()


def get_config(folder: Path, key: str, *, local: bool = True) -> str | None:
    """Give a setting of this clone, or what applies in the folder where `local` is false."""
    scope = ("--local",) if local else ()
    found = _run(folder, "config", *scope, "--get", key, ends=(0, _NOTHING))
    return _text(found) if found else None


def set_config(folder: Path, key: str, value: str) -> None:
    """Write a setting of this clone in place of all that the key holds."""
    _run(folder, "config", "--local", "--replace-all", key, value)


def unset_config(folder: Path, key: str) -> None:
    """Take a setting of this clone away."""
    _run(folder, "config", "--local", "--unset-all", key)


def is_tracked(file: Path) -> bool:
    """Tell whether git keeps versions of a file."""
    return bool(_run(file.parent, "--literal-pathspecs", "ls-files", "-z", "--", file.name))


def attributes(folder: Path, name: str, *wanted: str) -> dict[str, str]:
    """Give the attributes that apply to a file of the tree, whoever sets them."""
    found = _run(top(folder), "check-attr", "-z", *wanted, "--", name).split(b"\0")
    return {_text(key): _text(value) for key, value in zip(found[1::3], found[2::3], strict=True)}


def conflict(file: Path) -> Versions | None:
    """Give the versions of a file that git could not merge, or nothing where it waits for none."""
    lines = _run(file.parent, "--literal-pathspecs", "ls-files", "-u", "-z", "--", file.name)
    blobs: dict[bytes, bytes] = {}
    for line in lines.split(b"\0")[:-1]:
        _, blob, stage = line.partition(b"\t")[0].split()
        blobs[stage] = _run(file.parent, "cat-file", "blob", _text(blob))
    return Versions(blobs.get(b"1"), blobs.get(b"2"), blobs.get(b"3")) if blobs else None


def last_merge(file: Path) -> Versions | None:
    """Give the versions that the newest finished merge had to put together, or nothing.

    Merges where only one side had changed the file are passed over.
    """
    folder, name = file.parent, name_in_tree(file)
    listed = _run(
        folder, "--literal-pathspecs", "rev-list", "--full-history", "--topo-order", "--merges",
        "HEAD", "--", file.name, ends=(0, _NO_COMMIT),
    )  # fmt: skip
    for commit in _text(listed).splitlines():
        parents = _text(_run(folder, "rev-parse", f"{commit}^@")).splitlines()
        if len(parents) != 2:  # more are never merged file by file
            continue
        first, second = parents
        base = _text(_run(folder, "merge-base", first, second, ends=(0, _NOTHING)))
        found = Versions(
            _content(folder, base, name) if base else None,
            _content(folder, first, name),
            _content(folder, second, name),
            commit,
        )
        if found.ours != found.theirs and found.base not in (found.ours, found.theirs):
            return found
    return None


def content_at(file: Path, commit: str) -> bytes | None:
    """Give a file as a commit has it, or nothing."""
    return _content(file.parent, commit, name_in_tree(file))


def history(file: Path) -> list[str]:
    """Give the last commits that changed a file, the newest first."""
    listed = _run(
        file.parent, "--literal-pathspecs", "rev-list", f"--max-count={_MOST_COMMITS}", "HEAD",
        "--", file.name, ends=(0, _NO_COMMIT),
    )  # fmt: skip
    return _text(listed).splitlines()


def subject(folder: Path, commit: str) -> str:
    """Name a commit as a person knows it: its short number and its first line."""
    return _text(_run(folder, "show", "--no-patch", "--format=%h “%s”", commit))


def _content(folder: Path, commit: str, name: str) -> bytes | None:
    # Not the blob at once: one that is not in this clone must not pass for none.
    listed = _run(folder, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", commit, "--", name)
    _, kind, blob = listed.split()[:3] or (b"", b"", b"")
    return _run(folder, "cat-file", "blob", _text(blob)) if kind == b"blob" else None


class _RefusedError(GitError):
    def __init__(self, command: str, words: str) -> None:
        super().__init__(f"git could not do what was needed (git {command}: {words}).")
        self.words = words


def _run(folder: Path, *arguments: str, ends: tuple[int, ...] = (0,)) -> bytes:
    program = programs.find("git")
    if program is None:
        raise GitError(
            "git is not installed here, or not on the PATH; install it, open a new terminal and "
            "try again."
        )
    try:
        done = programs.run(
            [program, *_SAFELY, *arguments],
            folder=folder,
            surroundings=_SURROUNDINGS,
            seconds=_MOST_SECONDS,
        )
    except TimeoutError as error:
        raise GitError(f"git gave no answer in {folder} for {_MOST_SECONDS} seconds.") from error
    except OSError as error:
        if folder.is_dir():
            raise GitError(f"{program} can't be started ({reason(error)}).") from error
        raise GitError(f"There is no folder {folder}.") from error
    if done.returncode not in ends:
        words = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        command = next(word for word in arguments if not word.startswith("-"))
        raise _RefusedError(command, words.removeprefix("fatal: ").rstrip("."))
    return done.stdout


def _text(output: bytes) -> str:
    """Decode what git prints, without the line end; names of files may be in any encoding."""
    return os.fsdecode(output).rstrip("\r\n")

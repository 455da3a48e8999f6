"""Teaching git to put two people's work on a store together, and taking that back."""

import shlex
import sys
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import GitError, reason
from cpctrack.sharing import git, gitfiles
from cpctrack.store import files, store

_ATTRIBUTES = {"merge": "cpctrack", "diff": "cpctrack", "text": "set", "eol": "lf"}

# git before 2.42 takes “ours” for the result of a driver that is missing or dies, and leaves no
# markers: one `git add`, and the other side is lost. So real ones are made then. Python, too, ends
# with 1 where the module is gone, so a conflict counts only where the driver has written it down.
# With 2 cpctrack has said itself what is wrong. The words go through any shell and console.
_FALLBACK = (
    "test $rc -eq 0 && exit 0; "
    "test $rc -eq 1 && grep -q '\"_conflicts\": ' %A && exit 1; "
    "test $rc -eq 2 || echo 'cpctrack is not where git looks for it, so git merges the store line "
    "by line. Type: cpctrack git-setup - and then: cpctrack resolve --from-git' >&2; "
    "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
)

# What git prints over a part of a comparison: the last line above that part, if it matches. The
# reference stands near the end of its record, so a part that shows the reference of the record
# above would be the rule; the record is named by what was agreed, and where a part begins in the
# last lines of one, which belong to the next, by nothing (blanks alone print as nothing).
_HEADINGS = (
    r'^( {6})"(ref|referrer|response|source_ref|status|type)":',
    r'^ {6}"action": "(([^"\\]|\\.){1,60})',
    r'^ {6}"recommendation": "(([^"\\]|\\.){1,60})',
    r'^ {4}"([^"]+)": \{$',
)


class Setup(NamedTuple):
    """The store as git names it, what was done, and what stands in the way: a sentence each."""

    name: str
    done: tuple[str, ...]
    doubts: tuple[str, ...] = ()


def set_up(path: Path) -> Setup:
    """Set git up for the store at `path`; raises `GitError` and `StoreError`."""
    file, name = _place(path)
    done = list(_edit_attributes(file, name, undo=False))
    wanted = _settings().items()
    changed = [(key, value) for key, value in wanted if git.get_config(file.parent, key) != value]
    for key, value in changed:
        git.set_config(file.parent, key, value)
    if changed:
        done.append(
            "the settings of this clone: how to merge the store, and how to head a comparison."
        )
    done += _edit_exclude(file, name, undo=False)
    doubts = []
    if not _is_in_effect(file, name):
        doubts.append(
            f"Another line says something else of {name}, and git heeds it: look for one in a "
            ".gitattributes of the store's folder, or in info/attributes of the clone."
        )
    log = files.beside(file, "undo")
    if git.is_tracked(log):
        doubts.append(
            f"git keeps versions of {log.name}, the undo log, which is for this folder alone: "
            f"“git rm --cached {log.name}” and a commit leave it out."
        )
    return Setup(name, tuple(done), tuple(doubts))


def take_back(path: Path) -> Setup:
    """Take away what `set_up` put there; raises `GitError` and `StoreError`."""
    file, name = _place(path)
    done = [*_edit_attributes(file, name, undo=True), *_edit_exclude(file, name, undo=True)]
    # Another committee's store may need the settings.
    if b"=cpctrack" not in _read(git.top(file.parent) / ".gitattributes"):
        held = [key for key in _settings() if git.get_config(file.parent, key) is not None]
        for key in held:
            git.unset_config(file.parent, key)
        if held:
            done.append("the settings of this clone: cpctrack's are gone.")
    return Setup(name, tuple(done))


def driver() -> str:
    """Write the command line by which git merges stores, in the shell that git brings along.

    It names the Python that runs now: cpctrack is seldom on the PATH of a program that runs git.
    ``-P`` keeps Python from running what a shared folder may hold under the name of a module.
    """
    python = shlex.quote(Path(sys.executable).as_posix()).replace("%", "%%")
    merge = f"{python} -P -m cpctrack merge-driver %O %A %B %L %P"
    return f"rc=127; test -f {python} && {{ {merge}; rc=$?; }}; {_FALLBACK}"


def missing_driver(path: Path) -> str:
    """Say why git would merge this store line by line in spite of .gitattributes, or nothing.

    git is asked only where a .gitattributes of the store's folder, or above it, names cpctrack.
    """
    file = path.resolve()
    inside = [*takewhile(lambda folder: not (folder / ".git").exists(), file.parents)]
    folders = file.parents[: len(inside) + 1]  # the last of them is the top, or the root of all
    try:
        if not any(b"merge=cpctrack" in _read(folder / ".gitattributes") for folder in folders):
            return ""
        driver = git.get_config(file.parent, "merge.cpctrack.driver", local=False)
        words = shlex.split((driver or "").replace("%%", "%"))
        program = next((word for word in words if Path(word).is_absolute()), "")
        if driver and (not program or files.exists(Path(program))):
            return ""
        if git.attributes(file.parent, git.name_in_tree(file), "merge") != {"merge": "cpctrack"}:
            return ""
    except (GitError, ValueError):  # of quotation marks that somebody wrote
        return ""
    where = "This clone was never told how to merge actions"
    if driver:
        where = f"git looks for cpctrack at {program}, where it no longer is"
    return f"{where}, so git would merge {file.name} line by line; type “cpctrack git-setup” once."


def _settings() -> dict[str, str]:
    return {
        "merge.cpctrack.name": "cpctrack: action by action, field by field",
        "merge.cpctrack.driver": driver(),
        "diff.cpctrack.xfuncname": "\n".join(_HEADINGS),
    }


def _place(path: Path) -> tuple[Path, str]:
    """Give the store's own file and its name in the repository."""
    if not files.exists(path):
        store.read(path)  # says what is wrong
    file = path.resolve()  # git tracks the file itself, wherever a link to it may be
    git.top(file.parent)
    return file, git.name_in_tree(file)


def _edit_attributes(store_file: Path, name: str, *, undo: bool) -> Iterator[str]:
    file = git.top(store_file.parent) / ".gitattributes"
    lines = [gitfiles.attribute_line(name, "merge=cpctrack diff=cpctrack text eol=lf")]

    def add(content: bytes) -> bytes:
        # A line that stands there and has no effect has others below it.
        stands = gitfiles.add_lines(content, lines) == content and _is_in_effect(store_file, name)
        rest = content if stands else gitfiles.remove_lines(content, lines)
        return gitfiles.add_lines(rest, lines)

    if undo and _edit(file, lambda held: gitfiles.remove_lines(held, lines)):
        yield f"{file}: the store's line is gone. Commit that too."
    elif not undo and _edit(file, add):
        yield f"{file}: a line for the store. Commit this file, your colleagues need it too."


def _edit_exclude(store_file: Path, name: str, *, undo: bool) -> Iterator[str]:
    """Hide what `files` and the undo log put beside the store, or show it again."""
    folder, slash, last = name.rpartition("/")
    path = gitfiles.pattern(folder + slash)
    names = [files.beside(store_file, ending).name for ending in ("undo", "lock")]
    undo_log, lock = (gitfiles.pattern(each).removeprefix("/") for each in names)
    hidden = gitfiles.pattern(f".{last}").removeprefix("/")
    stem = lock.removesuffix("lock")
    ours = f"{undo_log}*", lock, f"{stem}????????.lock", f"{stem}held"
    lines = [f"{path}{each}" for each in (*ours, f"{hidden}.*.tmp", f".{hidden}.*.tmp")]
    file = git.exclude_file(store_file.parent)
    if undo and _edit(file, lambda held: gitfiles.remove_lines(held, lines)):
        yield f"{file}: the lines for cpctrack's own files are gone."
    elif not undo and _edit(file, lambda held: gitfiles.add_lines(held, lines)):
        yield f"{file}: cpctrack's undo log, lock and temporary files stay out of git."


def _is_in_effect(file: Path, name: str) -> bool:
    return git.attributes(file.parent, name, *_ATTRIBUTES) == _ATTRIBUTES


def _edit(file: Path, change: Callable[[bytes], bytes]) -> bool:
    """Change a file, or remove it where nothing is left of it; tell whether it did."""
    before = _read(file)
    after = change(before)
    if after == before:
        return False
    try:
        if after:
            file.parent.mkdir(exist_ok=True)
            files.write_atomically(file, after)
        else:
            file.unlink()
    except OSError as error:
        raise GitError(f"{file} can't be written ({reason(error)}).") from error
    return True


def _read(file: Path) -> bytes:
    try:
        return files.read(file)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise GitError(f"{file} can't be read ({reason(error)}).") from error

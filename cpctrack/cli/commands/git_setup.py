"""``cpctrack git-setup``: let git put two clerks' work together record by record."""

import shlex
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.errors import GitError, reason
from cpctrack.sharing import git, gitfiles
from cpctrack.store import files

_ATTRIBUTES = {"merge": "cpctrack", "diff": "cpctrack", "text": "set", "eol": "lf"}

# git before 2.42 takes “ours” for the result of a driver that is missing or dies, and leaves no
# markers: one `git add`, and the other side is lost. So real ones are made then. Python, too, ends
# with 1 where the module is gone, so a conflict counts only where the driver has written it down.
_FALLBACK = (
    "rc=$?; test $rc -eq 0 && exit 0; "
    "test $rc -eq 1 && grep -q '\"_conflicts\": ' %A && exit 1; "
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


class _Place(NamedTuple):
    """Where the store stands in its repository."""

    file: Path
    name: str

    @property
    def folder(self) -> Path:
        return self.file.parent

    @property
    def attributes_file(self) -> Path:
        return git.top(self.folder) / ".gitattributes"

    @property
    def attribute_lines(self) -> list[str]:
        return [
            gitfiles.attribute_line(self.name, "merge=cpctrack diff=cpctrack text eol=lf"),
        ]

    @property
    def exclude_lines(self) -> list[str]:
        """Give patterns for what `files` and the undo log put beside the store."""
        folder, slash, name = self.name.rpartition("/")
        path = gitfiles.pattern(folder + slash)
        hidden = gitfiles.pattern(f".{name}").removeprefix("/")
        return [
            f"{path}{hidden}.undo*",
            f"{path}{hidden}.lock",
            f"{path}{hidden}.*.tmp",
            f"{path}.{hidden}.*.tmp",
        ]


@click.command()
@click.option("--undo", is_flag=True, help="Take back what this command has set up.")
@pass_app
def command(app: App, /, *, undo: bool) -> None:
    """Let git put two people's work on the store together, record by record.

    It adds a line for the store to .gitattributes, which you commit for your colleagues, and
    sets up this clone: how to merge the store, what heads each part of a comparison, and that
    cpctrack's undo log, lock and temporary files stay out of git. Every colleague runs it once
    in their own clone. Running it again does no harm.

    \b
    Example:
      cpctrack git-setup
    """
    path = app.store_path()
    if undo:
        take_back(app, path)
    else:
        set_up(app, path)


def set_up(app: App, path: Path) -> None:
    """Set git up for the store at `path` and say what was done; raises `GitError`."""
    place = _place(path)
    done = [*_add_attributes(place), *_configure(place), *_exclude(place)]
    if not done:
        app.say(f"git was set up for {place.name} already; nothing was changed.")
    else:
        app.say(f"git now puts two people's changes to {place.name} together record by record:")
        app.say("\n".join(f"  {line}" for line in done))
        app.say("Your colleagues run “cpctrack git-setup” once too, each in their own clone.")
    _warn_of_others(app, place)
    _warn_of_log(app, place)


def take_back(app: App, path: Path) -> None:
    """Take away what `set_up` put there, and say so; raises `GitError`."""
    place = _place(path)
    done = [*_remove_attributes(place), *_include(place), *_unconfigure(place)]
    if not done:
        app.say(f"git was not set up for {place.name}; nothing was changed.")
    else:
        app.say(f"git treats {place.name} as any other file again:")
        app.say("\n".join(f"  {line}" for line in done))


def offer(app: App, path: Path) -> None:
    """Offer to set git up for a new store where its folder is in a repository."""
    if app.quiet or not git.is_repository(path.parent):
        return
    if app.interactive and click.confirm(
        "This folder is shared through git. Shall git learn to merge the store?",
        default=True,
        err=True,
    ):
        set_up(app, path)
    else:
        app.say("To share it through git without loss, run “cpctrack git-setup” once.")


def driver() -> str:
    """Write the command line by which git merges stores, in the shell that git brings along.

    It names the Python that runs now: cpctrack is seldom on the PATH of a program that runs git.
    ``-P`` keeps Python from running what a shared folder may hold under the name of a module.
    """
    python = shlex.quote(Path(sys.executable).as_posix()).replace("%", "%%")
    return f"{python} -P -m cpctrack merge-driver %O %A %B %L %P; {_FALLBACK}"


def _settings() -> dict[str, str]:
    return {
        "merge.cpctrack.name": "cpctrack: actions record by record, field by field",
        "merge.cpctrack.driver": driver(),
        "diff.cpctrack.xfuncname": "\n".join(_HEADINGS),
    }


def _place(path: Path) -> _Place:
    if not files.exists(path):
        from cpctrack.store import store

        store.read(path)  # says what is wrong
    file = path.resolve()  # git tracks the file itself, wherever a link to it may be
    git.top(file.parent)
    return _Place(file, git.name_in_tree(file))


def _add_attributes(place: _Place) -> Iterator[str]:
    file = place.attributes_file

    def add(content: bytes) -> bytes:
        # A line that stands there and has no effect has others below it.
        effective = gitfiles.add_lines(content, place.attribute_lines) == content and _is_in_effect(
            place
        )
        rest = content if effective else gitfiles.remove_lines(content, place.attribute_lines)
        return gitfiles.add_lines(rest, place.attribute_lines)

    if _edit(file, add):
        yield f"{file}: a line for the store. Commit this file, your colleagues need it too."


def _remove_attributes(place: _Place) -> Iterator[str]:
    file = place.attributes_file
    if _edit(file, lambda held: gitfiles.remove_lines(held, place.attribute_lines)):
        yield f"{file}: the store's line is gone. Commit that too."


def _exclude(place: _Place) -> Iterator[str]:
    file = git.exclude_file(place.folder)
    if _edit(file, lambda held: gitfiles.add_lines(held, place.exclude_lines)):
        yield f"{file}: cpctrack's undo log, lock and temporary files stay out of git."


def _include(place: _Place) -> Iterator[str]:
    file = git.exclude_file(place.folder)
    if _edit(file, lambda held: gitfiles.remove_lines(held, place.exclude_lines)):
        yield f"{file}: the lines for cpctrack's own files are gone."


def _configure(place: _Place) -> Iterator[str]:
    changed = [
        (key, value)
        for key, value in _settings().items()
        if git.get_config(place.folder, key) != value
    ]
    for key, value in changed:
        git.set_config(place.folder, key, value)
    if changed:
        yield "the settings of this clone: how to merge the store, and how to head a comparison."


def _unconfigure(place: _Place) -> Iterator[str]:
    if b"=cpctrack" in _read(place.attributes_file):  # another committee's store needs them
        return
    held = [key for key in _settings() if git.get_config(place.folder, key) is not None]
    for key in held:
        git.unset_config(place.folder, key)
    if held:
        yield "the settings of this clone: cpctrack's are gone."


def _is_in_effect(place: _Place) -> bool:
    return git.attributes(place.folder, place.name, *_ATTRIBUTES) == _ATTRIBUTES


def _warn_of_others(app: App, place: _Place) -> None:
    if not _is_in_effect(place):
        app.warn(
            f"Another line says something else of {place.name}, and git heeds it: look for one in "
            "a .gitattributes of the store's folder, or in info/attributes of the clone."
        )


def _warn_of_log(app: App, place: _Place) -> None:
    log = files.beside(place.file, "undo")
    if git.is_tracked(log):
        app.warn(
            f"git keeps versions of {log.name}, the undo log, which is for this folder alone: "
            f"“git rm --cached {log.name}” and a commit leave it out."
        )


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

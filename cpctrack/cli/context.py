"""What every command is handed: where the store is, what day it is, who is at the keyboard."""

import contextlib
import os
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from cpctrack.errors import AmbiguousError, StoreError, UsageError
from cpctrack.records.changes import Author
from cpctrack.records.model import Conflict, Record
from cpctrack.store import conflicts, copies
from cpctrack.store.files import STORE_NAME
from cpctrack.text import clean, one_line

if TYPE_CHECKING:
    from cpctrack.store.store import Store

STORE_VARIABLE = "CPCTRACK_STORE"
TODAY_VARIABLE = "CPCTRACK_TODAY"
_FEW = 4
_WARNED = "cpctrack.git"

# These say it in their own way.
_ABOUT_CONFLICTS = frozenset(
    {"appendix", "archive", "calendar", "conflicts", "export", "publish", "resolve", "site"}
)


class App(NamedTuple):
    """The global options and the surroundings, asked for once."""

    store: tuple[Path, ...] = ()
    no_input: bool = False
    quiet: bool = False

    @property
    def interactive(self) -> bool:
        """Whether there is somebody to ask."""
        return not self.no_input and sys.stdin.isatty() and sys.stderr.isatty()

    def store_path(self, *refs: str) -> Path:
        """Find the store: ``--store``, ``CPCTRACK_STORE``, ``actions.json`` here or above.

        Where several are named it is the one that holds these references. Raises `UsageError`
        where that leaves several, and `StoreError` where no folder up to the root holds one.
        """
        paths = self.store_paths()
        if len(paths) == 1:
            return paths[0]
        from cpctrack.store import council

        if refs:
            return council.holder(council.read_all(paths), refs).path
        names = ", ".join(map(str, paths[:_FEW])) + (", …" if len(paths) > _FEW else "")
        raise UsageError(f"Which committee? Name one with --store: {names}.")

    def store_paths(self) -> list[Path]:
        """Find all stores that are named, those of a folder among them, as `store_path` does."""
        if named := self.named_stores():
            from cpctrack.store import council

            found = [council.stores_in(each) if each.is_dir() else [each] for each in named]
            by_place: dict[str, Path] = {}  # one may be named in two ways
            for path in chain.from_iterable(found):
                by_place.setdefault(os.path.realpath(path), path)
            return list(by_place.values())
        here = Path.cwd()
        for folder in (here, *here.parents):
            if (folder / STORE_NAME).is_file():
                return [folder / STORE_NAME]
        raise StoreError(
            f"There is no {STORE_NAME} in {here} or above it; go to its folder, name it with "
            "--store, or make one with “cpctrack init --committee NAME”."
        )

    def named_stores(self) -> tuple[Path, ...]:
        """Give the stores and folders named on the command line or in the environment."""
        variable = os.environ.get(STORE_VARIABLE)
        return self.store or ((Path(variable),) if variable else ())

    def stores(self) -> "list[Store]":
        """Read every store that is named, in the order of their committees."""
        from cpctrack.store import council

        return council.read_all(self.store_paths())

    def find(self, typed: str) -> "tuple[Store, Record]":
        """Find a record that is to be read: of one number in several years it is the latest's."""
        from cpctrack.store import store

        try:
            held = store.read(self.store_path(typed))
            return held, held.find(typed)
        except AmbiguousError as error:
            if not error.latest:
                raise
            self.say(f"“{one_line(typed)}” is in several years; this is the latest.")
            return self.find(error.latest)

    def today(self) -> date:
        """Give today, or the day ``CPCTRACK_TODAY`` fixes; raises `UsageError`."""
        fixed = os.environ.get(TODAY_VARIABLE)
        if not fixed:
            return datetime.now().astimezone().date()
        try:
            return date.fromisoformat(fixed)
        except ValueError as error:
            raise UsageError(
                f"{TODAY_VARIABLE} is “{one_line(fixed)}”; write it like 2023-03-15 or unset it."
            ) from error

    def author(self, via: str, folder: Path | None = None) -> Author:
        """Say who changes records now with the command `via`; raises `UsageError`.

        git is asked in `folder`, or in the store's own; only then must there be a store.
        """
        if os.environ.get(TODAY_VARIABLE):
            now = datetime.combine(self.today(), time(), UTC)
        else:
            now = datetime.now(UTC)
        from cpctrack.sharing import git

        if not folder:
            self._warn_of_git(self.store_paths()[0])
        by = one_line(git.user_name(folder or self.store_paths()[0].parent))
        if not by:
            import getpass

            try:
                by = one_line(getpass.getuser())
            except (OSError, KeyError, ImportError):
                by = "unknown"
        return Author(by=by, at=f"{now:%Y-%m-%dT%H:%M:%SZ}", via=via)

    def _warn_of_git(self, path: Path) -> None:
        """Say, once a command, what keeps git from merging this store as it should."""
        told = click.get_current_context().meta
        if _WARNED not in told:
            from cpctrack.tasks.git_setup import missing_driver

            if why := told.setdefault(_WARNED, missing_driver(path)):
                self.say(why)

    def say(self, message: str) -> None:
        """Tell the user something on stderr, unless they asked for quiet."""
        if not self.quiet:
            self.warn(message)

    def warn(self, message: str) -> None:
        """Tell the user something on stderr that they must see."""
        with contextlib.suppress(OSError):  # what nobody can read stops no work
            click.echo(clean(message), err=True)


pass_app = click.make_pass_decorator(App)


def warn_of_copies(ctx: click.Context) -> None:
    """Let the command warn, once for each store it reads, of copies that nobody has brought in."""
    if ctx.invoked_subcommand == "check":  # it has them among the problems
        return
    app: App = ctx.obj
    told: set[Path] = set()

    def warn(path: Path, found: Sequence[Path]) -> None:
        if path not in told:
            told.add(path)
            for each in found[:_FEW]:
                app.warn(
                    f"Beside {path} lies “{one_line(each.name)}”, which may be a copy that a "
                    f"synchronised folder has left. {copies.how_to_bring_in(each.name)}"
                )

    token = copies.ON_COPIES.set(warn)
    ctx.call_on_close(lambda: copies.ON_COPIES.reset(token))


def warn_of_conflicts(ctx: click.Context) -> None:
    """Let the command warn, once, where it reads a store in which conflicts stand."""
    if ctx.invoked_subcommand in _ABOUT_CONFLICTS:
        return
    app: App = ctx.obj
    told: list[bool] = []

    def warn(found: Sequence[Conflict]) -> None:
        if not told:
            told.append(True)
            app.warn(
                f"{conflicts.counted(found)}. See “cpctrack conflicts”, and say with “cpctrack "
                "resolve” what is right."
            )

    token = conflicts.ON_CONFLICTS.set(warn)
    ctx.call_on_close(lambda: conflicts.ON_CONFLICTS.reset(token))

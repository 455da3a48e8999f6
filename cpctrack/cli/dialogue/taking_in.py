"""What every import does: it shows its plan, asks, and writes all of it or nothing."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from cpctrack.cli.context import App
from cpctrack.cli.dialogue.asking import require
from cpctrack.errors import StoreError

if TYPE_CHECKING:
    from cpctrack.records.changes import Author
    from cpctrack.store.store import Store


class _Plan(Protocol):
    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""


_P = TypeVar("_P", bound=_Plan)


def take_in(
    app: App,
    name: str,
    take: "Callable[[Store, Author], _P]",
    show: "Callable[[_P, Store], None]",
    *,
    dry_run: bool,
    yes: bool,
    ask: "Callable[[_P], None]" = lambda _: require("Save this?"),
) -> None:
    """Take something into the store, by a command of this name: at once with `yes`, else if agreed.

    `take` changes a store in memory and tells what it did, `show` prints that, `ask` asks for the
    answer. Raises `click.exceptions.Exit` where that is no, and `StoreError` where the store is
    another by then.
    """
    from cpctrack.store import files, store

    path, author = app.store_path(), app.author(name)
    if yes and not dry_run:
        with store.editing(path) as current:
            plan = take(current, author)
        try:
            show(plan, current)
        finally:
            _say(app, plan)
        return
    seen = files.stamp(path)
    current = store.read(path)
    plan = take(current, author)
    show(plan, current)
    if dry_run:
        app.say("Only shown, as --dry-run asks: nothing was written.")
        return
    if plan.writes:
        ask(plan)
        author = app.author(name)
        with store.editing(path) as now:
            if files.stamp(path) != seen:
                raise StoreError(
                    "Somebody else changed the store while you were reading; import again to see "
                    "what there is to do now."
                )
            take(now, author)
    _say(app, plan)


def _say(app: App, plan: _Plan) -> None:
    if plan.writes:
        app.say(f"Written to {app.store_path()}; “cpctrack undo” takes it back.")
    else:
        app.say("There was nothing to write.")

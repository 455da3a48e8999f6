"""Going back and forth along the commands that wrote: showing the step, asking, taking it."""

from collections.abc import Iterator

import click

from cpctrack.cli.context import App
from cpctrack.dates import long_date
from cpctrack.errors import StoreError, UsageError
from cpctrack.records.model import Change
from cpctrack.render.screen import plain
from cpctrack.store.codec import WITHDRAWN
from cpctrack.store.packs import TABLE as PUBLICATIONS
from cpctrack.store.undo import MEETINGS, Obstacle, Step, Way, differences, name_of
from cpctrack.store.undo_log import Logged, RowChange
from cpctrack.tasks import undo
from cpctrack.text import one_line, shorten

_SHOWN = 20
_TEXT = 60

_HEADING = {Way.UNDO: "Taking back", Way.REDO: "Doing again"}
_QUESTION = {Way.UNDO: "Take this back?", Way.REDO: "Do this again?"}
_REFUSED = {Way.UNDO: "taken back", Way.REDO: "done again"}
_SAID = {
    Way.UNDO: "Taken back; “cpctrack redo” does it again.",
    Way.REDO: "Done again; “cpctrack undo” takes it back.",
}


def take(app: App, way: Way, *, yes: bool) -> None:
    """Show the next step that way, ask, and take it if the store still is as it was shown."""
    path = app.store_path()
    step = undo.look(path, way)
    if step.obstacles:
        raise StoreError(_in_the_way(step))
    click.echo(f"{_HEADING[way]} {_command(step.entry)}:\n{_cut(list(_lines(step)))}")
    if any(change.table == PUBLICATIONS and change.after is None for change in step.rows):
        app.warn(
            "What was printed or put on a website stays there, and so do the files: only the store "
            "will no longer know of the pack."
        )
    if not yes:
        if not app.interactive:
            raise UsageError(f"Nobody is there to ask: add --yes to “cpctrack {way.value}”.")
        click.confirm(_QUESTION[way], default=True, abort=True, err=True)
    undo.take(path, step)
    app.say(_SAID[way])


def _command(entry: Logged) -> str:
    if not entry.via:
        return "a change"
    return one_line(f"“{entry.via}” of {plain.moment(entry.at)}, by {entry.by}")


def _cut(lines: list[str]) -> str:
    shown = [f"  {line}" for line in lines[:_SHOWN]]
    if len(lines) > _SHOWN:
        shown.append(f"  … and {len(lines) - _SHOWN} more")
    return "\n".join(shown)


def _lines(step: Step) -> Iterator[str]:
    # Records say more than the meetings that come and go with them.
    told = [change for change in step.rows if change.table != WITHDRAWN]
    for change in sorted(told, key=lambda row: (row.table == MEETINGS, name_of(row))):
        yield from (f"{one_line(name_of(change))}{what}" for what in _what(change))


def _what(change: RowChange) -> Iterator[str]:
    if change.before and change.after:
        fields = list(differences(change.before, change.after))
        yield from (f": {_difference(field)}" for field in fields)
        if not fields:
            yield ": its history"
        return
    row = change.after or change.before or {}
    text = shorten(str(row.get("action") or row.get("recommendation") or ""), _TEXT)
    moves = " comes back into the store" if change.after else " leaves the store"
    yield f"{moves}: {text}" if text else moves


def _difference(change: Change) -> str:
    before, after = (
        shorten("; ".join(value) if isinstance(value, tuple) else value, _TEXT)
        for value in (change.before, change.after)
    )
    return plain.in_words(change._replace(before=before, after=after))


def _in_the_way(step: Step) -> str:
    obstacles = _cut([_obstacle(obstacle) for obstacle in step.obstacles])
    return (
        f"The last command can't be {_REFUSED[step.way]}, {_command(step.entry)}: "
        f"somebody has changed what it left, which must stay. Nothing was changed.\n{obstacles}"
    )


def _obstacle(obstacle: Obstacle) -> str:
    name = one_line(obstacle.name)
    if obstacle.published:
        pack = one_line(long_date(obstacle.published))
        return f"{name} stands in the pack of {pack}, which was published"
    if not obstacle.is_there:
        return f"{name} is no longer in the store"
    change = obstacle.change
    who = f", by {one_line(change.by)} on {plain.moment(change.at)}" if change else ""
    if not obstacle.field:
        return f"{name} is in the store already{who}"
    if change:
        return f"{name}: {_difference(change)}{who}"
    return f"{name}: {obstacle.field.replace('_', ' ')}, by hand or through git"

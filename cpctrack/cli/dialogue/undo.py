"""Going back and forth along the commands that wrote: showing the step, asking, taking it."""

from collections.abc import Iterable, Iterator

import click

from cpctrack.cli.context import App
from cpctrack.cli.dialogue.confirming import confirm
from cpctrack.dates import long_date
from cpctrack.errors import StoreError
from cpctrack.records.model import Change, agreed
from cpctrack.render.screen import plain
from cpctrack.store.chases import TABLE as CHASES
from cpctrack.store.codec import COPIES, HABITS, WITHDRAWN
from cpctrack.store.packs import TABLE as PUBLICATIONS
from cpctrack.store.undo import MEETINGS, Obstacle, Way, differences, name_of
from cpctrack.store.undo_log import RowChange
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
    entry = step.entry
    command = "a change"
    if entry.via:
        command = one_line(f"“{entry.via}” of {plain.moment(entry.at)}, by {entry.by}")
    if step.obstacles:
        raise StoreError(
            f"The last command can't be {_REFUSED[way]}, {command}: somebody has changed what it "
            f"left, which must stay. Nothing was changed.\n{_cut(map(_obstacle, step.obstacles))}"
        )
    # Records say more than the meetings that come and go with them.
    told = [change for change in step.rows if change.table not in (WITHDRAWN, COPIES, HABITS)]
    told.sort(key=lambda row: (row.table == MEETINGS, name_of(row)))
    lines = [f"{one_line(name_of(each))}{what}" for each in told for what in _what(each)]
    if learnt := sum(change.table == HABITS for change in step.rows):
        lines.append(f"what minutes taught: {learnt} habit{'' if learnt == 1 else 's'}")
    if any(change.table == COPIES for change in step.rows):
        lines.append("that a copy of the store was brought in")
    click.echo(f"{_HEADING[way]} {command}:\n{_cut(lines)}")
    if any(change.table == PUBLICATIONS and change.after is None for change in step.rows):
        app.warn(
            "What was printed or put on a website stays there, and so do the files: only the store "
            "will no longer know of the pack."
        )
    if any(change.table == CHASES and change.after is None for change in step.rows):
        app.warn(
            "What was sent stays sent, and the files stay where they are: only the store will no "
            "longer know that anybody was asked."
        )
    confirm(app, _QUESTION[way], yes=yes)
    undo.take(path, step)
    app.say(_SAID[way])


def _cut(lines: Iterable[str]) -> str:
    shown = [f"  {line}" for line in lines]
    if len(shown) > _SHOWN:
        shown[_SHOWN:] = [f"  … and {len(shown) - _SHOWN} more"]
    return "\n".join(shown)


def _what(change: RowChange) -> Iterator[str]:
    if change.before and change.after:
        fields = plain.once(differences(change.before, change.after))
        yield from (f": {_difference(field)}" for field in fields)
        if not fields:
            yield ": its history"
        return
    row = change.after or change.before or {}
    text = shorten(agreed(row), _TEXT)
    view = f" ({row['view']})" if change.table == PUBLICATIONS else ""
    moves = f"{view} comes back into the store" if change.after else f"{view} leaves the store"
    yield f"{moves}: {text}" if text else moves


def _difference(change: Change) -> str:
    if told := plain.in_short(change):
        return told
    before, after = (
        shorten("; ".join(value) if isinstance(value, tuple) else value, _TEXT)
        for value in (change.before, change.after)
    )
    return plain.in_words(change._replace(before=before, after=after))


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
    return f"{name}: {plain.label(obstacle.field)}, by hand or through git"

"""``cpctrack settings``: what a committee chose."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json
from cpctrack.errors import CpctrackError
from cpctrack.records.settings import SETTINGS, Setting
from cpctrack.store.codec import Row
from cpctrack.tasks.settings import choose, plan, row_of
from cpctrack.text import counted, one_line

if TYPE_CHECKING:
    from cpctrack.store.store import Store

_WIDTH = max(len(each.words) for each in SETTINGS)


class _Value(click.ParamType[str]):
    """A setting as it is stored; an empty one takes it back."""

    def __init__(self, setting: Setting) -> None:
        self.name, self.setting = "text", setting

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read what was typed."""
        if self.setting.usual and not value.strip():
            return ""
        try:
            return self.setting.read(value)
        except CpctrackError as error:
            self.fail(str(error), param, ctx)


def _options(command: Callable[..., None]) -> Callable[..., None]:
    for each in reversed(SETTINGS):
        named = f"--{each.name.replace('_', '-')}"
        usual = f" Usually {each.shown(each.usual)}." if each.usual else ""
        help_ = f"{each.help}{usual}"
        option = click.option(named, type=_Value(each), metavar=each.metavar, help=help_)
        command = option(command)
    return command


@click.command()
@_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(app: App, /, *, as_json: bool, **given: str | None) -> None:
    """Show what the committee chose, or set it: its name, its year, its school terms.

    Without an option it shows every setting, and which stand as is usual. An empty text ("")
    takes one back. The prefix of references can't be changed: it is printed.

    \b
    Example:
      cpctrack settings --year-starts 05-20 --spring-ends 04-05
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    if chosen:
        _choose(app, chosen)
    if chosen and not as_json:
        return
    if as_json:
        print_json([*map(_json, app.stores())])
    else:
        click.echo("\n\n".join(map(_in_words, app.stores())))


def _choose(app: App, chosen: dict[str, str]) -> None:
    from cpctrack.cli.dialogue.asking import require
    from cpctrack.store import store

    path, author = app.store_path(), app.author("settings")
    planned = plan(store.read(path), chosen)
    if planned.moved:
        moved = counted(planned.moved, "meeting")
        app.say(f"This puts {moved} into another municipal year; references never change.")
        if app.interactive:
            require("Save it?")
    planned = choose(path, chosen, author)
    if planned.before == planned.after:
        app.say("That is set already; nothing was changed.")
        return
    for each in SETTINGS:
        if planned.before.get(each.name) != planned.after.get(each.name):
            app.say(f"{each.words} {_value(each, planned.after)}.")


def _in_words(current: "Store") -> str:
    row = row_of(current)
    lines = [f"{each.words:{_WIDTH}}  {_value(each, row)}" for each in SETTINGS]
    prefix = f"{one_line(current.settings.prefix)} (stays, since references are printed)"
    return "\n".join([*lines, f"{'References begin with':{_WIDTH}}  {prefix}"])


def _value(setting: Setting, row: Row) -> str:
    value = _chosen(setting, row)
    return setting.shown(value) + (" (as is usual)" if value == setting.usual else "")


def _chosen(setting: Setting, row: Row) -> str:
    return str(row.get(setting.name, setting.usual))


def _json(current: "Store") -> Row:
    values = {each.name: _chosen(each, row_of(current)) for each in SETTINGS}
    usual = [each.name for each in SETTINGS if values[each.name] == each.usual]
    return {**values, "prefix": current.settings.prefix, "usual": usual}

"""What minutes have taught: shown, and forgotten when somebody says so."""

import click

from cpctrack.cli.context import App
from cpctrack.cli.dialogue.confirming import confirm
from cpctrack.cli.output.plan import number_of
from cpctrack.cli.output.writing import print_json
from cpctrack.store import store
from cpctrack.tasks import habits
from cpctrack.text import one_line


def show(app: App, *, as_json: bool) -> None:
    """Print what was learnt."""
    from cpctrack.cli.output.habits import as_json as in_json
    from cpctrack.cli.output.habits import in_words

    learnt = habits.learnt(store.read(app.store_path()))
    if as_json:
        print_json(in_json(learnt))
    elif learnt:
        click.echo(in_words(learnt))
    else:
        app.say("Nothing was learnt yet: going through minutes on a terminal teaches it.")


def forget(app: App, what: str, *, yes: bool) -> None:
    """Ask, then forget what is meant: all, where nothing is said."""
    path = app.store_path()
    count = number_of(len(habits.chosen(store.read(path), what)), "habit")
    named = f"of “{one_line(what)}”" if what.strip() else "that minutes have taught"
    confirm(app, f"Forget {count} {named}?", yes=yes, default=False)
    forgotten = number_of(habits.forget(path, what, app.author("minutes")), "habit")
    app.say(f"Forgot {forgotten}; “cpctrack undo” brings back what was forgotten.")

"""``cpctrack git-setup``: let git put two clerks' work together record by record."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.dialogue.asking import confirm
from cpctrack.sharing import git


@click.command()
@click.option("--undo", is_flag=True, help="Take back what this command has set up.")
@pass_app
def command(app: App, /, *, undo: bool) -> None:
    """Let git put two people's work on the store together, action by action.

    It adds a line for the store to .gitattributes, which you commit for your colleagues, and
    sets up this clone: how to merge the store, what heads each part of a comparison, and that
    cpctrack's undo log, lock and temporary files stay out of git. Every colleague runs it once
    in their own clone, and again for a store that is new. For a folder of stores once is enough.

    \b
    Example:
      cpctrack git-setup
    """
    for path in app.store_paths():
        if undo:
            _take_back(app, path)
        else:
            tell_of_setup(app, path)


def _take_back(app: App, path: Path) -> None:
    from cpctrack.tasks.git_setup import take_back

    name, done, _ = take_back(path)
    if not done:
        app.say(f"git was not set up for {name}; nothing was changed.")
    else:
        app.say(f"git treats {name} as any other file again:")
        app.say("\n".join(f"  {line}" for line in done))


def tell_of_setup(app: App, path: Path) -> None:
    """Set git up for the store at `path` and say what was done; raises `GitError`."""
    from cpctrack.tasks.git_setup import set_up

    name, done, doubts = set_up(path)
    if not done:
        app.say(f"git was set up for {name} already; nothing was changed.")
    else:
        app.say(f"git now puts two people's changes to {name} together action by action:")
        app.say("\n".join(f"  {line}" for line in done))
        app.say("Your colleagues run “cpctrack git-setup” once too, each in their own clone.")
    for doubt in doubts:
        app.warn(doubt)


def offer(app: App, path: Path) -> None:
    """Offer to set git up for a new store where its folder is in a repository."""
    if app.quiet or not git.is_repository(path.parent):
        return
    question = "This folder is shared through git. Shall git learn to merge the store?"
    if app.interactive and confirm(question):
        tell_of_setup(app, path)
    else:
        app.say("To share it through git without loss, run “cpctrack git-setup” once.")

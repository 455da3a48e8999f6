"""``cpctrack redo``: what ``undo`` took back, done again."""

import click

from cpctrack.cli.context import App, pass_app


@click.command()
@click.option("--yes", is_flag=True, help="Do it again without asking.")
@pass_app
def command(app: App, /, *, yes: bool) -> None:
    """Make the change again that undo took back, as long as nothing else was changed since.

    \b
    Example:
      cpctrack update 2324-7 --response "Sent to Members."
      cpctrack undo --yes
      cpctrack redo --yes
    """
    from cpctrack.cli.dialogue.undo import take
    from cpctrack.store.undo import Way

    take(app, Way.REDO, yes=yes)

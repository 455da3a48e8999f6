"""``cpctrack undo``: the last change, taken back."""

import click

from cpctrack.cli.context import App, pass_app


@click.command()
@click.option("--yes", is_flag=True, help="Take it back without asking.")
@pass_app
def command(app: App, /, *, yes: bool) -> None:
    """Take back the last change, all that its command did.

    Shows what it was and what will change, and asks. Typed again, it takes back the change
    before. It never touches what somebody else has changed since: then it says what stands in
    the way. A reference that was given away is not used again.

    \b
    Example:
      cpctrack update 2324-7 --response "Sent to the wrong people."
      cpctrack undo --yes
    """
    from cpctrack.cli.dialogue.undo import take
    from cpctrack.store.undo import Way

    take(app, Way.UNDO, yes=yes)

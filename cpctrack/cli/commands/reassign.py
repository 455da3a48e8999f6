"""``cpctrack reassign``: what is with one owner goes to another."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import NewOwner, OneLine, Owner, Reference
from cpctrack.errors import UsageError


@click.command()
@click.argument("old", type=Owner(), metavar="OLD")
@click.argument("new", type=NewOwner(), metavar="NEW")
@click.argument("refs", type=Reference(), nargs=-1, metavar="[REF...]")
@click.option(
    "--reason", type=OneLine(), default="", metavar="TEXT", help="Why; it goes into the history."
)
@pass_app
def command(app: App, /, *, old: str, new: str, refs: tuple[str, ...], reason: str) -> None:
    """Give every unfinished action of one owner to another, or those that are named: all or none.

    OLD is the whole name; case and accents do not matter. Where several own an action, the others
    stay.

    \b
    Example:
      cpctrack reassign "Housing Options Manager" "Head of Commissioning"
    """
    if not (old and new):
        raise UsageError(
            "Name who has it now and who is to have it; “cpctrack update” takes it away."
        )
    from cpctrack.cli.output import owners
    from cpctrack.tasks.owners import reassign

    done = reassign(app.store_path(*refs), old, new, refs, reason, app.author("reassign"))
    for line in owners.reassigned(done, old, app.today()):
        app.say(line)

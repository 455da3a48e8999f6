"""``cpctrack supersede``: one action takes another one's place."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import Reference, Text


@click.command()
@click.argument("ref", type=Reference())
@click.option("--by", type=Reference(), required=True, metavar="REF",
              help="The action that takes its place.")  # fmt: skip
@click.option("--reason", type=Text(), default="", help="Why, for its history.")
@pass_app
def command(app: App, /, *, ref: str, by: str, reason: str) -> None:
    """Say that another action has taken the place of this one.

    This one becomes “Replaced” and says by which. The other is as old from now on as the first of
    the two, and counts its extensions too.

    \b
    Example:
      cpctrack supersede 2223-18 --by 2324-10
    """
    from cpctrack.tasks.link import supersede

    path, author = app.store_path(ref, by), app.author("supersede")
    done = supersede(path, ref, by, author, reason=reason)
    (record,) = done.records
    how = "which goes on with its age"
    if not record.status.is_open:  # somebody should know that nothing is left to be done
        how = f"whose status is “{record.status.words}”, so nothing is left to be done"
    app.say(f"{done.former.ref}: replaced by {record.ref}, {how}.")

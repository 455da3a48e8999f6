"""``cpctrack conflicts``: what a merge has left for a person to settle."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(app: App, /, *, as_json: bool) -> None:
    """Show what two people changed in different ways, so that a merge could not choose.

    Of each: the action, the field, what it held before, and what either side made of it, with who
    and when where the action's history tells. “cpctrack resolve” settles them. “ours” and “theirs”
    are git's words: in a rebase, “ours” is what the others had.

    \b
    Example:
      cpctrack conflicts --json
    """
    from cpctrack.cli.output import conflicts as output
    from cpctrack.store import conflicts

    told = [
        (each, conflicts.row_of(current, each))
        for current in app.stores()
        for each in conflicts.find(current.document)
    ]
    if as_json:
        print_json([output.as_json(*each) for each in told])
    elif told:
        click.echo("\n\n".join(output.in_words(*each) for each in told))
    else:
        app.say("There is nothing to settle.")

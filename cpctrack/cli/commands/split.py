"""``cpctrack split``: one action becomes several."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.noticing import notice
from cpctrack.cli.types import Reference, Text


@click.command()
@click.argument("ref", type=Reference())
@click.option("--into", "texts", type=Text(), multiple=True, required=True, metavar="TEXT",
              help="What one of the parts says; give it once for each.")  # fmt: skip
@pass_app
def command(app: App, /, *, ref: str, texts: tuple[str, ...]) -> None:
    """Split an action into several, and print their references, one a line.

    The parts are of the same meeting and item, with the same owners, due date and exempt
    paragraph; change what differs with “cpctrack update”. Each keeps the age of the whole and its
    extensions. The action itself becomes “Replaced” and says into which it was split.

    \b
    Example:
      cpctrack split 2324-7 --into "Send the figures." --into "Invite the regional adviser."
    """
    from cpctrack.tasks.link import split

    done = split(app.store_path(ref), ref, texts, app.author("split"))
    refs = [record.ref for record in done.records]
    app.say(f"{done.former.ref}: split into {', '.join(refs)}.")
    notice(app, done.store, done.records)
    click.echo("\n".join(refs))

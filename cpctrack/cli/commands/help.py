"""``cpctrack help``: the commands, one of them, or the one that somebody looks for."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.menu import in_lines, sought
from cpctrack.cli.output.writing import page
from cpctrack.errors import NotFoundError


@click.command()
@click.argument("words", nargs=-1, metavar="[COMMAND|WORD]...")
@click.pass_context
@pass_app
def command(app: App, ctx: click.Context, /, *, words: tuple[str, ...]) -> None:
    """Show the commands, all of one command, or which command does what a word says.

    \b
    Example:
      cpctrack help
      cpctrack help list
      cpctrack help delete
    """
    above = ctx.find_root()
    for word in words:
        group = above.command
        below = group.get_command(above, word) if isinstance(group, click.Group) else None
        if below is None:
            break
        above = click.Context(below, info_name=word, parent=above, **below.context_settings)
    else:
        page([above.get_help(), "\n"], app)
        return
    if not (found := sought(word)):
        raise NotFoundError(f"No command does “{word}”. “cpctrack help” shows them all.")
    click.echo(f"For “{word}”:\n{in_lines(found)}")

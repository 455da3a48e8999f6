"""``cpctrack replies``: what owners answered, from their e-mails and forms."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output import replies as output
from cpctrack.cli.output.writing import print_json


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE|DIR...",
                type=click.Path(exists=True, path_type=Path))  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what was read, and save nothing.")
@click.option("--yes", is_flag=True, help="Save what is certain, and ask nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(
    app: App, /, *, files: tuple[Path, ...], dry_run: bool, yes: bool, as_json: bool
) -> None:
    """Take in owners' answers: e-mails, pasted texts and forms.

    \b
    Example:
      cpctrack replies inbox/ --dry-run
    """
    from cpctrack.tasks.replies import read

    found = read(files, app.stores(), app.today())
    if as_json:
        print_json(output.as_json(found))

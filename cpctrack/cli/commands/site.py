"""``cpctrack site``: a public website of one committee's actions, or of a whole council's."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.site import tell
from cpctrack.cli.types import OneLine


@click.command()
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), metavar="DIR",
              required=True, help="The folder for the site: a new one, or one of a former site."
              )  # fmt: skip
@click.option("--council", type=OneLine(), metavar="NAME", default="",
              help="The council's name, to stand over every page.")  # fmt: skip
@click.option("--force", is_flag=True, help="Remove the pages of committees that are not named.")
@click.option("--open", "open_", is_flag=True, help="Show it in the browser.")
@pass_app
def command(app: App, /, *, folder: Path, council: str, force: bool, open_: bool) -> None:
    """Write a public website of what is agreed, late and done: plain files, no server needed.

    It has a page for each committee, one with a lasting address for each action, a search, a
    feed of what changed, and the data as JSON and CSV. Run it again to bring it up to date: pages
    of what is no longer public are removed. What is exempt never is in it. The name of its first
    page is printed.

    \b
    Example:
      cpctrack site -o public --council "Marlowe Borough Council"
    """
    from cpctrack.tasks.site import write_site

    written = write_site(app.stores(), folder, app.today(), council=council, force=force)
    try:
        click.echo(str(written.first_page))
    finally:
        tell(app, written)
    if open_:
        import webbrowser

        if not webbrowser.open(written.first_page.resolve().as_uri()):
            app.warn(f"No browser could be started; open {written.first_page} in one.")

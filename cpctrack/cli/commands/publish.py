"""``cpctrack publish``: print a meeting's pack, and keep for good what was printed."""

from pathlib import Path
from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.printing import (
    FORMAT,
    no_bands_option,
    no_carried_option,
    pack_views_option,
    tell_of_earlier,
    text_size_option,
)
from cpctrack.cli.types import MeetingDay, Year
from cpctrack.text import counted


@click.command()
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The formal meeting whose pack it is; the next one that the store knows of, "
              "unless you say otherwise.")  # fmt: skip
@click.option("--year", type=Year(), metavar="2022/23", help="The municipal year, as for appendix.")
@pack_views_option
@no_carried_option
@no_bands_option
@text_size_option
@click.option("-f", "--format", "formats", type=FORMAT, multiple=True,
              help="A kind of document to write; repeat it for several. A web page where none is "
              "named.")  # fmt: skip
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path), metavar="DIR",
              help="The folder for the documents, instead of pack-YYYY-MM-DD here, by the meeting."
              )  # fmt: skip
@click.option("--again", is_flag=True, help="Publish a meeting once more, and keep both.")
@click.option("--force", is_flag=True, help="Replace documents in DIR that are different.")
@pass_app
def command(app: App, /, *, folder: Path | None, formats: tuple[str, ...], **given: Any) -> None:
    """Publish what a formal meeting's pack prints: write its documents, and freeze them.

    The store keeps every row as printed, and the web page, the Markdown and the CSV file to the
    letter, whatever happens to the actions and the templates later: “cpctrack published” prints
    them again, “cpctrack compare” tells what changed from one pack to the next. What is exempt
    never is in a pack. The names of the documents are printed, one a line.

    \b
    Example:
      cpctrack publish --meeting 24/4/2024 --view both --format html --format csv -o pack
    """
    from cpctrack.cli.dialogue.asking import prompt
    from cpctrack.store import store
    from cpctrack.tasks import publish
    from cpctrack.tasks.print_view import PrintRequest

    path = app.store_path()
    meeting = given["meeting"]
    if not meeting and app.interactive and not store.read(path).calendar(app.today()).next_formal:
        meeting = prompt("Formal meeting whose pack it is", type=MeetingDay())
    published = publish.publish(
        path,
        folder,
        PrintRequest(
            given["view_name"],
            given["year"] or "",
            meeting,
            carried=not given["no_carried"],
            bands=not given["no_bands"],
            text_size=int(given["text_size"]),
        ),
        app.author("publish"),
        app.today(),
        formats=formats or ("html",),
        again=given["again"],
        force=given["force"],
    )
    try:
        click.echo("\n".join(str(file) for each in published for file in each.files))
    finally:
        for publication, laid, _ in published:
            view = f" ({publication.view})" if len(published) > 1 else ""
            app.say(f"Published {publication.name}{view}: {laid.view.summary}")
            tell_of_earlier(app, laid)
            if laid.left_out:
                left = counted(laid.left_out, "exempt row")
                app.warn(f"{left} left out: what is published is for the public.")

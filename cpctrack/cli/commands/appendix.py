"""``cpctrack appendix``: print Appendix 4."""

from pathlib import Path
from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.handing_out import tell_of_exempt
from cpctrack.cli.output.printing import (
    any_view_option,
    format_option,
    no_bands_option,
    no_carried_option,
    output_option,
    tell_of_earlier,
    text_size_option,
)
from cpctrack.cli.output.writing import check_output, write
from cpctrack.cli.types import LayoutName, MeetingDay, Year
from cpctrack.render.documents import format_of


@click.command()
@format_option
@output_option
@click.option("--year", type=Year(), metavar="2022/23",
              help="The municipal year; that of the latest meeting unless you say otherwise."
              )  # fmt: skip
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The formal meeting it is printed for, at which it ends: the next one that the "
              'store knows of, unless you say otherwise, and none with "". The year is that of the '
              "meeting before it."
              )  # fmt: skip
@any_view_option
@no_carried_option
@no_bands_option
@text_size_option
@click.option("--layout", type=LayoutName(), metavar="NAME",
              help="The columns of another body's table, as this layout beside the store has them.",
              )  # fmt: skip
@click.option("--template", metavar="NAME|FILE",
              help="A template of your own, or one that cpctrack brings.")  # fmt: skip
@click.option("--include-exempt", is_flag=True,
              help="Show what is exempt too: not for publication.")  # fmt: skip
@click.option("--with", "private", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="A private store of what is exempt, to be printed together with this one."
              )  # fmt: skip
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@pass_app
def command(
    app: App, /, *, output: Path | None, template: str | None, private: Path | None, **given: Any
) -> None:
    """Print Appendix 4: what came of a municipal year's actions, in the eight published columns.

    It ends with a part of its own, what earlier years have left unfinished. It is shown here as
    Markdown, or goes to FILE, whose ending says what it is: .md, .html, .docx, .pdf, .csv or .xlsx.
    With --view progress it is the report that a formal meeting gets: what it is asked to decide,
    what is late, what is new, what is not finished; with --view programme what comes to each of the
    meetings ahead. What is exempt stays out, and a message says how much. With --layout the
    columns, their order and their words are those of another body's table. The progress report may
    be of several stores, or of a folder.

    \b
    Example:
      cpctrack appendix -o appendix4.html --force
      cpctrack appendix --view progress --meeting 12/6/2024 -o progress.md --force
    """
    from cpctrack.store import store
    from cpctrack.tasks import print_view

    made = format_of(name=given["format_name"] or "", output=output, template=template or "")
    paths = app.store_paths()
    sources = [*paths, *(Path(each) for each in (template, private) if each)]
    check_output(output, made, sources, force=given["force"])
    wanted = print_view.PrintRequest(
        given["view_name"],
        given["year"] or "",
        given["meeting"],
        given["include_exempt"],
        private,
        given["layout"] or "",
        carried=not given["no_carried"],
        bands=not given["no_bands"],
        text_size=int(given["text_size"]),
    )
    if len(paths) == 1:
        current = store.read(paths[0])
        laid = print_view.lay_out(current, wanted, app.today())
    else:
        current, *others = app.stores()
        laid = print_view.lay_out_all([current, *others], wanted, app.today())
    write(output, print_view.document(current, laid, made, template or ""))
    meeting = "" if given["meeting"] else laid.view.printed_for
    if output:
        chosen = f", for the formal meeting of {meeting}" if meeting else ""
        app.say(f"Wrote {output}{chosen}: {laid.view.summary}")
    elif meeting:
        app.say(f"For the formal meeting of {meeting}.")
    tell_of_earlier(app, laid)
    included = laid.view.not_for_publication if laid.view.exempt_shown else ""
    tell_of_exempt(app, laid.left_out, included, noun="row", does="shows")

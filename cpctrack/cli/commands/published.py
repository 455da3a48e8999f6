"""``cpctrack published``: the packs there were, and any of them as it was printed."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.columns import fitted, tsv
from cpctrack.cli.output.printing import VIEWS, format_option, output_option
from cpctrack.cli.output.writing import check_output, print_json, window, write
from cpctrack.cli.types import MeetingDay
from cpctrack.dates import long_date
from cpctrack.errors import UsageError
from cpctrack.render.documents import format_of
from cpctrack.text import counted, one_line

if TYPE_CHECKING:
    from cpctrack.store.packs import Publication

_COLUMNS = ("meeting", "number", "view", "year", "at", "by", "rows", "version")


@click.command()
@click.argument("meeting", type=MeetingDay(), required=False, metavar="[DATE]")
@format_option
@output_option
@click.option("--view", type=click.Choice(VIEWS),
              help="Which, where the meeting has packs of both views.")  # fmt: skip
@click.option("--number", type=click.IntRange(min=1),
              help="Which, where the meeting was published more than once; else the latest."
              )  # fmt: skip
@click.option("--include-exempt", is_flag=True,
              help="Print it although rows in it are exempt by now: not for publication."
              )  # fmt: skip
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@click.option("--json", "as_json", is_flag=True, help="List as JSON for scripts.")
@pass_app
def command(
    app: App, /, *, meeting: str | None, output: Path | None, as_json: bool, **given: Any
) -> None:
    """List the packs that were published, or print one again as it was.

    The web page, the Markdown and the CSV file come out to the letter as they were published. A
    Word file, a PDF or a workbook is made again from what was frozen: it says the same, and a
    message tells where it is not to the letter the file that was published.

    \b
    Example:
      cpctrack published
      cpctrack published --json
    """
    from cpctrack.store import packs, store

    path = app.store_path()
    current = store.read(path)
    every = packs.in_order(current.document)
    if meeting is None or as_json:
        if given["format_name"] or output:
            raise UsageError("Name the meeting whose pack is to be printed, and leave --json out.")
        found = [each for each in every if meeting in (None, each.meeting)]
        _list(app, found, as_json=as_json)
        return
    from cpctrack.tasks import publish

    chosen = packs.choose(every, meeting, view=given["view"] or "", number=given["number"] or 0)
    made = format_of(name=given["format_name"] or "", output=output)
    check_output(output, made, [path], force=given["force"])
    printed = publish.reprint(current, chosen, made, include_exempt=given["include_exempt"])
    if printed.withheld:
        refs = ", ".join(map(one_line, printed.withheld))
        app.warn(f"Not for publication: {refs} must not be shown to the public any more.")
    if printed.differs:
        app.warn(
            f"It says what was published, but is not to the letter the {made.name} document that "
            f"cpctrack {one_line(chosen.version)} wrote."
        )
    write(output, printed.content)
    if output:
        app.say(f"Wrote {output}: {chosen.name}, published on {long_date(chosen.at[:10])}.")


def _list(app: App, found: Sequence["Publication"], *, as_json: bool) -> None:
    rows = [
        {name: getattr(each, name) for name in _COLUMNS} | {"rows": len(each.rows)}
        for each in found
    ]
    if as_json:
        print_json([
            row | {
                "refs": [printed.ref for printed in each.rows],
                "templates": dict(each.templates),
                "documents": {
                    name: {"length": document.length, "sha256": document.sha256}
                    for name, document in sorted(each.documents.items())
                },
            }
            for row, each in zip(rows, found, strict=True)
        ])  # fmt: skip
        return
    if not found:
        app.say("Nothing was published yet; “cpctrack publish” does it.")
        return
    if width := window():
        lines = ([str(value) for value in row.values()] for row in rows)
        click.echo("\n".join(fitted(_COLUMNS, lines, width, gives_way=("by",))))
        app.say(counted(len(found), "publication") + ".")
    else:
        sys.stdout.writelines(tsv(_COLUMNS, rows))

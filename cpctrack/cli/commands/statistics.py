"""``cpctrack statistics``: how much was raised, answered and closed."""

from pathlib import Path
from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.handing_out import tell_of_exempt
from cpctrack.cli.output.printing import format_option, output_option
from cpctrack.cli.output.writing import check_output, print_json, window, write
from cpctrack.cli.types import MeetingDay, Year
from cpctrack.errors import UsageError
from cpctrack.records.statistics import By
from cpctrack.render.documents import format_of

_IN_A_PIPE = 80  # letters


@click.command()
@click.option("--year", type=Year(), metavar="2022/23",
              help="The municipal year; the one it is today unless you say otherwise.")  # fmt: skip
@click.option("--since", type=MeetingDay(), metavar="DATE", help="The first day to count.")
@click.option("--until", type=MeetingDay(), metavar="DATE",
              help="The last day to count; today unless you say otherwise.")  # fmt: skip
@click.option("--by", "way", type=click.Choice([each.value for each in By]),
              help="Count each of these for itself, too.")  # fmt: skip
@format_option
@output_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@click.option("--include-exempt", is_flag=True,
              help="Count what is exempt too: not for publication.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@pass_app
def command(
    app: App, /, *, output: Path | None, format_name: str | None, as_json: bool, **given: Any
) -> None:
    """Count what was raised, answered and closed in a year, and how all of it stood at its end.

    It counts all that was not finished before or was raised in these days: in numbers, in per
    cent, and beside the same days a year earlier. What the executive answered to recommendations is
    a part of its own. Of several stores, or of a folder of them, it counts all together. With -o
    FILE it is a document: .md, .html, .docx, .pdf, .csv or .xlsx. What is exempt stays out, and a
    message says how many.

    \b
    Example:
      cpctrack statistics --year 2023/24 --by owner
      cpctrack statistics --since 1/10/2023 --until 31/3/2024 -o figures.html --force
    """
    from cpctrack.tasks import statistics

    if as_json and (output or format_name):
        raise UsageError("--json prints figures for scripts; leave it out, or -o and --format.")
    made = format_of(name=format_name or "", output=output) if output or format_name else None
    if made:
        check_output(output, made, app.store_paths(), force=given["force"])
    held, today = app.stores(), app.today()
    wanted = statistics.Wanted(
        given["year"] or "",
        given["since"] or "",
        given["until"] or "",
        By(given["way"]) if given["way"] else None,
        given["include_exempt"],
    )
    counted = statistics.count(held, wanted, today)
    view = statistics.lay_out(held, counted.told, today)
    if as_json:
        from cpctrack.cli.output.statistics import to_json

        print_json(to_json(counted.told))
    elif made:
        write(output, statistics.document(held, view, made))
        if output:
            app.say(f"Wrote {output}: {view.summary}")
    else:
        from cpctrack.cli.output.statistics import in_words

        for line in in_words(view, window() or _IN_A_PIPE):
            click.echo(line)
    tell_of_exempt(app, counted.left_out, view.not_for_publication, does="counts")

"""``cpctrack meetings``: the meetings, held and to come, and taking in a year's dates."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json, window
from cpctrack.cli.types import OneOf, Year
from cpctrack.errors import ImportRefusedError, UsageError
from cpctrack.records.model import MeetingType

if TYPE_CHECKING:
    from cpctrack.tasks.meetings import Plan


@click.group(invoke_without_command=True)
@click.option("--year", type=Year(), metavar="2022/23", help="Of this municipal year.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@click.pass_context
@pass_app
def command(app: App, ctx: click.Context, /, *, year: str | None, as_json: bool) -> None:
    """List the meetings, held and to come: a table on a terminal, tab-separated in a pipe.

    Of several stores, or of a folder of them, it lists one committee after the other.

    \b
    Example:
      cpctrack meetings --year 2023/24
    """
    if ctx.invoked_subcommand:
        return
    from cpctrack.cli.output import meetings
    from cpctrack.tasks.meetings import list_meetings

    listed = list_meetings(app.stores(), year or "")
    if as_json:
        print_json(meetings.as_json(listed, app.today()))
    elif width := window():
        if not listed:
            app.say("The store knows of no such meeting; “cpctrack meeting DATE” keeps one.")
        click.echo("".join(meetings.table(listed, app.today(), width)), nl=False)
    else:
        sys.stdout.writelines(meetings.tsv(listed, app.today()))


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--type", "type_", type=OneOf(MeetingType, "type of meeting"),
              help="The type of those beside which none stands.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show the plan and write nothing.")
@click.option("--yes", is_flag=True, help="Write the plan without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON for scripts.")
@pass_app
def import_command(app: App, /, *, file: Path, type_: MeetingType | None, **given: Any) -> None:
    """Take in the dates of a year's meetings: from a document, a table, or a calendar (.ics).

    Exact dates are taken, with “formal” or “informal” beside or above them, and “cancelled”. What
    is in doubt is listed and left out. Shows the plan, asks, and writes all of it or nothing; the
    same file can be taken in again.

    \b
    Example:
      cpctrack meetings import meetings-2024-25.txt --dry-run
    """
    if not (given["dry_run"] or given["yes"] or app.interactive):
        raise UsageError("Nobody is there to ask: add --yes to write, or --dry-run to look only.")
    from cpctrack.cli.output import meetings
    from cpctrack.store import store
    from cpctrack.tasks.meetings import plan_dates, read_dates, take_in

    path = app.store_path()
    current = store.read(path)
    try:
        found = read_dates(file, current.settings.committee)
    except ImportRefusedError as error:
        if given["as_json"]:
            print_json(meetings.refusal(str(error)))
        raise
    if given["yes"] and not given["dry_run"]:
        plan = take_in(path, found, type_, app.author("meetings import"))
        try:
            _show(plan, file, given)
        finally:
            _say_what_was_written(plan, path, app)
        return
    plan = plan_dates(found, type_, current)
    _show(plan, file, given)
    if given["dry_run"]:
        app.say("This was a dry run: nothing was written.")
        return
    if plan.new or plan.cancelled:
        click.confirm(f"Write this to {path}?", default=True, abort=True, err=True)
        take_in(path, found, type_, app.author("meetings import"), shown=plan)
    _say_what_was_written(plan, path, app)


def _show(plan: "Plan", file: Path, given: dict[str, Any]) -> None:
    from cpctrack.cli.output import meetings

    if given["as_json"]:
        print_json(meetings.plan_as_json(plan))
    else:
        click.echo(meetings.plan_in_words(plan, file.name))


def _say_what_was_written(plan: "Plan", path: Path, app: App) -> None:
    if plan.new or plan.cancelled:
        app.say(f"Written to {path}; “cpctrack undo” takes it back.")
    else:
        app.say("There was nothing to write.")

"""``cpctrack meetings``: the meetings, held and to come, and taking in a year's dates."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.dialogue.confirming import check_answer
from cpctrack.cli.dialogue.taking_in import take_in
from cpctrack.cli.output.writing import print_json, window
from cpctrack.cli.types import OneOf, Year
from cpctrack.errors import ImportRefusedError
from cpctrack.records.model import MeetingType

if TYPE_CHECKING:
    from cpctrack.store.store import Store


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
            app.say("No such meeting is known; “cpctrack meeting DATE” adds one.")
        for line in meetings.table(listed, app.today(), width):
            click.echo(line)
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
    """Bring in a year's meetings, or a work programme: from a document or an .ics file.

    Exact dates are taken, with “formal” or “informal” beside or above them, and “cancelled”. Of a
    work programme the meetings are taken, and the reports that come to each. What is in doubt is
    listed and left out. Shows the plan, asks, and writes all of it or nothing; the same file can be
    taken in again.

    \b
    Example:
      cpctrack meetings import meetings-2024-25.txt --dry-run
    """
    check_answer(app, given=given["dry_run"] or given["yes"])
    from cpctrack.cli.output import meetings
    from cpctrack.store import store

    try:
        intake = _read(file, type_, store.read(app.store_path()), app)
    except ImportRefusedError as error:
        if given["as_json"]:
            print_json(meetings.refusal(str(error)))
        raise

    def show(taken: Any, _current: "Store") -> None:
        if given["as_json"]:
            print_json(intake.as_json(taken))
        else:
            click.echo(intake.in_words(taken))

    dry_run, yes = given["dry_run"], given["yes"]
    take_in(app, "meetings import", intake.take, show, dry_run=dry_run, yes=yes)


class _Intake(NamedTuple):
    """What takes a file into a store in memory, and how to tell what that does."""

    take: Callable[..., Any]
    in_words: Callable[[Any], str]
    as_json: Callable[[Any], dict[str, Any]]


def _read(file: Path, type_: MeetingType | None, current: "Store", app: App) -> _Intake:
    from cpctrack.cli.output import meetings, programme_plan
    from cpctrack.tasks.meetings import keep_dates, read_dates
    from cpctrack.tasks.programme import read_programme, take_programme

    if programme := read_programme(file):
        take = partial(take_programme, read=programme)
        return _Intake(take, programme_plan.in_words, programme_plan.as_json)
    found, is_headed = read_dates(file, current.settings.committee)
    if is_headed:
        app.say(
            f"{file.name} calls itself a work programme, but no columns in it say what comes and "
            "when: of its dates only those of meetings are read, and none of its reports."
        )
    in_words = partial(meetings.plan_in_words, name=file.name)
    return _Intake(partial(keep_dates, found=found, type_=type_), in_words, meetings.plan_as_json)

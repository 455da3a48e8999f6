"""``cpctrack owners``: who owns what, and contacts from a table."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.dialogue.confirming import check_answer
from cpctrack.cli.dialogue.taking_in import take_in
from cpctrack.cli.output.writing import print_json, window

if TYPE_CHECKING:
    from cpctrack.store.store import Store
    from cpctrack.tables.contacts import ContactPlan


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@click.pass_context
@pass_app
def command(app: App, ctx: click.Context, /, *, as_json: bool) -> None:
    """List owners: what is not finished and overdue with each, and how they are reached.

    Of several stores, or of a folder of them, it counts over all. Names that “cpctrack owner” has
    made one count as one. A table on a terminal, tab-separated lines in a pipe.

    \b
    Example:
      cpctrack owners
    """
    if ctx.invoked_subcommand:
        return
    from cpctrack.cli.output import owners
    from cpctrack.tasks.owners import survey

    today = app.today()
    found = survey(app.stores(), today)
    if as_json:
        print_json([owners.as_json(one) for one in found])
        return
    width = window()
    if not found:
        app.say("There is no owner yet.")
    elif width:
        click.echo("\n".join(owners.table(found, today, width)))
    if not width:
        sys.stdout.writelines(owners.tsv(found))
    for line in owners.remarks(found, today):
        app.say(line)


@command.command("import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(("csv", "tsv", "xlsx", "ods")),
              help="The file's format, where neither name nor content tells.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show the plan and write nothing.")
@click.option("--yes", is_flag=True, help="Write the plan without asking.")
@pass_app
def import_command(app: App, *, file: Path, format_: str | None, dry_run: bool, yes: bool) -> None:
    """Bring in addresses, services and posts from a table of contacts.

    The columns may be in any order: Name (or first and last name), E-mail, Service or Directorate
    or Department, Post or Job title or Role. A blank cell takes nothing away.

    \b
    Example:
      cpctrack owners import contacts.csv --dry-run
    """
    check_answer(app, given=dry_run or yes)
    from cpctrack.cli.output import owners
    from cpctrack.tasks import contacts

    found = contacts.read(file, format_)

    def show(plan: "ContactPlan", _current: "Store") -> None:
        click.echo(owners.contacts(found, plan))

    take = partial(contacts.take_in, contacts=found)
    take_in(app, "owners import", take, show, dry_run=dry_run, yes=yes)

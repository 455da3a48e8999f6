"""``cpctrack chase``: ask every owner about what is open with them."""

import sys
from pathlib import Path
from typing import Any

import click

from cpctrack.cli.commands.list_ import MOST_DAYS
from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json, window
from cpctrack.cli.types import Day, MeetingDay, OneLine, Owner
from cpctrack.errors import UsageError

_FORMATS = ("eml", "docx", "xlsx", "text")


@click.command()
@click.option("-o", "--output", "folder", type=click.Path(path_type=Path, file_okay=False),
              metavar="DIR", help="The folder for the messages; it is made where it is missing."
              )  # fmt: skip
@click.option("--owner", "owners", type=Owner(), multiple=True, metavar="NAME",
              help="Part of an owner's name; repeat it for several.")  # fmt: skip
@click.option("--service", "services", type=OneLine(), multiple=True, metavar="NAME",
              help="Part of the name of an owner's service; repeat it for several.")  # fmt: skip
@click.option("--due-within", type=click.IntRange(0, MOST_DAYS), metavar="DAYS",
              help="Only what is overdue, or due within so many days.")  # fmt: skip
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The meeting that wants to know; each committee's next formal one, unless you "
              "say otherwise.")  # fmt: skip
@click.option("--reply-by", type=Day(), metavar="DATE",
              help="The day to answer by; in a fortnight, or on the last working day before the "
              "meeting, unless you say otherwise.")  # fmt: skip
@click.option("--format", "formats", type=click.Choice(_FORMATS), multiple=True,
              help="What to write: a draft e-mail with both forms attached (eml, where none is "
              "named), a form alone, or text to paste; repeat it for several.")  # fmt: skip
@click.option("--again", is_flag=True, help="Remind all who have not answered, without waiting.")
@click.option("--include-exempt", is_flag=True,
              help="Ask about exempt actions too, in messages of their own: not for publication."
              )  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show who is due for what, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(
    app: App, /, *, folder: Path | None, formats: tuple[str, ...], dry_run: bool, as_json: bool,
    **given: Any,
) -> None:  # fmt: skip
    """Ask every owner how their actions stand: one message each, ready to send.

    Nothing is sent: your own mail program opens the drafts. Of several stores, or of a folder of
    them, each owner gets one message, whatever the committees. What is reported done waits for the
    committee, and is not asked about. Whoever does not answer is reminded by a later “cpctrack
    chase” after a week, and after a fortnight for the last time, with a letter for the chair
    (“cpctrack settings” chooses when). The store keeps that they were asked; “cpctrack undo” takes
    that back, in one store at a time. The names of the files are printed, one a line.

    \b
    Example:
      cpctrack chase --dry-run
      cpctrack chase -o messages --format text
    """  # fmt: skip
    if not (folder or dry_run):
        raise UsageError("Name the folder for the messages with -o DIR, or look with --dry-run.")
    from cpctrack.cli.output import chase as output
    from cpctrack.cli.output.handing_out import tell_of_exempt
    from cpctrack.labels import NOT_FOR_PUBLICATION
    from cpctrack.tasks import chase, chase_files

    wanted = chase.Wanted(**{name: value for name, value in given.items() if value is not None})
    today, sent = app.today(), None
    if dry_run or folder is None:
        planned = chase.plan(app.stores(), wanted, "", today)
    else:
        author = app.author("chase")
        sent = chase_files.write(
            app.store_paths(), folder, wanted, author, today, formats or _FORMATS[:1]
        )
        planned = sent.planned
    if as_json:
        print_json(output.as_json(planned, sent))
    elif sent:
        click.echo("".join(f"{path}\n" for path in output.paths(sent)), nl=False)
    elif width := window():
        click.echo("".join(f"{line}\n" for line in output.table(planned, width)), nl=False)
    else:
        sys.stdout.writelines(output.tsv(planned))
    for line in output.remarks(planned, sent):
        app.say(line)
    own = any(each.exempt for each in planned.messages)
    included = f"{NOT_FOR_PUBLICATION}: exempt actions are in messages of their own." if own else ""
    tell_of_exempt(app, len(planned.left_out), included, noun="action", does="asks about")

"""``cpctrack transfer``: another committee takes an action over."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.noticing import notice
from cpctrack.cli.types import MeetingDay, Reference
from cpctrack.dates import long_date
from cpctrack.records import links


@click.command()
@click.argument("ref", type=Reference())
@click.option("--to", type=click.Path(path_type=Path), required=True, metavar="STORE",
              help="The store of the committee that takes it over, or its folder.")  # fmt: skip
@click.option("--meeting", type=MeetingDay(), default="", metavar="DATE",
              help="The meeting of that committee which takes it over; by default its last formal "
              "one.")  # fmt: skip
@pass_app
def command(app: App, /, *, ref: str, to: Path, meeting: str) -> None:
    """Hand an action over to another committee, and print its reference there.

    It gets the next reference of that committee, and keeps its age, its extensions and its history.
    Here it becomes “Replaced” and says where it went. That committee's store is written first:
    where something comes between, run the same command once more. “cpctrack undo” takes it back in
    each store.

    \b
    Example:
      cpctrack transfer 2324-19 --to licensing
    """
    from cpctrack.tasks.link import transfer

    author = app.author("transfer")
    paths = app.store_paths()
    done = transfer(app.store_path(ref), ref, to, author, app.today(), day=meeting, beside=paths)
    (record,) = done.records
    words = links.in_words(links.successors(done.former)[-1])
    app.say(
        f"{done.former.ref}: {words[0].lower()}{words[1:]}, as of its meeting of "
        f"{long_date(record.meeting.date)}."
    )
    notice(app, done.store, done.records)
    click.echo(record.ref)

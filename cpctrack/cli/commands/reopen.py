"""``cpctrack reopen``: members dispute that something is done."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import MeetingDay, Reference, Text


@click.command()
@click.argument("ref", type=Reference())
@click.option("--reason", type=Text(), required=True, help="Why it is not done after all.")
@click.option("--meeting", type=MeetingDay(), metavar="DATE", help="The meeting that asked for it.")
@pass_app
def command(app: App, /, *, ref: str, reason: str, meeting: str | None) -> None:
    """Open an action again that was said to be done, was agreed as completed, or was stopped.

    Its history keeps what was said before, and the reason.

    \b
    Example:
      cpctrack reopen 2324-13 --reason "Members asked for the figures of all schools."
    """
    from cpctrack.records import decisions
    from cpctrack.store import store

    path = app.store_path(ref)
    author = app.author("reopen")
    with store.editing(path) as current:
        record = decisions.reopen(current.find(ref), author, reason=reason, meeting=meeting or "")
        current.put(record)
    app.say(f"{record.ref}: open again.")

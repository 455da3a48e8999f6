"""``cpctrack reopen``: members dispute that something is done."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import MeetingDay, Reference, Text
from cpctrack.dates import long_date


@click.command()
@click.argument("ref", type=Reference())
@click.option("--reason", type=Text(), required=True, help="Why it is not done after all.")
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The meeting that asked for it; the last formal one held unless you say "
              'otherwise, and none with "".')  # fmt: skip
@pass_app
def command(app: App, /, *, ref: str, reason: str, meeting: str | None) -> None:
    """Open an action again that was said to be done, was agreed as completed, or was stopped.

    Its history keeps what was said before, and the reason.

    \b
    Example:
      cpctrack reopen 2324-13 --reason "Members asked for the figures of all schools."
    """
    from cpctrack.records.decisions import reopen
    from cpctrack.store import store

    path = app.store_path(ref)
    author = app.author("reopen")
    with store.editing(path) as current:
        before = current.find(ref)
        last = current.calendar(app.today()).last_formal
        formal = last if meeting is None and last >= before.meeting.date else ""
        record = reopen(before, author, reason=reason, meeting=meeting or formal)
        current.put(record)
    day = long_date(meeting or formal)
    asked = f", {'formal ' if formal else ''}meeting of {day}" if day else ""
    app.say(f"{record.ref}: to do again{asked}.")

"""``cpctrack meeting``: keep or change one meeting, held or to come."""

from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import Day, MeetingDay, OneLine, OneOf, Year
from cpctrack.records.model import MeetingType


@click.command()
@click.argument("day", type=MeetingDay(), metavar="DATE")
@click.option("--type", "type", type=OneOf(MeetingType, "type of meeting"),
              help="The type of meeting, where the store does not know it.")  # fmt: skip
@click.option("--year", type=Year(), metavar="2022/23",
              help="Its municipal year, where its date would give another.")  # fmt: skip
@click.option("--cancelled/--no-cancelled", default=None, help="It is not held, or is after all.")
@click.option("--moved-to", type=Day(), metavar="DATE",
              help='The day on which it is held instead; "" takes that back.')  # fmt: skip
@click.option("--note", type=OneLine(), metavar="TEXT", help="What to remember of it.")
@pass_app
def command(app: App, /, *, day: str, **given: Any) -> None:
    """Keep a meeting, past or to come, or change what the store knows of it.

    One that is cancelled or moved stays in the store and no longer counts as held; the day to which
    it is moved becomes a meeting of its own. A meeting that agreed something was held, and can be
    neither.

    \b
    Example:
      cpctrack meeting 18/9/2024 --type formal
      cpctrack meeting 18/9/2024 --type formal --moved-to 25/9/2024 --note "Half the seats are new."
    """
    from cpctrack.cli.output import meetings
    from cpctrack.errors import UsageError
    from cpctrack.tasks.meetings import Wanted, keep_meeting

    if not day:
        raise UsageError("Say on which day the meeting is.")
    wanted = Wanted(**{**given, "year": given["year"] or ""})
    kept = keep_meeting(app.store_path(), day, wanted, app.author("meeting"))
    for sentence in meetings.what_was_kept(kept, app.today()):
        app.say(sentence)

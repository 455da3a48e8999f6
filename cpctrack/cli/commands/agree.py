"""``cpctrack agree``: the committee's key to closing an action."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.dialogue.drafting import type_on
from cpctrack.cli.types import MeetingDay, Reference
from cpctrack.dates import long_date
from cpctrack.errors import DecisionError
from cpctrack.records.model import MeetingType


@click.command()
@click.argument("refs", type=Reference(), nargs=-1, required=True, metavar="REF...")
@click.option(
    "--meeting",
    type=MeetingDay(),
    metavar="DATE",
    required=True,
    help="The formal meeting that agreed it.",
)
@pass_app
def command(app: App, /, *, refs: tuple[str, ...], meeting: str) -> None:
    """Record that a formal meeting agreed these actions as completed: all of them, or none.

    Somebody must have said before that they are done, with the status “proposed”. The next
    progress report prints them as completed, for the last time.

    \b
    Example:
      cpctrack agree 2324-13 --meeting 2024-03-13
    """
    from cpctrack.records import decisions
    from cpctrack.store import store

    if not meeting or meeting > app.today().isoformat():
        raise DecisionError(
            f"The meeting of {long_date(meeting) or 'no date'} is still to come; record what it "
            "agrees when it was held."
        )
    path = app.store_path()
    author = app.author("agree")
    with store.editing(path) as current:
        type_ = type_on(current, meeting) or MeetingType.FORMAL
        held = current.meeting_on(meeting, type_)
        records = {record.id: record for record in map(current.find, refs)}
        agreed = [(each, decisions.agree(each, held, author)) for each in records.values()]
        current.keep_meeting(held)
        for _, record in agreed:
            current.put(record)
    for before, record in agreed:
        when = long_date(record.agreed_on)
        words = "agreed as completed" if before is not record else "was agreed as completed already"
        app.say(f"{record.ref}: {words}, {when}.")

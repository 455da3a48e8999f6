"""``cpctrack agree``: the committee's key to closing an action."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import MeetingDay, Reference
from cpctrack.dates import long_date


@click.command()
@click.argument("refs", type=Reference(), nargs=-1, required=True, metavar="REF...")
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The formal meeting that agreed it; the last one held unless you say otherwise."
              )  # fmt: skip
@pass_app
def command(app: App, /, *, refs: tuple[str, ...], meeting: str | None) -> None:
    """Record that a formal meeting agreed these actions as completed: all of them, or none.

    Somebody must have said before that they are done, with the status “proposed”. The next
    progress report prints them as completed, for the last time.

    \b
    Example:
      cpctrack agree 2324-13 --meeting 2024-03-13
    """
    from cpctrack.tasks.agree import agree

    author = app.author("agree")
    path = app.store_path(*refs)
    for before, record in agree(path, refs, meeting or "", author, app.today()):
        when = f"formal meeting of {long_date(record.agreed_on)}"
        words = "agreed as completed" if before is not record else "was agreed as completed already"
        app.say(f"{record.ref}: {words}, {when}.")

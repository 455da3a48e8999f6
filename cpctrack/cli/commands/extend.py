"""``cpctrack extend``: more time, with the reason."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import Due, MeetingDay, Reference, Text


@click.command()
@click.argument("ref", type=Reference())
@click.option("--to", type=Due(), required=True, metavar="WHEN", help="The new due date.")
@click.option("--reason", type=Text(), required=True, help="Why it takes longer.")
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The meeting that agreed it; without one it is only asked for.")  # fmt: skip
@pass_app
def command(app: App, /, *, ref: str, to: str, reason: str, meeting: str | None) -> None:
    """Move an action's due date back and keep every date it had before.

    The progress report shows the first date and how often it moved. To correct a date that was
    typed wrongly use “cpctrack update --due”, which is no extension.

    \b
    Example:
      cpctrack extend 2324-7 --to "31 May 2024" --reason "The post is vacant until May."
    """
    from cpctrack.cli.output.noticing import notice
    from cpctrack.records import ageing, decisions
    from cpctrack.render.words import slippage
    from cpctrack.store import store

    path = app.store_path(ref)
    author = app.author(ageing.EXTEND)
    with store.editing(path) as current:
        record = decisions.extend(
            current.find(ref), author, to=to, reason=reason, meeting=meeting or ""
        )
        current.put(record)
    app.say(f"{record.ref}: now due {record.due_text}. {slippage(record)}.")
    notice(app, current, [record])

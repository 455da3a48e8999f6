"""``cpctrack roll-over``: open actions go on in the next municipal year."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import Reference, Year
from cpctrack.text import counted


@click.command()
@click.argument("refs", type=Reference(), nargs=-1, metavar="[REF]...")
@click.option("--to", type=Year(), required=True, metavar="2024/25",
              help="The municipal year in which they go on.")  # fmt: skip
@click.option("--except", "but", type=Reference(), multiple=True, metavar="REF",
              help="An action to leave out; repeat it for several.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show them and write nothing.")
@click.option("--yes", is_flag=True, help="Write it without asking.")
@pass_app
def command(
    app: App, /, *, refs: tuple[str, ...], to: str, but: tuple[str, ...], dry_run: bool, yes: bool
) -> None:
    """Roll unfinished actions over to another year: those named, or all of earlier years.

    Shows them, asks, and writes it of all of them or none. From then on the tables of the years
    before say under Needs Follow Up that they were rolled over. How they stand stays as it is, and
    so does the cell that was printed there, which the table of the new year goes on printing.

    \b
    Example:
      cpctrack roll-over --to 2024/25 --dry-run
      cpctrack roll-over --to 2024/25 --except 2324-16 --yes
    """
    from cpctrack.cli.dialogue import confirming
    from cpctrack.store import store
    from cpctrack.tasks import roll_over

    path = app.store_path(*refs, *but)
    found = roll_over.find_open(store.read(path), to, refs, but=but, today=app.today())
    if not found:
        app.say(f"Nothing is left to roll over to {to}; nothing was changed.")
        return
    number = counted(len(found), "unfinished action")
    confirming.show(f"{number} to roll over to {to}:", found)
    if dry_run:
        app.say("Only shown, as --dry-run asks: nothing was written.")
        return
    confirming.confirm(app, f"Roll over to {to}?", yes=yes)
    roll_over.roll_over(path, [record.ref for record in found], to, app.author("roll-over"))
    of = " and ".join(sorted({record.meeting.year for record in found}))
    app.say(f"{number} of {of} rolled over to {to}; “cpctrack undo” takes it back.")

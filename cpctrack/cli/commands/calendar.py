"""``cpctrack calendar``: due dates, days of reply and meetings for a calendar program."""

from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.handing_out import INCLUDED, tell_of_exempt
from cpctrack.cli.types import Owner
from cpctrack.errors import UsageError
from cpctrack.text import counted


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE.ics", required=True,
              help="The file that Outlook and other calendars open.")  # fmt: skip
@click.option("--owner", type=Owner(), metavar="NAME",
              help="Part of an owner's name: only their actions.")  # fmt: skip
@click.option("--include-exempt", is_flag=True,
              help="Write what is exempt too: not for publication.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@pass_app
def command(
    app: App, /, *, output: Path, owner: str | None, include_exempt: bool, force: bool
) -> None:
    """Write a calendar of due dates, the days by which owners are to reply, and meetings.

    Each is a whole day, without alarm. A file written again with --force and opened again brings
    a calendar up to date and doubles nothing; a meeting that was moved or cancelled is taken out.
    What was closed or answered since is only missing from it, so give it a calendar of its own. Of
    several stores, or of a folder of them, it is all committees in one. What is exempt stays out,
    and a message says how many.

    \b
    Example:
      cpctrack calendar -o actions.ics
    """
    from cpctrack.tasks.calendar import write

    if output.suffix.lower() != ".ics":
        raise UsageError(f"A calendar is an .ics file; name it so: -o {output.stem}.ics.")
    found, left_out = write(
        app.stores(), output, app.today(), owner=owner or "", include_exempt=include_exempt,
        force=force,
    )  # fmt: skip
    counts = map(counted, map(len, found[:3]), ("due date", "reply date", "meeting"))
    app.say(f"Wrote {output}: {', '.join(counts)}.")
    if found.undated:
        app.say(f"Without a day, and so not in it: {counted(found.undated, 'action')}.")
    tell_of_exempt(app, left_out, INCLUDED if include_exempt else "")

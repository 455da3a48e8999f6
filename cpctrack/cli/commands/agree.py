"""``cpctrack agree``: the committee's key to closing an action."""

from collections.abc import Sequence
from pathlib import Path

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.types import MeetingDay, Reference
from cpctrack.dates import long_date
from cpctrack.errors import UsageError
from cpctrack.text import counted, one_line


@click.command()
@click.argument("refs", type=Reference(), nargs=-1, metavar="[REF]...")
@click.option("--meeting", type=MeetingDay(), metavar="DATE",
              help="The formal meeting that agreed it; the last one held unless you say otherwise."
              )  # fmt: skip
@click.option("--proposed", is_flag=True,
              help="All that the progress report asked the meeting to agree, as published."
              )  # fmt: skip
@click.option("--except", "but", type=Reference(), multiple=True, metavar="REF",
              help="With --proposed, one that it did not agree; repeat it for several."
              )  # fmt: skip
@click.option("--yes", is_flag=True, help="With --proposed, write it without asking.")
@pass_app
def command(
    app: App,
    /,
    *,
    refs: tuple[str, ...],
    meeting: str | None,
    proposed: bool,
    but: tuple[str, ...],
    yes: bool,
) -> None:
    """Note that a formal meeting agreed these actions as completed: all of them, or none.

    Somebody must have said before that they are done, with the status “Reported done”. The next
    progress report prints them as completed, for the last time.

    With --proposed they are those that the progress report asked the meeting to agree: as they were
    published for it, else as the report would print them today. Shows them and asks.

    \b
    Example:
      cpctrack agree 2324-13 --meeting 2024-03-13
      cpctrack agree --proposed --except 2324-8 --meeting 2024-03-13 --yes
    """
    from cpctrack.tasks.agree import agree

    if proposed == bool(refs):
        raise UsageError("Name the actions by their references, or all with --proposed.")
    if but and not proposed:
        raise UsageError("--except goes with --proposed; else name only what was agreed.")
    path = app.store_path(*refs, *but)
    if proposed:
        refs, meeting = _proposed(app, path, meeting or "", but, yes=yes)
        if not refs:
            return
    author = app.author("agree")
    for before, record in agree(path, refs, meeting or "", author, app.today()):
        when = f"formal meeting of {long_date(record.agreed_on)}"
        words = "agreed as completed" if before is not record else "was agreed as completed already"
        app.say(f"{record.ref}: {words}, {when}.")


_CHANGED = {
    "gone": "is no longer in the store.",
    "exempt": "is exempt by now; agree it by its reference.",
    "agreed": "was agreed already.",
    "reopened": "is not done by now: its status has changed since.",
}


def _proposed(
    app: App, path: Path, meeting: str, but: Sequence[str], *, yes: bool
) -> tuple[tuple[str, ...], str]:
    """Show what a meeting was asked to agree, and ask; give the references and the meeting."""
    from cpctrack.cli.dialogue import confirming
    from cpctrack.store import store
    from cpctrack.tasks.agree import proposed
    from cpctrack.tasks.choosing import without

    current = store.read(path)
    found = proposed(current, meeting, app.today())
    for ref, change in found.left_out.items():
        app.warn(f"Left out: {one_line(ref)} {_CHANGED[change]}")
    if found.exempt:
        app.warn(
            f"Left out: {counted(found.exempt, 'exempt action')}, which no public report asks "
            "about; agree such by their references."
        )
    records = without(current, found.records, but)
    day, asked = long_date(found.meeting), "as the report would ask today"
    if found.publication:
        asked = f"as published on {long_date(found.publication.at[:10])}"
    if not records:
        app.say(f"Nothing is left that the meeting of {day} was to agree, {asked}.")
        return (), found.meeting
    number = counted(len(records), "action")
    confirming.show(f"{number} that the meeting of {day} was to agree, {asked}:", records)
    confirming.confirm(app, "Did the meeting agree this?", yes=yes)
    return tuple(record.ref for record in records), found.meeting

"""``cpctrack history``: what changed, when and by whom."""

import sys

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import page, print_json, window
from cpctrack.cli.types import MeetingDay, Reference


@click.command()
@click.argument("ref", type=Reference(), required=False)
@click.option("--since", type=MeetingDay(), metavar="DATE|MEETING-DATE",
              help="What changed on this day or later.")  # fmt: skip
@click.option("--long", "is_long", is_flag=True,
              help="On a terminal, each change in full and its time.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(
    app: App, /, *, ref: str | None, since: str | None, is_long: bool, as_json: bool
) -> None:
    """Tell what changed, when and by whom: in one action or in all, the newest first.

    Of several stores, or of a folder of them, it tells of all.

    Days are those of UTC, in which the store keeps them. In a pipe, one tab-separated line a
    change, the newest last.

    \b
    Example:
      cpctrack history --since 2024-03-13
    """
    from cpctrack.records.query import history

    if ref:
        held, record = app.find(ref)
        found = [(held.settings.committee, record)]
    else:
        found = [
            (each.settings.committee, record) for each in app.stores() for record in each.records
        ]
    told = history((record for _, record in found), since or "")
    if not told:
        app.say("Nothing has changed since then." if since else "Nothing was changed yet.")
    if as_json:
        committees = {record.ref: committee for committee, record in found}
        print_json([
            {
                "committee": committees[one.ref], "at": change.at, "by": change.by, "ref": one.ref,
                "via": change.via, "change": change.what, "from": change.before, "to": change.after,
            }
            for one in told
            for change in (one.change,)
        ])  # fmt: skip
        return
    from cpctrack.render.screen import plain

    width = window()
    if not width:
        sys.stdout.writelines(plain.history_tsv(told))
    elif told:
        written = plain.history_lines if is_long else plain.command_lines
        end = () if is_long else (f"Newest first. In full: cpctrack history {ref or 'REF'} --long",)
        page((f"{line}\n" for line in (*written(told, width), *end)), app)

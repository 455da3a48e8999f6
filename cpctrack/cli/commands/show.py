"""``cpctrack show``: everything on one record, or on several."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import page, print_json, window
from cpctrack.cli.types import Reference, whole_refs


@click.command()
@click.argument("refs", type=Reference(), nargs=-1, required=True, metavar="REF...",
                callback=whole_refs)  # fmt: skip
@click.option("--json", "as_json", is_flag=True,
              help="Print JSON for scripts; of several, an array.")  # fmt: skip
@pass_app
def command(app: App, /, *, refs: tuple[str, ...], as_json: bool) -> None:
    """Show everything on one action, its history included, or on several.

    REF is the printed reference, or as much of its end as no other action has: 2324-7, or 7.
    Where 7 is in several years, the latest is shown.

    \b
    Example:
      cpctrack show 2324-7
    """
    found = [(held, record, held.calendar(app.today())) for held, record in map(app.find, refs)]
    if as_json:
        from cpctrack.store.contract import to_json

        told = [
            to_json(
                record,
                calendar,
                committee=held.settings.committee,
                owners=held.owners,
                history=True,
            )
            for held, record, calendar in found
        ]
        print_json(told if len(told) > 1 else told[0])
        return
    from cpctrack.render.screen import plain

    width = window()
    texts = [plain.describe(one, day, history=True, width=width) for _, one, day in found]
    answer = f'\nAnswer it: cpctrack update {plain.short_ref(found[0][1].ref)} --response "…"'
    if width and len(found) == 1 and found[0][1].status.is_open:
        texts[0] += answer
    page([f"\n{'─' * min(width, 80)}\n\n".join(f"{each}\n" for each in texts)], app)

"""``cpctrack show``: everything on one record."""

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.writing import print_json, window
from cpctrack.cli.types import Reference


@click.command()
@click.argument("ref", type=Reference())
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(app: App, /, *, ref: str, as_json: bool) -> None:
    """Show everything on one record, its history included.

    REF is the printed reference, or as much of its end as no other record shares: 2324-7, or 7.

    \b
    Example:
      cpctrack show CPC-2324-007
    """
    from cpctrack.store import store

    held = store.read(app.store_path(ref))
    record, calendar = held.find(ref), held.calendar(app.today())
    if as_json:
        from cpctrack.store.contract import to_json

        committee = held.settings.committee
        told = to_json(record, calendar, committee=committee, owners=held.owners, history=True)
        print_json(told)
    else:
        from cpctrack.render.screen import plain

        click.echo(plain.describe(record, calendar, history=True, width=window()))

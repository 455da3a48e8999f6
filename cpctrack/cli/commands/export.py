"""``cpctrack export``: records for other programs."""

from pathlib import Path
from typing import Any

import click

from cpctrack.cli.context import App, pass_app
from cpctrack.cli.output.handing_out import INCLUDED, tell_of_exempt
from cpctrack.errors import UsageError
from cpctrack.text import counted

_FORMATS = ("sqlite", "jsonl", "csv", "parquet")


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE|DIR",
              help="A database (.db, .sqlite), or a folder for anything else.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(_FORMATS),
              help="What to write, where FILE does not say; a folder gets JSON lines.")  # fmt: skip
@click.option("--include-exempt", is_flag=True,
              help="Write what is exempt too: not for publication.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the tables, and no more.")
@pass_app
def command(app: App, /, *, output: Path | None, schema: bool, **given: Any) -> None:
    """Export actions, their changes and their meetings for other programs.

    FILE.db is an SQLite database, for Datasette and the like. A folder gets records, changes and
    meetings as a file each: JSON lines, CSV or Parquet, for Excel, Power BI, DuckDB or a warehouse.
    Of several stores, or of a folder of them, it is all committees in one. What is exempt stays
    out, and a message says how many.

    \b
    Example:
      cpctrack export -o actions.db
      cpctrack export -o for-power-bi --format csv
    """
    if schema and output:
        raise UsageError("--schema prints and writes no file; leave -o out.")
    if schema:
        from cpctrack.render.export.schema import schema as written

        click.echo(written(), nl=False)
        return
    if output is None:
        raise UsageError("Say where the export goes: -o actions.db, or -o FOLDER.")
    from cpctrack.tasks.export import export

    done = export(app.stores(), output, app.today(), **given)
    names = ", ".join(path.name for path in done.files)
    files = f" ({names})" if output not in done.files else ""
    app.say(f"Wrote {output}{files}: {counted(done.records, 'action')}.")
    tell_of_exempt(app, done.left_out, INCLUDED if given["include_exempt"] else "")

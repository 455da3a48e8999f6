"""``cpctrack conflicts``: what a merge has left for a person to settle."""

from typing import TYPE_CHECKING, Any

import click

from cpctrack.cli.context import App, pass_app, print_json
from cpctrack.cli.output.wording import WHOLE, field_words, value_words
from cpctrack.dates import long_date
from cpctrack.records.model import agreed
from cpctrack.text import one_line, shorten

if TYPE_CHECKING:
    from cpctrack.records.model import Conflict
    from cpctrack.store.codec import Row
    from cpctrack.store.store import Store

SIDES = ("base", "ours", "theirs")
_WIDTH = 70


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")
@pass_app
def command(app: App, /, *, as_json: bool) -> None:
    """Show what two people changed in different ways, so that a merge could not choose.

    Of each: the record, the field, what it held before, and what either side made of it, with who
    and when where the record's history tells. “cpctrack resolve” settles them. “ours” and “theirs”
    are git's words: in a rebase, “ours” is what the others had.

    \b
    Example:
      cpctrack conflicts --json
    """
    from cpctrack.store import conflicts, store

    current = store.read(app.store_path())
    found = conflicts.find(current.document)
    if as_json:
        rows = [_as_json(each, conflicts.row_of(current, each)) for each in found]
        print_json(rows)
    elif found:
        click.echo("\n\n".join(in_words(current, each) for each in found))
    else:
        app.say("There is nothing to settle.")


def in_words(current: "Store", conflict: "Conflict") -> str:
    """Show one conflict: what it is about, then a line each for before, ours and theirs."""
    from cpctrack.store import conflicts

    row, clash = conflicts.row_of(current, conflict), conflict.clash
    about = shorten(agreed(row), _WIDTH)
    lines = [f"{one_line(conflict.ref)}  {about}".rstrip(), f"  {field_words(clash.field)}"]
    for side in SIDES:
        value = getattr(clash, side)
        if clash.field:
            told = value_words(clash.field, value)
        else:
            told = "removed" if value is None else "kept"
        lines.append(f"    {side + ':':8}{told}{_author(_line(row, conflict, side))}")
    field = one_line(clash.field) or WHOLE
    quoted = f'"{field}"' if " " in field else field
    lines.append(f"  Settle it with: cpctrack resolve {one_line(conflict.ref)} {quoted}")
    return "\n".join(lines)


def _line(row: "Row", conflict: "Conflict", side: str) -> "Row":
    from cpctrack.store.conflicts import touched

    return touched(row, conflict.clash, getattr(conflict.clash, side)) if side != "base" else {}


def _author(line: "Row") -> str:
    if not line:
        return ""
    at = str(line.get("at", ""))
    return "  " + one_line(f"({line.get('by', '')}, {long_date(at[:10])} {at[11:16]})")


def _as_json(conflict: "Conflict", row: "Row") -> dict[str, Any]:
    shown: dict[str, Any] = {"ref": conflict.ref, "field": conflict.clash.field}
    for side in SIDES:
        shown[side] = getattr(conflict.clash, side)
    for side in SIDES[1:]:
        line = _line(row, conflict, side)
        shown[f"{side}_by"] = line.get("by", "")
        shown[f"{side}_at"] = line.get("at", "")
    return shown

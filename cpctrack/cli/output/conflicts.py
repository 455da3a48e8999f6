"""What a merge left to be settled, in words for a person and in JSON for scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cpctrack.cli.output.wording import renumbered_words, twin_words, value_words
from cpctrack.dates import long_date
from cpctrack.labels import field_words
from cpctrack.store.conflicts import touched
from cpctrack.tasks.resolve import WHOLE
from cpctrack.text import one_line, shorten

if TYPE_CHECKING:
    from cpctrack.records.model import Conflict
    from cpctrack.sharing.merge import Merged
    from cpctrack.sharing.rebuild import Rebuilt
    from cpctrack.store.codec import Row

_SIDES = ("base", "ours", "theirs")
_WIDTH = 70


def in_words(conflict: "Conflict", row: "Row") -> str:
    """Show one conflict: what it is about, then a line each for before, ours and theirs."""
    field = conflict.clash.field
    about = shorten(str(row.get("action") or row.get("recommendation") or ""), _WIDTH)
    lines = [f"{one_line(conflict.ref)}  {about}".rstrip(), f"  {field_words(field)}"]
    for side in _SIDES:
        value = getattr(conflict.clash, side)
        told = value_words(field, value) if field else "removed" if value is None else "kept"
        if line := _line(row, conflict, side):
            at = str(line.get("at", ""))
            told += "  " + one_line(f"({line.get('by', '')}, {long_date(at[:10])} {at[11:16]})")
        lines.append(f"    {side + ':':8}{told}")
    typed = one_line(field) or WHOLE
    quoted = f'"{typed}"' if " " in typed else typed
    lines.append(f"  Settle it with: cpctrack resolve {one_line(conflict.ref)} {quoted}")
    return "\n".join(lines)


def as_json(conflict: "Conflict", row: "Row") -> dict[str, Any]:
    """Give one conflict as ``--json`` prints it."""
    shown: dict[str, Any] = {"ref": conflict.ref, "field": conflict.clash.field}
    shown |= {side: getattr(conflict.clash, side) for side in _SIDES}
    for side in _SIDES[1:]:
        line = _line(row, conflict, side)
        shown |= {f"{side}_by": line.get("by", ""), f"{side}_at": line.get("at", "")}
    return shown


def merged_words(merged: "Merged | Rebuilt") -> Iterator[str]:
    """Say what a merge made one, and what it gave another reference."""
    yield from twin_words(merged.twins)
    yield from map(renumbered_words, merged.renumbered)


def _line(row: "Row", conflict: "Conflict", side: str) -> "Row":
    return touched(row, conflict.clash, getattr(conflict.clash, side)) if side != "base" else {}

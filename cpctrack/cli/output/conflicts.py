"""What a merge left to be settled, in words for a person and in JSON for scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cpctrack.dates import long_date
from cpctrack.records.fields import Holds, names_of
from cpctrack.records.model import FIELDS, Status, agreed
from cpctrack.store.conflicts import field_words, touched
from cpctrack.tasks.resolve import WHOLE
from cpctrack.text import one_line, shorten

if TYPE_CHECKING:
    from cpctrack.records.model import Conflict
    from cpctrack.sharing.merge import Merged, Renumbered
    from cpctrack.sharing.rebuild import Rebuilt
    from cpctrack.store.codec import Row

_SIDES = ("base", "ours", "theirs")
_WIDTH = 70
_DATES = names_of(FIELDS, Holds.DATE)
_NOTHING = "nothing"
_MOST_TOLD = 10


def in_words(conflict: "Conflict", row: "Row") -> str:
    """Show one conflict: what it is about, then a line each for before, ours and theirs."""
    field = conflict.clash.field
    about = shorten(agreed(row), _WIDTH)
    lines = [f"{one_line(conflict.ref)}  {about}".rstrip(), f"  {field_words(field)}"]
    for side in _SIDES:
        value = getattr(conflict.clash, side)
        told = _value_words(field, value) if field else "removed" if value is None else "kept"
        if line := _line(row, conflict, side):
            at = str(line.get("at", ""))
            told += "  " + one_line(f"({line.get('by', '')}, {long_date(at[:10])} {at[11:16]})")
        lines.append(f"    {side + ':':8}{told}")
    typed = (one_line(conflict.ref), one_line(field) or WHOLE)
    words = " ".join(f'"{word}"' if " " in word else word for word in typed)
    lines.append(f"  Settle it with: cpctrack resolve {words}")
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
    # Where nobody can have seen the other reference, that two are one needs no word.
    told = [each for each in merged.twins if each.both or each.kept_ref != each.gone_ref]
    for each in told[:_MOST_TOLD]:
        words = f"{each.kept_ref} and {each.gone_ref} are one action"
        if each.both:
            yield f"{words}, and packs have printed both: let one replace the other, or say so."
        else:
            yield f"{words}: kept as {each.kept_ref}."
    if len(told) > _MOST_TOLD:
        yield f"So it is with {len(told) - _MOST_TOLD} more; each action's history tells."
    yield from map(_renumbered_words, merged.renumbered)


def _line(row: "Row", conflict: "Conflict", side: str) -> "Row":
    return touched(row, conflict.clash, getattr(conflict.clash, side)) if side != "base" else {}


def _value_words(field: str, value: Any) -> str:
    """Say what a field of the file holds; ``None`` is nothing at all."""
    if value in (None, "", []):
        return "that of its date" if field == "year" else _NOTHING
    if not field:
        return "all of it"
    if value is True:
        return "yes"
    if isinstance(value, list):
        return one_line("; ".join(map(str, value)))
    if field == "status" and isinstance(value, str):
        known = {status.value: status.words for status in Status}
        return known.get(value, one_line(value))
    return long_date(value) if field in _DATES else one_line(str(value))


def _renumbered_words(record: "Renumbered") -> str:
    """Say that a merge gave a record another reference, and to whom that matters."""
    if not record.published:
        which = "one that only one of you had" if record.alone else "younger"
        which = "one that no pack has printed" if record.gave_way else which
        return f"Two actions had the reference {record.old}; the {which} is now {record.new}."
    packs = " and ".join(one_line(long_date(day)) for day in record.published)
    return (
        f"Two actions were published with the reference {record.old}; the younger is now "
        f"{record.new}. Tell the readers of the pack of {packs}, where it stands with the old one."
    )

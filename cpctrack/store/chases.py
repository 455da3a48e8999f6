"""What was sent to owners: rows of the store's table ``chases``, to and from. Pure.

`docs/store.md` describes each field. A row's id is the message's number, which is random: two
clones that ask at once keep both.
"""

from collections.abc import Mapping
from typing import Any

from cpctrack.errors import StoreError
from cpctrack.records.asking import Chase, Part
from cpctrack.store.codec import Document, Row, extra_of

TABLE = "chases"
_TEXTS = ("owner", "at", "by", "reply_by", "meeting")
_KNOWN = frozenset({*_TEXTS, "step", "exempt", "parts"})


def decode(number: str, row: Row) -> Chase:
    """Read a chase; raises `StoreError` where it is not as it is written."""
    if not is_sound(row):
        raise StoreError(
            f"What was sent as {number} can't be read; correct it in the file, or restore it from "
            "git or a backup."
        )
    parts = (
        Part(each["place"], each["text"], each.get("ref", "")) for each in row.get("parts", ())
    )
    told = {name: row[name] for name in (*_TEXTS, "step", "exempt") if name in row}
    return Chase(
        number,
        **{"owner": "", "at": "", "by": "", **told},
        parts=tuple(sorted(parts)),
        extra=extra_of(row, _KNOWN),
    )


def is_sound(row: Row) -> bool:
    """Tell whether a row is as a chase is written."""
    parts = row.get("parts", [])
    return (
        all(isinstance(row.get(name, ""), str) for name in _TEXTS)
        and isinstance(row.get("exempt", False), bool)
        and type(row.get("step", 1)) is int
        and isinstance(parts, list)
        and all(map(_is_part, parts))
    )


def encode(chase: Chase) -> Row:
    """Write a chase; fields that hold nothing are left out."""
    row = {**chase.extra, **{name: text for name in _TEXTS if (text := getattr(chase, name))}}
    row["step"] = chase.step
    if chase.exempt:
        row["exempt"] = True
    row["parts"] = [
        {"place": place, "text": text, **({"ref": ref} if ref else {})}
        for place, text, ref in chase.parts
    ]
    return row


def read(document: Document) -> Mapping[str, Chase]:
    """Read every chase of a store, by its number; those that can't be read are passed over."""
    found = {}
    for number, row in document.get(TABLE, {}).items():
        try:
            found[number] = decode(number, row)
        except StoreError:
            continue
    return found


def together(of_stores: "list[Mapping[str, Chase]]") -> dict[str, Chase]:
    """Put together what several stores keep of the messages that are about them."""
    whole: dict[str, Chase] = {}
    for chases in of_stores:
        for number, chase in chases.items():
            held = whole.get(number)
            parts = {
                (part.place, part.ref): part
                for part in (*(held.parts if held else ()), *chase.parts)
            }
            whole[number] = chase._replace(parts=tuple(sorted(parts.values())))
    return whole


def _is_part(part: Any) -> bool:
    return (
        isinstance(part, dict)
        and type(part.get("place")) is int
        and isinstance(part.get("text"), str)
        and isinstance(part.get("ref", ""), str)
    )

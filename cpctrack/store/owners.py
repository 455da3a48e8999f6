"""What a store knows of owners: rows of its table ``owners``, to and from. Pure.

`docs/store.md` describes each field. A row's id is the owner's name, folded, when it was first
kept: two clones that keep one owner have one row.
"""

from collections.abc import Mapping

from cpctrack.errors import StoreError
from cpctrack.records.owners import NO_OWNERS, Owner, Owners
from cpctrack.store.codec import Row, extra_of
from cpctrack.text import fold, one_line

_TEXTS = ("name", "email", "service", "post", "left")
_FIELDS = frozenset({*_TEXTS, "also"})


def decode(row_id: str, row: Row) -> Owner:
    """Read an owner; raises `StoreError` where it is not as it is written."""
    texts = {name: row.get(name, "") for name in _TEXTS}
    also = row.get("also", [])
    sound = isinstance(also, list) and all(isinstance(t, str) for t in (*texts.values(), *also))
    if not sound or not fold(texts["name"]):
        raise StoreError(
            f"What the store knows of the owner “{one_line(row_id)}” can't be read; correct it in "
            "the file, or restore it from git or a backup."
        )
    return Owner(**texts, also=tuple(also), extra=extra_of(row, _FIELDS))


def encode(owner: Owner) -> Row:
    """Write an owner; fields that hold nothing are left out."""
    told = {name: getattr(owner, name) for name in _TEXTS}
    row = {**owner.extra, **{name: text for name, text in told.items() if text}}
    return {**row, "also": list(owner.also)} if owner.also else row


def read(rows: Mapping[str, Row]) -> Owners:
    """Read the rows; those that can't be read are passed over, and `check` names them."""
    found = {}
    for row_id, row in rows.items():
        try:
            found[row_id] = decode(row_id, row)
        except StoreError:
            continue
    return Owners(found) if found else NO_OWNERS

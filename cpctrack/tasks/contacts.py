"""Taking in a table of contacts: what it tells of owners goes into the store."""

from pathlib import Path
from typing import NamedTuple

from cpctrack.reading import decode, registry
from cpctrack.reading.document import Table
from cpctrack.records.changes import Author
from cpctrack.records.query import known_owners
from cpctrack.store.store import Store
from cpctrack.tables.contacts import (
    ContactPlan,
    ContactTable,
    count_known,
    plan_contacts,
    read_contacts,
)
from cpctrack.tasks.owners import put

_CONTACTS = decode.Purpose(
    "the file the contacts are in",
    decode.MOST_BYTES,
    "which no table of contacts is; name the right file",
    "export the contacts again",
    "not a table of contacts; save it as CSV (UTF-8)",
    count_known,
)


class Contacts(NamedTuple):
    """A table that was read, and the name of its file."""

    file: str
    table: ContactTable


def read(path: Path, format_: str | None = None) -> Contacts:
    """Read a table of contacts; raises `ImportRefusedError` where the file holds none."""
    document = registry.read(path, _CONTACTS, format_)
    rows = [
        (row.place.line, [cell.text for cell in row.cells])
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
    ]
    return Contacts(path.name, read_contacts(path.name, rows))


def take_in(current: Store, author: Author, contacts: Contacts) -> ContactPlan:
    """Take the contacts into a store in memory, and tell what that changes."""
    names = known_owners(current.records)
    plan = plan_contacts(contacts.table.contacts, current.owners, names)
    put(current, {name: after for name, (_, after) in plan.owners.items()}, author)
    return plan

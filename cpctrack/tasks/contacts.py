"""Taking in a table of contacts: what it tells of owners goes into the store."""

from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import StoreError
from cpctrack.reading import decode, registry
from cpctrack.reading.document import Table
from cpctrack.records.changes import Author
from cpctrack.records.query import known_owners
from cpctrack.store import store
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


def look(current: Store, contacts: Contacts) -> ContactPlan:
    """Plan what the contacts change in a store."""
    return plan_contacts(contacts.table.contacts, current.owners, known_owners(current.records))


def take_in(
    path: Path, contacts: Contacts, shown: ContactPlan | None, author: Author
) -> ContactPlan:
    """Take the contacts in, all in one write, and give the plan that was carried out.

    `shown` is the plan as somebody has seen it; `StoreError` says that it is another by now.
    """
    with store.editing(path) as current:
        planned = look(current, contacts)
        if shown and planned != shown:
            raise StoreError(
                "Somebody else changed the store while you were reading; import again to see what "
                "there is to do now."
            )
        put(current, {name: after for name, (_, after) in planned.owners.items()}, author)
    return planned

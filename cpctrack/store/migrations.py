"""A store's document brought from the schema it was written in to this version's. Pure."""

from collections.abc import Callable, Mapping

from cpctrack.dates import find_date
from cpctrack.errors import StoreError
from cpctrack.store.codec import SCHEMA, SETTINGS_ID, Document, refuse_deep

_DECODED = frozenset({"actions", "meetings"})  # tables whose every row is looked at anyway


def upgrade(document: Document) -> Document:
    """Bring a document of an older schema to this one, step by step; raises `StoreError`."""
    schema = document.get("settings", {}).get(SETTINGS_ID, {}).get("schema")
    if type(schema) is not int or schema < 1:
        raise StoreError(
            "The file is JSON but not a cpctrack store; name the right file with --store."
        )
    if schema > SCHEMA:
        raise StoreError(
            f"The store was written by a newer cpctrack (form {schema}; this one knows {SCHEMA}); "
            "upgrade cpctrack to open it."
        )
    refuse_deep({name: table for name, table in document.items() if name not in _DECODED})
    for version in range(schema, SCHEMA):
        document = _STEPS[version](document)
    document["settings"][SETTINGS_ID]["schema"] = SCHEMA
    return document


def _split_due(document: Document) -> Document:
    """Take apart what schema 1 kept in one field: the due date, and what was typed for it."""
    for row in document.get("actions", {}).values():
        typed = row.get("due", "")
        if typed and isinstance(typed, str):
            day = find_date(typed)
            row["due_text"] = typed
            row["due"] = day.isoformat() if day else ""
    return document


_STEPS: Mapping[int, Callable[[Document], Document]] = {1: _split_due}

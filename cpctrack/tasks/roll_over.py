"""Carrying open actions over to another municipal year."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from cpctrack.dates import municipal_year
from cpctrack.errors import DecisionError
from cpctrack.records import rolling
from cpctrack.records.changes import Author
from cpctrack.records.model import Record
from cpctrack.records.query import in_order
from cpctrack.store import store
from cpctrack.store.store import Store
from cpctrack.tasks.choosing import without


def find_open(
    current: Store, to: str, refs: Sequence[str], *, but: Sequence[str], today: date
) -> list[Record]:
    """Give what is to go over to a municipal year: these, else all that is open of years before.

    What was rolled over to it already is not among them. Raises `DecisionError` for what can't go
    over, and for a year after the next; `NotFoundError` for an unknown reference.
    """
    present = municipal_year(today, current.settings.year_starts)
    if int(to[:4]) > int(present[:4]) + 1:
        raise DecisionError(f"{to} is more than a year ahead of {present}; correct the year.")
    chosen = [current.find(ref) for ref in refs]
    for record in chosen:
        rolling.check(record, to)
    left = without(current, chosen or rolling.carried_over(current.records, to), but)
    return in_order(record for record in left if record.rolled_to < to)


def roll_over(path: Path, refs: Sequence[str], to: str, author: Author) -> None:
    """Record that these actions go on in a later municipal year, all of them or none.

    Raises `DecisionError` or `NotFoundError`.
    """
    with store.editing(path) as current:
        for ref in refs:
            current.put(rolling.roll_over(current.find(ref), to, author))

"""Which records a command is for, where it chooses them itself."""

from collections.abc import Iterable, Sequence

from cpctrack.errors import DecisionError
from cpctrack.records.model import Record
from cpctrack.store.store import Store


def without(current: Store, chosen: Iterable[Record], but: Sequence[str]) -> list[Record]:
    """Leave the records of these references out; raises `NotFoundError`.

    Raises `DecisionError` for one that was not chosen: it is a slip, and another one was meant.
    """
    left = {record.id: record for record in chosen}
    for record in [current.find(ref) for ref in dict.fromkeys(but)]:
        if left.pop(record.id, None) is None:
            raise DecisionError(
                f"{record.ref} is not among them, so it can't be left out; see which reference "
                "was meant with --except. Nothing was changed."
            )
    return list(left.values())

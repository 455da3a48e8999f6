"""Whether a row was printed before something was typed: it then says what the record said. Pure."""

from collections.abc import Mapping

from cpctrack.changes import follow_up_stands
from cpctrack.model import Change, Draft, Record, Status
from cpctrack.text import one_line

# The cell that shows a field.
_CELLS: Mapping[str, str] = {
    "item": "item",
    "recommendation": "recommendation",
    "action": "action",
    "owner_text": "owner_text",
    "owners": "owner_text",
    "response": "response",
    "follow_up": "follow_up",
    "status": "follow_up",
}


def is_older(draft: Draft, record: Record) -> bool:
    """Tell whether a cell says what the record said once, and says no more."""
    if (
        record.follow_up
        and not follow_up_stands(record)
        and (_cell(draft, "follow_up") == one_line(record.follow_up))
    ):
        return True
    return any(
        name in draft.fields
        and _cell(draft, name) == _printed(change)
        and _cell(draft, name) not in _printed_now(record, name)
        for change in record.history
        if (name := _CELLS.get(change.what, ""))
    )


def _cell(draft: Draft, name: str) -> str:
    return one_line(str(draft.fields.get(name, "")))


def _printed(change: Change) -> str:
    """Give what a cell said before a change."""
    before = change.before
    if change.what == "status":
        return next((status.words for status in Status if status == before), "")
    return one_line(before if isinstance(before, str) else "; ".join(before))


def _printed_now(record: Record, name: str) -> set[str]:
    if name == "owner_text":
        return {one_line(record.referred_to)}
    if name == "follow_up":
        stands = record.follow_up and follow_up_stands(record)
        return {one_line(record.follow_up) if stands else record.status.words}
    return {one_line(str(getattr(record, name)))}

"""What an owner's words say of an action: how far it is, by when, who else, and what is amiss."""

from datetime import date
from typing import NamedTuple

from cpctrack.records.model import Record


class Said(NamedTuple):
    """What words suggest; see `Answer` for each. `doubts` are reasons to ask, in plain words."""

    status: str = ""
    due: str = ""
    due_text: str = ""
    redirect: str = ""
    doubts: tuple[str, ...] = ()


def said(response: str, record: Record | None, written: date, *, status: str = "") -> Said:
    """Read a response; `written` is the day of the letter, `status` the word of a form's column."""
    return Said(status=status)

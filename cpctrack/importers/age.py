"""What a cell of a sheet of ours says: what its record prints, or once printed, or an edit. Pure.

A sheet may have been away for long, and others answered meanwhile. A cell that says what the
record printed at any time is no edit. What all cells say tells how old the sheet is: it was
printed after the changes that it shows, and before those of which it still says the former words.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from cpctrack.changes import follow_up_stands, versions
from cpctrack.dates import long_date
from cpctrack.model import TEXT_FIELDS, Change, Record
from cpctrack.text import one_line


class Says(Enum):
    """What a cell says."""

    NOW = "what the record prints"
    BEFORE = "what it printed once"
    NEW = "what it never printed"


class Cell(NamedTuple):
    """What a cell says, and the change that matters to it, if there was one.

    That is the one that brought what it says, that took it away, or that was the last in its place.
    """

    says: Says
    change: Change | None


def printed(record: Record) -> Mapping[str, frozenset[str]]:
    """Give what documents print in the cell of each field, on one line, in every form they have."""
    cells = {name: {getattr(record, name)} for name in TEXT_FIELDS}
    cells["owner_text"].add(record.referred_to)
    cells["due_text"] |= {record.due, long_date(record.due)} if record.due else set()
    if not (record.follow_up and follow_up_stands(record)):
        words = record.status.words
        cells["follow_up"] = {words, f"{words} {long_date(record.completed_on)}"}
    return {name: frozenset(map(one_line, texts)) for name, texts in cells.items()}


def look(cells: Mapping[str, str], record: Record) -> Mapping[str, Cell]:
    """Compare cells, by field and on one line, with all that the record ever printed there."""
    was = list(map(printed, versions(record)))
    changes = record.history[::-1]  # each lies between a version and the next
    return {name: _look(cell, [one[name] for one in was], changes) for name, cell in cells.items()}


def _look(cell: str, was: Sequence[frozenset[str]], changes: Sequence[Change]) -> Cell:
    at = next((at for at, texts in enumerate(was) if cell in texts), None)
    if at:
        return Cell(Says.BEFORE, changes[at - 1])
    if at is None:
        last = next((at for at, _ in enumerate(changes) if was[at] != was[at + 1]), None)
        return Cell(Says.NEW, None if last is None else changes[last])
    first = next((at for at, texts in enumerate(was) if cell not in texts), len(was))
    again = any(cell in texts for texts in was[first:])
    return Cell(Says.NOW, None if again or first == len(was) else changes[first - 1])


class Age:
    """How old a sheet is, by its cells."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        cells = [cell for cell in cells if cell.change]
        now = [cell.change for cell in cells if cell.change and cell.says is Says.NOW]
        # What an import brought may have come from this very sheet; the status it read has not.
        certain = [change for change in now if change.via != "import" or change.what == "status"]
        self._shown = set(map(_command, now))
        self._certain = set(map(_command, certain))
        self._newest = max((change.at for change in certain), default="")
        gone = [
            cell.change
            for cell in cells
            if cell.change and cell.says is Says.BEFORE and not self.is_after(cell.change)
        ]
        self._gone = set(map(_command, gone))
        self._oldest = min((change.at for change in gone), default="~")

    def is_after(self, change: Change) -> bool:
        """Tell whether the sheet was certainly printed after a change."""
        return change.at < self._newest or _command(change) in self._certain

    def may_take_back(self, change: Change) -> bool:
        """Tell whether a cell that was edited may have been printed before a change of its field.

        Where nothing tells, what came from another sheet counts as newer, what was typed as older.
        """
        if self.is_after(change):
            return False
        if change.at > self._oldest or _command(change) in self._gone:
            return True
        return change.via == "import" and _command(change) not in self._shown


def _command(change: Change) -> tuple[str, str, str]:
    return change.at, change.by, change.via

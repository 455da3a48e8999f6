"""What a cell of a sheet of ours says: what its record prints, or once printed, or an edit. Pure.

A sheet may have been away for long, and others answered meanwhile. A cell that says what the
record printed at any time is no edit. What all cells say tells how old the sheet is: it was
printed after the changes that it shows, and before those of which it still says the former words.
Within a record history tells what came first; between records only clocks do.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import NamedTuple

from cpctrack.dates import long_date
from cpctrack.records import links, rolling
from cpctrack.records.changes import follow_up_stands, versions
from cpctrack.records.model import TEXT_FIELDS, Change, Record
from cpctrack.text import one_line


class Shows(Enum):
    """What a cell says."""

    NOW = "what the record prints"
    BEFORE = "what it printed once"
    NEW = "what it never printed"


class SheetCell(NamedTuple):
    """What a cell says, and the change that matters to it with its place in history, if any.

    That is the one that brought what it says, that took it away, or that was the last in its place.
    """

    shows: Shows
    change: Change | None = None
    place: int = 0

    @property
    def is_certain(self) -> bool:
        """Whether the sheet was printed after the change: no import brought what it shows.

        That may have come from this very sheet; the status that was read then has not.
        """
        if self.shows is not Shows.NOW or self.change is None:
            return False
        return self.change.via != "import" or self.change.what == "status"

    @property
    def is_gone(self) -> bool:
        """Whether the sheet was printed before the change."""
        return self.shows is Shows.BEFORE


def printed(record: Record) -> Mapping[str, frozenset[str]]:
    """Give what documents print in the cell of each field, on one line, in every form they have."""
    cells = {name: {getattr(record, name)} for name in TEXT_FIELDS}
    cells["owner_text"].add(record.referred_to)
    cells["due_text"] |= {record.due, long_date(record.due)} if record.due else set()
    if not (record.follow_up and follow_up_stands(record)):
        cells["follow_up"] = _standing(record)
    if record.rolled_to:  # that the tables of some years say, and those of others how it stands
        cells["follow_up"] |= _standing(record) | {rolling.cell_of(record)}
    return {name: frozenset(map(one_line, texts)) for name, texts in cells.items()}


def _standing(record: Record) -> set[str]:
    day = long_date(record.completed_on)
    words = record.status.all_words
    return {*words, *(one_line(f"{each} {day}") for each in words), links.standing(record)} - {""}


def is_standing(cell: str, record: Record) -> bool:
    """Tell whether a cell gives the status in words, as it is or was once."""
    return any(one_line(cell) in _standing(one) for one in versions(record))


def look(cells: Mapping[str, str], record: Record) -> Mapping[str, SheetCell]:
    """Compare cells, by field and on one line, with all that the record ever printed there.

    The progress report prints the status where the whole table prints the cell that tells it.
    """
    was = []
    for one in versions(record):
        prints = printed(one)
        was.append({**prints, "follow_up": prints["follow_up"] | _standing(one)})
    return {
        name: _look(cell, [one[name] for one in was], record.history)
        for name, cell in cells.items()
    }


def _look(cell: str, was: Sequence[frozenset[str]], history: Sequence[Change]) -> SheetCell:
    """Find the change between two versions; the versions begin with the last one."""
    says = [cell in texts for texts in was]
    if says[0]:
        shows, version = Shows.NOW, says.index(False) if False in says else 0
        version = 0 if any(says[version:]) else version
    elif any(says):
        shows, version = Shows.BEFORE, says.index(True)
    else:
        touched = (at for at in range(1, len(was)) if was[at] != was[at - 1])
        shows, version = Shows.NEW, next(touched, 0)
    place = len(history) - version
    return SheetCell(shows, history[place], place) if version else SheetCell(shows)


class SheetAge:
    """How old a sheet is, by the cells of each of its rows, and by the day (ISO) it may name."""

    def __init__(self, rows: Iterable[Iterable[SheetCell]], made_on: str = "") -> None:
        cells = [cell for row in rows for cell in row]
        self._certain = _commands(cell for cell in cells if cell.is_certain)
        self._newest = max((made_on, *(at for at, _, _ in self._certain)))
        self._gone = _commands(cell for cell in cells if cell.is_gone)
        # A day before something that the sheet shows is a wrong clock's.
        end_of_day = f"{made_on}~" if self._newest[:10] == made_on else "~"
        self._oldest = min((end_of_day, *(at for at, _, _ in self._gone)))
        self._shown = _commands(cell for cell in cells if cell.shows is Shows.NOW)

    def may_take_back(self, edit: SheetCell, row: Collection[SheetCell]) -> bool:
        """Tell whether an edited cell may have been printed before the last change in its place.

        Where nothing tells, what came from another sheet counts as newer, what was typed as older.
        """
        change = edit.change
        if change is None:
            return False
        # A change of the row that was not after the edit's command is a part of it.
        for gone in (cell for cell in row if cell.is_gone):
            assert gone.change
            if gone.place <= edit.place or _command(gone.change) == _command(change):
                return True
        if is_after(edit, row) or change.at < self._newest or _command(change) in self._certain:
            return False
        if change.at > self._oldest or _command(change) in self._gone:
            return True
        return change.via == "import" and _command(change) not in self._shown


def is_after(cell: SheetCell, row: Iterable[SheetCell]) -> bool:
    """Tell whether a row shows that it was printed after the change that matters to a cell."""
    return any(other.is_certain and other.place > cell.place for other in row)


def _commands(cells: Iterable[SheetCell]) -> set[tuple[str, str, str]]:
    return {_command(cell.change) for cell in cells if cell.change}


def _command(change: Change) -> tuple[str, str, str]:
    return change.at, change.by, change.via

"""One thing in three versions: before two sides parted, and as each side has it."""

from typing import Any, NamedTuple

from cpctrack.records.model import Clash
from cpctrack.store.codec import CONFLICTS, Row

ABSENT: Any = object()
"""What stands for a row, field or cell that is not there."""


class Sides(NamedTuple):
    """One thing in three versions; what is not there is `ABSENT`."""

    base: Any
    ours: Any
    theirs: Any

    def part(self, name: str) -> "Sides":
        """Give one field, row or table of all three."""
        base, ours, theirs = self
        return Sides(
            base if base is ABSENT else base.get(name, ABSENT),
            ours if ours is ABSENT else ours.get(name, ABSENT),
            theirs if theirs is ABSENT else theirs.get(name, ABSENT),
        )

    def decided(self) -> bool:
        """Tell whether one side alone changed it, or both in one way."""
        return self.ours == self.theirs or self.base in (self.ours, self.theirs)

    def value(self) -> Any:
        """Give what is decided."""
        return self.theirs if self.ours == self.base else self.ours

    def clash(self, field: str) -> Clash:
        """Make a conflict of the three."""
        base, ours, theirs = (None if each is ABSENT else each for each in self)
        return Clash(field, base, ours, theirs)


def put(row: Row, name: str, value: Any) -> None:
    """Set a field, or take it out where the value is `ABSENT`."""
    if value is ABSENT:
        row.pop(name, None)
    else:
        row[name] = value


def bare(row: Any) -> Any:
    """Give a row without its conflicts."""
    if row is ABSENT:
        return row
    return {name: value for name, value in row.items() if name != CONFLICTS}

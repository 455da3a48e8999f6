"""Which column means what: the names that councils give the columns of an action log.

A meaning is what a column is for; its names stand in the order they are preferred in, so that
“Date” gives the meeting's date only where no column says “Meeting Date”.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from cpctrack.tables.grid import GridRow
from cpctrack.tables.headings import RANKS, key

_HEADER_ROWS = 3
_LOOK_FOR_HEADER_IN = 300


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table's columns stand: by their meaning, and the others by their header."""

    header: tuple[str, ...]
    columns: Mapping[str, int]
    others: Mapping[str, int]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.header)

    @property
    def names(self) -> frozenset[str]:
        """The headers as they are compared."""
        return frozenset(filter(None, map(key, self.header)))


def count_known(cells: Sequence[str]) -> int:
    """Count the cells that name a column we know, each meaning once."""
    # A header is short; a long cell is a text, and not worth reducing.
    known = {RANKS[name][0] for cell in cells if len(cell) < 60 and (name := key(cell)) in RANKS}
    return len(known)


def find_header(rows: Sequence[GridRow]) -> tuple[int, int, Columns] | None:
    """Find a table's header: the index of its first row, how many rows it takes, its layout.

    The first row that names an action and one more column we know; a header that is wrapped over
    up to three rows is put together. None where no row does.
    """
    for start in range(min(len(rows), _LOOK_FOR_HEADER_IN)):
        if (found := header_at(rows, start)).count:
            return start, found.count, layout_of(found.cells)
    return None


def header_at(rows: Sequence[GridRow], start: int) -> "Header":
    """Read the header of a table of actions that begins at this row; one of no rows where none."""
    found = best_header(rows[start : start + _HEADER_ROWS])
    if found.count > 1:
        following = best_header(rows[start + 1 : start + 1 + _HEADER_ROWS])
        # A title above the header adds nothing to it.
        alone = sum(bool(cell.strip()) for cell in rows[start].cells) < 2
        if following.known > found.known or (alone and following.known == found.known):
            return Header()
    columns = layout_of(found.cells).columns
    return found if "action" in columns and len(columns) > 1 else Header()


@dataclass(frozen=True, slots=True)
class Header:
    """Cells that may be a header, of how many rows, and how many columns they name."""

    count: int = 0
    cells: tuple[str, ...] = ()
    known: int = 0


def best_header(rows: Sequence[GridRow]) -> Header:
    """Read rows as a header, the fewest from the first on that give the most columns we know.

    A row of the table below would add its words as columns we don't know: those count against it.
    """
    best = Header()
    most = None
    for count, cells in _candidates(rows):
        known = count_known(cells)
        score = 2 * known - sum(bool(cell.strip()) for cell in cells)
        if known and (most is None or score > most):
            best, most = Header(count, tuple(cells), known), score
    return best


def layout_of(header: Sequence[str]) -> Columns:
    """Give each meaning the column whose name is preferred for it, the first of equals."""
    claims: dict[str, tuple[int, int]] = {}
    for index, cell in enumerate(header):
        if (name := key(cell)) in RANKS:
            meaning, rank = RANKS[name]
            claims[meaning] = min(claims.get(meaning, (rank, index)), (rank, index))
    columns = {meaning: index for meaning, (_, index) in claims.items()}
    taken = set(columns.values())
    others: dict[str, int] = {}
    uses: Counter[str] = Counter()
    for index, cell in enumerate(header):
        if index not in taken:
            name = " ".join(cell.split()) or f"Column {index + 1}"
            uses[name] += 1
            others[f"{name} ({uses[name]})" if uses[name] > 1 else name] = index
    return Columns(tuple(header), columns, others)


def _candidates(rows: Sequence[GridRow]) -> Iterator[tuple[int, list[str]]]:
    """Give the ways the first rows may be one header: alone, one under another, or broken."""
    if not rows:
        return
    stacked = joined = list(rows[0].cells)
    yield 1, stacked
    for count, row in enumerate(rows[1:], 2):
        stacked = [
            f"{above} {below}".strip()
            for above, below in zip_longest(stacked, row.cells, fillvalue="")
        ]
        yield count, stacked
        if joined and joined[-1].strip() and row.cells:
            joined = [*joined[:-1], f"{joined[-1]} {row.cells[0]}".strip(), *row.cells[1:]]
            yield count, joined

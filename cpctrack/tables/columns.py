"""Which column means what: the names that councils give the columns of an action log.

A meaning is what a column is for; its names stand in the order they are preferred in, so that
“Date” gives the meeting's date only where no column says “Meeting Date”.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from cpctrack.tables.grid import GridRow
from cpctrack.text import fold

# Names are written as `_key` leaves a header: lower case, singular, no punctuation.
NAMES: Mapping[str, tuple[str, ...]] = {
    "ref": (
        "ref", "reference", "ref no", "reference no", "reference number", "action ref",
        "action reference", "action no", "action number", "action id", "minute no",
        "minute number", "minute ref", "minute", "decision no", "decision number", "index", "id",
        "no", "number",
    ),
    "meeting_type": (
        "meeting type", "type of meeting", "formal informal", "formal or informal",
    ),
    "meeting_date": (
        "meeting date", "date of meeting", "committee date", "date added", "date raised",
        "date agreed", "date", "meeting", "agreed at",
    ),
    "item": (
        "item", "agenda item", "relevant item", "item title", "item no", "agenda item no",
        "report title", "report", "paper", "subject", "source", "origin",
    ),
    "recommendation": ("recommendation",),
    "action": (
        "action", "action item", "action required", "action agreed", "agreed action",
        "what need to happen", "outstanding action", "action point", "action recommendation",
        "motion resolution", "resolution", "motion",
        "action or recommendation",
    ),
    "referrer": ("referrer", "raised by", "requested by"),
    "owner": (
        "referred to", "owner", "action owner", "lead", "lead officer", "responsible person",
        "person responsible", "responsibility", "responsible", "responsible officer",
        "officer responsible", "contact officer", "by whom", "who", "officer", "assigned to",
        "councillor",
    ),
    "due": (
        "due date", "due", "due by", "by when", "target date", "deadline", "deadline date",
        "timescale", "expected completion date", "expected completion", "target completion date",
        "when",
    ),
    "revised_due": (
        "revised date", "revised due date", "revised deadline", "revised target date", "new date",
        "new due date", "new deadline",
    ),
    "response": (
        "response outcome", "response", "outcome", "progress", "progress update", "update",
        "action taken", "comment", "latest update", "update comment", "note",
    ),
    "follow_up": (
        "need follow up", "follow up", "follow up needed", "follow up required",
    ),
    "status": ("status", "current status", "action status", "progress status", "state"),
    "achieved": ("achieved", "complete", "done", "action completed", "complete y n"),
    "rag": ("rag", "brag", "rag status", "rag rating", "brag status", "brag rating"),
    "percent": ("% complete", "percent complete", "% completed", "percentage complete", "%"),
    "completed_on": (
        "date completed", "completed on", "completion date", "actual completion date",
        "actual completion", "date closed", "closed on", "completed",
    ),
    "exempt": (
        "exempt paragraph", "exempt", "exemption", "exempt y n", "exempt reason",
        "exempt or public",
        "public or exempt", "public exempt", "not for publication", "confidential",
        "confidential y n", "private", "restricted",
    ),
}  # fmt: skip

_RANKS: Mapping[str, tuple[str, int]] = {
    name: (meaning, rank) for meaning, names in NAMES.items() for rank, name in enumerate(names)
}
_NOT_IN_KEY = re.compile(r"[^a-z0-9%]+")
_PLURAL = re.compile(r"(?<=[a-rt-z]{2})(?<!u)s\b")
_IN_BRACKETS = re.compile(r"\([^()]{2,}\)")
_HEADER_ROWS = 3
_LOOK_FOR_HEADER_IN = 300


@dataclass(frozen=True, slots=True)
class Layout:
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


@lru_cache(maxsize=4096)  # the same few words stand in thousands of rows
def key(header: str) -> str:
    """Reduce a header to what its spellings share: “Action(s):” and “ACTION” are one."""
    flat = fold(header).replace("(s)", "s")
    flat = " ".join(_NOT_IN_KEY.sub(" ", _IN_BRACKETS.sub(" ", flat)).split())
    return _PLURAL.sub("", flat)


def count_known(cells: Sequence[str]) -> int:
    """Count the cells that name a column we know, each meaning once."""
    # A header is short; a long cell is a text, and not worth reducing.
    known = {_RANKS[name][0] for cell in cells if len(cell) < 60 and (name := key(cell)) in _RANKS}
    return len(known)


def find_header(rows: Sequence[GridRow]) -> tuple[int, int, Layout] | None:
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


def layout_of(header: Sequence[str]) -> Layout:
    """Give each meaning the column whose name is preferred for it, the first of equals."""
    claims: dict[str, tuple[int, int]] = {}
    for index, cell in enumerate(header):
        if (name := key(cell)) in _RANKS:
            meaning, rank = _RANKS[name]
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
    return Layout(tuple(header), columns, others)


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

"""Which column of a table means what: by what was taught, by its heading, and by its cells."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from cpctrack.dates import find_date
from cpctrack.matching.owners import is_owner
from cpctrack.tables import facts
from cpctrack.tables.grid import GridRow
from cpctrack.tables.headings import BY_WORDS, Claim, claims, is_name, key, names
from cpctrack.tables.layout import Knows, Layout
from cpctrack.text import fold

_HEADER_ROWS = 3
_LOOK_FOR_HEADER_IN = 300
_LONGEST = 60  # letters of a heading
_LOOK_AT = 60  # rows that tell what is in a column
_MOST = 0.6  # of the cells of a column
_TEXT = 20  # letters of a cell that is a text, and no name or date
_BEHIND = 200  # ranks, of a claim that the cells speak against

HOW_FAR = frozenset(
    {"response", "follow_up", "status", "achieved", "rag", "percent", "completed_on"}
)
"""The meanings that tell how far an action has come: a log has one of them."""
STATES = HOW_FAR - {"response"}
"""Those that tell it in a word."""

# Beside such a column an “outcome” is what is hoped for.
_HOPED_FOR = re.compile(r".*\b(?:measure|objective|indicator|aim|goal|success|criteria)\b.*|target")
_ACTIONS = frozenset({"action", "recommendation"})
_MAYBE_DATES = frozenset({"target", "raised", "agreed", "added", "set"})
_OUTCOMES = frozenset({"outcome", "expected outcome"})


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table's columns stand: by their meaning, and the others by their heading.

    A column may hold several facts: `named` are those that its heading names, also where another
    column has the better claim to one. `layout` is what was taught of the table, if anything was.
    """

    header: tuple[str, ...]
    columns: Mapping[str, int]
    others: Mapping[str, int]
    layout: Layout | None = None
    named: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.header)

    @property
    def names(self) -> frozenset[str]:
        """The headings as they are compared."""
        return frozenset(filter(None, map(key, self.header)))

    @property
    def text(self) -> str:
        """What the column of texts holds: actions, or only recommendations."""
        return "action" if "action" in self.columns else "recommendation"

    def meanings(self, index: int) -> tuple[str, ...]:
        """Give what a column holds, in the order its heading says it."""
        return tuple(meaning for meaning, at in self.columns.items() if at == index)


def count_known(cells: Sequence[str]) -> int:
    """Count the cells that name a column we know, each meaning once."""
    # A heading is short; a long cell is a text, and not worth reducing.
    short = [cell for cell in cells if len(cell) < _LONGEST]
    if any(find_date(cell) or not _may_be_heading(cell) for cell in cells):
        short = [cell for cell in short if is_name(cell)]  # a row of the table, to all appearance
    return len({name for cell in short if (name := names(cell))})


def find_header(
    rows: Sequence[GridRow], knows: Knows = lambda _: None
) -> tuple[int, int, Columns] | None:
    """Find a table's header: the index of its first row, how many rows it takes, its columns.

    The first row that names an action and one more column we know, or that a layout knows; a
    header that is wrapped over up to three rows is put together. None where no row does.
    """
    for start in range(min(len(rows), _LOOK_FOR_HEADER_IN)):
        if (found := header_at(rows, start, knows)).count:
            columns = columns_of(found.cells, rows[start + found.count :], knows)
            if _ACTIONS & columns.columns.keys():  # a layout may say that it is no column of them
                return start, found.count, columns
    return None


def header_at(rows: Sequence[GridRow], start: int, knows: Knows = lambda _: None) -> "Header":
    """Read the header of a table of actions that begins at this row; one of no rows where none."""
    alone = sum(bool(cell.strip()) for cell in rows[start].cells) < 2
    for count, cells in _candidates(rows[start : start + (1 if alone else _HEADER_ROWS)]):
        if taught := knows(cells):
            columns = columns_of(cells, (), knows)
            says_action = any("action" in means for means in taught.columns.values())
            if _is_log(columns) or (says_action and "action" in columns.columns and not alone):
                return Header(count, tuple(cells), len(taught.columns))
    found = best_header(rows[start : start + _HEADER_ROWS])
    if found.count > 1:
        # A title or a key above the header adds nothing to it.
        following = max(
            best_header(rows[first : first + _HEADER_ROWS]).known
            for first in range(start + 1, start + found.count)
        )
        if following > found.known or (alone and following == found.known):
            return Header()
    below = rows[start + found.count :]
    return found if found.known > 1 and _is_log(columns_of(found.cells, below)) else Header()


def _is_log(columns: Columns) -> bool:
    """Tell the columns of an action log: a text and something of it, and more for advice only."""
    known = columns.columns
    return ("action" in known and len(known) > 1) or ("recommendation" in known and len(known) > 2)


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
        is_merged = count > 1 and _is_merged(rows[0].cells, rows[1].cells)
        above = zip_longest(rows[0].cells, cells, fillvalue="")
        known = count_known([cell for first, cell in above if is_merged or _is_whole(first, cell)])
        score = (2 * known - sum(bool(cell.strip()) for cell in cells), sum(map(is_name, cells)))
        if known and (most is None or score > most):
            best, most = Header(count, tuple(cells), known), score
    return best


def _is_merged(above: Sequence[str], below: Sequence[str]) -> bool:
    """Tell the second row of a header by the cells that are merged with those of the first."""
    return any(cell.strip() and cell == over for over, cell in zip(above, below, strict=False))


def _is_whole(first: str, cell: str) -> bool:
    """Tell a heading that is put together from one that a row below has added its words to."""
    return cell == first or is_name(cell) or cell[len(first) :].strip()[:1].islower()


def headings_of(header: Sequence[str]) -> list[str]:
    """Name each column by its heading on one line; where it has none, or another's, by number."""
    uses: Counter[str] = Counter()
    headings = []
    for number, cell in enumerate(header, 1):
        name = " ".join(cell.split()) or f"Column {number}"
        uses[fold(name)] += 1
        headings.append(f"{name} ({uses[fold(name)]})" if uses[fold(name)] > 1 else name)
    return headings


def columns_of(
    header: Sequence[str], rows: Sequence[GridRow] = (), knows: Knows = lambda _: None
) -> Columns:
    """Give each column its meaning; `rows` are those below the header, as far as they are known.

    What was taught goes first; then each meaning goes to the column with the best claim to it, the
    first of equals, and a column without it may have another.
    """
    headings = headings_of(header)
    taught = knows(header)
    hoped = not taught and any(
        _HOPED_FOR.fullmatch(key(name)) and not _has_dates(rows, index)
        for index, name in enumerate(headings)
    )
    looked_at = [
        row
        for row in rows[:_LOOK_AT]
        if sum(map(bool, row.cells)) > 1 and row.cells[: len(header)] != tuple(header)
    ]
    claimants: list[tuple[int, list[Claim]]] = []
    for index, heading in enumerate(headings):
        if taught and (known := taught.meanings(heading)) is not None:
            claimants += [(index, [Claim(meaning, -1)]) for meaning in known]
        elif not (hoped and key(heading) in _OUTCOMES):
            cells = [row.cells[index] for row in looked_at if index < len(row.cells)]
            weighed = _weigh([list(fact) for fact in claims(header[index])], cells, heading)
            claimants += [(index, fact) for fact in weighed if fact]
    held = _share_out(claimants)
    if not taught and not _ACTIONS & held.keys():
        _find_action(held, header, looked_at)
    columns = {
        meaning: index
        for index in range(len(header))
        for meaning, at in held.items()
        if at == index
    }
    others = {name: index for index, name in enumerate(headings) if index not in columns.values()}
    named: dict[int, tuple[str, ...]] = {}
    for index, (claim, *_) in claimants:
        named[index] = (*named.get(index, ()), claim.meaning)
    several = {index: meanings for index, meanings in named.items() if len(meanings) > 1}
    return Columns(tuple(header), columns, others, taught, several)


def _share_out(claimants: Sequence[tuple[int, list[Claim]]]) -> dict[str, int]:
    held: dict[str, tuple[int, int, list[Claim]]] = {}
    waiting = list(claimants)
    while waiting:
        index, wanted = waiting.pop(0)
        if not wanted:
            continue
        (meaning, rank), *others = wanted
        holder = held.get(meaning)
        if holder and holder[:2] <= (rank, index):
            waiting.append((index, others))
            continue
        held[meaning] = (rank, index, others)
        if holder:
            waiting.append((holder[1], holder[2]))
    return {meaning: index for meaning, (_, index, _) in held.items()}


def _weigh(said: list[list[Claim]], cells: Sequence[str], heading: str) -> list[list[Claim]]:
    """Weigh what a heading says against what stands below it."""
    texts = [text for cell in cells if (text := cell.strip())]
    if not texts:
        return said

    def most(test: Callable[[str], object], share: float = _MOST) -> bool:
        return sum(bool(test(text)) for text in texts) >= share * len(texts)

    if len(said) > 1:
        # A number that is named beside other facts stands in the cells, or nowhere; and of what
        # is to be done, a column of its own says more.
        return [
            [Claim(m, rank + _BEHIND * (m in _ACTIONS)) for m, rank in fact]
            for fact in said
            if fact[0].meaning != "ref" or any(map(facts.has_ref, texts))
        ]
    dated = any(map(facts.DATE.search, texts))
    if not dated and key(heading) in _MAYBE_DATES:
        return []
    weighed = (_weigh_alone(*fact, most=most, dated=dated) for fact in said)
    return [fact for fact in weighed if fact]


def _weigh_alone(
    claim: Claim, *others: Claim, most: Callable[..., bool], dated: bool
) -> list[Claim]:
    meaning, rank = claim
    behind = Claim(meaning, rank + _BEHIND)
    if meaning == "achieved" and most(facts.DATE.search):
        return [Claim("completed_on", rank)]
    if meaning == "response" and most(facts.PERCENT.fullmatch):
        return [Claim("percent", rank)]
    if meaning in _ACTIONS and most(facts.is_ref, 1):
        return [behind, Claim("ref", rank)]
    if meaning == "item" and most(facts.is_ref, 1):
        return [behind, Claim("ref", rank + _BEHIND)]
    if meaning == "ref" and rank >= BY_WORDS and not most(facts.is_ref):
        return []
    if meaning == "status" and most(lambda text: len(text) > _TEXT):
        return [behind, Claim("response", rank)]
    if meaning == "due" and not dated and rank >= BY_WORDS and most(is_owner):
        return [Claim("owner", rank)]  # “To be actioned by” asks for either
    return [claim, *others]


def _has_dates(rows: Sequence[GridRow], index: int) -> bool:
    return any(facts.DATE.search(cell) for row in rows for cell in row.cells[index : index + 1])


def _find_action(held: dict[str, int], header: Sequence[str], rows: Sequence[GridRow]) -> None:
    """Take the column that holds most of the text for the action.

    It has no heading, or one that may stand over what is to be done: “Matter arising”.
    """
    sums: Counter[int] = Counter()
    for row in rows:
        for index, cell in enumerate(row.cells[: len(header)]):
            sums[index] += len(cell.strip())
    if sums and len(held) > 1:
        ((index, letters),) = sums.most_common(1)
        fits = not header[index].strip() or held.get("item") == index
        if fits and letters >= _TEXT * len(rows):
            held.update(action=index)
            if held.get("item") == index:
                del held["item"]


def _candidates(rows: Sequence[GridRow]) -> Iterator[tuple[int, list[str]]]:
    """Give the ways the first rows may be one header: alone, one under another, or broken."""
    if not rows:
        return
    stacked = joined = list(rows[0].cells)
    yield 1, stacked
    for count, row in enumerate(rows[1:], 2):
        if any(not _may_be_heading(cell) or facts.DATE.search(cell) for cell in row.cells):
            return
        stacked = _stacked(stacked, row.cells)
        yield count, stacked
        if joined and joined[-1].strip() and row.cells:
            joined = [*joined[:-1], f"{joined[-1]} {row.cells[0]}".strip(), *row.cells[1:]]
            yield count, joined


def _stacked(above: Sequence[str], below: Sequence[str]) -> list[str]:
    """Put two rows of a header together; a merged cell goes down, or over its neighbours."""
    is_merged = _is_merged(above, below)
    stacked = []
    left = ""
    for over, cell in zip_longest(above, below, fillvalue=""):
        left = over or (left if is_merged else "")
        whole = over if cell == over or not cell else f"{left} {cell}".strip()
        # Below a joint heading each may have one that says all: “Minute” below “Meeting”.
        stacked.append(cell if is_merged and is_name(cell) and not is_name(whole) else whole)
    return stacked


def _may_be_heading(cell: str) -> bool:
    is_sentence = len(cell) > _TEXT and cell.rstrip().endswith(".")
    return len(cell) < _LONGEST and not is_sentence

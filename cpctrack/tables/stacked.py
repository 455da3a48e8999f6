"""Tables that stand below one another in one sheet or file: each header row begins one."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from cpctrack.tables.body import is_furniture
from cpctrack.tables.columns import Header, columns_of, count_known, find_header, header_at
from cpctrack.tables.grid import Grid, GridRow
from cpctrack.tables.headings import key
from cpctrack.tables.layout import Knows
from cpctrack.tables.lookalikes import find_lookalike

_LONGEST_NAME = 60
_LONGEST_TITLE = 110
_MOST_TITLES = 3
_ALSO_VALUES = frozenset((
    "action", "motion", "resolution", "recommendation", "completed", "complete", "done",
    "update", "progress", "outcome", "comment", "note", "councillor", "officer", "report",
    "paper", "item", "minute", "meeting", "exempt", "to do",
))  # fmt: skip


def unstack(table: Grid, knows: Knows = lambda _: None) -> list[Grid]:
    """Cut a table at each header below its first one; the titles above a header go with it.

    A header that is printed again, as on each page, begins no table unless it has a title of its
    own. A table without a column of actions is cut off only where it is known for no action log.
    """
    found = find_header(table.rows, knows)
    if found is None or table.ours:  # what reads like a header in a table of ours is a text
        return [table]
    start, count, layout = found
    cuts = [0, *_cuts(table.rows, start + count, layout.header), len(table.rows)]
    lines = [line for line, _ in table.faults]
    parts = []
    for top, end in pairwise(cuts):
        rows = table.rows[top:end]
        faults = table.faults[bisect_left(lines, rows[0].line) : bisect_right(lines, rows[-1].line)]
        titles = 0 if top else table.titles
        parts.append(replace(table, rows=rows, faults=faults, titles=titles))
    return parts


def _cuts(rows: Sequence[GridRow], index: int, header: Sequence[str]) -> Iterator[int]:
    """Give where tables begin below this header, which ends at `index`."""
    titles = [_title(row) for row in rows]
    counts = Counter(titles)
    names, floor = _keys(header), index
    while index < len(rows):
        found = _header_at(rows, index)
        end = index + max(found.count, 1)
        if found.count:
            new = _keys(found.cells)
            top = _top(rows, titles, index, floor)
            is_again = len(new) <= len(names) and all(
                name in ("", other) for name, other in zip(new, names, strict=False)
            )
            if is_again:
                own = any(counts[title] == 1 for title in filter(None, titles[top:index]))
                begins = own and (top == floor or not _filled(rows[top - 1]))
            elif set(new) <= {"", *names} and any(
                cell.strip() for row in rows[end : end + 1] for cell in row.cells[len(new) :]
            ):
                begins = False  # a page break cut the header
            else:
                begins = _is_sure(new, found.known, apart=top < index)
            if begins:
                yield top
                names, floor = new, end
        index = end


def _keys(header: Sequence[str]) -> list[str]:
    keys = [key(cell) for cell in header]
    while keys and not keys[-1]:
        keys.pop()
    return keys


def _is_sure(names: Sequence[str], known: int, *, apart: bool) -> bool:
    """Tell a header from a row whose cells happen to be names, like “Action” and “Completed”."""
    filled = list(filter(None, names))
    if known == len(filled):
        return True
    tell = known == 0 or any(count_known([name]) and name not in _ALSO_VALUES for name in filled)
    return tell and (apart or 0 < len(filled) <= 2 * known)


def _header_at(rows: Sequence[GridRow], index: int) -> Header:
    """Read a row as the header of a table of actions, or of one that is known for another."""
    cells = _filled(rows[index])
    if len(cells) > 1 and not any(len(cell) > _LONGEST_NAME or cell[0].isdigit() for cell in cells):
        # A header of several rows is looked for only below a gap or a title.
        apart = len(_filled(rows[index - 1])) < 2
        if (apart or "action" in columns_of(rows[index].cells).columns) and (
            header := header_at(rows, index)
        ).count:
            return header
        if find_lookalike([Grid((rows[index],))]):
            return Header(1, rows[index].cells)
    return Header()


def _top(rows: Sequence[GridRow], titles: Sequence[str], index: int, floor: int) -> int:
    """Give where the titles and blank rows above a header begin."""
    top = index
    while top > floor and not _filled(rows[top - 1]):
        top -= 1
    blanks = top
    while top > floor and blanks - top < _MOST_TITLES and titles[top - 1]:
        top -= 1
    if top == floor or not _filled(rows[top - 1]):
        return top
    # Below a row of the table, only what stands right above the header is a title of it.
    return max(top, index - 1) if blanks == index else blanks


def _title(row: GridRow) -> str:
    """Give the text of a row that may be the title of a table; nothing for any other."""
    cells = _filled(row)
    text = cells[0] if len(cells) == 1 and len(cells[0]) <= _LONGEST_TITLE else ""
    is_title = text and not text[0].islower() and text[-1] not in ".;," and not is_furniture(text)
    return text if is_title else ""


def _filled(row: GridRow) -> list[str]:
    return [text for cell in row.cells if (text := cell.strip())]

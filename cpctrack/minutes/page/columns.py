"""Tables that a plain text sets with spaces: their rows become rows with cells.

A line of column headings that names actions and who or when starts one; what follows is parted
where the headings begin.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from cpctrack.reading.lines import Line

_NUMBER = re.compile(r"(?:item\s)?\d{1,4}(?:[./]\d{1,4})*\.?", re.IGNORECASE)
_GAP = re.compile(r" {2,}|\t+ *")
_ACTION = re.compile(r"\b(?:actions?|tasks?)\b", re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:who|whom|owner|lead|responsib\w+|officer|when|due|deadline|date|status|progress|"
    r"discussion|minute|item|ref|update|no|timescale|by)\b",
    re.IGNORECASE,
)
_LONGEST_HEADING = 30  # letters
_LONGEST_ROW = 2000
_MOST_CELLS = 12
_NEAR = 2  # letters that a cell may begin before its heading


def with_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the lines with those of tables set with spaces made rows."""
    at = 0
    while at < len(lines):
        offsets = _headings(lines[at])
        if not offsets:
            yield lines[at]
            at += 1
            continue
        rows, end = _rows(lines, at, offsets)
        yield from rows
        at = end


def _headings(line: Line) -> tuple[int, ...]:
    """Give where the columns begin, if a line is the headings of a table of actions."""
    raw = line.text.expandtabs(8) if len(line.text) < _LONGEST_ROW else ""
    if line.cells or not raw.strip() or line.heading or "|" in raw:
        return ()
    cells = list(_cells(raw))
    if not 2 <= len(cells) <= _MOST_CELLS or any(len(c) > _LONGEST_HEADING for _, c in cells):
        return ()
    action = any(_ACTION.search(cell) and len(cell.split()) <= 3 for _, cell in cells)
    beside = all(_ACTION.search(cell) or _BESIDE.search(cell) for _, cell in cells)
    return tuple(offset for offset, _ in cells) if action and beside else ()


def _cells(raw: str) -> Iterator[tuple[int, str]]:
    """Give each cell of a line with the place where it begins."""
    start = len(raw) - len(raw.lstrip())
    text = raw.rstrip()
    for match in _GAP.finditer(text, start):
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _rows(lines: Sequence[Line], at: int, offsets: tuple[int, ...]) -> tuple[list[Line], int]:
    """Read rows until a line runs across the columns."""
    found: list[tuple[Line, list[list[str]]]] = []
    blank = False
    end = place = at
    while place < len(lines):
        line = lines[place]
        raw = line.text.expandtabs(8) if len(line.text) < _LONGEST_ROW else line.text
        if not raw.strip():
            blank = True
        elif not _fits(line, raw, offsets, alone=blank):
            break
        else:
            row: list[list[str]] = [[] for _ in offsets]
            for start, cell in _cells(raw):
                row[_column(start, offsets)].append(cell)
            goes_on = not row[0] or sum(map(bool, row)) == 1
            if found and place > at + 1 and not blank and goes_on:
                for above, more in zip(found[-1][1], row, strict=True):
                    above.extend(more)
            else:
                found.append((line, row))
            blank = False
            end = place + 1
        place += 1
    rows = [(line, tuple(" ".join(cell) for cell in row)) for line, row in found]
    return [line._replace(text=" | ".join(cells), cells=cells) for line, cells in rows], end


def _fits(line: Line, raw: str, offsets: tuple[int, ...], *, alone: bool) -> bool:
    """Tell whether a line keeps to the columns; after a blank one it must fill two of them."""
    if line.cells or line.heading or len(raw) > _LONGEST_ROW:
        return False
    cells = list(_cells(raw))
    filled = len({_column(start, offsets) for start, _ in cells})
    if alone and (filled < 2 or (_NUMBER.fullmatch(cells[0][1]) and filled < len(offsets) - 1)):
        return False  # an agenda item, not a row
    start, first = cells[0]
    column = _column(start, offsets)
    after = offsets[column + 1] if column + 1 < len(offsets) else len(raw) + 1
    return filled > 1 or start + len(first) <= after


def _column(start: int, offsets: tuple[int, ...]) -> int:
    return max(bisect_right(offsets, start + _NEAR) - 1, 0)

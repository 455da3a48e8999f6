"""What stands in columns: tables set with spaces, and who is to act at the right of the text.

A line of column headings that names actions and who or when starts a table; what follows is parted
where the headings begin, and becomes rows with cells.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from cpctrack.minutes import words
from cpctrack.reading.lines import Line

_NUMBER = re.compile(r"(?i)(?:item\s)?\d{1,4}(?:[./]\d{1,4})*\.?")
_GAP = re.compile(r" {2,}|\t+ *")
_ACTION = re.compile(r"(?i)\b(?:actions?|tasks?)\b")
_BESIDE = re.compile(
    r"(?i)\b(?:who|whom|owner|lead|responsib\w+|officer|when|due|deadline|date|status|progress|"
    r"discussion|minute|item|ref|update|no|timescale|by|topic|subject|points?|decisions?|notes?)\b"
)
_LONGEST_HEADING = 30  # letters
_LONGEST_ROW = 2000
_MOST_CELLS = 12
_NEAR = 2  # letters that a cell may begin before its heading

# The right-hand column in which some minutes print who is to act.
_INITIALS = r"[A-Z][A-Za-z]{0,2}[A-Z]|[A-Z]{2,4}"
_WHOLE = r"All|ALL|Clerk|CLERK|Chair|CHAIR|Chairman|Mayor|RFO|Secretary|Treasurer"
_ONE = rf"(?:{_INITIALS}|{_WHOLE}|All\s[A-Za-z]{{3,12}})"
_INITIALS_CELL = re.compile(
    rf"\W{{0,3}}(?:{_ONE})(?:\s?[/,&+]\s?(?:and\s)?{_ONE}|\sand\s{_ONE}){{0,5}}\W{{0,3}}"
)
_NAMED_CELL = re.compile(
    r"(?:(?:Cllr|Cr|Mr|Mrs|Ms|Dr)\.?\s)?[A-Z][\w.'’-]{0,20}(?:\s[A-Z][\w'’-]{1,20}){0,2}"
)
_MARGIN_HEADING = re.compile(r"(?i)\W{0,3}(?:actions?(?:\sby)?|by\swhom|lead|owner|who)\W{0,3}")
# What may stand before who is to act: “Action: HR”, “ACTION HR”, “AP1: HR”, “Action by – Clerk”.
_MARGIN_LABEL = re.compile(
    r"\W{0,3}(?:(?i:actions?(?:\spoint)?\s?\d{0,3}(?:\s?[/.]\d{1,3})?(?:\s(?:by|for|on))?)"
    r"|AP\s?\d{1,3}|AP(?=\s?:))(?P<sign>\s?[:–—-])?\s+"
)
_HEADED_CELL = re.compile(
    r"[A-Z][\w.'’&/-]{0,20}(?:\s(?:[A-Z&/][\w.'’&/-]{0,20}|of|for|and|the)){0,4}"
)
_LEFTMOST = 40
_NARROWEST = 3  # spaces between the text and the column
_SHORTEST = 25  # letters of text, or of space, before the column
_LONGEST_MARGIN = 40


def with_rows(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the lines with those of tables set with spaces made rows."""
    at = 0
    while at < len(lines):
        offsets = _headings(lines[at])
        rows, at = _rows(lines, at, offsets) if offsets else ([lines[at]], at + 1)
        yield from rows


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


def column_of(lines: Iterable[str]) -> int:
    """Give where the right-hand column begins that a heading such as “ACTION” names, else 0."""
    for raw in lines:
        body, gap, last = _last_column(raw)
        start = len(body) + gap
        if gap >= _NARROWEST and start >= _LEFTMOST and _MARGIN_HEADING.fullmatch(last):
            return start
    return 0


def split_margin(raw: str, column: int = 0) -> tuple[str, str]:
    """Part a printed line from what stands in a column to its right, if anything does.

    That is initials, and names too in a column that has a heading or behind a label.
    """
    body, gap, last = _last_column(raw)
    last, labelled = without_label(last)
    short = len(body) < _SHORTEST and len(body) + gap < 2 * _SHORTEST
    if short or gap < _NARROWEST or not last or len(last) > _LONGEST_MARGIN:
        return raw, ""
    headed = column and len(body) + gap >= column - _NARROWEST
    named = (headed or labelled) and _HEADED_CELL.fullmatch(last)
    if not (is_initials(last) or named):
        return raw, ""
    if body and len(body) - len(body.lstrip()) < len(body) and "   " in body.strip():
        return raw, ""  # a row of more columns: a list of names, a table of figures
    return body, last.strip(" .()[]*")


def without_label(cell: str) -> tuple[str, bool]:
    """Give who a cell of the right-hand column names, and whether a label like “Action:” says so.

    Without a colon or a dash only initials are taken for who: “Action plan” names nobody.
    """
    label = _MARGIN_LABEL.match(cell)
    if not label or not (label["sign"] or is_initials(cell[label.end() :])):
        return cell, False
    return cell[label.end() :].strip(), True


def is_initials(text: str) -> bool:
    """Tell whether a text is initials, or a post that stands in their column."""
    bare = text.strip(" .()[]*")
    initials = len(bare) <= _LONGEST_MARGIN and _INITIALS_CELL.fullmatch(bare) is not None
    return initials and bare.upper() not in words.NOT_INITIALS


def is_name(text: str) -> bool:
    """Tell whether a text looks like one person's name, or a post of a word or two."""
    bare = text.strip()
    named = len(bare) <= _LONGEST_MARGIN and _NAMED_CELL.fullmatch(bare) is not None
    return named and bare.casefold() not in words.NOBODY


def _last_column(raw: str) -> tuple[str, int, str]:
    """Part a line at its last wide gap: what is before, how wide, what is after."""
    text = raw.rstrip()
    at = text.rfind(" " * _NARROWEST, max(0, len(text) - _LONGEST_MARGIN - _NARROWEST))
    if at < 0:
        return raw, 0, ""
    body = text[:at].rstrip()
    return body, at + _NARROWEST - len(body), text[at + _NARROWEST :].strip()

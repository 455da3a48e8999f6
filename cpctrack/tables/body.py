"""From the rows under a header to the rows of the log: page furniture out, broken rows whole."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from cpctrack.labels import CARRIED
from cpctrack.records.exempt import divides
from cpctrack.tables.around import of_meeting
from cpctrack.tables.columns import Columns
from cpctrack.tables.grid import Grid, GridRow
from cpctrack.tables.headings import key
from cpctrack.tables.meetings import read_day, read_type
from cpctrack.text import fold, one_line

_FURNITURE = re.compile(
    r"(?:page|p\.?)\s*\d+(?:\s*(?:of|/)\s*\d+)?|[-–—\s]*\d{1,4}[-–—\s]*|\d+\s*(?:of|/)\s*\d+|"
    r"(?:appendix|annex|enclosure|item|agenda item)\s+[\w.]{1,4}|sep=.|[-–—=_*.\s|]+|"
    r"(?:\(?continued\)?|\(?cont(?:’|')?d\.?\)?)|official(?:[ -]sensitive)?|public|draft|"
    r"end of (?:document|table|page)",
    re.IGNORECASE,
)
_BODY = re.compile(r"\b(?:committee|council|board|panel|cabinet|sub-committee)\b", re.IGNORECASE)
_LONGEST_TITLE = 110
_CARRIED = fold(CARRIED)
_BULLETS = ("•", "·", "▪", "◦")


@dataclass(slots=True)
class Body:
    """The rows of one table, each as wide as its header, and the lines that were left out."""

    rows: list[GridRow] = field(default_factory=list)
    left_out: list[GridRow] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    """The lines of headers that are printed again."""
    carried: int = 0
    """The line of a sheet of ours from which on its rows are of earlier years, if there is one."""


def read_body(table: Grid, start: int, header_rows: int, layout: Columns) -> Body:
    """Read the rows below the header that begins at `start` and takes `header_rows` rows.

    Headers that are printed again, blank lines and page furniture go; what was broken over
    several lines is put together. A lone line that is neither is left out, and told.
    """
    # Lone lines before the header, or printed repeatedly, are page furniture.
    lone = [(index, text) for index, row in enumerate(table.rows) if (text := _lone(row))]
    counts = Counter(text for _, text in lone)
    furniture = frozenset(text for index, text in lone if index < start or counts[text] > 1)
    reader = _Reader(layout, furniture, table)
    again = reader.body.headers
    rows = list(_without_headers(table.rows, start, header_rows, layout, again))
    last = 0
    for row, following in zip_longest(rows, rows[1:]):
        if any(last < line < row.line for line in again):
            reader.take_header(row)
        last = row.line
        if _lone(row) == _CARRIED:
            reader.begin()
            reader.body.carried = row.line
        else:
            reader.take(row, over=following is not None and not _lone(following))
    reader.flush()
    return reader.body


def _without_headers(
    rows: Sequence[GridRow], start: int, header_rows: int, layout: Columns, again: list[int]
) -> Iterator[GridRow]:
    """Give the rows below a header, but for those that print it again, whole or in part.

    The lines of these go to `again`.
    """
    header = [_folded(row) for row in rows[start : start + header_rows]]
    text = key(layout.header[layout.columns[layout.text]])
    index = start + header_rows
    while index < len(rows):
        row = rows[index]
        if (
            header_rows > 1
            and [_folded(one) for one in rows[index : index + header_rows]] == header
        ):
            again.append(row.line)
            index += header_rows
            continue
        filled = [cell for cell in row.cells if cell.strip()]
        is_header = (
            len(filled) > 1
            and len(filled[-1]) < _LONGEST_TITLE
            and all(key(cell) in layout.names for cell in filled)
            and any(key(cell) == text for cell in filled)
        )
        if is_header:
            again.append(row.line)
        else:
            yield row
        index += 1


def _folded(row: GridRow) -> tuple[str, ...]:
    return tuple(map(fold, row.cells))


def is_furniture(text: str) -> bool:
    """Tell whether a lone text is a page number or the like, whatever the table."""
    return _FURNITURE.fullmatch(text) is not None


def _lone(row: GridRow) -> str:
    """Give the text of a row that has only one, folded; ``""`` for any other."""
    filled = [cell for cell in row.cells if cell.strip()]
    return fold(filled[0]) if len(filled) == 1 and len(filled[0]) <= _LONGEST_TITLE else ""


class _Reader:
    """Puts rows together as they come; a row is finished when the next one begins."""

    def __init__(self, layout: Columns, furniture: frozenset[str], table: Grid) -> None:
        self.layout = layout
        self.furniture = furniture
        self.loose = table.loose
        self.ours = table.ours
        self.body = Body()
        self.has_meetings = not {"meeting_date", "meeting_type"}.isdisjoint(layout.columns)
        self.first = GridRow(0, ())
        self.cells: list[str] = []
        self.living: Sequence[str] | None = None
        self.group = ""

    def take_header(self, row: GridRow) -> None:
        """Take that a header is printed again before this row."""
        # On a page it is furniture; in a text or a sheet it begins something else.
        if self.loose and not self._continues(row.cells):
            self.begin()

    def take(self, row: GridRow, *, over: bool) -> None:
        """Take the next row; `over` tells that one of more than one cell follows."""
        cells = list(row.cells)
        while len(cells) > self.layout.width and not cells[-1].strip():
            cells.pop()  # blank ones beyond the last column
        lone = _lone(row)
        whole = not self.loose or len(self.cells) in (0, self.layout.width)
        # However long its item is, and though another band of it is printed further down.
        is_band = row.spans and bool(of_meeting(one_line(row.cells[0])))
        if lone and whole and divides(lone) and not (is_band and self.ours):
            self.flush()
            self.body.left_out.append(row)
            return
        # Alone where the actions stand, in a row that is whole.
        action = self._cell(cells, self.layout.text).strip()
        may_be_action = action and len(cells) == self.layout.width
        printed_again = lone in self.furniture and not may_be_action
        if not any(cell.strip() for cell in cells) or (
            lone and not is_band and (printed_again or is_furniture(lone))
        ):
            return
        if is_band or (lone and over and self._is_group(row)):
            self.flush()
            self.group = " ".join(filter(None, map(one_line, row.cells)))
        elif lone and not may_be_action and _is_title(row):
            self.body.left_out.append(row)
            self.begin()
        elif self._continues(cells):
            self.cells[-1] = f"{self.cells[-1].rstrip()} {cells[0].strip()}".strip()
            self.cells += cells[1:]
        elif self._is_second_half(cells):
            if self.living is not None or row.living is not None:
                self.living = _added(self.living or self.cells, row.living or cells)
            self.cells = _added(self.cells, cells)
        elif sum(bool(cell.strip()) for cell in cells) == 1 and not (
            may_be_action or (action and not self.has_meetings)  # then even a short row may be one
        ):
            self.body.left_out.append(row)
        else:
            self.flush()
            self.first, self.cells, self.living = row, cells, row.living

    def begin(self) -> None:
        """End what stands over the rows so far."""
        self.flush()
        self.group = ""

    def flush(self) -> None:
        if self.cells:
            missing = self.layout.width - len(self.cells)
            living = None if self.living is None else tuple(self.living)
            self.body.rows.append(
                replace(
                    self.first,
                    cells=(*self.cells, *[""] * missing),
                    living=living,
                    group=self.group,
                )
            )
        self.cells = []

    def _is_group(self, row: GridRow) -> bool:
        """Tell a row that stands over those below it, and says something of them all."""
        is_head = self.has_meetings and _is_title(row)
        if self.loose and (len(row.cells) < self.layout.width or is_head):
            return False  # it may be a piece of a row, or the head of a page
        in_first = self.layout.width > 1 and row.cells[0].strip()
        return row.spans or (bool(in_first) and self.layout.columns[self.layout.text] > 0)

    def _cell(self, cells: Sequence[str], meaning: str) -> str:
        index = self.layout.columns.get(meaning, len(cells))
        return cells[index] if index < len(cells) else ""

    def _continues(self, cells: Sequence[str]) -> bool:
        """Tell whether this line goes on in the cell that the last line broke off in."""
        day, type_ = self._cell(cells, "meeting_date"), self._cell(cells, "meeting_type")
        # Only the first line of a row names a meeting.
        if not self.loose or not self.cells or read_day(day) or read_type(type_):
            return False
        room = self.layout.width - len(self.cells) + 1
        if len(cells) > room:
            return False
        if self.has_meetings:
            # A complete row goes on in its last cell, which then has something in it.
            return len(self.cells) < self.layout.width or bool(self.cells[-1].strip())
        # Nothing tells a new row's beginning: only a fit to the cell is proof enough.
        return len(cells) == room > 1

    def _is_second_half(self, cells: Sequence[str]) -> bool:
        """Tell whether this is the rest of a row that a page break cut in two."""
        own = ("meeting_date", "meeting_type", "item", "action", "recommendation", "ref")
        broken = self.loose and not self.has_meetings and len(cells) < self.layout.width
        if not self.cells or broken:
            return False
        filled = [meaning for meaning in own if self._cell(cells, meaning).strip()]
        text = self._cell(cells, self.layout.text).strip()
        above = self._cell(self.cells, self.layout.text)
        goes_on = text[:1].islower() or (text[:1] in _BULLETS and "".join(cells).strip() == text)
        return (self.has_meetings and not filled) or (
            filled == [self.layout.text]
            and not cells[0].strip()
            and goes_on
            and not above.rstrip().endswith((".", "?", "!"))
        )


def _added(cells: Sequence[str], more: Sequence[str]) -> list[str]:
    """Add the rest of each cell of a row that was cut in two."""
    pairs = zip_longest(cells, more, fillvalue="")
    return [
        f"{cell.rstrip()} {rest.strip()}".strip() if rest.strip() else cell for cell, rest in pairs
    ]


def _is_title(row: GridRow) -> bool:
    """Tell whether a lone line reads as a title: a committee's name, its long words capitalised."""
    text = one_line(" ".join(row.cells))
    words = re.findall(r"[^\W\d_]{4,}", text)
    return (
        _BODY.search(text) is not None
        and text[-1:] not in ".;,"
        and all(word[0].isupper() for word in words)
    )

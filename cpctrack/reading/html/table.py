"""A table of a web page while it is read: cells are put where a browser shows them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cpctrack.reading import office
from cpctrack.reading.document import BLANK, Block, Cell, Paragraph, Place, Row, parted

_MOST_COLUMNS = 200
_MOST_ROWS = 65534  # what the HTML standard allows a cell to span
_FROM_LEFT, _FROM_ABOVE = Cell(covered="left"), Cell(covered="above")
_SHADE = re.compile(r"background(?:-color)?\s*:\s*#([0-9a-f]{6})\b", re.IGNORECASE)


@dataclass(slots=True)
class OpenTable:
    """Takes the tags of one table; `blocks` and `texts` are what stands in its open cell."""

    rows: list[Row] = field(default_factory=list)
    blocks: list[Block] | None = None
    texts: list[str] = field(default_factory=list)
    _cells: list[Cell] | None = None  # of the open row
    _line: int = 0
    _hidden: bool = False
    _columns: int = 1
    _rows: int = 1
    _shade: str = ""
    letters: int = 0  # of the open cell
    _below: dict[int, tuple[int, Cell]] = field(default_factory=dict)  # by column: rows to cover

    def start_row(self, line: int, *, hidden: bool) -> None:
        """Begin a row."""
        self.end_row()
        self._cells = []
        self._line, self._hidden = line, hidden

    def start_cell(self, line: int, *, columns: int, rows: int, shade: str, hidden: bool) -> None:
        """Begin a cell, behind those that cells of the rows above reach down to."""
        if self._cells is None:
            self.start_row(line, hidden=hidden)
        self.end_cell()
        self._columns = max(1, min(columns, _MOST_COLUMNS))
        self._rows = max(1, min(rows, _MOST_ROWS))
        self._shade = shade
        self.letters = 0
        self.blocks, self.texts = [], []

    def end_cell(self) -> None:
        """Close the open cell, if one is."""
        blocks, self.blocks = self.blocks, None
        cells = self._cells
        if blocks is None or cells is None:
            return
        self._take_covered(cells)
        text, living = parted("\n".join(self.texts))
        cell = Cell(text, living, shade=self._shade)
        if blocks:
            set_ = [block for block in blocks if isinstance(block, Paragraph)]
            more = len(blocks) > 1 or not set_ or set_[0].heading or set_[0].text != text
            bold = bool(set_) and all(paragraph.bold for paragraph in set_)
            cell = cell._replace(bold=bold, blocks=tuple(blocks) if more else ())
        for place in range(self._columns):
            if self._rows > 1 and len(cells) < _MOST_COLUMNS:
                below = _FROM_ABOVE if place else Cell(text, living, covered="above")
                self._below[len(cells)] = (self._rows - 1, below)
            cells.append(_FROM_LEFT if place else cell)

    def end_row(self) -> None:
        """Close the row, if one is open."""
        self.end_cell()
        cells, self._cells = self._cells, None
        if cells is None:
            return
        self._take_covered(cells)
        while max(self._below, default=-1) >= len(cells):
            cells.append(BLANK)
            self._take_covered(cells)
        self.rows.append(Row(tuple(cells[:_MOST_COLUMNS]), Place(self._line), self._hidden))

    def _take_covered(self, cells: list[Cell]) -> None:
        """Add what the rows above leave for the next columns of this one."""
        while left := self._below.pop(len(cells), None):
            rows, cell = left
            if rows > 1:
                self._below[len(cells)] = (rows - 1, cell)
            cells.append(cell)


def shade_of(attributes: Mapping[str, str | None]) -> str:
    """Give the colour behind a cell as six digits, where it is written so."""
    found = _SHADE.search(attributes.get("style") or "")
    return office.shade_of(found[1] if found else attributes.get("bgcolor") or "")

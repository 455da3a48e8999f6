"""Tables of a web page: cells are collected into rows, merged ones read once."""

from dataclasses import dataclass, field

from cpctrack.reading.lines import Block, Cell, row_of

_MOST_COLUMNS = 60
_MOST_ROWS = 65534  # what the HTML standard allows a cell to span


@dataclass(slots=True)
class Table:
    """A table that is being read; `cell` is what stands in the open cell."""

    cell: list[Block] | None = None
    _cells: list[Cell] = field(default_factory=list)
    _columns: int = 0
    _covered: dict[int, int] = field(default_factory=dict)  # by column: rows still covered

    def start_cell(self, columns: int, rows: int) -> None:
        """Begin a cell, behind those that cells of the rows above reach down to."""
        self.end_cell()
        self._take_covered()
        columns = max(1, min(columns, _MOST_COLUMNS))
        self.cell = []
        if self._columns < _MOST_COLUMNS:
            self._cells.append(Cell(self.cell, columns))
            for column in range(self._columns, self._columns + columns):
                if rows > 1:
                    self._covered[column] = min(rows, _MOST_ROWS) - 1
        self._columns += columns

    def end_cell(self) -> None:
        """Close the open cell, if one is."""
        self.cell = None

    def end_row(self) -> list[Block]:
        """Close the row, if one is open, and give it."""
        self.end_cell()
        cells, self._cells = self._cells, []
        if not cells:
            return []
        self._cells = cells
        self._take_covered()
        cells, self._cells, self._columns = self._cells, [], 0
        return list(row_of(cells))

    def _take_covered(self) -> None:
        while rows := self._covered.pop(self._columns, 0):
            if rows > 1:
                self._covered[self._columns] = rows - 1
            self._cells.append(Cell(()))
            self._columns += 1

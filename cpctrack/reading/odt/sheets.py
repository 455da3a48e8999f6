"""OpenDocument spreadsheets: every sheet that can be seen is a table, a cell is what it shows.

Formulas are never computed: what the spreadsheet program worked out counts.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from cpctrack.reading.archives import Parts
from cpctrack.reading.decode import LONGEST_LINE, MOST_BYTES, too_long, too_many
from cpctrack.reading.document import Cell, Document, Place, Row, Table
from cpctrack.reading.odt.document import OFFICE, STYLE, TABLE, OpenReader, whole
from cpctrack.reading.office import Spanning, grid_row, within

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_MOST_COLUMNS = 16_384
_MOST_CELLS = 10_000_000
_PARTS_OF_A_DATE = re.compile(r"\w+")


def read(content: bytes, name: str) -> Document:
    """Read the sheets in their order; a row's line is its number in the sheet.

    Hidden sheets are passed over. Hidden rows are read: a filter hides rows, and they must not be
    missing because somebody looked at a part. Raises `ImportRefusedError` for what is damaged,
    locked or beyond reason in size, and `MissingExtraError` without the library that reads XML
    from strangers.
    """
    reader = _SheetReader(Parts(content, name), name)
    tables, margins = reader.parts.all_of(reader.sheets()), tuple(reader.margins())
    return Document(name, "ods", tables, margins, not_worked_out=reader.not_worked_out)


class _SheetReader(OpenReader):
    def __init__(self, parts: Parts, name: str) -> None:
        super().__init__(parts, "spreadsheet")
        self._name = name
        self._cells = 0
        self._letters = 0
        self.not_worked_out = ""
        self._errors: list[str] = []  # of the row that is being read

    def sheets(self) -> Iterator[Table]:
        hidden = {
            style.get(f"{STYLE}name")
            for style in self.root.iter(f"{STYLE}style")
            for properties in style.iter(f"{STYLE}table-properties")
            if properties.get(f"{TABLE}display") == "false"
        }
        for sheet in self.body.findall(f"{TABLE}table"):
            if sheet.get(f"{TABLE}style-name") not in hidden:
                yield self._sheet(sheet)

    def cell(self, element: "Element") -> Cell:
        """Read a cell: a date is shown as ISO, so that it can be read in one way only."""
        cell = super().cell(element)
        kind = element.get(f"{OFFICE}value-type", "")
        if formula := element.get(f"{TABLE}formula", ""):
            if not kind and not cell.text:
                self.not_worked_out = formula
                cell = cell._replace(text=formula)
            cell = cell._replace(formula=True)
        if element.get(_ERROR) == "error":
            self._errors.append(cell.text)
        if kind == "date":
            return _dated(cell, element.get(f"{OFFICE}date-value", ""))
        try:
            return cell._replace(value=float(element.get(f"{OFFICE}value", "")))
        except ValueError:
            return cell

    def _sheet(self, sheet: "Element") -> Table:
        title = sheet.get(f"{TABLE}name", "")
        rows: list[Row] = []
        faults: list[tuple[int, str]] = []
        before: tuple[Cell, ...] = ()
        line, width = 1, 0
        for element in within(sheet, {f"{TABLE}table-row"}, {f"{TABLE}shapes"}):
            repeated = max(1, whole(element, f"{TABLE}number-rows-repeated", 1))
            before = self._row(element, before, line, repeated, width)
            width = max(width, len(before)) if before else 0
            hidden = element.get(f"{TABLE}visibility", "visible") != "visible"
            if before:
                rows += [
                    Row(before, Place(at, sheet=title), hidden)
                    for at in range(line, line + repeated)
                ]
            elif rows and rows[-1].cells:
                rows.append(Row((), Place(line, sheet=title)))  # a gap parts tables
            for error in self._errors:
                says = f"a cell of the sheet “{title}” shows an error ({error}); put it right in "
                faults.append((line, f"{says}the spreadsheet."))
            line += repeated
        made = self.made_on
        return Table(tuple(rows), faults=tuple(faults), ours=bool(made), made_on=made)

    def _row(
        self, row: "Element", before: tuple[Cell, ...], line: int, repeated: int, width: int
    ) -> tuple[Cell, ...]:
        """Read a row without its blank end, which is as wide as a sheet can be.

        Cells that only have a shade are kept where they are no further right than the rows above,
        which are `width` cells wide, reach.
        """
        self._errors = []
        cells = list(self.cells(row, _MOST_COLUMNS))
        blank_end: list[Spanning] = []
        while cells and cells[-1][0] is not None and not cells[-1][0].text.strip():
            blank_end.insert(0, cells.pop())
        if not cells:
            return ()
        for cell, columns, times in blank_end:
            room = width - sum(columns * times for _, columns, times in cells)
            if room > 0:
                cells.append((cell, columns, min(times, room)))
        lengths = [len(cell.text) * times for cell, _, times in cells if cell]
        self._letters += sum(lengths) * repeated  # one text may stand in a million cells
        self._cells += sum(columns * times for _, columns, times in cells) * repeated
        if max(lengths, default=0) > LONGEST_LINE:
            raise too_long(self._name, line)
        if self._cells > _MOST_CELLS or self._letters > MOST_BYTES:
            raise too_many(self._name)
        return grid_row(cells, before)


def _dated(cell: Cell, said: str) -> Cell:
    """Add the date that a cell shows the whole of, or a part: “March 2023” stays as it is."""
    try:
        value = date.fromisoformat(said[:10])
    except ValueError:
        return cell
    shown = _PARTS_OF_A_DATE.findall(cell.text)
    if len(shown) < 3 or not {str(value.year), f"{value.year % 100:02}"} & set(shown):
        return cell._replace(value=value)
    hours = f" {said[11:16]}" if ":" in cell.text else ""
    return cell._replace(text=f"{value}{hours}", value=value)

"""The sheet of a workbook: its cells, their styles, and how it prints. Needs openpyxl."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.header_footer import _HeaderFooterPart as _Margin
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from cpctrack.dates import find_date
from cpctrack.errors import RenderError
from cpctrack.labels import FORMULA_STARTS
from cpctrack.render.views import flat
from cpctrack.render.views.view import AppendixView, CellView
from cpctrack.render.widths import column_widths
from cpctrack.text import shorten

LONGEST_CELL = 32_767
"""How many characters, as UTF-16 counts them, a cell of a spreadsheet holds."""

_ROOM = 22  # of a column on average, in a spreadsheet's unit, the room of a figure
_EM = 1.9  # of our letters, and what stays free in a cell, in the same unit
_FREE = 1.5
_LETTERS = 1.2  # on average in the room of one of a column's units, which is a figure's
_HEADER, _WORDS, _MARK = "Table header", "Table text", "Marking"
DAY = "Table date"
"""The style of a cell with a day."""
_TITLE, _NUMBER, _DERIVED = "Table title", "Table number", "Table derived"
_HEAD, _FACT = "Sheet title", "Sheet facts"
_FONT, _SIZE, _HEAD_SIZE, _GREY = "Arial", 10, 14, "595959"
_LINE_HEIGHT, _PADDING, _MOST_HEIGHT = 12.75, 3.0, 409.0  # points
_DATE = "[$-809]d mmmm yyyy"  # English months, whatever the spreadsheet's language
_TEXT = "@"  # what is typed into such a cell stays as it is typed: “1/2” becomes no date
_FIRST_DAY = date(1900, 3, 1)  # spreadsheets disagree on what was before
_A4 = 9
_MARGIN = 0.4  # inches
_MOST_OF_A_MARGIN = 100  # a header or footer holds 255 characters: each & twice, and its codes
# Excel reads _x0041_ in a text as the letter A, unless the underscore is itself written so.
_LETTER = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_UNDERSCORE = "_x005F_"


class _RowOfItsHeight(RowDimension):
    """A row as high as its text, and higher or lower once the text is another.

    openpyxl says of every height that somebody chose it, and spreadsheets keep such a height.
    """

    customHeight = False  # noqa: N815 - the format's own name


def add(book: Workbook, view: AppendixView, above: Sequence[str] = ()) -> None:
    """Add the sheet with the table, or one for each table of figures, below the lines `above`.

    The first of these is the title. What marks the document stands over all.

    Raises `RenderError` for a text that no cell can hold.
    """
    _add_styles(book, numbers=bool(view.tables))
    for table in view.tables:
        if table.rows:
            alone = view._replace(heading=table.title, columns=table.columns, tables=())
            lines = [(line.ref, line.cells) for line in table.rows]
            _add_sheet(book, alone, lines, above, table.widths, numeric=table.numeric)
    if not view.tables:
        _add_sheet(book, view, list(flat.lines(view)), above)


def _add_sheet(
    book: Workbook,
    view: AppendixView,
    lines: Sequence[tuple[str, tuple[CellView, ...]]],
    above: Sequence[str],
    widths: Sequence[float] = (),
    *,
    numeric: bool = False,
) -> None:
    sheet: Worksheet = book.create_sheet(view.heading)
    header = flat.header(view)
    marks = [*filter(None, [view.not_for_publication])]
    top = len(marks) + len(above) + 1
    widths = widths or _widths(header, lines)
    for index, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    # The header stays in sight, with a filter in each cell, and is repeated on every page.
    sheet.freeze_panes = f"A{top + 1}"
    last = top + len(lines)
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(header))}{last}"
    sheet.print_title_rows = f"{top}:{top}"
    _set_up_page(sheet, view)
    looks = [_MARK] * len(marks) + [_HEAD] + [_FACT] * len(above)
    for number, (words, look) in enumerate(zip([*marks, *above], looks, strict=False), 1):
        _write_all(sheet, number, [words], look)
    _write_all(sheet, top, header, _HEADER)
    sheet.row_dimensions[top] = _row_for(sheet, top, header, widths)
    for number, (ref, cells) in enumerate(lines, top + 1):
        texts = [
            _escaped(flat.words(each), ref, name) for each, name in zip(cells, header, strict=True)
        ]
        if not ref:
            _write_all(sheet, number, texts, _TITLE)
            sheet.merge_cells(
                start_row=number, end_row=number, start_column=1, end_column=len(header)
            )
            continue
        sheet.row_dimensions[number] = _row_for(sheet, number, texts, widths)
        for column, (said, text) in enumerate(zip(cells, texts, strict=True), 1):
            cell = sheet.cell(number, column)
            day = find_date(said.iso) if said.iso else None
            if day and day >= _FIRST_DAY:
                cell.style = DAY
                cell.value = day
            elif numeric and text.replace(".", "", 1).isdecimal() and column > 1:
                cell.style = _NUMBER
                cell.value = float(text) if "." in text else int(text)
            else:
                _write(cell, text, _DERIVED if said.derived else _WORDS)
            if shade := view.shades.get(text):
                cell.fill = PatternFill("solid", start_color=shade)


def _widths(
    header: Sequence[str], lines: Iterable[tuple[str, tuple[CellView, ...]]]
) -> tuple[float, ...]:
    return column_widths(
        header,
        [[flat.words(cell) for cell in cells] for ref, cells in lines if ref],
        _ROOM * len(header),
        size=_EM,
        padding=_FREE,
    )


def _row_for(
    sheet: Worksheet, number: int, texts: Iterable[str], widths: Iterable[float]
) -> RowDimension:
    """Make a row as high as its texts, as guessed, for programs that don't look for themselves."""
    lines = max(
        sum(math.ceil(len(line) / (width * _LETTERS)) or 1 for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    height = min(lines * _LINE_HEIGHT + _PADDING, _MOST_HEIGHT)
    return _RowOfItsHeight(sheet, number, ht=height)


def _add_styles(book: Workbook, *, numbers: bool) -> None:
    plain, bold = Font(name=_FONT, size=_SIZE), Font(name=_FONT, size=_SIZE, bold=True)
    pale_words = Font(name=_FONT, size=_SIZE, italic=True, color=_GREY)
    side = Side(style="thin", color="A6A6A6")
    grid = Border(left=side, right=side, top=side, bottom=side)
    at_top = Alignment(wrap_text=True, vertical="top", horizontal="left")
    grey = PatternFill("solid", start_color="D9E2EC")
    pale = PatternFill("solid", start_color="EDF1F5")
    at_right = Alignment(vertical="top", horizontal="right")
    for style in (
        NamedStyle(_WORDS, plain, border=grid, alignment=at_top, number_format=_TEXT),
        NamedStyle(DAY, plain, border=grid, alignment=at_top, number_format=_DATE),
        NamedStyle(_DERIVED, pale_words, border=grid, alignment=at_top, number_format=_TEXT),
        NamedStyle(_HEADER, bold, grey, grid, at_top, _TEXT),
        NamedStyle(_TITLE, bold, pale, Border(top=side, bottom=side), number_format=_TEXT),
        NamedStyle(_MARK, bold, number_format=_TEXT),
        NamedStyle(_HEAD, Font(name=_FONT, size=_HEAD_SIZE, bold=True), number_format=_TEXT),
        NamedStyle(_FACT, plain, number_format=_TEXT),
        *([NamedStyle(_NUMBER, plain, border=grid, alignment=at_right)] if numbers else []),
    ):
        book.add_named_style(style)


def _set_up_page(sheet: Worksheet, view: AppendixView) -> None:
    """Print on A4 on its side, as wide as the paper."""
    page, margins = sheet.page_setup, sheet.page_margins
    page.orientation, page.paperSize = "landscape", _A4
    page.fitToWidth, page.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins.left = margins.right = _MARGIN
    if view.page_marking:
        sheet.oddHeader = HeaderFooterItem(center=_margin(f"&B{_plain(view.page_marking)}"))
    sheet.oddFooter = HeaderFooterItem(
        left=_margin(_plain(view.document_title)), right=_margin("Page &P of &N")
    )


def _margin(text: str) -> _Margin:
    return _Margin(text, font=f"{_FONT},Regular")


def _plain(text: str) -> str:
    return shorten(text, _MOST_OF_A_MARGIN).replace("&", "&&")


def _escaped(text: str, ref: str, column: str) -> str:
    escaped = _LETTER.sub(_UNDERSCORE, text)
    length = len(escaped.encode("utf-16-le")) // 2
    if length > LONGEST_CELL:
        raise RenderError(
            f"“{column}” of {ref} has {length:,} characters, and a cell of a spreadsheet holds "
            f"{LONGEST_CELL:,}; shorten the text, or make a document of another format."
        )
    return escaped


def _write_all(sheet: Worksheet, row: int, texts: Iterable[str], style: str) -> None:
    for column, text in enumerate(texts, 1):
        _write(sheet.cell(row, column), text, style)


def _write(cell: Cell | MergedCell, text: str, style: str) -> None:
    cell.style = style
    if not text:
        return
    cell.value = text
    cell.data_type = "s"  # openpyxl takes “=1+1” for a formula and “#N/A” for an error
    if text.startswith(tuple(FORMULA_STARTS + "'")):
        cell.quotePrefix = True

"""Excel workbooks: every sheet that can be seen is a table, and a cell is what it shows.

Hidden sheets are passed over. Hidden rows are read: a filter hides rows, and they must not be
missing because somebody looked at a part. Macros are never run and formulas never computed: what
the spreadsheet program worked out counts.
"""

import colorsys
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from typing import Any

from cpctrack import extras
from cpctrack.dates import MONTHS
from cpctrack.errors import ImportRefusedError
from cpctrack.labels import MADE_WITH
from cpctrack.reading.archives import as_usual, is_strict, open_archive
from cpctrack.reading.decode import LONGEST_LINE, MOST_BYTES, too_long, too_many
from cpctrack.reading.document import BLANK, Cell, Document, Place, Row, Table, parted, struck
from cpctrack.reading.office import shade_of

_SHEETS = "xl/worksheets/"
_PREFIXED = re.compile(rb"<(/?)x:")  # as some programs write each name
_MOST_ROWS = 1_048_576  # that a sheet can have
_MOST_CELLS = 10_000_000  # that are looked at: a row is as wide as its last cell stands far right
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = re.compile(rb'<row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="(\d+)"')
# A control in a text, or an underscore that would else begin one. Other letters are not written
# so, and LibreOffice leaves a text that has such words as it is.
_ESCAPED = re.compile("_x(00(?:[01][0-9A-Fa-f]|5[Ff]))_")
# Of a text, the result is written as such even where it is empty.
_NOT_WORKED_OUT = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*\br="([A-Z]+\d+)"[^>]*><f\b[^>]*(?:/>|>([^<]*)</f>)'
    rb"(?:<v\s*/>|<v></v>)?</c>"
)
_FORMULA = re.compile(rb'<c\b[^>]*\br="([A-Z]+\d+)"[^>]*><f\b')

_FROM_LEFT = Cell(covered="left")
_MARGIN = re.compile(rb"<(?:odd|even|first)(?:Header|Footer)>([^<]+)<")
_MARGIN_CODE = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|\d+|[A-Z])')  # its place, font, page number
_STRUCK_INLINE = re.compile(
    rb'<c\b[^>]*\br="([A-Z]+\d+)"[^>]*><is>((?:(?!</is>).)*?<strike\b.*?)</is>', re.DOTALL
)

_NOT_A_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')  # of a number format: words, colours
_DAY = re.compile(r"(?<!d)dd?(?!d)")
_NUMBER = re.compile(r"(?P<groups>#,##)?(?P<zeros>0*)(?:\.(?P<places>0+))?(?P<percent>%?)")
_SCHEME = re.compile(rb"<a:clrScheme\b.*?>(.*?)</a:clrScheme>", re.DOTALL)
_COLOUR = re.compile(rb'<a:(?:srgbClr val|sysClr [^>]*lastClr)="([0-9A-Fa-f]{6})"')
_HEXADECIMAL = 6  # digits of a colour
_WIDEST = 256  # columns that a title is merged over
_DIGITS = 15  # of a spreadsheet's number; what follows is noise


def read(content: bytes, name: str) -> Document:
    """Read the sheets in their order; a row's line is its number in the sheet.

    Raises `ImportRefusedError` for what is damaged, locked or beyond reason in size, and
    `MissingExtraError` without openpyxl.
    """
    with extras.needed("office", "Reading an Excel workbook"):
        import defusedxml  # noqa: F401 - openpyxl reads XML with it where it is installed
        import openpyxl
    archive = open_archive(content, name)
    margins: list[str] = []
    for sheet in (archive.read(part) for part in archive.namelist() if part.startswith(_SHEETS)):
        for margin in _MARGIN.findall(_PREFIXED.sub(rb"<\1", sheet)):
            text = unescape(margin.decode(errors="replace"))
            margins.append(" ".join(_MARGIN_CODE.sub(" ", text).split()))
    try:
        with warnings.catch_warnings():
            # openpyxl tells of what it passes over: charts, lists to choose from and the like.
            warnings.simplefilter("ignore")
            usual = io.BytesIO(as_usual(archive) if is_strict(archive) else content)
            book = openpyxl.load_workbook(usual, read_only=True, data_only=True, rich_text=True)
            reader = _Workbook(archive, name, book)
            seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            tables = tuple(map(reader.table, seen))
            unworked = reader.not_worked_out
            return Document(name, "xlsx", tables, tuple(margins), not_worked_out=unworked)
    except ImportRefusedError:
        raise
    except Exception as error:  # whatever comes of parts that don't fit each other
        raise ImportRefusedError(
            f"{name} can't be read as a workbook; open it in a spreadsheet program, save it "
            "as an Excel workbook (.xlsx), and import that."
        ) from error


class _Workbook:
    """Reads the sheets of one workbook, and no more of them than a log of actions can have.

    A sheet is any object: openpyxl's own type leaves out what of it is used here.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str, book: Any) -> None:
        self.archive = archive
        said = book.properties  # programs that save a workbook of ours keep them
        ours = (said.description or "").startswith(f"{MADE_WITH}cpctrack ")
        self.made_on = said.created.date().isoformat() if ours else ""
        fonts = [book._fonts[style.fontId] for style in book._cell_styles]
        fills = [book._fills[style.fillId] for style in book._cell_styles]
        # By the numbers of the styles.
        self.striking = {number for number, font in enumerate(fonts) if font.strike}
        self.bold = {number for number, font in enumerate(fonts) if font.b}
        theme = _theme(book.loaded_theme)
        self.shades = {number: _shade(fill, theme) for number, fill in enumerate(fills)}
        self.blanks = {style: Cell(shade=shade) for style, shade in self.shades.items() if shade}
        self.name = name
        self.inline: dict[str, Any] = {}
        self.formulas: frozenset[str] = frozenset()
        self.blank: dict[str, str] = {}  # formulas that show nothing
        self.not_worked_out = ""
        self.cells = 0
        self.letters = 0

    def table(self, sheet: Any) -> Table:
        sheet.reset_dimensions()  # the file may say that a few rows are a million
        xml = _PREFIXED.sub(rb"<\1", self.archive.read(sheet._worksheet_path))
        merged = _Merged(xml)
        hidden = {int(line) for line in _HIDDEN.findall(xml)}
        self.inline = dict(_struck_inline(xml))
        self.formulas = frozenset(each.decode() for each in _FORMULA.findall(xml))
        blank = _NOT_WORKED_OUT.findall(xml)
        self.blank = {at.decode(): f"={unescape(said.decode())}" for at, said in blank}
        if blank:
            self.not_worked_out = f"in cell {next(iter(self.blank))}"
        rows: list[Row] = []
        faults: list[tuple[int, str]] = []
        width = 0  # of the rows above, without a gap between
        for line, found in enumerate(sheet.iter_rows(), 1):
            self.cells += len(found)
            if line > _MOST_ROWS or self.cells > _MOST_CELLS:
                raise too_many(self.name)
            cells = [self._cell(cell, line) for cell in found]
            filled = max((at for at, cell in enumerate(cells, 1) if cell.text.strip()), default=0)
            width = max(width, filled) if filled else 0
            # What only has a shade says something where the rows above reach as far.
            cells = cells[: width if any(cell.shade for cell in cells[filled:]) else filled]
            place = Place(line, sheet=sheet.title)
            if cells:
                rows.append(Row(merged.fill(line, cells), place, line in hidden))
                for cell in found:
                    if cell.data_type == "e":
                        says = f"cell {cell.coordinate} of the sheet “{sheet.title}” shows an error"
                        how = f"({cell.value}); put it right in the spreadsheet."
                        faults.append((line, f"{says} {how}"))
            elif rows and rows[-1].cells:
                rows.append(Row((), place))  # a gap parts tables; one row tells of it
        made = self.made_on
        return Table(tuple(rows), faults=tuple(faults), ours=bool(made), made_on=made)

    def _cell(self, cell: Any, line: int) -> Cell:
        value = cell.value
        if self.blank and value is None:
            value = self.blank.get(getattr(cell, "coordinate", ""))
        if value is None:
            return self.blanks.get(getattr(cell, "_style_id", 0), BLANK)
        if self.inline:
            value = self.inline.get(cell.coordinate, value)
        style = cell._style_id
        # openpyxl's text of several fonts is a list; what has none of its own has the cell's.
        parts = value if isinstance(value, list) else [value]
        is_struck = style in self.striking
        text, living = parted(
            "".join(_shown(part, cell.number_format, is_struck=is_struck) for part in parts)
        )
        self.letters += len(text)
        if len(text) > LONGEST_LINE:
            raise too_long(self.name, line)
        if self.letters > MOST_BYTES:  # one text may stand in a million cells
            raise too_many(self.name)
        is_more = isinstance(value, date | float | int) and not isinstance(value, bool)
        return Cell(
            text,
            living,
            bold=style in self.bold,
            shade=self.shades.get(style, ""),
            value=value if is_more else None,
            formula=bool(self.formulas) and cell.coordinate in self.formulas,
        )


def _theme(xml: bytes | None) -> list[str]:
    """Give the colours of a workbook's theme, in the order that cells number them."""
    scheme = _SCHEME.search(xml or b"")
    found = [colour.decode() for colour in _COLOUR.findall(scheme[1])] if scheme else []
    return [*found[1::-1], *found[3:1:-1], *found[4:]]  # light and dark change places


def _shade(fill: Any, theme: Sequence[str]) -> str:
    """Give the colour of a fill: as it is written, by its number, or by its place in the theme."""
    from openpyxl.styles.colors import COLOR_INDEX

    colour = fill.fgColor if getattr(fill, "fill_type", None) == "solid" else None
    if colour is None:
        return ""
    said = ""
    if colour.type == "rgb":
        said = str(colour.rgb)
    elif colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        said = COLOR_INDEX[colour.indexed]
    elif colour.type == "theme" and colour.theme < len(theme):
        said = theme[colour.theme]
    return shade_of(_tinted(said[-6:], colour.tint or 0.0))


def _tinted(colour: str, tint: float) -> str:
    """Make a colour lighter, or darker where the tint is below 0, as Excel does."""
    if not tint or len(colour) != _HEXADECIMAL:
        return colour
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    parts = colorsys.hls_to_rgb(hue, min(max(light, 0.0), 1.0), saturation)
    return "".join(f"{round(part * 255):02x}" for part in parts)


def _shown(part: Any, number_format: str, *, is_struck: bool) -> str:
    """Give what is shown of a value, or of a stretch of text with a font of its own."""
    if font := getattr(part, "font", None):
        part, is_struck = part.text, bool(font.strike)
    if isinstance(part, str):
        text = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), part)
    else:
        text = shown(part, number_format)
    return struck(text) if is_struck else text


def _struck_inline(xml: bytes) -> Iterator[tuple[str, Any]]:
    """Give texts of several fonts that stand in their cells; openpyxl reads those as one."""
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.xml.constants import SHEET_MAIN_NS
    from openpyxl.xml.functions import fromstring

    for cell, runs in _STRUCK_INLINE.findall(xml):
        tree: Any = fromstring(b'<is xmlns="%s">%s</is>' % (SHEET_MAIN_NS.encode(), runs))
        yield cell.decode(), CellRichText.from_tree(tree)


class _Merged:
    """The cells of a sheet that were merged: each row gets the text of those above it."""

    def __init__(self, xml: bytes) -> None:
        from openpyxl.utils import column_index_from_string

        self._begin: dict[int, list[tuple[int, int, int]]] = {}
        for letters, first, other, last in _MERGED.findall(xml):
            left, right = (column_index_from_string(one.decode()) - 1 for one in (letters, other))
            self._begin.setdefault(int(first), []).append((left, right, int(last)))
        self._running: dict[int, tuple[int, Cell]] = {}

    def fill(self, line: int, cells: list[Cell]) -> tuple[Cell, ...]:
        """Give the cells of a row, with what stands above them in the same merged cell."""
        for column, (last, cell) in list(self._running.items()):
            if line > last:
                del self._running[column]
            elif cell.text:
                cells += [BLANK] * (column + 1 - len(cells))
                cells[column] = cell._replace(covered="above")
        for left, right, last in self._begin.get(line, ()):
            if last > line and left < len(cells):
                self._running[left] = (last, cells[left])
            if left == 0 and cells and cells[0].text:  # blank cells at a row's end are not there
                cells += [BLANK] * (min(right + 1, _WIDEST) - len(cells))
            cells[left + 1 : right + 1] = [
                cell if cell.text else _FROM_LEFT for cell in cells[left + 1 : right + 1]
            ]
        return tuple(cells)


def shown(value: object, number_format: str) -> str:
    """Write a value as its cell shows it, a date so that it can be read in one way only.

    A whole date is ISO; one that is shown without its day or its year is written without, since
    spreadsheets make a date of “March 2023” and of “27 July” and add what nobody said.
    """
    if isinstance(value, bool):
        return str(value).upper()
    code = _NOT_A_CODE.sub("", number_format.partition(";")[0]).lower()
    if isinstance(value, int | float):
        return _number(value, code)
    if isinstance(value, date):
        return _date(value, code)
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _number(value: float, code: str) -> str:
    match = _NUMBER.fullmatch(code)
    exact = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not match or not code or abs(exact) >= 10**_DIGITS:
        text = f"{exact:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    places = len(match["places"] or "")
    percent = match["percent"]
    rounded = (exact * 100 if percent else exact).quantize(
        Decimal(1).scaleb(-places), ROUND_HALF_UP
    )
    if match["groups"]:
        return f"{rounded:,}{percent}"
    width = len(match["zeros"]) + (places + 1 if places else 0)
    return f"{rounded:0{width}}{percent}"


def _date(value: date, code: str) -> str:
    month = MONTHS[value.month - 1]
    if "m" in code and "y" in code and not _DAY.search(code):
        return f"{month} {value.year}"
    if "m" in code and "y" not in code and _DAY.search(code):
        return f"{value.day} {month}"
    if isinstance(value, datetime) and "h" in code and value.time() != time():
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}"

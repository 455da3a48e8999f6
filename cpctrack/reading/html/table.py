"""A table of a web page while it is read: cells are put where a browser shows them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cpctrack.reading import office
from cpctrack.reading.document import BLANK, Block, Cell, Paragraph, Place, Row, parted

_MOST_COLUMNS = 200
_MOST_ROWS = 65534  # what the HTML standard allows a cell to span
_FROM_LEFT, _FROM_ABOVE = Cell(covered="left"), Cell(covered="above")
_COLOUR = r"#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|rgba?\([^()]*\)|[a-z]+"
_SHADE = re.compile(rf"background(?:-color)?\s*:\s*({_COLOUR})", re.IGNORECASE)
_INK = re.compile(rf"(?<![\w-])color\s*:\s*({_COLOUR})", re.IGNORECASE)
_TRANSPARENT = re.compile(r"transparent|rgba\([^()]*,\s*0(?:\.0*)?%?\s*\)")
_SIX = re.compile("[0-9a-f]{6}")
_PALEST = 0xF5  # of each colour: such letters are as white as paper
_CLASS = re.compile(r"(?:^|[\s>])(?:td|th|tr)?\.([\w-]+)$")
_LONGEST_SELECTOR = 200
_PARTS = re.compile(r"\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,\s*(?:1|1\.0+|100%)\s*)?")
_NAMED = {
    "amber": "ffbf00", "aqua": "00ffff", "black": "000000", "blue": "0000ff", "brown": "a52a2a",
    "cyan": "00ffff", "darkgray": "a9a9a9", "darkgreen": "006400", "darkgrey": "a9a9a9",
    "darkorange": "ff8c00", "darkred": "8b0000", "fuchsia": "ff00ff", "gold": "ffd700",
    "gray": "808080", "green": "008000", "grey": "808080", "khaki": "f0e68c",
    "lightblue": "add8e6", "lightgray": "d3d3d3", "lightgreen": "90ee90", "lightgrey": "d3d3d3",
    "lightyellow": "ffffe0", "lime": "00ff00", "limegreen": "32cd32", "magenta": "ff00ff",
    "navy": "000080", "olive": "808000", "orange": "ffa500", "pink": "ffc0cb", "purple": "800080",
    "red": "ff0000", "salmon": "fa8072", "silver": "c0c0c0", "skyblue": "87ceeb", "teal": "008080",
    "tomato": "ff6347", "violet": "ee82ee", "white": "ffffff", "yellow": "ffff00",
    "yellowgreen": "9acd32",
}  # fmt: skip


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
    _shade_of_row: str = ""
    letters: int = 0  # of the open cell
    _below: dict[int, tuple[int, Cell]] = field(default_factory=dict)  # by column: rows to cover

    def start_row(self, line: int, *, hidden: bool, shade: str = "") -> None:
        """Begin a row."""
        self.end_row()
        self._shade_of_row = shade
        self._cells = []
        self._line, self._hidden = line, hidden

    def start_cell(self, line: int, *, columns: int, rows: int, shade: str, hidden: bool) -> None:
        """Begin a cell, behind those that cells of the rows above reach down to."""
        if self._cells is None:
            self.start_row(line, hidden=hidden)
        self.end_cell()
        self._columns = max(1, min(columns, _MOST_COLUMNS))
        self._rows = max(1, min(rows, _MOST_ROWS))
        self._shade = shade or self._shade_of_row
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


def shades_of_classes(page: str) -> dict[str, str]:
    """Give the colours that a page's own style sheet puts behind cells and rows, by class."""
    found = {}
    end = page.lower().rfind("</style")
    for rule in page[: max(end, 0)].split("}"):
        selectors, _, said = rule.rpartition("{")
        shade = _SHADE.search(said) if selectors else None
        for selector in selectors.split(",") if shade else ():
            if shade and (named := _CLASS.search(selector.strip()[-_LONGEST_SELECTOR:])):
                found[named[1]] = _colour(shade[1])
    return found


def shade_of(attributes: Mapping[str, str | None], classes: Mapping[str, str]) -> str:
    """Give the colour behind a cell or a row as six digits; `classes` have their own."""
    if found := _SHADE.search(attributes.get("style") or ""):
        return _colour(found[1])
    said = (classes[name] for name in (attributes.get("class") or "").split() if name in classes)
    return next(said, "") or _colour(attributes.get("bgcolor") or "")


def is_like_paper(attributes: Mapping[str, str | None]) -> bool:
    """Tell whether an element sets its letters in white, or in no colour at all."""
    found = _INK.search(attributes.get("style") or "")
    said = (found[1] if found else attributes.get("color") or "").strip().lower()
    colour = _hexadecimal(said)
    is_pale = _SIX.fullmatch(colour) and min(bytes.fromhex(colour)) >= _PALEST
    return bool(is_pale or _TRANSPARENT.fullmatch(said))


def _colour(said: str) -> str:
    return office.shade_of(_hexadecimal(said))


def _hexadecimal(said: str) -> str:
    text = said.strip().lower()
    if text.startswith("rgb"):
        parts = _PARTS.fullmatch(text[text.index("(") + 1 : -1])
        text = "".join(f"{min(int(part), 255):02x}" for part in parts.groups()) if parts else ""
    elif text.startswith("#") and len(text) == len("#abc"):
        text = "".join(digit * 2 for digit in text[1:])
    return _NAMED.get(text, text).removeprefix("#")

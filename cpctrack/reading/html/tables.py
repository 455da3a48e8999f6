"""Tables on a web page, merged cells included."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.base import RawTable, Row, row_of, struck
from cpctrack.reading.decode import LONGEST_LINE, too_long
from cpctrack.records.exempt import divides

_BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "address"}
_CELLS = {"td", "th", "tr", "tbody"}
# Elements that need no end tag, and what ends them then.
ENDED_BY = {"td": _CELLS, "th": _CELLS, "tr": {"tr", "tbody"}, "li": {"li"}, "p": _BLOCKS}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_STRIKING = {"s", "strike", "del"}
_STRIKING_CLASS = re.compile(r"\.([\w-]+)\s*\{[^{}]*line-through[^{}]*\}")
_UNSEEN = {"script", "style", "template"}
# Not \s: a page joins words with a no-break space to keep it.
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SPACES_IN_LINE = re.compile(r"[ \t\r\f]+")
# Our own documents show the lines of a text as they are, and set notes on a line of their own.
_OURS = re.compile(r'<meta name="generator" content="cpctrack\b')
_NOTE = "note"
_HEAD = 4096
# <![if !mso]>, as Word writes it, but not the end of <!--[if mso]> … <![endif]-->
_CONDITION = re.compile(r"<!\[(?![^<>]*-->)[^<>]*>?")
_MOST_COLUMNS = 200
_LONGEST_TITLE = 300
_MOST_ROWS = 65534  # what the HTML standard allows a cell to span


@dataclass(frozen=True, slots=True)
class Html:
    """Reads every table of a page; a table within a cell is a table of its own."""

    name: str = "html"
    endings: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def detect(self, head: str) -> bool:
        """Look for a tag at the very beginning and a page or a table somewhere."""
        start = head.lstrip("\ufeff \t\r\n").lower()
        return start.startswith("<") and bool(
            re.search(r"<(?:!doctype html|html|head|body|table)\b", start)
        )

    def read(self, text: str, name: str) -> list[RawTable]:
        """Read the tables in the order they begin.

        Raises `ImportRefusedError` for a page that can't be parsed, or a cell that is too long.
        """
        page = closed(text)
        ours = _OURS.search(text[:_HEAD]) is not None
        parser = _Parser(name, page, ours=ours)
        try:
            parser.feed(page)
            parser.close()
        except AssertionError as error:  # what older standard libraries raise
            raise ImportRefusedError(
                f"{name} is not a web page that can be read; save it again, or as CSV."
            ) from error
        parser.end_tables()
        return [
            RawTable(tuple(_fill(table.rows)), ours=ours) for table in parser.tables if table.rows
        ]


@dataclass(slots=True)
class _Cell:
    line: int
    rows: int
    columns: int
    parts: list[str] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        lines = "".join(self.parts).split("\n")
        return "\n".join(" ".join(filter(None, line.split(" "))) for line in lines).strip("\n")


@dataclass(slots=True)
class _Table:
    rows: list[tuple[int, list[_Cell]]] = field(default_factory=list)
    in_row: bool = False
    cell: _Cell | None = None


class Striking:
    """Follows which text of a page is struck through, by its tags, styles and classes."""

    def __init__(self, page: str) -> None:
        self._classes = set(_STRIKING_CLASS.findall(page)) if "line-through" in page else set()
        self._tag = ""
        self._depth = 0

    @property
    def now(self) -> bool:
        """Tell whether what stands here is struck through."""
        return bool(self._tag)

    def start(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        """Take in a start tag."""
        if tag in ENDED_BY.get(self._tag, ()):
            self._tag = ""
        if self._tag:
            self._depth += tag == self._tag
        elif tag not in VOID and self._strikes(tag, attributes):
            self._tag, self._depth = tag, 1

    def end(self, tag: str) -> None:
        """Take in an end tag."""
        self._depth -= tag == self._tag
        if not self._depth or (tag == "table" and self._tag in ("tr", "td", "th")):
            self._tag = ""

    def _strikes(self, tag: str, attributes: Mapping[str, str | None]) -> bool:
        return (
            tag in _STRIKING
            or "line-through" in (attributes.get("style") or "").lower()
            or not self._classes.isdisjoint((attributes.get("class") or "").split())
        )


class _Parser(HTMLParser):
    """Collects the cells of each table; what is left open is closed by what follows."""

    def __init__(self, name: str, page: str, *, ours: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.spaces = _SPACES_IN_LINE if ours else _SPACES
        self.blocks = _BLOCKS | {"small"} if ours else _BLOCKS
        self.tables: list[_Table] = []
        self._open: list[_Table] = []
        self._unseen = 0
        self._striking = Striking(page)
        self._above = [""]  # the paragraphs before the next table

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._striking.start(tag, dict(attrs))
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            titles = map(" ".join, map(str.split, self._above))
            line = self.getpos()[0]
            rows = [(line, [_Cell(line, 1, 1, [text])]) for text in titles if divides(text)]
            self._open.append(_Table(rows))
            self.tables.append(self._open[-1])
            self._above = [""]
        elif not self._open:
            if tag in _BLOCKS:
                self._above.append("")
        else:
            self._start_in_table(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        self._striking.end(tag)
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag == "table" and self._open:
            self._open.pop()
        elif self._open:
            self._end_in_table(tag)

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        if self._open:
            text = self.spaces.sub(" ", data)
            self._write(struck(text) if self._striking.now else text)
        elif len(self._above[-1]) < _LONGEST_TITLE:
            self._above[-1] += data

    def end_tables(self) -> None:
        """Close what the page left open."""
        self._open.clear()

    def _start_in_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self._open[-1]
        if tag == "tr":
            self._start_row(table)
        elif tag in ("td", "th"):
            if not table.in_row:
                self._start_row(table)
            rows = _span(attributes.get("rowspan"), _MOST_ROWS)
            columns = _span(attributes.get("colspan"), _MOST_COLUMNS)
            table.cell = _Cell(self.getpos()[0], rows, columns)
            table.rows[-1][1].append(table.cell)
        elif tag == "br":
            self._write("\n")
        elif tag in self.blocks or _NOTE in (attributes.get("class") or "").split():
            self._end_line()

    def _end_in_table(self, tag: str) -> None:
        table = self._open[-1]
        if tag in ("td", "th"):
            table.cell = None
        elif tag == "tr":
            table.cell = None
            table.in_row = False
        elif tag in _BLOCKS:
            self._end_line()

    def _start_row(self, table: _Table) -> None:
        table.rows.append((self.getpos()[0], []))
        table.in_row = True
        table.cell = None

    def _end_line(self) -> None:
        cell = self._open[-1].cell
        if cell and "".join(cell.parts[-1:]).strip(" ")[-1:] not in ("", "\n"):
            self._write("\n")

    def _write(self, text: str) -> None:
        cell = self._open[-1].cell
        if cell is None:
            return
        cell.parts.append(text)
        cell.length += len(text)
        if cell.length > LONGEST_LINE:
            raise too_long(self.name, cell.line)


def closed(text: str) -> str:
    """Take out what is never closed: comments, conditions, a tag that the page breaks off in.

    The standard library looks for the end of each, again and again, to the end of the page.
    """
    last = text.rfind("-->") + 1
    page = _CONDITION.sub("", text[:last] + text[last:].replace("<!--", ""))
    broken_off = page.find("<", page.rfind(">") + 1)
    return page if broken_off < 0 else page[:broken_off]


def _span(value: str | None, most: int) -> int:
    number = int(value) if value and value.isdecimal() and len(value) < 7 else 1
    return max(1, min(number, most))


def _fill(rows: list[tuple[int, list[_Cell]]]) -> list[Row]:
    """Repeat a cell that spans rows in each; one that spans columns stands in the first."""
    filled = []
    pending: dict[int, tuple[int, str]] = {}
    for line, row in rows:
        cells: list[str] = []
        for cell in row:
            _take_pending(cells, pending)
            text = cell.text
            if cell.rows > 1 and len(cells) < _MOST_COLUMNS:
                pending[len(cells)] = (cell.rows - 1, text)
            cells += [text, *[""] * (cell.columns - 1)]
        _take_pending(cells, pending)
        while max(pending, default=-1) >= len(cells):
            cells.append("")
            _take_pending(cells, pending)
        filled.append(row_of(line, cells[:_MOST_COLUMNS]))
    return filled


def _take_pending(cells: list[str], pending: dict[int, tuple[int, str]]) -> None:
    """Add what the rows above leave for the next columns of this one."""
    while (left := pending.get(len(cells))) is not None:
        rows, text = left
        if rows == 1:
            del pending[len(cells)]
        else:
            pending[len(cells)] = (rows - 1, text)
        cells.append(text)


READER = Html()

"""Web pages: paragraphs, headings, lists numbered as printed, tables."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.decode import decode
from cpctrack.reading.html import tables
from cpctrack.reading.html.cells import Table
from cpctrack.reading.lines import Block, Line, Paragraph, number_lines
from cpctrack.reading.numerals import numeral

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_UNSEEN = {"head", "script", "style", "template", "noscript", "select"}
_BOLD = {"b", "strong"}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_HEADING = re.compile("h[1-6]")
_MOST_NESTED = 20  # tables in tables; deeper ones are read as if they were not there
# Not \s: a page joins words with a no-break space to keep it.
_SPACES = re.compile(r"[ \t\r\n\f]+")
_START = re.compile(r"-?\d{1,6}")


def read(content: bytes, path: Path) -> list[Line]:
    """Read what a page shows, in its order; what scripts, styles and its head hold stays unread."""
    page = tables.closed(decode(content, path))
    parser = _Parser(page)
    try:
        parser.feed(page)
        parser.close()
    except AssertionError as error:  # what older standard libraries raise
        raise ImportRefusedError(
            f"{path} is not a web page that can be read; save it again."
        ) from error
    return number_lines(parser.finish())


@dataclass(slots=True)
class _List:
    style: str  # 1, a, A, i, I or - for bullets
    number: int

    def label(self, value: str | None) -> str:
        """Count an item and give what is printed in front of it."""
        if self.style == "-":
            return self.style
        self.number = _whole(value, self.number + 1)
        return f"{numeral(self.style, self.number)}."


@dataclass(slots=True)
class _Open:
    """The paragraph that is being read."""

    parts: list[str] = field(default_factory=list)
    label: str = ""
    heading: int = 0
    plain: bool = False  # some of it is not bold
    struck: bool = False  # some of it is struck through


class _Parser(HTMLParser):
    """Collects paragraphs and rows; what is left open is closed by what follows."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._tables: list[Table] = []
        self._lists: list[_List] = []
        self._open = _Open()
        self._bold = Counter[str]()
        self._preformatted = 0
        self._hidden = ""  # the element that hides what is in it
        self._hidden_depth = 0
        self._striking = tables.Striking(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._striking.start(tag, attributes)
        if self._hidden and not self._is_seen_again(tag):
            self._hidden_depth += tag == self._hidden
        elif _hides(tag, attributes):
            self._end_paragraph_at(tag)
            self._hidden, self._hidden_depth = tag, 1
        else:
            self._end_paragraph_at(tag)
            self._start(tag, attributes)

    def handle_endtag(self, tag: str) -> None:
        self._striking.end(tag)
        if self._hidden:
            self._hidden_depth -= tag == self._hidden
            self._hidden = self._hidden if self._hidden_depth else ""
            return
        self._end_paragraph_at(tag)
        if self._bold[tag]:
            self._bold[tag] -= 1
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        elif tag in ("table", "tr", "td", "th") and self._tables:
            self._end_in_table(tag)

    def handle_data(self, data: str) -> None:
        if self._striking.now:
            self._open.struck = True
        if self._hidden or self._striking.now:
            return
        text = data if self._preformatted else _SPACES.sub(" ", data)
        self._open.parts.append(text)
        if text.strip() and not self._bold.total():
            self._open.plain = True

    def finish(self) -> list[Block]:
        """Close what the page left open and give all of it."""
        self._end_paragraph()
        while self._tables:
            self._end_in_table("table")
        return self.blocks

    def _is_seen_again(self, tag: str) -> bool:
        """End an element that was not closed and can't hold what begins now."""
        ending = {"body"} if self._hidden == "head" else tables.ENDED_BY.get(self._hidden, set())
        if tag in ending:
            self._hidden = ""
        return not self._hidden

    def _start(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "br":
            self._open.parts.append("\n")
        elif tag in _BOLD:
            self._bold[tag] += 1
        elif tag == "pre":
            self._preformatted += 1
        elif _HEADING.fullmatch(tag):
            self._open.heading = int(tag[1])
        self._start_list(tag, attributes)
        if tag == "table" and len(self._tables) < _MOST_NESTED:
            self._tables.append(Table())
        elif self._tables and tag in ("tr", "td", "th"):
            self._start_in_table(tag, attributes)

    def _start_list(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "ul":
            self._lists.append(_List("-", 0))
        elif tag == "ol":
            style = attributes.get("type") or "1"
            start = _whole(attributes.get("start"), 1)
            self._lists.append(_List(style if style in "1aAiI" else "1", start - 1))
        elif tag == "li":
            list_ = self._lists[-1] if self._lists else _List("-", 0)
            self._open.label = list_.label(attributes.get("value"))

    def _start_in_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        table = self._tables[-1]
        if tag == "tr":
            self._collected().extend(table.end_row())
        else:
            table.start_cell(
                _whole(attributes.get("colspan"), 1), _whole(attributes.get("rowspan"), 1)
            )

    def _end_in_table(self, tag: str) -> None:
        table = self._tables[-1]
        if tag in ("td", "th"):
            table.end_cell()
            return
        row = table.end_row()
        if tag == "table":
            self._tables.pop()
        self._collected(outside=tag == "tr").extend(row)

    def _collected(self, *, outside: bool = True) -> list[Block]:
        """Give the list that what is read goes to: the innermost open cell's, else the page's."""
        for table in reversed(self._tables[: -1 if outside else None]):
            if table.cell is not None:
                return table.cell
        return self.blocks

    def _end_paragraph_at(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        """Put what was read since the last block down; a label waits for its text."""
        text = "".join(self._open.parts)
        if not text.strip():
            self._open = _Open(label="" if self._open.struck else self._open.label)
            return
        if not self._preformatted:
            text = "\n".join(_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
        label = f"{self._open.label} " if self._open.label else ""
        bold = not self._open.plain
        self._put(Paragraph(label + text.strip(), self._open.heading, bold))
        self._open = _Open()

    def _put(self, paragraph: Paragraph) -> None:
        self._collected(outside=False).append(paragraph)


def _hides(tag: str, attributes: dict[str, str | None]) -> bool:
    if tag in tables.VOID:
        return False
    style = (attributes.get("style") or "").lower()
    return tag in _UNSEEN or "hidden" in attributes or bool(_HIDDEN.search(style))


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and _START.fullmatch(value.strip()) else otherwise

"""Web pages: paragraphs, headings, lists numbered as printed, tables, merged cells included."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.decode import LONGEST_LINE, too_long
from cpctrack.reading.document import (
    Block,
    Document,
    Paragraph,
    Place,
    Table,
    lines_of,
    parted,
    struck,
)
from cpctrack.reading.html.table import OpenTable, is_like_paper, shade_of, shades_of_classes
from cpctrack.reading.office import numeral

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_UNSEEN = {"head", "script", "style", "template", "noscript", "select", "title"}
_OF_TABLES = {"table", "tr", "td", "th"}
_BOLD = {"b", "strong"}
_ENDING_P = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "address"}
_APART = {"blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "ul"}
_CLOSE = re.compile(r"\bmso|margin(?:-top)?\s*:\s*0")
_CELLS = {"td", "th", "tr", "tbody"}
# Elements that need no end tag, and what ends them then.
_ENDED_BY = {
    "td": _CELLS, "th": _CELLS, "tr": {"tr", "tbody"}, "li": {"li"}, "p": _ENDING_P,
    "head": {"body"},
}  # fmt: skip
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"}
_STRIKING = {"s", "strike", "del"}
_STRIKING_CLASS = re.compile(r"\.([\w-]+)\s*\{[^{}]*line-through[^{}]*\}")
_HIDES = (
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|(?:font-size|(?<!-)opacity)\s*:\s*(?:0++(?:\.0*+)?|\.0++)(?![\d.])"
)
_HIDDEN = re.compile(_HIDES)
_HIDING_RULE = re.compile(rf"([.#][\w-]+)\s*\{{[^{{}}]*(?:{_HIDES})")
_MEDIA = re.compile(r"@media[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")  # of printers and telephones
_HEADING = re.compile("h[1-6]")
_MOST_NESTED = 20  # tables in tables; deeper ones are read as if they were not there
# Not \s: a page joins words with a no-break space to keep it.
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SPACES_IN_LINE = re.compile(r"[ \t\r\f]+")
_NUMBER = re.compile(r"-?\d{1,6}")
# Our own documents show the lines of a text as they are, and set notes on a line of their own.
_OURS = re.compile(r'<meta name="generator" content="cpctrack\b')
_HEAD = 4096
# <![if !mso]>, as Word writes it, but not the end of <!--[if mso]> … <![endif]-->
_CONDITION = re.compile(r"<!\[(?![^<>]*-->)[^<>]*>?")


def read(text: str, name: str, *, mail: bool = False) -> Document:
    """Read what a page shows, in its order; what scripts, styles and its head hold stays unread.

    In a `mail` letters that are white, or hidden by a rule, are no words: nobody saw them.
    Raises `ImportRefusedError` for a page that can't be parsed, or a cell that is too long.
    """
    # What is never closed goes: comments, conditions, a tag that the page breaks off in. The
    # standard library looks for the end of each, again and again, to the end of the page.
    last = text.rfind("-->") + 1
    page = _CONDITION.sub("", text[:last] + text[last:].replace("<!--", ""))
    broken_off = page.find("<", page.rfind(">") + 1)
    page = page if broken_off < 0 else page[:broken_off]
    parser = _Parser(page, name, ours=_OURS.search(text[:_HEAD]) is not None, mail=mail)
    try:
        parser.feed(parser.page)
        parser.close()
    except AssertionError as error:  # what older standard libraries raise
        raise ImportRefusedError(
            f"{name} is not a web page that can be read; save it again."
        ) from error
    return Document(name, "html", tuple(parser.finish()))


class _Element:
    """Follows one element to its end tag, or to what begins and can't stand in it."""

    def __init__(self) -> None:
        self._tag = ""
        self._depth = 0

    def __bool__(self) -> bool:
        return bool(self._tag)

    def open(self, tag: str) -> None:
        self._tag, self._depth = tag, 1

    def start(self, tag: str) -> None:
        if tag in _ENDED_BY.get(self._tag, ()):
            self._tag = ""
        self._depth += tag == self._tag

    def end(self, tag: str) -> None:
        self._depth -= tag == self._tag
        if not self._depth or (tag == "table" and self._tag in ("tr", "td", "th")):
            self._tag = ""


@dataclass(slots=True)
class _List:
    style: str = "-"  # 1, a, A, i, I or - for bullets
    number: int = 0

    def label(self, value: str | None) -> str:
        """Count an entry and give what is printed in front of it."""
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


class _Parser(HTMLParser):
    """Collects paragraphs and tables; what is left open is closed by what follows."""

    def __init__(self, page: str, name: str, *, ours: bool, mail: bool) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self._name = name
        self._ours = ours
        self._blocks: list[Block] = []
        self._tables: list[OpenTable] = []
        self._lists: list[_List] = []
        self._open = _Open()
        self._bold = Counter[str]()
        self._preformatted = 0
        self._quoted = 0
        self._apart = False
        self._classes = frozenset(_STRIKING_CLASS.findall(page) if "line-through" in page else ())
        self._shades = shades_of_classes(page)
        self._struck, self._unseen, self._hidden = _Element(), _Element(), _Element()
        self._shaded = _Element()
        self._stretches = (self._struck, self._unseen, self._hidden, self._shaded)
        self._mail = mail
        self._hiding = _hiding_rules(page) if mail else frozenset()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        style = (attributes.get("style") or "").lower()
        classes = (attributes.get("class") or "").split()
        strikes = (
            tag in _STRIKING or "line-through" in style or not self._classes.isdisjoint(classes)
        )
        for stretch in self._stretches:
            stretch.start(tag)
        if strikes and not self._struck and tag not in _VOID:
            self._struck.open(tag)
        if self._unseen:
            return
        note = "note" in classes or (self._ours and tag == "small")
        if tag in _BLOCKS or (note and self._is_in_cell()):
            self._end_paragraph()
        hidden = tag not in _VOID and self._hides(tag, attributes, style)
        if tag in _UNSEEN or (hidden and self._is_in_cell() and tag not in _OF_TABLES):
            self._unseen.open(tag)
            return
        if hidden and not self._hidden:
            self._hidden.open(tag)
        if self._is_shown() or tag in _OF_TABLES:
            self._start(tag, attributes)
        if self._mail:
            self._start_in_mail(tag, attributes, hidden=hidden)

    def _start_in_mail(self, tag: str, attributes: dict[str, str | None], *, hidden: bool) -> None:
        """Follow what counts in a mail only: empty lines, quotations, colours, hidden cells."""
        if tag in _APART:
            looks = f"{attributes.get('class')} {attributes.get('style')}".lower()
            self._apart = self._apart or not _CLOSE.search(looks)
        if tag == "blockquote":
            self._quoted += 1
        if not self._shaded and tag not in _VOID and shade_of(attributes, self._shades):
            self._shaded.open(tag)
        if hidden and tag in ("td", "th"):
            self._unseen.open(tag)

    def _hides(self, tag: str, attributes: dict[str, str | None], style: str) -> bool:
        """Tell whether an element is not seen; in a mail also by a rule or letters like paper."""
        if "hidden" in attributes or _HIDDEN.search(style):
            return True
        if not self._mail:
            return False
        names = {f".{name}" for name in (attributes.get("class") or "").split()}
        names.add(f"#{attributes.get('id')}")
        if not self._hiding.isdisjoint(names):
            return True
        shaded = self._shaded or tag in ("table", "tr") or shade_of(attributes, self._shades)
        return not shaded and is_like_paper(attributes)

    def handle_endtag(self, tag: str) -> None:
        unseen = bool(self._unseen)
        shown = self._is_shown()
        for stretch in self._stretches:
            stretch.end(tag)
        if unseen:
            return
        if tag in _BLOCKS:
            self._end_paragraph()
        if self._bold[tag]:
            self._bold[tag] -= 1
        if tag in ("ul", "ol") and self._lists and shown:
            self._lists.pop()
        elif tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
        elif tag == "pre":
            self._preformatted = max(0, self._preformatted - 1)
        elif self._tables and tag in _OF_TABLES:
            self._end_in_table(tag)

    def handle_data(self, data: str) -> None:
        if self._unseen or not self._is_shown():
            return
        in_cell = self._is_in_cell()
        if in_cell:
            self._tables[-1].letters += len(data)
            if self._tables[-1].letters > LONGEST_LINE:
                raise too_long(self._name, self.getpos()[0])
        spaces = _SPACES_IN_LINE if self._ours and in_cell else _SPACES
        text = data if self._preformatted else spaces.sub(" ", data)
        self._open.parts.append(struck(text) if self._struck else text)
        if text.strip() and not self._struck and not self._bold.total():
            self._open.plain = True

    def finish(self) -> list[Block]:
        """Close what the page left open and give all of it."""
        self._end_paragraph()
        while self._tables:
            self._end_in_table("table")
        return self._blocks

    def _is_in_cell(self) -> bool:
        return bool(self._tables and self._tables[-1].blocks is not None)

    def _is_shown(self) -> bool:
        """Tell whether something is seen; what is in a row is read also where the row is hidden."""
        return not self._hidden or self._is_in_cell()

    def _start(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "br":
            self._open.parts.append("\n")
        elif tag in _BOLD:
            self._bold[tag] += 1
        elif tag == "pre":
            self._preformatted += 1
        elif _HEADING.fullmatch(tag):
            self._open.heading = int(tag[1])
        elif tag in ("ul", "ol", "li"):
            self._start_list(tag, attributes)
        elif tag == "table" and len(self._tables) < _MOST_NESTED:
            self._tables.append(OpenTable())
        elif self._tables and tag == "tr":
            shade = shade_of(attributes, self._shades)
            self._tables[-1].start_row(self.getpos()[0], hidden=bool(self._hidden), shade=shade)
        elif self._tables and tag in ("td", "th"):
            self._tables[-1].start_cell(
                self.getpos()[0],
                columns=_whole(attributes.get("colspan"), 1),
                rows=_whole(attributes.get("rowspan"), 1),
                shade=shade_of(attributes, self._shades),
                hidden=bool(self._hidden),
            )

    def _start_list(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "ul":
            self._lists.append(_List())
        elif tag == "ol":
            style = attributes.get("type") or "1"
            start = _whole(attributes.get("start"), 1)
            self._lists.append(_List(style if style in "1aAiI" else "1", start - 1))
        else:
            list_ = self._lists[-1] if self._lists else _List()
            self._open.label = list_.label(attributes.get("value"))

    def _end_in_table(self, tag: str) -> None:
        table = self._tables[-1]
        if tag in ("td", "th"):
            table.end_cell()
            return
        table.end_row()
        if tag == "table":
            self._tables.pop()
            if table.rows:
                read = Table(tuple(table.rows), ours=self._ours, quoted=self._quoted)
                self._collected().append(read)
                if self._is_in_cell():
                    self._tables[-1].texts += (line.text for line in lines_of(read))

    def _collected(self) -> list[Block]:
        """Give the list that what is read goes to: the innermost open cell's, else the page's."""
        cells = (table.blocks for table in reversed(self._tables) if table.blocks is not None)
        return next(cells, self._blocks)

    def _end_paragraph(self) -> None:
        """Put what was read since the last block down; a label waits for its text."""
        text = "".join(self._open.parts)
        if not text.strip():
            self._apart = self._apart or "\n" in text or "\xa0" in text
            self._open = _Open(label=self._open.label)
            return
        if not self._preformatted:
            text = "\n".join(_SPACES.sub(" ", line).strip(" ") for line in text.split("\n"))
        text = text.strip(" \n")
        if self._is_in_cell():
            self._tables[-1].texts.append(text)
        printed, living = parted(text)
        if label := self._open.label:
            printed = f"{label} {printed}"
            living = f"{label} {living}" if living else living
        place = Place(self.getpos()[0])
        paragraph = Paragraph(
            printed, self._open.heading, not self._open.plain, living, place=place
        )
        self._collected().append(paragraph._replace(quoted=self._quoted, apart=self._apart))
        self._open, self._apart = _Open(), False


def _hiding_rules(page: str) -> frozenset[str]:
    """Give the classes and ids (``.x``, ``#x``) that the page's own style sheet hides."""
    end = page.lower().rfind("</style")
    return frozenset(_HIDING_RULE.findall(_MEDIA.sub("", page[: max(end, 0)])))


def _whole(value: str | None, otherwise: int) -> int:
    return int(value) if value and _NUMBER.fullmatch(value.strip()) else otherwise

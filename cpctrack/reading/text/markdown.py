"""Tables in Markdown: the pipe tables that GitHub, Pandoc and cpctrack itself write."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpctrack.reading.base import RawTable, Row, row_of, struck
from cpctrack.reading.decode import check_lines
from cpctrack.records.exempt import divides

if TYPE_CHECKING:
    from markdown_it.token import Token

_RULE = re.compile(
    r"^ {0,3}(?:\|[ \t]*:?-+:?[ \t]*\|?|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?)[ \t]*$",
    re.MULTILINE,
)
_RULE_CELL = re.compile("[:–—-]{3,}")  # under a second header; some programs make dashes of it
_OURS = re.compile(r"\A# .*Appendix 4: .*\n(?s:.{0,2000})^- Made on ", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TEXTS = {"text", "text_special", "code_inline"}
_LINE_ENDS = {"softbreak", "hardbreak"}


@dataclass(frozen=True, slots=True)
class Markdown:
    """Reads every pipe table; emphasis and links leave their words."""

    name: str = "markdown"
    endings: tuple[str, ...] = (".md", ".markdown")

    def detect(self, head: str) -> bool:
        """Look for the rule under a table's header."""
        return _RULE.search(head) is not None

    def read(self, text: str, name: str) -> list[RawTable]:
        """Read the tables in their order; raises `ImportRefusedError` for a line too long."""
        from markdown_it import MarkdownIt

        check_lines(text, name)
        lines = text.split("\n")
        # One blank line says as much as a million, and takes the parser as long as any other.
        kept = [
            at for at, line in enumerate(lines) if line.strip() or (at and lines[at - 1].strip())
        ]
        parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
        tokens = parser.parse("\n".join(lines[at] for at in kept))
        ours = _OURS.search(text) is not None
        return [RawTable(tuple(rows), ours=ours) for rows in _tables(tokens, kept)]


def _tables(tokens: Sequence["Token"], places: Sequence[int]) -> Iterator[list[Row]]:
    rows: list[Row] = []
    titles: list[Row] = []  # what stands above the next table and says that it is exempt, or not
    in_table = False
    line = 0
    cells: list[str] = []
    for token in tokens:
        if token.type == "table_open":
            rows, titles, in_table = titles, [], True
        elif token.type == "tr_open":
            line = places[token.map[0]] + 1 if token.map else line + 1
            cells = []
        elif token.type == "inline" and not in_table:
            text = _words(token.children or ())
            if divides(text):
                titles.append(Row(token.map[0] + 1 if token.map else line + 1, (text,)))
        elif token.type == "inline":
            cells.append(_words(token.children or ()))
        elif token.type == "tr_close" and not all(map(_RULE_CELL.fullmatch, cells)):
            rows.append(row_of(line, cells))
        elif token.type == "table_close":
            in_table = False
            yield rows


def _words(tokens: Sequence["Token"]) -> str:
    """Give the words of a cell; in markdown-it's flat list, struck ones stand between two marks."""
    words = []
    is_struck = 0
    for token in tokens:
        is_struck += (token.type == "s_open") - (token.type == "s_close")
        word = _word(token)
        words.append(struck(word) if is_struck else word)
    return "".join(words)


def _word(token: "Token") -> str:
    if token.type in _TEXTS:
        return token.content
    if token.type in _LINE_ENDS or _BREAK.fullmatch(token.content):
        return "\n"
    return _words(token.children or ())


READER = Markdown()

"""Tables in Markdown: the pipe tables that GitHub, Pandoc and cpctrack itself write."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cpctrack.importers.base import RawTable, Row
from cpctrack.importers.decode import check_lines

if TYPE_CHECKING:
    from markdown_it.token import Token

_RULE = re.compile(
    r"^ {0,3}(?:\|[ \t]*:?-+:?[ \t]*\|?|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?)[ \t]*$",
    re.MULTILINE,
)
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
        tokens = MarkdownIt("commonmark").enable("table").parse(text)
        ours = _OURS.search(text) is not None
        return [RawTable(tuple(rows), ours=ours) for rows in _tables(tokens)]


def _tables(tokens: Sequence["Token"]) -> Iterator[list[Row]]:
    rows: list[Row] = []
    line = 0
    cells: list[str] = []
    for token in tokens:
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            line = token.map[0] + 1 if token.map else line + 1
            cells = []
        elif token.type == "inline":
            cells.append(_words(token.children or ()))
        elif token.type == "tr_close":
            rows.append(Row(line, tuple(cells)))
        elif token.type == "table_close":
            yield rows


def _words(tokens: Sequence["Token"]) -> str:
    return "".join(map(_word, tokens))


def _word(token: "Token") -> str:
    if token.type in _TEXTS:
        return token.content
    if token.type in _LINE_ENDS or _BREAK.fullmatch(token.content):
        return "\n"
    return _words(token.children or ())


READER = Markdown()

"""Markdown: its lines as they stand, and the pipe tables that GitHub, Pandoc and cpctrack write."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cpctrack.reading.decode import split_lines
from cpctrack.reading.document import Block, Cell, Document, Place, Row, Table, parted, struck
from cpctrack.reading.text.plain import lines_of

if TYPE_CHECKING:
    from markdown_it.token import Token

_RULE = re.compile(
    r"^ {0,3}(?:\|[ \t]*:?-+:?[ \t]*\|?|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?)[ \t]*$",
    re.MULTILINE,
)
_RULE_CELL = re.compile("[:–—-]{3,}")  # under a second header; some programs make dashes of it
_OURS = re.compile(r"\A# .*Appendix 4: .*\n(?s:.{0,2000})^- Made on ", re.MULTILINE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK = re.compile(r"</?(?:p|div|[uo]l|li)(?:\s[^<>]*)?>", re.IGNORECASE)  # as extracts have them
_BETWEEN = re.compile(r"[ \t]*\n[\s]*")
_TEXTS = {"text", "text_special", "code_inline"}
_LINE_ENDS = {"softbreak", "hardbreak"}


def has_table(text: str) -> bool:
    """Look for the rule under a table's header."""
    return _RULE.search(text) is not None


def read(text: str, name: str) -> Document:
    """Read the lines, and of each table its cells; emphasis and links leave there their words.

    Raises `ImportRefusedError` for a line that is too long.
    """
    lines = lines_of(text, name)
    blocks: list[Block] = []
    at = 0
    for start, end, table in _tables(text) if has_table(text) else ():
        while at < len(lines) and lines[at].place.line < end:
            if lines[at].place.line < start:
                blocks.append(lines[at])
            at += 1
        blocks.append(table)
    return Document(name, "markdown", (*blocks, *lines[at:]))


def _tables(text: str) -> Iterator[tuple[int, int, Table]]:
    """Give each table, with the line it begins on and the one behind it."""
    from markdown_it import MarkdownIt

    lines = split_lines(text)
    # Blank lines take the parser as long as any other, and one says as much as a million.
    kept = [at for at, line in enumerate(lines) if line.strip() or (at and lines[at - 1].strip())]
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    ours = _OURS.search(text) is not None
    rows: list[Row] = []
    cells: list[Cell] = []
    start = end = line = 0
    for token in parser.parse("\n".join(lines[at] for at in kept)):
        if token.type == "table_open":
            rows = []
            first, behind = token.map or (0, 0)
            start, end = kept[first] + 1, kept[behind - 1] + 2
        elif token.type == "tr_open":
            line = kept[token.map[0]] + 1 if token.map else line + 1
            cells = []
        elif token.type == "inline":
            words = _words(token.children or ())
            if _BLOCK.search(token.content):
                words = _BETWEEN.sub("\n", words).strip()
            cells.append(Cell(*parted(words)))
        elif token.type == "tr_close" and not all(_RULE_CELL.fullmatch(one.text) for one in cells):
            rows.append(Row(tuple(cells), Place(line)))
        elif token.type == "table_close":
            yield start, end, Table(tuple(rows), ours=ours)


def _words(tokens: Sequence["Token"]) -> str:
    """Give the words of a cell; in markdown-it's flat list, struck ones stand between two marks."""
    words = []
    is_struck = 0
    for token in tokens:
        is_struck += (token.type == "s_open") - (token.type == "s_close")
        if token.type in _TEXTS:
            word = token.content
        elif token.type in _LINE_ENDS or any(
            tag.fullmatch(token.content) for tag in (_BREAK, _BLOCK)
        ):
            word = "\n"
        else:
            word = _words(token.children or ())
        words.append(struck(word) if is_struck else word)
    return "".join(words)

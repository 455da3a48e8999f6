"""A page of the documentation, as a terminal shows it."""

import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from markdown_it.token import Token
from rich.box import SIMPLE
from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown, MarkdownElement, TableElement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cpctrack.render.screen.topics import CODE, ENDING, topics
from cpctrack.text import clean, fold

_INDENT = 4


def shown(page: Path, width: int, *, styled: bool, section: str = "") -> str:
    """Lay a page out for lines of this width, without colours where it is not `styled`.

    Of a `section` only the first whose heading has these words, or nothing where none has.
    """
    made = _Page(clean(page.read_text(encoding="utf-8")), hyperlinks=False)
    made.parsed = _section(made.parsed, fold(section)) if section else made.parsed
    for token in made.parsed:
        token.children = list(_reachable(token.children or ()))
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=styled,
        color_system="standard" if styled else None,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(made)
    lines = "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())
    return re.sub("\n{3,}", "\n\n", lines)


def _section(tokens: list[Token], wanted: str) -> list[Token]:
    headings = [at for at, token in enumerate(tokens) if token.type == "heading_open"]
    said = (fold(tokens[at + 1].content.replace(CODE, "")) for at in headings)
    first = next(
        (at for at, words in zip(headings, said, strict=True) if wanted in words), len(tokens)
    )
    after = (at for at in headings if at > first and tokens[at].tag <= tokens[first].tag)
    return tokens[first : next(after, len(tokens))]


def _reachable(inline: Iterable[Token]) -> Iterator[Token]:
    """Leave of links those that lead out of this terminal, or to a page that can be read in it."""
    leads = False
    for token in inline:
        if token.type == "link_open":
            place = str(token.attrs["href"])
            name, is_page, _ = place.partition(ENDING)
            leads = ":" in place or (bool(is_page) and name in topics())
            token.attrs["href"] = f"cpctrack help {name}" if leads and is_page else place
        if token.type == "image":
            yield Token("text", "", 0, content=f"[Picture: {token.content}]")
        elif leads or token.type not in ("link_open", "link_close"):
            yield token


class _Heading(Heading):
    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Text.assemble(self.text, justify="left")


class _Block(CodeBlock):
    """What is typed or printed, indented; what only the site's builder reads is left out."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if not self.lexer_name.startswith("{"):
            yield Padding(Text(str(self.text).rstrip()), (0, 0, 0, _INDENT))


class _Table(TableElement):
    """One whose rows are told apart: most have cells of several lines."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for table in super().__rich_console__(console, options):
            assert isinstance(table, Table)
            table.leading = 1
            table.box, table.pad_edge, table.collapse_padding = (
                SIMPLE,
                False,
                True,
            )  # as newer rich does
            yield table


class _Page(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
        "fence": _Block,
        "code_block": _Block,
        "table_open": _Table,
    }

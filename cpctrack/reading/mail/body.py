"""From the text or the page of a message to its lines, with how deep each is quoted."""

import re
from collections.abc import Iterable, Iterator

from cpctrack.reading.decode import split_lines
from cpctrack.reading.lines import CellsInLine, shown, tidy
from cpctrack.reading.mail.letter import Line

_MARKS = re.compile(r"[ \t]*>(?:[ \t]*>)*")
PICTURE = re.compile(r"data:image/[^\s\"'>]*")
"""A picture in a page: as long as a book, and no word of it."""


def of_page(text: str, name: str = "") -> Iterator[Line]:
    """Give the lines of a web page as a reader sees it; rows of a table with their cells.

    Raises `ImportRefusedError`, which calls the page by its `name`, for what can't be parsed.
    """
    from cpctrack.reading.html import page

    number = 0
    for block in shown(page.read(PICTURE.sub("", text), name, mail=True).blocks):
        if isinstance(block, CellsInLine):
            number += 1
            yield Line("", block.quoted, tuple(map(tidy, block.cells)), number)
            continue
        if block.apart and number:
            number += 1
            yield Line("", block.quoted, number=number)
        for line in tidy(block.text).split("\n"):
            number += 1
            yield Line(line.strip(), block.quoted, number=number)


def of_text(
    text: str, first: int = 1, *, flowed: bool = False, joined: bool = False
) -> Iterator[Line]:
    """Give the lines of a text, the `first` number on, without the marks of quotations (“>”).

    `flowed` is what a mail program calls a text whose lines go on where they end in a space, which
    is none of its own where they are `joined`.
    """
    numbered = enumerate(split_lines(text), first)
    lines = (Line(line, number=number) for number, line in numbered)
    quoted = map(_without_marks, lines)
    for line in _unfolded(quoted, joined=joined) if flowed else quoted:
        yield line._replace(text=tidy(line.text).strip())


def _without_marks(line: Line) -> Line:
    marks = _MARKS.match(line.text)
    own = line.text[marks.end() :] if marks else line.text
    return line._replace(text=own, quoted=marks[0].count(">") if marks else 0)


def _unfolded(lines: Iterable[Line], *, joined: bool) -> Iterator[Line]:
    parts: list[str] = []
    held = Line("")
    for line in lines:
        text = line.text.removeprefix(" ")
        is_signature = text == "-- "
        if parts and (line.quoted != held.quoted or is_signature):
            yield held._replace(text="".join(parts))
            parts = []
        if not parts:
            held = line
        if text.endswith(" ") and not is_signature:
            parts.append(text[:-1] if joined else text)
            continue
        yield held._replace(text="".join((*parts, text)))
        parts = []
    if parts:
        yield held._replace(text="".join(parts))

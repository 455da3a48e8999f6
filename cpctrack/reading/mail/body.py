"""From the text or the page of a message to its lines, with how deep each is quoted."""

import re
from collections.abc import Iterable, Iterator

from cpctrack.reading.decode import split_lines
from cpctrack.reading.lines import CellsInLine, shown, tidy
from cpctrack.reading.mail.letter import Line

_MARKS = re.compile(r"[ \t]*>(?:[ \t]*>)*")
_PICTURE = re.compile(r"data:image/[^\s\"'>]*")  # as long as a book, and no word of it


def of_page(text: str) -> Iterator[Line]:
    """Give the lines of a web page as a reader sees it; rows of a table with their cells."""
    from cpctrack.reading.html import page

    number = 0
    for block in shown(page.read(_PICTURE.sub("", text), "", mail=True).blocks):
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


def of_text(text: str, first: int = 1, *, flowed: bool = False, joined: bool = False) -> list[Line]:
    """Give the lines of a text, without their marks of a quotation (“>”).

    `flowed` is what a mail program calls a text whose lines go on where they end in a space, which
    is none of its own where they are `joined`.
    """
    lines: Iterable[Line] = map(_line, split_lines(text), range(first, 1 << 62))
    if flowed:
        lines = _unfolded(lines, joined=joined)
    return [line._replace(text=tidy(line.text).strip()) for line in lines]


def _line(text: str, number: int) -> Line:
    marks = _MARKS.match(text)
    return (
        Line(text[marks.end() :], marks[0].count(">"), number=number)
        if marks
        else (Line(text, number=number))
    )


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

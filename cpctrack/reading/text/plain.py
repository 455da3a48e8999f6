"""Plain text: the lines as they stand."""

import re

from cpctrack.reading.decode import check_lines
from cpctrack.reading.document import Document, Paragraph, Place

# What Markdown strikes through, with the marker before it where that is all of an entry.
_STRETCH = r"(?<!~)~~(?=\S)(?:[^~\n]|\n(?![ \t]*\n))+(?<=\S)~~(?!~)"
_STRUCK = re.compile(
    rf"^[ \t]*(?:(?:[-*+•]|\w{{1,3}}[.)])[ \t]+)?{_STRETCH}[.;]?[ \t]*$|{_STRETCH}", re.MULTILINE
)
_PAGE_END = "\f"


def read(text: str, name: str) -> Document:
    """Read a text; raises `ImportRefusedError` for a line that is too long."""
    return Document(name, "text", tuple(lines_of(text, name)))


def lines_of(text: str, name: str) -> list[Paragraph]:
    """Give each line its number in the file, and its page where form feeds end pages.

    Of blank lines one is given: it says as much as a million.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    check_lines(text, name)
    printed = text.split("\n")
    kept = printed
    if "~~" in text:
        kept = _STRUCK.sub(lambda struck: "\n" * struck[0].count("\n"), text).split("\n")
    page = 1 if _PAGE_END in text else 0
    lines: list[Paragraph] = []
    for number, (raw, left) in enumerate(zip(printed, kept, strict=True), 1):
        page += raw.count(_PAGE_END)
        if raw.strip() or not lines or lines[-1].text.strip():
            living = None if left == raw else left.replace(_PAGE_END, "")
            line = raw.replace(_PAGE_END, "")
            place = Place(number, page)
            lines.append(Paragraph(line, living=living, is_line=True, place=place))
    return lines

"""Plain text and Markdown: the lines as they stand."""

import re
from pathlib import Path

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.decode import decode
from cpctrack.reading.lines import Line, tidy

LONGEST_LINE = 1024 * 1024
# What Markdown strikes through, with the marker before it where that is all of an entry.
_STRETCH = r"(?<!~)~~(?=\S)(?:[^~\n]|\n(?![ \t]*\n))+(?<=\S)~~(?!~)"
_STRUCK = re.compile(
    rf"^[ \t]*(?:(?:[-*+•]|\w{{1,3}}[.)])[ \t]+)?{_STRETCH}[.;]?[ \t]*$|{_STRETCH}", re.MULTILINE
)
_PAGE_END = "\f"


def read(content: bytes, path: Path) -> list[Line]:
    """Give each line its number in the file, and its page where form feeds end pages."""
    text = decode(content, path).replace("\r\n", "\n").replace("\r", "\n")
    if "~~" in text:
        text = _STRUCK.sub(lambda struck: "\n" * struck[0].count("\n"), text)
    page = 1 if _PAGE_END in text else 0
    lines: list[Line] = []
    for number, raw in enumerate(text.split("\n"), 1):
        if len(raw) > LONGEST_LINE:
            raise ImportRefusedError(
                f"{path}, line {number} is longer than {LONGEST_LINE:,} characters, which no line "
                "of minutes is; save the minutes again."
            )
        page += raw.count(_PAGE_END)
        if lines and not lines[-1].text and not raw.strip():
            continue  # one blank line says as much as a million
        printed = " ".join(tidy(raw.replace(_PAGE_END, "")).split("\n"))
        lines.append(Line(number, printed.rstrip(), page=page))
    return lines

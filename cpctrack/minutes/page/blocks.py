"""A block of text: what the lines of one paragraph, heading, entry or row come to."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from cpctrack.minutes import words

_EMPHASIS = re.compile(
    r"\*\*+|(?<![\\*])\*(?=[^\s*])(?P<set>[^*]{1,400})(?<=[^\s\\*])\*|(?<!\w)_{1,3}(?=\w)|(?<=[\w.,:;!?])_{1,3}(?!\w)"
)
_ESCAPED = re.compile(r"\\([\\.*_\[\]()#>+-])")


class Block(NamedTuple):
    """One paragraph, heading, list entry or table row, joined to one line of text."""

    line: int
    text: str  # marker, emphasis and right-hand column taken off
    marker: str = ""  # as printed: "7.", "(a)", "-"
    style: str = ""  # bullet, number, letter, roman, minute, item or empty
    number: str = ""  # the marker without its dots and brackets
    indent: int = 0
    heading: int = 0
    bold: bool = False
    lead: int = 0  # letters in front that are set bold, where the rest is not
    cells: tuple[str, ...] = ()
    margin: str = ""  # what the right-hand column says beside it
    starts: tuple[tuple[int, int], ...] = ()  # (offset in the text, line)
    apart: bool = True  # a blank line stands before it
    printed: str = ""  # with its marker, emphasis off
    cut: bool = False  # a page ends before it

    def line_at(self, offset: int) -> int:
        """Give the printed line on which a place in the text stands."""
        at = bisect_right(self.starts, (offset, 1 << 60)) - 1
        return self.starts[at][1] if at >= 0 else self.line


def plain(text: str) -> str:
    """Take emphasis marks, a converter's escapes and runs of space out of a text.

    An asterisk without its like is a sign of the clerk's, and stays.
    """
    bare = (
        _EMPHASIS.sub(lambda match: match["set"] or "", text)
        if "*" in text or "_" in text
        else text
    )
    return " ".join((_ESCAPED.sub(r"\1", bare) if "\\" in bare else bare).split())


def cut(block: Block, start: int, end: int | None = None) -> Block:
    """Give a part of a block's text as a block of its own, its lines kept."""
    if start == 0 and end is None:
        return block
    whole = block.text
    part = whole[start:end]
    shift = start + len(part) - len(part.lstrip())
    starts = tuple((max(offset - shift, 0), line) for offset, line in block.starts)
    first = block.line_at(shift)
    kept = tuple(one for one in starts if one[1] >= first)
    return block._replace(
        text=part.strip(), starts=kept, line=first, printed=part.strip(),
        marker=block.marker if start == 0 else "", style=block.style if start == 0 else "",
        margin=block.margin if end is None else "",
    )  # fmt: skip


def joined(texts: Iterable[str]) -> tuple[str, list[int]]:
    """Join lines to one text, over words that a hyphen broke; say where in it each begins."""
    parts: list[str] = []
    offsets: list[int] = []
    length = 0
    for text in texts:
        last = parts[-1] if parts else ""
        if last.endswith("-") and last[-2:-1].isalpha() and text[:1].isalpha():
            word = last[last.rfind(" ") + 1 : -1]
            only_broken = "-" not in word and word.casefold() not in words.HYPHENATED
            if only_broken and text[:1].isupper() == last[-2].isupper():
                parts[-1] = last[:-1]
                length -= 1
        elif length:
            parts.append(" ")
            length += 1
        offsets.append(length)
        parts.append(text)
        length += len(text)
    return "".join(parts), offsets

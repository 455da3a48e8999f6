"""From printed lines to blocks: headings, paragraphs, list entries and table rows.

Wrapped lines are joined, hyphens at line ends resolved, list markers and emphasis taken off, and
a right-hand column of initials is taken out of the text that it stands beside.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.page.blocks import Block, Joining, merged, plain
from cpctrack.minutes.page.columns import with_rows
from cpctrack.minutes.page.furniture import BREAK, without_furniture
from cpctrack.minutes.page.margin import column_of, joined_margin, split_margin
from cpctrack.minutes.page.markers import codes_in, find_marker, marker_length, style_of
from cpctrack.minutes.page.titles import is_title
from cpctrack.reading.lines import Line

_HASHES = re.compile(r"(#{1,6})\s+")
_ITALIC = re.compile(r"\*[^*\s][^*]*\*|_[^_\s][^_]*_")
_LABEL = re.compile(
    r"(?:AGREED|RESOLVED|RECOMMENDED|DECISION|ACTIONS?)\b|"
    r"(?:action|decision|agreed|resolved|recommended|action point|owner|lead|due|deadline|by whom)"
    r"s?\s?(?:\([^)]{1,40}\)|\d{0,3})\s?[:–—-]",
    re.IGNORECASE,
)
# A line of a list without markers: "Noted the report", "Asked the Clerk to …".
_VERB_FIRST = re.compile(
    r"(?:That|THAT|Noted|Approved|Endorsed|Agreed|Asked|Requested|Instructed|Resolved|Welcomed)\s"
)
_CAPITAL_LABEL = re.compile(r"(?:AGREED|RESOLVED|RECOMMENDED|DECISIONS?|ACTIONS?|MOVED|CARRIED)\b")
_VOTED = re.compile(
    r"(?:CARRIED|LOST|MOVED|SECONDED|DEFEATED|LAPSED|AND\sTHAT)\b"
    r"|(?:Moved|Seconded)(?:\sby)?:?\s[A-Z]|(?:Carried|Lost|Defeated)(?:\s(?:unanimously|[\d/–-]+))?[.]?$"
)
_LIST_WORD = re.compile(r"(?:that|to)\b", re.IGNORECASE)
_ENDED = (".", ":", ";", "!", "?", ".”", '."', ":-", ":–", ".)", ".'", ".’", "; and", "; or")

_LONGEST_HEAD = 200  # lines in which the heading of a right-hand column stands
_UNWRAPPED = 130  # letters: a text with lines this long is not wrapped by hand
_SHORT_OF = 0.35  # of the width left empty: the line was ended on purpose


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Join a document's lines to blocks, in order."""
    shown = list(with_rows(list(without_furniture(lines))))
    width = _width(shown)
    column = column_of(line.text for line in lines[:_LONGEST_HEAD] if not line.cells)
    codes = codes_in(plain(line.text.strip("# ")) for line in shown if _is_coded_title(line))
    return _joined_over_breaks(_Joiner(width, column, codes).join(shown))


def _is_coded_title(line: Line) -> bool:
    """Tell whether a line may be a title behind a number with letters: “OS.41 Minutes”."""
    return not line.cells and is_title(plain(line.text.strip("# ")))


def _width(lines: Sequence[Line]) -> int:
    """Give the letters at which the text is wrapped, 0 where each line is a paragraph."""
    lengths = sorted(len(line.text.rstrip()) for line in lines if line.text.strip())
    if not lengths:
        return 0
    usual = lengths[len(lengths) * 95 // 100] if len(lengths) > 1 else lengths[0]
    return usual if usual <= _UNWRAPPED else 0


class _Printed(NamedTuple):
    """A line taken apart."""

    line: Line
    text: str
    raw: str
    indent: int
    marker: re.Match[str] | None
    heading: int
    bold: bool
    margin: str


def _take_apart(line: Line, column: int, codes: frozenset[str]) -> _Printed:
    raw = line.text.replace("\f", " ").expandtabs(8) if len(line.text) < 20000 else line.text
    body, margin = split_margin(raw, column) if not line.cells else (raw, "")
    stripped = body.strip()
    hashes = _HASHES.match(stripped)
    heading = line.heading or (len(hashes[1]) if hashes else 0)
    stripped = stripped[hashes.end() :] if hashes else stripped
    bold = line.bold or _is_wholly_set(stripped)
    text = plain(stripped) if stripped[:2] != "* " else "- " + plain(stripped[1:])
    indent = len(body) - len(body.lstrip())
    return _Printed(line, text, body, indent, find_marker(text, codes), heading, bold, margin)


def _is_wholly_set(text: str) -> bool:
    """Tell whether a line is emphasised as a whole; that of bold may lack its closing mark."""
    if text.startswith("**"):
        closing = text.find("**", 2)
        return closing < 0 or closing >= len(text) - 3
    return _ITALIC.fullmatch(text) is not None


class _Joiner:
    """Joins wrapped lines; keeps the lines of the block that is being read."""

    def __init__(self, width: int, column: int, codes: frozenset[str]) -> None:
        self.width = width
        self.column = column
        self.codes = codes
        self.open: list[_Printed] = []
        self.apart = True
        self.cut = False

    def join(self, lines: Iterable[Line]) -> Iterator[Block]:
        for line in lines:
            if line.text == BREAK or not line.text.strip():
                yield from self._close()
                self.apart = True
                self.cut = self.cut or line.text == BREAK
                continue
            printed = _take_apart(line, self.column, self.codes)
            if not printed.text:
                if self.open and printed.margin:  # initials on a line of their own
                    self.open[-1] = self.open[-1]._replace(margin=printed.margin)
                continue
            if self.open and self._starts_new(self.open[-1], printed):
                yield from self._close()
                self.apart = False
            self.open.append(printed)
        yield from self._close()

    def _close(self) -> Iterator[Block]:
        if self.open:
            yield _block(self.open, apart=self.apart, cut=self.cut)
            self.cut = False
        self.open = []

    def _starts_new(self, before: _Printed, now: _Printed) -> bool:
        if before.line.cells or now.line.cells or now.heading or before.heading:
            return True
        if _is_marker_alone(before) and len(self.open) == 1 and now.marker is None:
            return False
        if (
            _pipes(now.text)
            or _pipes(before.text)
            or any(pattern.match(now.text) for pattern in (_LABEL, _VERB_FIRST, _VOTED))
        ):
            return True
        if self._is_marker(before, now):
            return True
        if now.bold != before.bold and (now.bold or len(self.open) == 1):
            return not (before.bold and now.text[0].islower())
        return self._ended_on_purpose(before, now)

    def _is_marker(self, before: _Printed, now: _Printed) -> bool:
        """Tell whether a line begins with a marker, and not with a number that wrapped there."""
        if now.marker is None:
            return False
        if now.marker["number"] and not now.marker["close"].strip():  # "7 Budget", "20 hours"
            deep = "." in now.marker["number"]
            return (deep or self._ended_on_purpose(before, now)) and now.text[-1:] != "."
        if now.marker["number"] and now.marker["close"][:1] == "." and not self.width:
            return True
        if now.marker["bullet"] in ("o", "O") or now.marker["letterdot"] in ("I", "A"):
            return self._ended_on_purpose(before, now)
        return now.marker.end() < len(now.text) or before.text.endswith(_ENDED)

    def _ended_on_purpose(self, before: _Printed, now: _Printed) -> bool:
        """Tell whether the next word would have fitted on the line before."""
        if not self.width:
            return not now.text[0].islower() or before.text.endswith(_ENDED)
        if before.text.endswith(":") and before.indent != now.indent:
            return True
        first = now.text.split(" ", 1)[0]
        left = self.width - len(before.raw.rstrip()) - len(first) - 1
        if now.text[0].islower() and not _LIST_WORD.match(now.text):
            return False
        if before.text.endswith(_ENDED):
            return left > 4
        return left > self.width * _SHORT_OF


def _is_marker_alone(line: _Printed) -> bool:
    """Tell whether a line is only the number of what the next one says: “Item 6”."""
    return line.marker is not None and line.marker.end() >= len(line.text)


def _block(printed: Sequence[_Printed], *, apart: bool, cut: bool) -> Block:
    first = printed[0]
    skip = marker_length(first.text, first.marker) if not first.line.cells else 0
    joining = Joining()
    starts = tuple(
        (joining.add(one.text[skip:] if one is first else one.text), one.line.number)
        for one in printed
    )
    style, number = style_of(first.marker) if skip else ("", "")
    text = joining.text()
    return Block(
        line=first.line.number,
        text=text,
        marker=first.text[:skip].strip(),
        style=style,
        number=number,
        indent=first.indent,
        heading=first.heading,
        bold=all(one.bold for one in printed),
        cells=tuple(plain(cell) for cell in first.line.cells) or _pipes(first.text),
        margin=joined_margin([one.margin for one in printed if one.margin]),
        starts=starts,
        apart=apart,
        printed=(first.text[:skip] + text).strip(),
        cut=cut,
    )


def _pipes(text: str) -> tuple[str, ...]:
    if not (text.startswith("|") or " | " in text) or text.count("|") < 2:
        return ()
    return tuple(cell.strip() for cell in text.strip().strip("|").split("|"))


def _joined_over_breaks(found: Iterable[Block]) -> list[Block]:
    """Join paragraphs that a page end, or a stray blank line, cut in two."""
    result: list[list[Block]] = []
    for block in found:
        if result and _goes_on(result[-1], block):
            result[-1].append(block)
        else:
            result.append([block])
    return [merged(group) for group in result]


def _goes_on(group: Sequence[Block], block: Block) -> bool:
    before = group[-1]
    if block.marker or block.cells or block.heading or before.cells or before.heading:
        return False
    if len(before.text) < 30 and not (block.cut and before.marker):
        return False
    if before.text.endswith(_ENDED) or before.text.isupper() or block.margin:
        return False
    if block.text[:1].islower():
        return block.cut or not _LIST_WORD.match(block.text)
    return (
        block.cut
        and block.text.endswith(_ENDED)
        and not block.bold
        and not before.bold
        and not _CAPITAL_LABEL.match(block.text)
        and not _LABEL.match(block.text)
        and before.text.rsplit(" ", 1)[-1].casefold() in words.UNFINISHED
    )

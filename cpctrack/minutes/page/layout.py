"""From printed lines to blocks: headings, paragraphs, list entries and table rows.

Wrapped lines are joined, hyphens at line ends resolved, list markers and emphasis taken off, and
a right-hand column of initials is taken out of the text that it stands beside.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cpctrack.minutes import words
from cpctrack.minutes.page.blocks import Block, cut, joined, plain
from cpctrack.minutes.page.columns import column_of, is_initials, signs, split_margin, with_rows
from cpctrack.minutes.page.furniture import BREAK, without_furniture
from cpctrack.minutes.page.titles import codes_in, find_marker, is_title, marker_length, style_of
from cpctrack.reading.lines import Line

_HASHES = re.compile(r"(#{1,6})\s+")
# What programs that make Markdown of a document add: "> ", "- 1\\.", a backslash at the end.
_ESCAPES = re.compile(r"\\(?=[\\.()\[\]-])|\\\s*$")
_ADDED = re.compile(r"(\s*)(?:> ?)?(?:[-*] (?=\d{1,3}[.)]\s))?")
_UNDERLINE = re.compile(r"\s{0,3}(?:={3,}|-{3,})\s*")
_BOLD = re.compile(r"(?:\d[\w./]{0,7}[.)]?\s+)?(?:\*\*[^*]+\*\*\s*)+(?=[^*]|$)")
_SPACED_LEAD = re.compile(
    r"[A-Z][\w’'/&-]*(?: [\w’'/&-]+){0,4} {2,}(?=[A-Z\d(])(?=(?:\S+ +){3}|.*\.$)"
)  # “Verges   The …”
_ITALIC = re.compile(r"\*[^*\s][^*]*\*|_[^_\s][^_]*_")
# What begins a paragraph right below another: a label, a vote, an entry of a list without markers
_BEGINS = re.compile(
    r"(?:AGREED|RESOLVED|RECOMMENDED|DECISIONS?|ACTIONS?|CARRIED|LOST|MOVED|SECONDED)\b"
    r"|(?i:(?:action|decision|agreed|resolved|recommended|action point|owner|lead|due|deadline"
    r"|by whom)s?)\s?(?:\([^)]{1,40}\)|\d{0,3})\s?[:–—-]"
    r"|(?:Moved|Seconded)(?:\sby)?:?\s[A-Z]|(?:Carried|Lost|Defeated)\.?$"
    r"|(?:That|THAT|AND THAT|Noted|Approved|Endorsed|Agreed|Asked|Requested|Instructed|Resolved)\s"
)
_LIST_WORD = re.compile(r"(?i)(?:that|to)\b")
_ENDED = (".", ":", ";", "!", "?", ".”", '."', ":-", ":–", ".)", ".'", ".’", "; and", "; or")

# An item's number inside a long line: “… was there. 2. Minutes The …”, “… 24/36 ROADS None.”
_INSIDE = re.compile(
    r"(?:(?P<stop>[.:;)])|\w)\s(?P<at>(?P<number>\d{1,2})\.|\d{1,4}/\d{2,4}(?::\d{1,3})?)"
    r"\s(?=(?P<capital>[A-Z]{4})|[A-Z][a-z])"
)
_CONTENTS = re.compile(r"\.{4}|…\s?\d")
_LONG = 300  # letters of a line that may hold several items

_LONGEST_HEAD = 200  # lines in which the heading of a right-hand column stands
_LONGEST_LINE = 20000
_UNWRAPPED = 130  # letters: a text with lines this long is not wrapped by hand
_SHORT_OF = 0.35  # of the width left empty: the line was ended on purpose
_WHOLE = 30  # letters of a line that a page end may cut


def blocks(lines: Sequence[Line]) -> list[Block]:
    """Join a document's lines to blocks, in order."""
    shown = list(with_rows(without_furniture(_as_printed(lines))))
    lengths = sorted(len(line.text.rstrip()) for line in shown if line.text.strip())
    width = lengths[len(lengths) * 95 // 100] if lengths else 0
    column = column_of(line.text for line in lines[:_LONGEST_HEAD] if not line.cells)
    texts = (plain(line.text.strip("# ")) for line in shown if not line.cells)
    codes = codes_in(text for text in texts if is_title(text))
    joiner = _Joiner(width if width <= _UNWRAPPED else 0, column, codes)
    return list(_with_items(_joined_over_breaks(joiner.join(shown))))


def _as_printed(lines: Sequence[Line]) -> list[Line]:
    """Take off what a converter to Markdown added, and make headings of underlined titles."""
    result: list[Line] = []
    for line in lines:
        text = _ESCAPES.sub("", line.text) if "\\" in line.text else line.text
        if text.lstrip()[:1] in (">", "-", "*"):
            text = _ADDED.sub(r"\1", text, count=1)
        above = result[-1] if result else None
        alone = len(result) < 2 or not result[-2].text.strip()
        if above and alone and _UNDERLINE.fullmatch(text) and is_title(above.text.strip()):
            result[-1] = above._replace(heading=1 if "=" in text else 2)
            text = ""
        result.append(line._replace(text=text))
    return result


class _Parted(NamedTuple):
    """A line taken apart."""

    line: Line
    text: str
    raw: str
    indent: int
    marker: re.Match[str] | None
    heading: int
    bold: bool
    lead: str  # what is set bold in front of the rest
    margin: str
    column: int  # where the margin begins

    @property
    def is_number_only(self) -> bool:
        whole = self.marker is not None and self.marker.end() >= len(self.text)
        return whole and self.marker is not None and not self.marker["bullet"]


class _Joiner:
    """Joins wrapped lines; keeps the lines of the block that is being read."""

    def __init__(self, width: int, column: int, codes: frozenset[str]) -> None:
        self.width = width  # letters at which the text is wrapped, 0: each line is a paragraph
        self.column = column
        self.codes = codes
        self.open: list[_Parted] = []
        self.apart = True
        self.cut = False

    def join(self, lines: Iterable[Line]) -> Iterator[Block]:
        for line in lines:
            if line.text == BREAK or not line.text.strip():
                if len(self.open) != 1 or not self.open[0].is_number_only:
                    yield from self._close()
                self.apart = True
                self.cut = self.cut or line.text == BREAK
                continue
            parted = self._take_apart(line)
            if self.open and signs(self.open[-1].text, parted.text):
                parted = parted._replace(text="", margin=parted.text.rstrip("."))
            if not parted.text:
                if self.open and parted.margin:  # who is to act, on a line of its own
                    self.open.append(parted)
                continue
            if self.open and self._starts_new(self.open[-1], parted):
                yield from self._close()
                self.apart = False
            self.open.append(parted)
        yield from self._close()

    def _take_apart(self, line: Line) -> _Parted:
        raw = line.text.replace("\f", " ")
        raw = raw.expandtabs(8) if len(raw) < _LONGEST_LINE else raw
        body, margin, column = raw, "", 0
        if not line.cells:
            body, margin, column = split_margin(raw, self.column or self._wrapped_column())
        text = body.strip()
        hashes = _HASHES.match(text)
        text = text[hashes.end() :] if hashes else text
        bold, lead, begins = line.bold or _ITALIC.fullmatch(text) is not None, "", _BOLD.match(text)
        if begins or text.startswith("**"):  # the closing mark may be missing
            lead = plain(begins[0]) if begins and begins.end() < len(text) else ""
            closing = begins.end() if begins else text.find("**", 2)
            bold = line.bold or closing < 0 or closing >= len(text) - 3
        spaced = None if lead else _SPACED_LEAD.match(text)
        lead = plain(spaced[0]) if spaced else lead
        bullet = text[:2] == "* "
        text = plain(text[1:] if bullet else text)
        if bullet:
            text = "- " + text
        elif text.count("*") == 1 and "*" in (text[0], text[-1]):
            text = "* " + text.strip("* ")  # “*Clerk to write”, “Clerk to write.*”
        heading = line.heading or (len(hashes[1]) if hashes else 0)
        indent = len(body) - len(body.lstrip())
        marker = find_marker(text, self.codes)
        return _Parted(line, text, body, indent, marker, heading, bold, lead, margin, column)

    def _wrapped_column(self) -> int:
        """Give where a name begins in the margin of the line above, which may go on in this one."""
        above = self.open[-1] if self.open else None
        return above.column if above and above.margin and not is_initials(above.margin) else 0

    def _close(self) -> Iterator[Block]:
        if self.open:
            yield _block(self.open, apart=self.apart, cut=self.cut)
            self.cut = False
        self.open = []

    def _starts_new(self, before: _Parted, now: _Parted) -> bool:
        if before.line.cells or now.line.cells:
            return True
        if before.is_number_only and len(self.open) == 1 and now.marker is None:
            return False  # “Item 6”, and what it is the number of
        if now.heading or before.heading or _BEGINS.match(now.text):
            return True
        if _pipes(now.text) or _pipes(before.text) or self._is_marker(before, now):
            return True
        if now.bold != before.bold and (now.bold or len(self.open) == 1):
            return not (before.bold and now.text[0].islower())
        return self._ended_on_purpose(before, now)

    def _is_marker(self, before: _Parted, now: _Parted) -> bool:
        """Tell whether a line begins with a marker, and not with a number that wrapped there."""
        if now.marker is None:
            return False
        if style_of(now.marker)[0] == "bare":  # "7 Budget", "20 hours"
            return self._ended_on_purpose(before, now) and now.text[-1:] != "."
        if now.marker["bullet"] in ("o", "O") or now.marker["letterdot"] in ("I", "A"):
            return self._ended_on_purpose(before, now)
        return now.marker.end() < len(now.text) or before.text.endswith(_ENDED)

    def _ended_on_purpose(self, before: _Parted, now: _Parted) -> bool:
        """Tell whether the next word would have fitted on the line before."""
        if not self.width:
            return not now.text[0].islower() or before.text.endswith(_ENDED)
        if before.text.endswith(":") and before.indent != now.indent:
            return True
        if now.text[0].islower() and not _LIST_WORD.match(now.text):
            return False
        first = now.text.split(" ", 1)[0]
        left = self.width - len(before.raw.rstrip()) - len(first) - 1
        return left > (4 if before.text.endswith(_ENDED) else self.width * _SHORT_OF)


def _block(parted: Sequence[_Parted], *, apart: bool, cut: bool) -> Block:
    first = parted[0]
    skip = marker_length(first.text, first.marker) if not first.line.cells else 0
    said = [one for one in parted if one.text]
    text, offsets = joined([first.text[skip:], *(one.text for one in said[1:])])
    style, number = style_of(first.marker) if skip else ("", "")
    margins = [one.margin for one in parted if one.margin]
    named = margins and not is_initials(margins[0])  # a name may take two lines
    return Block(
        line=first.line.number, text=text, marker=first.text[:skip].strip(), style=style,
        number=number, indent=first.indent, heading=max(one.heading for one in said),
        lead=max(len(first.lead) - skip, 0),
        bold=all(one.bold for one in said[first.is_number_only and len(said) > 1 :]),
        cells=tuple(map(_cell, first.line.cells)) or _pipes(first.text),
        margin=" ".join(margins if named else margins[:1]),
        starts=tuple(zip(offsets, (one.line.number for one in said), strict=True)),
        apart=apart, printed=(first.text[:skip] + text).strip(), cut=cut,
    )  # fmt: skip


def _cell(printed: str) -> str:
    """Give a cell's paragraphs as lines; one that goes on in small letters is joined."""
    paragraphs: list[str] = []
    for line in filter(None, map(plain, printed.split("\n"))):
        if paragraphs and line[0].islower():
            paragraphs[-1] += f" {line}"
        else:
            paragraphs.append(line)
    return "\n".join(paragraphs)


def _pipes(text: str) -> tuple[str, ...]:
    if text.count("|") < 2 or not (text.startswith("|") or " | " in text):
        return ()
    return tuple(cell.strip() for cell in text.strip().strip("|").split("|"))


def _with_items(found: Iterable[Block]) -> Iterator[Block]:
    """Part long lines before the items that they hold, where the numbers count up without a gap."""
    last = 0
    for block in found:
        if block.style == "number" and block.number == str(last + 1):
            last += 1
        places = _items_in(block, last) if len(block.text) > _LONG and not block.cells else []
        start = 0
        for match in places:
            yield _part(block, start, match.start("at"))
            start = match.start("at")
        last += sum(match["number"] is not None for match in places)
        yield _part(block, start, None)


def _items_in(block: Block, last: int) -> list[re.Match[str]]:
    """Give where in a line items begin; the first of all must stand in capitals."""
    result: list[re.Match[str]] = []
    for match in () if _CONTENTS.search(block.text) else _INSIDE.finditer(block.text):
        if match["number"]:
            told = match["capital"] or (last and match["stop"])
            if int(match["number"]) != last + 1 or not told:
                break
            last += 1
        elif not match["capital"]:
            continue
        result.append(match)
    return result


def _part(block: Block, start: int, end: int | None) -> Block:
    marker = find_marker(block.text[start:end]) if start else None
    if marker is None:
        return cut(block, start, end)
    style, number = style_of(marker)
    return cut(block, start + marker.end(), end)._replace(
        marker=marker[0].strip(), style=style, number=number, apart=True, heading=0, bold=False,
        lead=0, printed=block.text[start:end],
    )  # fmt: skip


def _joined_over_breaks(found: Iterable[Block]) -> list[Block]:
    """Join paragraphs that a page end, or a stray blank line, cut in two."""
    result: list[list[Block]] = []
    for block in found:
        if result and _goes_on(result[-1][-1], block):
            result[-1].append(block)
        else:
            result.append([block])
    return [_merged(group) if len(group) > 1 else group[0] for group in result]


def _merged(group: Sequence[Block]) -> Block:
    text, shifts = joined(block.text for block in group)
    starts = tuple(
        (offset + shift, line)
        for block, shift in zip(group, shifts, strict=True)
        for offset, line in block.starts
    )
    printed = group[0].printed[: len(group[0].printed) - len(group[0].text)] + text
    margin = next((block.margin for block in group if block.margin), "")
    return group[0]._replace(text=text, starts=starts, printed=printed, margin=margin)


def _goes_on(before: Block, block: Block) -> bool:
    if any((block.marker, block.cells, block.heading, block.margin, before.cells, before.heading)):
        return False
    whole = len(before.text) < _WHOLE and not (block.cut and before.marker)
    if whole or before.text.endswith(_ENDED) or before.text.isupper():
        return False
    if block.text[:1].islower():
        return block.cut or not _LIST_WORD.match(block.text)
    unfinished = before.text.rsplit(" ", 1)[-1].casefold() in words.UNFINISHED
    begins = block.bold or before.bold or _BEGINS.match(block.text)
    return block.cut and block.text.endswith(_ENDED) and unfinished and not begins

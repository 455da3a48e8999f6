"""An owner's words, parted by action: what stands under a reference, a number, a subject."""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from cpctrack.reading.forms import meaning
from cpctrack.reading.mail.letter import Line
from cpctrack.replies import courtesies
from cpctrack.replies.how_far import of_words
from cpctrack.replies.quotes import Own
from cpctrack.replies.refs import Found, Refs

_LABELLED = re.compile(
    r"\W*(?:(?P<status>status|rag|statws)|(?P<date>(?:new|revised)(?:\s(?:due|target))?\sdate"
    r"|date|dyddiad(?:\snewydd)?)|(?:your\s|my\s)?(?P<words>updates?|response(?:/\s?outcome)?"
    r"|answer|comments?|progress|position|ateb|diweddariad)(?:\s(?:on|at)\s[\w\s]{1,20})?)"
    r"[\s*_]*(?P<colon>[:–—]|-\s|\Z)[\s*_]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_OF_COLUMNS = {"status": "Status", "due": "New date"}
_TAG = re.compile(r"\s*(?:[\[(]([A-Z]{2,4})[\])]|([A-Z]{2,3}):)\s*[:–-]?\s*")
_MARKS = re.compile(r"(?:>+|[=-]+>|→|[*#>]{2,}(?!\w+[*#]))\s*")  # before an answer that is inline
_NUMBER = re.compile(
    r"\W*(?:(?P<item>(?:item|action|no|number|point|question|q|eitem|rhif)\b[\s.]*\d{1,3}"
    r"|\d{3}(?=\s?[.):–—-]\s))[\s.):–—-]+"
    r"|(?P<number>\d{1,2})(?:[.):]+\s+|\s+[–—-]\s+))(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_POSTSCRIPT = re.compile(r"\W*p\.?\s?s\b", re.IGNORECASE)
OTHERS = re.compile(
    r"\b(?:the|my|all) others\b|\bthe other (?:actions?|ones?|items?|two|three|four|five)\b"
    r"|\b(?:the|all the) rest(?= (?:of (?:them|these|my|the (?:actions|list))|as|is|are|will|when"
    r"|to)\b| *(?:[,.;:!?]|$))|\b(?:everything|anything|all) else\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Words that speak of other actions."""
_WRAPPED = 60  # letters of a line that a mail program may have broken
_TAKEN = 16  # of them at the first line's beginning, where a reference stood


class How(IntEnum):
    """How a block tells which action it is about."""

    NOT = 0
    REFERENCE = 1
    INLINE = 2
    """It stands under the quoted action, or in its row."""
    NUMBER = 3
    """It bears the number of a line."""


class Block(NamedTuple):
    """What was said at one place; `refs` are the actions it names, or `number` the place.

    `status` and `date` are the words behind such labels; `typed` is a reference that is none, or
    only the end of one, and `near` are those it may be. `within` is that of `Own`; `is_below` says
    that it stands below a signature, or is a postscript.
    """

    text: str
    how: How = How.NOT
    refs: tuple[str, ...] = ()
    number: int = 0
    is_item: bool = False
    status: str = ""
    date: str = ""
    typed: str = ""
    near: tuple[str, ...] = ()
    within: bool = False
    is_below: bool = False
    line: int = 0

    @property
    def says(self) -> bool:
        """Whether anything is said in it."""
        return bool(self.text or self.status or self.date)


class _Writing:
    """Blocks as they are put together, line by line."""

    def __init__(self, writer: str, clerk: str, refs: Refs) -> None:
        self.done: list[Block] = []
        self._writer = writer
        self._clerk = clerk
        self._refs = refs
        self._block = Block("")
        self._lines: list[str] = []
        self._labels: Sequence[str] = ()
        self._is_labelled = False  # whether a row stood below them
        self._under = ""

    def take(self, own: Own) -> None:
        """Take the next line."""
        if own.line.cells:
            self._row(own.line)
            return
        for text in own.line.text.strip().split("\n"):
            self._under_another(own)
            is_under = self._block.how is How.REFERENCE
            for part in self._refs.parts(text.strip("| \t\u00a0"), is_under=is_under):
                self._line(part, own)

    def finish(self) -> list[Block]:
        """Give the blocks that say anything."""
        self._begin(Block(""))
        self._leave_labels()
        self._close()
        return [block for block in self.done if block.says]

    def _under_another(self, own: Own) -> None:
        if own.under != self._under:
            self._under = own.under
            refs = (own.under,) if own.under in self._refs.records else ()
            how = How.INLINE if own.under else How.NOT
            self._begin(Block("", how, refs, typed="" if refs else own.under))

    def _line(self, text: str, own: Own) -> None:
        found = self._refs.start(text)
        if found:
            self._begin(_of(found, own.line.number))
            text = found.rest
        elif self._turns_to_others(text):
            self._begin(Block("", line=own.line.number))
        elif _POSTSCRIPT.match(text):
            self._begin(Block("", is_below=True, line=own.line.number))
        if own.within and text:
            self._block = self._block._replace(within=True)
        if not text:
            self._lines.append("")
        elif not courtesies.is_passed_over(text) and not self._greets(text):
            self._add(text, own.line.number)

    def _turns_to_others(self, text: str) -> bool:
        """Tell whether a paragraph behind an answer turns to the others, and says nothing of it."""
        is_apart = self._block.how is How.REFERENCE and self._lines[-1:] == [""]
        is_one = is_apart and any(self._lines) and len(self._refs.asked) > 1
        return is_one and OTHERS.match(text) is not None and of_words(text).status is None

    def _greets(self, text: str) -> bool:
        """Tell whether a line at the beginning greets, or is the clerk's name."""
        is_first = self._block.how is not How.REFERENCE and not self._block.says
        return (is_first and not any(self._lines)) and (
            courtesies.is_greeting(text) or courtesies.is_name(text, self._clerk)
        )

    def _add(self, text: str, number: int) -> None:
        labelled = _LABELLED.fullmatch(text) if ":" in text[:40] else None
        if labelled and labelled["colon"] == ":":
            rest = labelled["rest"].strip()
            if labelled["status"] and not self._block.status:
                self._block = self._block._replace(status=rest)
                return
            if labelled["date"] and not self._block.date:
                self._block = self._block._replace(date=rest)
                return
            text = rest if labelled["words"] else text
        if self._block.how is How.INLINE and (marks := _MARKS.match(text)):
            text = text[marks.end() :]
        tag = _TAG.match(text)
        if tag and (tag[1] or _initials(self._writer) == tag[2]):
            text = text[tag.end() :]
        if not self._block.line:
            self._block = self._block._replace(line=number)
        if text:
            self._lines.append(text)

    def _row(self, line: Line) -> None:
        """Take a row of the owner's own table: a row above those with references labels them."""
        starts = ((at, self._refs.start(cell)) for at, cell in enumerate(line.cells))
        at, found = next(((at, one) for at, one in starts if one and not one.rest), (0, None))
        if not found:
            self._leave_labels(line.cells)
            return
        self._is_labelled = True
        self._begin(_of(found, line.number))
        for place, cell in enumerate(line.cells):
            heading = self._labels[place] if place < len(self._labels) else ""
            label = _OF_COLUMNS.get(meaning(heading), heading)
            kind = _LABELLED.fullmatch(label)
            if place != at and cell.strip():
                named = kind and (kind["status"] or kind["date"])
                self._add(f"{label}: {cell.strip()}" if named else cell.strip(), line.number)
        self._begin(Block(""))

    def _leave_labels(self, following: Sequence[str] = ()) -> None:
        """Keep a row without a reference, unless it labels those below it, and take the next."""
        row = following if self._is_labelled else self._labels
        self._labels = self._labels if self._is_labelled else following
        if any(map(str.strip, row)):
            self._begin(Block(" – ".join(filter(str.strip, row))))
            self._begin(Block(""))

    def _begin(self, block: Block) -> None:
        self._close()
        self._block, self._lines = block, []

    def _close(self) -> None:
        block = self._block
        if block.text:
            self.done.append(block)
            return
        own, behind = courtesies.unsigned(self._lines, self._writer)
        self.done.append(block._replace(text=_joined(own)))
        if behind:
            self.done.append(Block(_joined(behind), is_below=True, line=block.line))


def blocks(own: Sequence[Own], refs: Refs, writer: str, clerk: str = "") -> list[Block]:
    """Part an owner's words by action, without greetings, labels and signatures.

    `writer` and `clerk` are the names of who wrote, and of whom they greet.
    """
    writing = _Writing(writer, clerk, refs)
    for each in own:
        writing.take(each)
    found = writing.finish()
    if any(block.how is not How.NOT for block in found):
        return [b for b in found if b.how is not How.NOT or not courtesies.is_pleasantry(b.text)]
    if len(refs.asked) == 1 and found:
        text = "\n".join(block.text for block in found)
        below = any(block.is_below for block in found)
        return [found[0]._replace(text=text, is_below=below)]
    return [part for block in found for part in (_numbered(block) or [block])]


def _of(found: Found, number: int) -> Block:
    return Block("", How.REFERENCE, found.refs, typed=found.typed, near=found.near, line=number)


def _numbered(block: Block) -> list[Block]:
    """Part a block at lines that begin with a number; none where fewer than one does."""
    parts: list[Block] = []
    for line in block.text.split("\n"):
        match = _NUMBER.fullmatch(line)
        if match:
            parts.append(
                block._replace(
                    text=match["rest"].strip(),
                    how=How.NUMBER,
                    number=int(re.sub(r"\D", "", match["item"] or match["number"])),
                    is_item=bool(match["item"]),
                )
            )
        elif parts:
            parts[-1] = parts[-1]._replace(text=f"{parts[-1].text}\n{line}".strip())
        else:
            parts.append(block._replace(text=line))
    return parts if any(part.how is How.NUMBER for part in parts) else []


def _joined(lines: Sequence[str]) -> str:
    """Join lines; those that a mail program broke become one."""
    text = ""
    previous = ""
    for number, line in enumerate(lines):
        least = _WRAPPED - _TAKEN * (number == 1)
        broken = len(previous) >= least and line and previous[-1] not in ".!?:;"
        text += (" " if broken else "\n") + line if text else line
        previous = line
    return re.sub(r"\n{2,}", "\n", text).strip()


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"\w+", name)).upper()

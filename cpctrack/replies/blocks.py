"""An owner's words, parted by action: what stands under a reference, a number, a subject."""

import re
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from cpctrack.reading.mail.letter import Line
from cpctrack.replies import courtesies
from cpctrack.replies.quotes import Own
from cpctrack.replies.refs import Found, Refs

_LABELLED = re.compile(
    r"\W*(?:(?P<status>status|rag|statws)|(?P<date>(?:new|revised)(?:\s(?:due|target))?\sdate"
    r"|date|dyddiad(?:\snewydd)?)|(?:your\s|my\s)?(?P<words>updates?|response(?:/\s?outcome)?"
    r"|answer|comments?|progress|position|ateb|diweddariad)(?:\s(?:on|at)\s[\w\s]{1,20})?)"
    r"[\s*_]*(?P<colon>[:–—]|-\s|\Z)[\s*_]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"\s*(?:[\[(]([A-Z]{2,4})[\])]|([A-Z]{2,3}):)\s*[:–-]?\s*")
_NUMBER = re.compile(
    r"\W*(?:(?P<item>(?:(?:item|action|no|number|point|question|q|eitem|rhif)\b[\s.]*\d{1,3}"
    r"|\d{3}(?=\s?[.):–—-]\s)))[\s.):–—-]+"
    r"|(?P<number>\d{1,2})(?:[.):]+\s+|\s+[–—-]\s+))(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_POSTSCRIPT = re.compile(r"\W*p\.?\s?s\b", re.IGNORECASE)
_ENDED = re.compile(r"(?:[.!?)”]\s*|\A)\Z")
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

    `status` and `date` are the words behind such labels; `typed` is a reference that is none, and
    `near` are those it may be. `within` is that of `Own`.
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
        self._labels: list[str] = []
        self._under = ""
        self._over = False

    def take(self, own: Own) -> None:
        """Take the next line."""
        if own.line.cells:
            self._row(own.line)
            return
        for text in own.line.text.strip().split("\n"):
            self._under_another(own)
            self._line(text.strip("| \t\u00a0"), own)

    def finish(self) -> list[Block]:
        """Give the blocks that say anything."""
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
        elif _POSTSCRIPT.match(text):
            self._begin(Block("", line=own.line.number))
        if courtesies.ends(text):
            self._over = True
        if self._over or (text and courtesies.is_passed_over(text)):
            return
        if own.within and text:
            self._block = self._block._replace(within=True)
        if not text:
            self._lines.append("")
        elif not self._is_courtesy(text):
            self._add(text, own.line.number)

    def _is_courtesy(self, text: str) -> bool:
        """Tell whether a line is none of an answer; behind a closing one nothing more is said."""
        if not (any(self._lines) or self._block.says):
            names = f"{self._writer} {self._clerk}"
            return (
                courtesies.is_greeting(text)
                or courtesies.is_sign_off(text)
                or courtesies.is_name(text, names)
            )
        apart = not self._lines or _ENDED.search(self._lines[-1]) is not None
        self._over = (
            courtesies.is_sign_off(text)
            or courtesies.is_name(text, self._writer)
            or (apart and courtesies.signs(text, self._writer))
        )
        return self._over

    def _add(self, text: str, number: int) -> None:
        labelled = _LABELLED.fullmatch(text) if ":" in text[:40] else None
        if labelled and labelled["colon"] == ":":
            rest = labelled["rest"].strip()
            if labelled["status"]:
                self._block = self._block._replace(status=rest)
                return
            if labelled["date"]:
                self._block = self._block._replace(date=rest)
                return
            text = rest
        tag = _TAG.match(text)
        if tag and (tag[1] or _initials(self._writer) == tag[2]):
            text = text[tag.end() :]
        if not self._block.line:
            self._block = self._block._replace(line=number)
        if text:
            self._lines.append(text)

    def _row(self, line: Line) -> None:
        """Take a row of the owner's own table: its first row names the columns."""
        at = next((at for at, cell in enumerate(line.cells) if self._refs.alone(cell)), None)
        if at is None:
            self._labels = list(line.cells)
            return
        found = self._refs.start(line.cells[at])
        assert found  # as `alone` found it
        self._begin(_of(found, line.number))
        for place, cell in enumerate(line.cells):
            label = self._labels[place] if place < len(self._labels) else ""
            kind = _LABELLED.fullmatch(label)
            if place != at and cell.strip():
                named = kind and (kind["status"] or kind["date"])
                self._add(f"{label}: {cell.strip()}" if named else cell.strip(), line.number)
        self._begin(Block(""))

    def _begin(self, block: Block) -> None:
        self._close()
        self._block, self._lines, self._over = block, [], False

    def _close(self) -> None:
        self.done.append(self._block._replace(text=_joined(self._lines)))


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
    if len(refs.asked) == 1:
        return found
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

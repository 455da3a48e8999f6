"""Whose words a line of a letter is: the sender's own, or of an older message quoted beneath."""

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from cpctrack.reading.mail.letter import Letter, Line
from cpctrack.text import fold

# What a mail program writes above what it quotes, in English, Welsh and some other languages.
_LABEL = re.compile(
    r"[\s*_]*(?:(?P<who>from|oddi wrth|von|de|da|van)"
    r"|(?P<when>sent|date|anfonwyd|dyddiad|gesendet|datum|envoyé|enviado|fecha|inviato|verzonden)"
    r"|(?P<whom>to|at|an|à|para|aan)"
    r"|(?P<what>subject|pwnc|testun|betreff|objet|asunto|oggetto|onderwerp)"
    r"|(?P<copy>b?cc|copi|kopie))[*_]*\s?:[\s*_]*(?P<value>.{0,2000})",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = ("who", "when", "whom", "what", "copy")
_LONGEST_HEADER = 14  # lines
_LONGEST_MARK = 120
_OPENS = re.compile(r"\W*(?:on|ar|am|le|el|il|op)\b", re.IGNORECASE)
_VERB = r"\b(?:wrote|ysgrifennodd|schrieb|a écrit|escribió|ha scritto|schreef)\b"
_WROTE = re.compile(
    rf"\W*(?:on|ar|am|le|el|il|op)\b(?P<before>.*?\d.*?\d.*?){_VERB}(?P<behind>.*):\W*",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_WROTE = 400
_ORIGINAL = re.compile(
    r"\W*(?:-{3,}\s*(?:original|forwarded) message|begin forwarded message"
    r"|-{3,}\s*neges (?:wreiddiol|wedi.i hanfon ymlaen))\W*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w.-]{1,200}")
_CHAT = re.compile(
    r"(?:\[|(?=\d{1,2}[/.-]))(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4},?\s+)?"
    r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]m)?(?:\]|\s-)\s*"
    r"(?P<name>[^:\d\[\]]{1,80})(?::\s*(?P<text>.*))?",
    re.IGNORECASE | re.DOTALL,
)


class Writer(NamedTuple):
    """Who wrote a message, as its header names them; `depth` is how deep its lines are quoted."""

    name: str = ""
    address: str = ""
    depth: int = 0

    @property
    def keys(self) -> frozenset[str]:
        """By what somebody is known again."""
        return frozenset(filter(None, (fold(self.name), fold(self.address))))


class Message(NamedTuple):
    """The letter itself, or an older one quoted in it, and which of the letter's lines are its."""

    writer: Writer
    lines: dict[int, Line]


def messages(letter: Letter) -> list[Message]:
    """Give the letter's own message and those quoted in it, the newest first.

    A quotation begins at evidence: From with Sent and To or Subject; “On … wrote:” with a date; a
    mark (“>”). Lines between marked ones are of whoever quoted.
    """
    found = [Message(Writer(letter.sender, letter.address), {})]
    lines = letter.lines
    at = 0
    while at < len(lines):
        line = lines[at]
        writer, end = _header(lines, at)
        if writer:
            body = next((each for each in islice(lines, end, end + 3) if _says(each)), line)
            found.append(Message(writer._replace(depth=max(line.quoted, body.quoted)), {}))
        elif end == at:
            if _says(line) and line.quoted > max(each.writer.depth for each in found):
                found.append(Message(Writer(depth=line.quoted), {}))
            _holder(found, line).lines[at] = line
            end = at + 1
        at = end
    return found


def chat(letter: Letter) -> list[Letter]:
    """Give a letter for each message of a chat that was copied, or none where it is no chat."""
    heads = {at: _CHAT.fullmatch(line.text.strip()) for at, line in enumerate(letter.lines)}
    starts = [at for at, head in heads.items() if head]
    if not starts or any(_says(line) for line in letter.lines[: starts[0]]):
        return []
    said = []
    for start, end in zip(starts, [*starts[1:], len(letter.lines)], strict=True):
        head = heads[start]
        assert head  # as `starts` holds no other
        lines = letter.lines[start + 1 : end]
        first = letter.lines[start]._replace(text=head["text"] or "")
        said.append(letter._replace(sender=head["name"].strip(), lines=(first, *lines)))
    return said


def _says(line: Line) -> bool:
    return bool(line.cells or line.text.strip())


def _holder(found: Sequence[Message], line: Line) -> Message:
    return next((each for each in reversed(found) if each.writer.depth <= line.quoted), found[0])


def _header(lines: Sequence[Line], at: int) -> tuple[Writer | None, int]:
    """Give who is named by the header that begins here, and the line behind it."""
    if lines[at].cells:
        return None, at
    if _ORIGINAL.fullmatch(lines[at].text[:_LONGEST_MARK]):
        following = next((n for n in range(at + 1, min(at + 4, len(lines))) if _says(lines[n])), at)
        writer, end = _labelled(lines, following)
        return (writer, end) if writer else (Writer(), at + 1)
    writer, end = _labelled(lines, at)
    return (writer, end) if writer else _wrote(lines, at)


def _labelled(lines: Sequence[Line], at: int) -> tuple[Writer | None, int]:
    first = _LABEL.match(lines[at].text)
    if not first or not first["who"]:
        return None, at
    kinds = {"who"}
    end = at + 1
    for number in range(at + 1, min(at + _LONGEST_HEADER, len(lines))):
        text = lines[number].text
        label = _LABEL.match(text)
        kind = next(kind for kind in _KINDS if label[kind]) if label else ""
        if kind == "who" or (kind == "when" and label and not re.search(r"\d", label["value"])):
            break
        if kind:
            kinds.add(kind)
            end = number + 1
        elif text.strip() and "@" not in text:
            break
    sure = "when" in kinds and kinds & {"whom", "what"}
    return (_named(first["value"]), end) if sure else (None, at)


def _wrote(lines: Sequence[Line], at: int) -> tuple[Writer | None, int]:
    text = ""
    for number in range(at, min(at + 3, len(lines))):
        text = f"{text} {lines[number].text}".strip()
        if len(text) > _LONGEST_WROTE or not _OPENS.match(text):
            break
        if found := _WROTE.fullmatch(text):
            behind = _named(found["behind"])
            before = re.split(r"[,\d]", found["before"])[-1].removeprefix(" at ")
            return (behind if behind.name else _named(before + found["behind"])), number + 1
    return None, at


def _named(text: str) -> Writer:
    address = _ADDRESS.search(text)
    name = re.sub(r"<[^<>]*>|\[[^\[\]]*\]", "", text).strip(" \t\n*_\"'“”,;:")
    return Writer(name, address[0] if address else "")

"""What the head of a message says, in words: who wrote it, when, and what it answers."""

import re
from datetime import date
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parsedate

from cpctrack.dates import find_date
from cpctrack.reading.mail.charset import in_words
from cpctrack.text import one_line

_LONGEST_ID = 250
_ID = re.compile(r"<\s*([^<>\s]+)\s*>")
_SENDER = re.compile(r"\s*(?P<name>[^<>]*?)\s*<\s*(?:mailto:)?(?P<address>[^<>\s]*)\s*>")
_OLD_SENDER = re.compile(r"\s*(?P<address>[^\s()<>]+@[^\s()<>]+)\s*(?:\((?P<name>[^()]*)\))?\s*$")


def text(message: Message, name: str) -> str:
    """Give a header in one line of words, or nothing; raw bytes and encoded words are decoded."""
    fields = (value for field, value in message.raw_items() if field.lower() == name.lower())
    return decoded(next(fields, ""))


def decoded(raw: str) -> str:
    """Decode the encoded words in a header; those that are broken stay as they are."""
    raw = in_words(raw.encode("utf-8", "surrogateescape"))
    try:
        pieces = decode_header(raw)
    except HeaderParseError:
        return one_line(raw)
    return one_line(
        "".join(
            piece
            if isinstance(piece, str)
            else in_words(piece, charset)
            if charset
            else piece.decode("raw-unicode-escape", "replace")
            for piece, charset in pieces
        )
    )


def message_id(message: Message) -> str:
    """Give the message's own id, without its brackets."""
    return text(message, "Message-ID").strip("<> ")[:_LONGEST_ID]


def thread(message: Message) -> tuple[str, ...]:
    """Give the ids of the messages that it answers, the one it answers itself first."""
    said = f"{text(message, 'In-Reply-To')} {text(message, 'References')}"
    return tuple(dict.fromkeys(found[:_LONGEST_ID] for found in _ID.findall(said)))


def sender(said: str) -> tuple[str, str]:
    """Give the name and the address in the words of a From line; a name alone is one."""
    found = _SENDER.match(said) or _OLD_SENDER.match(said)
    if not found:
        return said.strip(' "'), ""
    return (found["name"] or "").strip(" \"'").replace("\\", ""), found["address"]


def day(said: str) -> str:
    """Give the day (ISO) in the words of a Date line, as it was where it was written."""
    parts = parsedate(said)
    try:
        found = date(*parts[:3]) if parts else find_date(said)
    except ValueError:
        return ""
    return found.isoformat() if found else ""

"""The parts of a message, and the bytes in them; more than any mail has is refused."""

import binascii
import re
from collections.abc import Iterator
from email import message_from_bytes
from email._policybase import Compat32
from email.message import Message
from typing import cast

CLASS = "X-Message-Class"
"""The header that tells what Outlook calls a message; no mail has it."""

_ATTACHED = "message/rfc822"
_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_MOST, _DEEPEST = 200, 10
_LONGEST_HEADER = 8000
# The library looks for the end of every open part at every line.
_MOST_LOOKS, _MOST_ENDS = 5_000_000, 20_000
_CONTAINER = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
LINE_ENDS = re.compile(rb"\r+\n|\r")
_HEADER = re.compile(rb"[!-9;-~]+[ \t]*:")


class TooMuchError(Exception):
    """A message holds more than any answer does; its text says of what."""


class Policy(Compat32):
    """Cuts headers that are longer than any: what the library does with one grows by its square."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Give a header's name and value."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST_HEADER]


def parse(source: bytes) -> Message:
    """Parse the source of a message; raises `TooMuchError`."""
    source = _straightened(source)
    containers, lines = len(_CONTAINER.findall(source)), source.count(b"\n")
    too_slow = (containers + 1) * lines > _MOST_LOOKS or source.count(b"\n--") > _MOST_ENDS
    if containers > _MOST or too_slow:
        raise TooMuchError("has more parts than any answer")
    return message_from_bytes(source, policy=Policy())


def _straightened(source: bytes) -> bytes:
    r"""Give a source with `\n` at its lines' ends, no mark in front, and headers folded rightly."""
    source = LINE_ENDS.sub(b"\n", source.removeprefix(b"\xef\xbb\xbf")).lstrip(b"\n ")
    head, blank, rest = source.partition(b"\n\n")
    lines = head.split(b"\n")
    are_headers = [_HEADER.match(line) is not None for line in lines]
    if are_headers[:2] == [False, True]:  # what a mail program writes above the head
        del lines[0], are_headers[0]
    last = max((at for at, is_header in enumerate(are_headers) if is_header), default=0)
    for at in range(1, last if are_headers[0] else 0):
        if not are_headers[at]:
            lines[at] = b" " + lines[at]
    return b"\n".join(lines) + blank + rest


def walk(message: Message) -> Iterator[Message]:
    """Give a message and its parts, without those of messages attached to it.

    Raises `TooMuchError` for more than 200, or for parts ten deep.
    """
    open_ = [(message, 0)]
    count = 0
    while open_:
        part, depth = open_.pop()
        count += 1
        if count > _MOST or depth > _DEEPEST:
            raise TooMuchError("has more parts than any answer")
        yield part
        if part.get_content_type() != _ATTACHED:
            open_ += ((child, depth + 1) for child in reversed(within(part)))


def within(part: Message) -> list[Message]:
    """Give the parts within a part, as they stand."""
    return cast("list[Message]", part.get_payload()) if part.is_multipart() else []


def content(part: Message) -> bytes:
    """Give what is in a part, as far as it goes where its encoding breaks off."""
    payload = part.get_payload()
    if isinstance(payload, str) and str(part.get("Content-Transfer-Encoding")).lower() == "base64":
        encoded = _BASE64.sub(b"", payload.encode("ascii", "ignore"))
        whole = encoded[: len(encoded) - (len(encoded) % 4 == 1)]
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""

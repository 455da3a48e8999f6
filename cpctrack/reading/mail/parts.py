"""The parts of a message, and the bytes in them."""

import binascii
import re
from collections.abc import Iterator
from email.message import Message

_ATTACHED = "message/rfc822"
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
MOST, _DEEPEST = 200, 10


class TooMuchError(Exception):
    """A message holds more than any answer does; its text says of what."""


def walk(message: Message) -> Iterator[Message]:
    """Give a message and its parts, without those of messages attached to it.

    Raises `TooMuchError` for more than 200 parts, or parts in parts in parts.
    """
    open_ = [(message, 0)]
    count = 0
    while open_:
        part, depth = open_.pop()
        count += 1
        if count > MOST or depth > _DEEPEST:
            raise TooMuchError("has more parts than any answer")
        yield part
        if part.get_content_type() != _ATTACHED:
            open_ += ((child, depth + 1) for child in reversed(children(part)))


def children(part: Message) -> list[Message]:
    """Give the parts within a part, as they stand."""
    payload = part.get_payload()
    return payload if isinstance(payload, list) else []  # type: ignore[return-value]


def content(part: Message) -> bytes:
    """Give what is in a part, as far as it goes where its encoding breaks off."""
    payload = part.get_payload()
    if not isinstance(payload, str):
        return b""
    if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
        encoded = _NO_BASE64.sub(b"", payload.encode("ascii", "ignore"))
        whole = encoded[: len(encoded) - (len(encoded) % 4 == 1)]
        return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
    decoded = part.get_payload(decode=True)
    return decoded if isinstance(decoded, bytes) else b""

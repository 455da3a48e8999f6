"""Documents packed for the store, and unpacked with care. Pure."""

from typing import NamedTuple

from cpctrack.errors import RenderError
from cpctrack.store.codec import Row

MOST_BYTES = 64 * 1024 * 1024
"""How large a document can be and be kept: nothing is unpacked beyond it."""

_LEVEL = 9


class Packed(NamedTuple):
    """A document as the store keeps it: `content` is deflated and in base64.

    It is empty for a document that is made again from the view, of which only length and SHA-256
    are kept.
    """

    length: int
    sha256: str
    content: str = ""


def pack(content: bytes, *, keep: bool = True) -> Packed:
    """Pack a document for the store; raises `RenderError` where it is too large to be kept."""
    import zlib
    from base64 import b64encode
    from hashlib import sha256

    if len(content) > MOST_BYTES:
        raise RenderError(
            f"A document of {len(content):,} bytes is too large to be published; the store keeps "
            f"at most {MOST_BYTES:,}."
        )
    packed = b64encode(zlib.compress(content, _LEVEL)).decode() if keep else ""
    return Packed(len(content), sha256(content).hexdigest(), packed)


def unpack(packed: Packed) -> bytes:
    """Give a packed document's bytes; raises `ValueError` where they are not what was packed."""
    import zlib
    from base64 import b64decode

    if not 0 <= packed.length <= MOST_BYTES:
        raise ValueError("its length is none that is kept")
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(b64decode(packed.content, validate=True), packed.length + 1)
    except zlib.error as error:
        raise ValueError("it can't be unpacked") from error
    if not unpacker.eof or unpacker.unused_data or not is_of(content, packed):
        raise ValueError("it is not what was published")
    return content


def is_of(content: bytes, packed: Packed) -> bool:
    """Tell whether these bytes are the ones that were packed."""
    from hashlib import sha256

    return len(content) == packed.length and sha256(content).hexdigest() == packed.sha256


def encode(packed: Packed) -> Row:
    """Write a packed document as the store keeps it."""
    row: Row = {"length": packed.length, "sha256": packed.sha256}
    return {**row, "content": packed.content} if packed.content else row


def decode(row: Row) -> Packed:
    """Read a packed document; raises `KeyError`, `TypeError` or `AttributeError` for another."""
    length, digest, content = row["length"], row["sha256"], row.get("content", "")
    "".join((digest, content))
    if type(length) is not int:
        raise TypeError
    return Packed(length, digest, content)

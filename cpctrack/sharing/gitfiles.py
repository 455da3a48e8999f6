"""The lists of patterns that git reads, ``.gitattributes`` and ``info/exclude``; pure.

Only whole lines that are to the letter the ones handed in are ever added or taken away.
"""

import re
from collections.abc import Sequence

_SPECIAL = re.compile(r"[*?\[\\]")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f]")  # `?` stands for any one of them


def pattern(name: str) -> str:
    """Write a file's name in the tree as the pattern that means this file and no other."""
    return "/" + _UNWRITABLE.sub("?", _SPECIAL.sub(r"\\\g<0>", name))


def attribute_line(name: str, attributes: str) -> str:
    """Write the line of ``.gitattributes`` that gives a file of the tree these attributes."""
    plain = pattern(name)
    if " " in plain:
        plain = '"' + plain.replace("\\", r"\\").replace('"', r"\"") + '"'
    return f"{plain} {attributes}"


def add_lines(content: bytes, lines: Sequence[str]) -> bytes:
    """Put those of the lines that are missing at the end, where they stand over earlier ones."""
    held = {line.rstrip(b"\r") for line in content.split(b"\n")}
    new = [line for line in map(_encode, lines) if line not in held]
    end = b"\r\n" if b"\r\n" in content else b"\n"
    if new and content and not content.endswith(b"\n"):
        return content + b"".join(end + line for line in new)  # so that taking away restores it
    return content + b"".join(line + end for line in new)


def remove_lines(content: bytes, lines: Sequence[str]) -> bytes:
    """Take the lines away wherever they stand; `add_lines` before it leaves no trace."""
    ours = {_encode(line) for line in lines}
    split = content.split(b"\n")
    kept = [line for line in split if line.rstrip(b"\r") not in ours]
    without = b"\n".join(kept)
    if split[-1] in ours:
        return without.removesuffix(b"\r")
    return without


def _encode(line: str) -> bytes:
    return line.encode("utf-8", "surrogateescape")

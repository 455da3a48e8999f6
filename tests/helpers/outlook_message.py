"""Messages of Outlook (.msg) for tests: a compound file with the properties that are named."""

import struct
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Union

Tree = dict[str, Union[bytes, "Tree"]]
Value = str | bytes | int | datetime

_END, _NONE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_TYPES = {str: 0x001F, bytes: 0x0102, int: 0x0003, datetime: 0x0040}
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def message(properties: Mapping[int, Value], *attachments: Mapping[int, Value]) -> bytes:
    """Make a message of its properties by their number, and of those of what is attached."""
    tree = _streams(properties, 32)
    for number, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{number:08X}"] = _streams(attachment, 8)
    return compound(tree)


def compound(tree: Tree) -> bytes:
    """Write a compound file, as old Word and Excel documents are, too."""
    file = _File()
    file.add("Root Entry", tree, _ROOT)
    return file.written()


def _streams(properties: Mapping[int, Value], head: int) -> Tree:
    tree: Tree = {}
    table = bytes(head)
    for number, value in properties.items():
        kind = _TYPES[type(value)]
        in_place = (
            (value - _EPOCH) // timedelta(microseconds=1) * 10
            if isinstance(value, datetime)
            else value
        )
        if isinstance(in_place, int):
            table += struct.pack("<HHIQ", kind, number, 6, in_place)
            continue
        is_text = isinstance(in_place, str)
        content = in_place.encode("utf-16-le", "surrogatepass") if is_text else in_place
        table += struct.pack("<HHIQ", kind, number, 6, len(content))
        tree[f"__substg1.0_{number:04X}{kind:04X}"] = content
    return {"__properties_version1.0": table, **tree}


class _File:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.small = b""
        self.small_fat: list[int] = []
        self.entries: list[bytes] = []

    def add(self, name: str, held: bytes | Tree, kind: int, after: int = _NONE) -> int:
        """Add a stream or a storage; the sibling `after` it has been added before."""
        start = size = 0
        child = _NONE
        place = len(self.entries)
        self.entries.append(b"")
        if isinstance(held, bytes):
            start, size = self.chain(held), len(held)
        else:
            for inner, within in reversed(held.items()):
                of = _STREAM if isinstance(within, bytes) else _STORAGE
                child = self.add(inner, within, of, child)
        if kind == _ROOT:
            start, size = self.chain(self.small, big=True), len(self.small)
        title = name.encode("utf-16-le")
        self.entries[place] = struct.pack(
            "<64sHBBIII16sIQQIQ",
            *(title, len(title) + 2, kind, 1, _NONE, after, child, b"", 0, 0, 0, start, size),
        )
        return place

    def chain(self, content: bytes, *, big: bool = False) -> int:
        """Put content down, and give where it begins."""
        if not content:
            return _END
        big = big or len(content) >= _CUTOFF
        fat, size = (self.fat, _SECTOR) if big else (self.small_fat, _SMALL)
        start, count = len(fat), -(-len(content) // size)
        fat += [*range(start + 1, start + count), _END]
        padded = content.ljust(count * size, b"\0")
        if big:
            self.sectors += [padded[at : at + size] for at in range(0, len(padded), size)]
        else:
            self.small += padded
        return start

    def written(self) -> bytes:
        """Give the file."""
        directory = self.chain(b"".join(self.entries), big=True)
        numbers = struct.pack(f"<{len(self.small_fat)}I", *self.small_fat)
        small_fat = self.chain(numbers, big=True)
        count = 1
        while count * 128 < len(self.fat) + count:
            count += 1
        first = len(self.fat)
        fat = [*self.fat, *[_FAT] * count]
        fat += [_NONE] * (count * 128 - len(fat))
        places = [*range(first, first + count), *[_NONE] * (109 - count)]
        head = struct.pack(
            "<8s16sHHHHH6x9I109I",
            *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6),
            *(0, count, directory, 0, _CUTOFF, small_fat),
            *(-(-len(numbers) // _SECTOR), _END, 0, *places),
        )
        return head + b"".join(self.sectors) + struct.pack(f"<{len(fat)}I", *fat)

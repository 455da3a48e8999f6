"""Many files as one ZIP archive that says of each what it must be.

``manifest-sha256.txt`` has a line for every other file, as ``sha256sum -c`` reads it. Nothing is
ever unpacked onto the disk. The same files make the same bytes.
"""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from cpctrack.errors import StoreError
from cpctrack.reading.archives import refuse_bomb
from cpctrack.text import shorten

MANIFEST = "manifest-sha256.txt"

_END, _LAST = b"PK\5\6", 22  # how the last part of a ZIP archive begins, and its bytes
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of a ZIP archive
_READABLE = 0o100644 << 16
_UNIX = 3
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# Of names that no program takes for a place outside the folder it unpacks into.
_NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9_-]{0,99}/){0,3}[A-Za-z0-9][A-Za-z0-9._-]{0,199}")
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


def pack(contents: Mapping[str, bytes]) -> bytes:
    """Make the archive of files by their names, with its manifest."""
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in contents.items()]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in sorted(
            {**contents, MANIFEST: "".join(sorted(lines)).encode()}.items()
        ):
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.create_system, entry.external_attr = _UNIX, _READABLE
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    """Give the files in an archive called `name`.

    Raises `StoreError` for what is no archive or damaged, and for names that lead elsewhere or
    stand twice; `ImportRefusedError` for what grows beyond reason.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            refuse_bomb(entries, len(content), name)
            _refuse_added(entries, content)
            _refuse_strange(entries, name)
            return {entry.filename: archive.read(entry) for entry in entries}
    # The module raises all of these for archives that were cut or tampered with.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise StoreError(
            f"{name} is damaged, or is no archive that cpctrack made; take another copy of it."
        ) from error


def _refuse_added(entries: Sequence[zipfile.ZipInfo], content: bytes) -> None:
    """Refuse what somebody has put before the archive or behind it: the module passes over that."""
    first = min((entry.header_offset for entry in entries), default=0)
    if first or not content[-_LAST:].startswith(_END):
        raise zipfile.BadZipFile


def _refuse_strange(entries: Sequence[zipfile.ZipInfo], name: str) -> None:
    if any(entry.compress_type not in _PACKED for entry in entries):
        raise zipfile.BadZipFile  # what else there is has errors of its own
    times = Counter(entry.filename for entry in entries)
    if wrong := [each for each in times if times[each] > 1 or not _NAME.fullmatch(each)]:
        raise StoreError(
            f"{name} holds “{shorten(wrong[0], 60)}”, a name that cpctrack gives no file of an "
            "archive, or gives once; don't unpack it, and ask where it comes from."
        )


def differences(contents: Mapping[str, bytes]) -> Iterator[str]:
    """Say in a sentence each how the files of an archive differ from its manifest."""
    if MANIFEST not in contents:
        yield f"{MANIFEST} is missing, so nothing says what the files must be."
        return
    said: dict[str, str] = {}
    for line in contents[MANIFEST].decode("utf-8", "replace").splitlines():
        if match := _LINE.fullmatch(line):
            said[match[2]] = match[1]
        else:
            yield f"{MANIFEST}: the line “{shorten(line, 60)}” does not belong in it."
    for name in sorted(said.keys() | (contents.keys() - {MANIFEST})):
        if name not in contents:
            yield f"{shorten(name, 100)} is missing."
        elif name not in said:
            yield f"{name} is not in the manifest: it was added later."
        elif sha256(contents[name]).hexdigest() != said[name]:
            yield f"{name} is not what was archived: its checksum differs."

"""Office files that are zip archives: opened only where they hold no bomb and no XML entities."""

import io
import zipfile
import zlib

from cpctrack.errors import ImportRefusedError

MOST_ENTRIES = 10_000
MOST_BYTES = 200 * 1024 * 1024
_BYTES_OF_ANY_RATIO = 16 * 1024 * 1024
_MOST_RATIO = 100  # text of minutes packs to a tenth; a bomb to a thousandth
_XML_ENDINGS = (".xml", ".rels")
_DOCTYPE = b"<!doctype"
_ENCRYPTED = 0x1
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # also the envelope of an Office file with a password


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """Open the archive that a file called `name` is, after a look at its directory and its XML.

    `zipfile` never unpacks more of an entry than the directory says, so the directory bounds it.
    Raises `ImportRefusedError` for what is no archive, is encrypted, grows beyond reason when
    unpacked, or has a part with a document type, which could define entities.
    """
    if content.startswith(_OLD_OFFICE):
        raise ImportRefusedError(
            f"{name} is in an old Office format or has a password; save it in today's, without one."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        _check_directory(archive.infolist(), len(content), name)
        for entry in archive.infolist():
            with archive.open(entry) as part:  # which compares its header with the directory
                if entry.filename.lower().endswith(_XML_ENDINGS):
                    _check_xml(part.read(), name)
    # The module raises all of these for archives that were cut or tampered with.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise ImportRefusedError(
            f"{name} is damaged, or is not the office file its name says; save it again."
        ) from error
    return archive


def _check_directory(entries: list[zipfile.ZipInfo], packed: int, name: str) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise ImportRefusedError(f"{name} is encrypted; save it without a password.")
    unpacked = sum(entry.file_size for entry in entries)
    swollen = unpacked > _BYTES_OF_ANY_RATIO and unpacked > packed * _MOST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or swollen:
        raise ImportRefusedError(
            f"{name} would unpack to far more than it seems to hold, so it was not opened."
        )


def _check_xml(part: bytes, name: str) -> None:
    # In UTF-16 every other byte of the word is a zero.
    if _DOCTYPE in part.replace(b"\0", b"").lower():
        raise ImportRefusedError(
            f"{name} has a part with a document type, which no office program writes; it was not "
            "opened."
        )

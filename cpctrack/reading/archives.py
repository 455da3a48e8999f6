"""Office files that are zip archives: opened only where they hold no bomb and no XML entities.

Their XML is parsed where it holds nothing that could expand.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeVar

from cpctrack.errors import ImportRefusedError
from cpctrack.extras import needed
from cpctrack.labels import MADE_WITH
from cpctrack.reading.decode import refuse_old_office

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_ENTRIES = 10_000
MOST_BYTES = 200 * 1024 * 1024
_BYTES_OF_ANY_RATIO = 16 * 1024 * 1024
_MOST_RATIO = 100  # text of minutes packs to a tenth; a bomb to a thousandth
_XML_ENDINGS = (".xml", ".rels")
_DOCTYPE = b"<!doctype"
_ENCRYPTED = 0x1
MOST_BYTES_OF_A_PART = 64 * 1024 * 1024  # parsed, XML takes ten times its length
_DC = "{http://purl.org/dc/elements/1.1/}"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

# “Strict” documents of Word and Excel differ from usual ones in the names of the namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/"

_T = TypeVar("_T")


def open_archive(content: bytes, name: str) -> zipfile.ZipFile:
    """Open the archive that a file called `name` is, after a look at its directory and its XML.

    `zipfile` never unpacks more of an entry than the directory says, so the directory bounds it.
    Raises `ImportRefusedError` for what is no archive, is encrypted, grows beyond reason when
    unpacked, or has a part with a document type, which could define entities.
    """
    refuse_old_office(content, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise ImportRefusedError(f"{name} is encrypted; save it without a password.")
        refuse_bomb(entries, len(content), name)
        for entry in entries:
            with archive.open(entry) as part:  # which compares its header with the directory
                is_xml = entry.filename.lower().endswith(_XML_ENDINGS)
                # In UTF-16 every other byte of the word is a zero.
                if is_xml and _DOCTYPE in part.read().replace(b"\0", b"").lower():
                    raise ImportRefusedError(
                        f"{name} has a part with a document type, which no office program writes; "
                        "it was not opened."
                    )
    # The module raises all of these for archives that were cut or tampered with.
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise ImportRefusedError(
            f"{name} is damaged, or is not the office file its name says; save it again."
        ) from error
    return archive


def is_strict(archive: zipfile.ZipFile) -> bool:
    """Tell whether an Office file is saved as “Strict Open XML”."""
    parts = {"xl/workbook.xml", "word/document.xml"}.intersection(archive.namelist())
    return any(_STRICT.search(archive.read(part)) for part in parts)


def as_usual(archive: zipfile.ZipFile) -> bytes:
    """Give the bytes of a strict Office file as one that is saved as usual."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as usual:
        for entry in archive.infolist():
            usual.writestr(entry.filename, _STRICT.sub(_USUAL, archive.read(entry)))
    return stream.getvalue()


def refuse_bomb(entries: Sequence[zipfile.ZipInfo], length: int, name: str) -> None:
    """Refuse what grows beyond reason when unpacked; raises `ImportRefusedError`.

    `length` is that of the whole archive, in bytes.
    """
    unpacked = sum(entry.file_size for entry in entries)
    swollen = unpacked > _BYTES_OF_ANY_RATIO and unpacked > length * _MOST_RATIO
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES or swollen:
        raise ImportRefusedError(
            f"{name} would unpack to far more than it seems to hold, so it was not opened."
        )


class Parts:
    """Gives the parts of one document; a part that is not there is None."""

    def __init__(self, content: bytes, name: str) -> None:
        self._name = name
        self._archive = open_archive(content, name)

    def parse(self, name: str) -> "Element | None":
        """Parse a part by its name in the archive."""
        with needed("office", f"{self._name} is an office document and"):
            from defusedxml import ElementTree
            from defusedxml.common import DefusedXmlException
        try:
            entry = self._archive.getinfo(name)
        except KeyError:
            return None
        if entry.file_size > MOST_BYTES_OF_A_PART:
            raise ImportRefusedError(
                f"{self._name} holds more than {MOST_BYTES_OF_A_PART // 1024 // 1024} MB of text, "
                "which no minutes are; name the right file."
            )
        try:
            xml = _STRICT.sub(_USUAL, self._archive.read(entry))
            root: Element = ElementTree.fromstring(xml, forbid_dtd=True)
        except (
            ElementTree.ParseError,
            DefusedXmlException,
            LookupError,  # of an encoding that nobody knows
            ValueError,
            zipfile.BadZipFile,
        ) as error:
            raise self.damaged() from error
        return root

    def texts(self, name: str, tag: str) -> Iterator[str]:
        """Give the texts of the elements so called, in every part whose name is as the pattern."""
        for each in self._archive.namelist():
            root = self.parse(each) if re.fullmatch(name, each) else None
            for element in () if root is None else root.iter(tag):
                yield " ".join(" ".join(element.itertext()).split())

    def day_made(self, name: str, created: str) -> str:
        """Give the day (ISO) a document of ours says it was made on; programs that save it keep it.

        The part of this name tells, and `created` names the day in it. It is empty where the
        document is none of ours.
        """
        try:
            about = self.parse(name)
        except ImportRefusedError:  # the text may be whole
            about = None
        said = "" if about is None else about.findtext(f".//{_DC}description", "")
        if about is None or not said.startswith(f"{MADE_WITH}cpctrack "):
            return ""
        day = _DAY.match(about.findtext(f".//{created}", ""))
        return day[0] if day else ""

    def all_of(self, read: Iterable[_T]) -> tuple[_T, ...]:
        """Read to the end; refuses what is nested too deep."""
        try:
            return tuple(read)
        except RecursionError as error:  # tables in tables, by the hundred
            raise self.damaged() from error

    def damaged(self) -> ImportRefusedError:
        """Say that the document can't be read."""
        return ImportRefusedError(
            f"{self._name} is damaged: its text can't be read; open it and save it again."
        )

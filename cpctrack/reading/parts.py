"""The XML parts of an office document, parsed where they hold nothing that could expand."""

import re
import zipfile
from typing import TYPE_CHECKING

from cpctrack.errors import ImportRefusedError
from cpctrack.extras import needed
from cpctrack.labels import MADE_WITH
from cpctrack.reading.archives import open_archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_BYTES_OF_A_PART = 64 * 1024 * 1024  # parsed, XML takes ten times its length
_DC = "{http://purl.org/dc/elements/1.1/}"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

# Word's “strict” documents differ from its usual ones in the name of the namespace.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"


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
            xml = self._archive.read(entry).replace(_STRICT, _USUAL)
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

    def damaged(self) -> ImportRefusedError:
        """Say that the document can't be read."""
        return ImportRefusedError(
            f"{self._name} is damaged: its text can't be read; open it and save it again."
        )

"""From a file to its bytes, and from those to what form of document it is."""

import io
import re
import zipfile
from pathlib import Path

from cpctrack.errors import ImportRefusedError
from cpctrack.reading import decode

HEAD = 64 * 1024
_PDF_MARK_WITHIN = 1024  # what readers of PDF allow in front of the mark
_ODT = b"application/vnd.oasis.opendocument.text"
_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|main|article|section|div|p|h[1-6]|ul|ol|pre|table)\b"
)
MINUTES = decode.Wanted(
    "the file the minutes are in",
    50 * 1024 * 1024,
    "which no minutes are; name the right file, or save the minutes without their pictures",
)
_ADVICE = "save the minutes as .docx, .odt, .pdf, .html, .md or .txt"


def read_bytes(path: Path) -> bytes:
    """Read a file of minutes, of at most `MINUTES.most` bytes.

    Raises `ImportRefusedError` for what can't be opened, is no file, is empty or is larger.
    """
    content = decode.read_bytes(path, MINUTES)
    if not content.strip():
        raise ImportRefusedError(f"{path} is empty; save the minutes again.")
    return content


def form_of(content: bytes, path: Path) -> str:
    """Tell the form of a document from its content: docx, odt, pdf, html or text.

    Raises `ImportRefusedError` for what is none of them, naming what it really is.
    """
    if b"%PDF-" in content[:_PDF_MARK_WITHIN]:
        return "pdf"
    if content.startswith(b"PK\x03\x04") and (form := _form_of_zip(content)):
        return form
    if what := decode.not_text(content):
        table = "; a table of actions is taken in with “cpctrack import”" if "Excel" in what else ""
        raise ImportRefusedError(
            f"{path} is {what}, which minutes can't be read from; {_ADVICE}{table}."
        )
    head = decode.decode(content, path)[:HEAD].lstrip().lower()
    return "html" if head.startswith("<") and _TAG.search(head) else "text"


def _form_of_zip(content: bytes) -> str:
    """Name the form by what only that form's archive holds; nothing but its label is unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 2 * len(_ODT):
            return "odt" if archive.read("mimetype").startswith(_ODT) else ""
    except Exception:  # the module raises a dozen kinds for archives that were tampered with
        return ""
    return "docx" if any(name.startswith("word/") for name in names) else ""

"""From a file to its text: which encodings are read, and what is refused before it is read.

Sizes are limited so that a file made to exhaust the machine is refused in one sentence. A
committee's year is some 20 kB; the limits leave room for fifty thousand actions.
"""

import codecs
import io
import re
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cpctrack.errors import ImportRefusedError
from cpctrack.text import one_line

MOST_BYTES = 32 * 1024 * 1024  # of a table
LONGEST_LINE = 1024 * 1024
_HEAD = 4096
_AROUND = 12
_LINE_END = re.compile("\r\n?|\n")
_MARKS = re.compile("(?:\ufeff|ï»¿)+")  # the second as Windows-1252 shows a mark of UTF-8
_MOST_CONTROLS = 0.05

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a rich text document (.rtf)"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"SQLite format 3", "a database (SQLite)"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
)
_OLD_WORKBOOK = (
    "is an old Excel workbook (.xls), which cpctrack can't read; open it in Excel or LibreOffice, "
    "save it as an “Excel Workbook (.xlsx)”, and name that."
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # also the envelope of an Office file with a password
# Names of streams as a directory of theirs has them, with their length behind them.
_OLD_FORMS = {
    name.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(name) + 2, 0]): said
    for name, said in {
        "EncryptedPackage": "has a password; open it, save it without one, and try again.",
        "WordDocument": "is an old Word document (.doc), which cpctrack can't read; open it in "
        "Word or LibreOffice, save it as a “Word Document (.docx)”, and name that.",
        "Workbook": _OLD_WORKBOOK,
        "Book": _OLD_WORKBOOK,
        "__properties_version1.0": "is a message from Outlook, which only “cpctrack replies” can "
        "read; save what is attached to it, or its text as .txt, and name that.",
    }.items()
}
_OLD_FORM = re.compile(b"|".join(map(re.escape, _OLD_FORMS)))
_STRAY = re.compile("[\udc80-\udcff]")  # what “surrogateescape” makes of such a byte
# The likeliest first: Windows, old Macs, the DOS window.
_ENCODINGS = ("cp1252", "mac_roman", "cp850")
_STRAYS_LOOKED_AT = 2000
_MOST_ODD = 0.2  # of the letters looked at: people write ‘ for ’, too

_LOWER, _UPPER = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžß", "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŸŒŠŽ"
# A letter between its neighbours as English, Welsh and names have it.
_PLAUSIBLE = rf"""[^\W\d_][{_LOWER}]\D | \D[{_LOWER}][^\W\d_] | \W[àâôÀ]\W
    | \W[{_UPPER}][^\W\d_] | [A-Z{_UPPER}][{_UPPER}][^a-z{_LOWER}\d]
    | \W[“‘«]\S | \S[”»]\W | \S’. | .’\w | \w´\w | .[–—…\xa0\xad].
    | \W[£€][\s\dkmb)] | \W[•·§][\s\w] | [\s\d(][½¼¾]\W | \w[²³™®]\W | \d°. | \W©.
    | [\s\d][×÷±][\s\d]"""  # fmt: skip
_IN_ZIP = {
    "xl/workbook.bin": "a binary Excel workbook (.xlsb)",
    "Index/": "a file of Pages, Numbers or Keynote",
    "word/": "a Word document (.docx)",
    "xl/": "an Excel workbook (.xlsx)",
    "ppt/": "a PowerPoint presentation (.pptx)",
    "META-INF/manifest.xml": "an OpenDocument file",
}
_OFFICE_XML = re.compile(rb"<\?mso-application\b|<office:document\b|<pkg:package\b")


class Purpose(NamedTuple):
    """What a document is wanted for: how large it may be, and the words of a refusal.

    Where its tables are wanted, `known` counts the cells of a row that may be names of columns: by
    them a text tells its form. `formulas` says that some may be there
    that no program has worked out.
    """

    file: str
    most: int
    too_large: str
    again: str
    not_read: str
    known: Callable[[Sequence[str]], int] | None = None
    formulas: bool = False


def read_bytes(path: Path, purpose: Purpose) -> bytes:
    """Read a file whole; raises `ImportRefusedError` where it can't be, or is too large."""
    try:
        if path.exists() and not path.is_file():
            raise ImportRefusedError(f"{path} is not a file; name {purpose.file}.")
        with path.open("rb") as stream:
            # The size on disk may lie (a device, a file being written): what is read may not.
            content = stream.read(purpose.most + 1)
    except FileNotFoundError as error:
        raise ImportRefusedError(f"There is no file {path}; check its name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not one a file can have"
        raise ImportRefusedError(f"{path} can't be read ({reason.lower()}).") from error
    if len(content) > purpose.most:
        raise ImportRefusedError(
            f"{path} is larger than {purpose.most // 1024 // 1024} MB, {purpose.too_large}."
        )
    return content


def to_text(content: bytes, path: Path, purpose: Purpose) -> str:
    """Decode the content of a file, its marks of an encoding left out.

    Raises `ImportRefusedError` for what is not text, naming what it really is, or is empty.
    """
    refuse_old_office(content, path)
    if what := not_text(content):
        raise ImportRefusedError(f"{path} is {what}, {purpose.not_read}.")
    text = decode(content, path)
    if not text.strip():
        raise ImportRefusedError(f"{path} is empty; {purpose.again}.")
    return text


def refuse_old_office(content: bytes, name: str | Path) -> None:
    """Refuse Office files of before 2007 and those with a password; `ImportRefusedError`."""
    if content.startswith(OLD_OFFICE):
        found = _OLD_FORM.search(content)
        said = "is in an old Office format; open it, save it as .docx or .xlsx, and name that."
        raise ImportRefusedError(f"{name} {_OLD_FORMS[found[0]] if found else said}")


def split_lines(text: str) -> list[str]:
    """Give the lines of a text, whatever program ended them."""
    # Not splitlines(): a form feed or a separator within a cell ends no line.
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def check_lines(text: str, name: str) -> None:
    """Refuse a text with a line of more than `LONGEST_LINE` characters."""
    lengths = list(map(len, text.split("\n")))
    if max(lengths) > LONGEST_LINE:
        raise too_long(name, next(n for n, one in enumerate(lengths, 1) if one > LONGEST_LINE))


def too_long(name: str, line: int) -> ImportRefusedError:
    """Say that a line, or a cell that starts on it, is longer than any document has."""
    return ImportRefusedError(
        f"{name}, line {line} is longer than {LONGEST_LINE:,} characters, which none of an action "
        "log or of minutes is; save it again."
    )


def too_many(name: str) -> ImportRefusedError:
    """Say that a workbook holds more cells or letters than any log."""
    return ImportRefusedError(
        f"{name} holds more than any action log does; delete the sheets and cells that are no part "
        "of it, or import it in parts."
    )


def not_worked_out(name: str, formula: str) -> ImportRefusedError:
    """Say that no spreadsheet program has worked out a workbook: its formulas show nothing."""
    return ImportRefusedError(
        f"{name} has a formula that was never worked out ({formula}); open it in a spreadsheet "
        "program, save it, and import it again."
    )


def not_text(content: bytes) -> str:
    """Name what a file is that is not text, or give nothing."""
    if content.startswith(b"PK\x03\x04"):
        import zipfile

        try:
            # Only the directory is read: nothing is unpacked.
            names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            names = []
        kinds = (what for start, what in _IN_ZIP.items() if any(n.startswith(start) for n in names))
        return next(kinds, "a ZIP archive")
    for magic, what in _MAGIC:
        if content.startswith(magic):
            return what
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ""
    head = content[:_HEAD]
    if head.lstrip(codecs.BOM_UTF8).startswith(b"<?xml") and _OFFICE_XML.search(head):
        return "an office document in one file of XML"
    controls = sum(byte < 0x20 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return "binary data" if b"\0" in content or controls > len(head) * _MOST_CONTROLS else ""


def decode(content: bytes, path: Path) -> str:
    """Decode UTF-8, or UTF-16 with its mark; bytes that are neither by what makes words of them.

    Those are Windows-1252, Mac Roman or DOS (850). Marks of the encoding go, saved twice too.
    Raises `ImportRefusedError` with the line where no encoding is certain.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", "replace")
        unread = text.find("\ufffd")
    else:
        text = content.decode("utf-8", "surrogateescape")
        if _STRAY.search(text):
            text = _read_strays(text)
        left = _STRAY.search(text)
        unread = left.start() if left else -1
    if unread >= 0:
        line = len(_LINE_END.findall(text, 0, unread)) + 1
        around = one_line(text[max(0, unread - _AROUND) : unread + _AROUND])
        shown = _STRAY.sub("\ufffd", around)
        raise ImportRefusedError(
            f"{path}, line {line} has letters in none of the encodings cpctrack reads for certain "
            f"(UTF-8, UTF-16, Windows-1252, Mac Roman, DOS): “{shown}”; put them "
            "right, save it as UTF-8, and try again."
        )
    return text[match.end() :] if (match := _MARKS.match(text)) else text


def _read_strays(text: str) -> str:
    """Read the stray bytes of a text, all in one encoding; they stay where none is plausible.

    Two that are equally plausible and say different things are none, but for Windows-1252.
    """
    places = [match.start() for match in islice(_STRAY.finditer(text), _STRAYS_LOOKED_AT)]
    sample = f" {text[: places[-1] + 2]} "
    readings = [_as(sample, encoding) for encoding in _ENCODINGS]
    plausible = re.compile(_PLAUSIBLE, re.VERBOSE | re.DOTALL)
    odd = [sum(not plausible.match(reading, at) for at in places) for reading in readings]
    best = odd.index(min(odd))
    is_sure = best == 0 or odd.count(odd[best]) == 1
    return _as(text, _ENCODINGS[best]) if is_sure and odd[best] <= _MOST_ODD * len(places) else text


def _as(text: str, encoding: str) -> str:
    """Read the stray bytes in this encoding; those that it has no letter for stay."""
    high = range(0x80, 0x100)
    letters = {0xDC00 + byte: bytes([byte]).decode(encoding, "surrogateescape") for byte in high}
    return text.translate(letters)

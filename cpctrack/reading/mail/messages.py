"""Files of mail: which letters they hold."""

import codecs
import re
from functools import partial
from pathlib import Path

from cpctrack.errors import ImportRefusedError
from cpctrack.reading import decode
from cpctrack.reading.document import Table
from cpctrack.reading.lines import lines_of
from cpctrack.reading.mail import body, mime, outlook, parts, pasted
from cpctrack.reading.mail.charset import mended
from cpctrack.reading.mail.letter import Letter

LETTERS = decode.Purpose(
    "the file of an answer",
    60 * 1024 * 1024,
    "which no answer is; save the message without its attachments",
    "save the message again",
    "which answers can't be read from; save the message as .eml or .msg, or its text as .txt",
)
_ZIP = b"PK\x03\x04"
_TABLES = (".csv", ".tsv")
_PAGES = (".html", ".htm")
_HEADER = re.compile(rb"(?:[^\n:]*\n)?[!-9;-~]+[ \t]*:")
# A line that begins a message in an mbox: it tells a time, and a header follows.
_BEGINS = re.compile(rb"(?:\A|(?<=\n\n))From [^\n]*\d\d:\d\d[^\n]*\n(?=>?[!-9;-~]+:)")
_QUOTED_FROM = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_OF_MAIL = re.compile(
    rb"^(?:message-id|mime-version|received|return-path|delivered-to|x-[\w-]+|content-type):",
    re.IGNORECASE | re.MULTILINE,
)
_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|div|p|table|meta|span)\b", re.IGNORECASE)


def read(path: Path) -> list[Letter]:
    """Read the letters of a file, in its order, or the form that it is.

    Raises `ImportRefusedError` for what holds no letter and can't, and `MissingExtraError` where
    the library for it is not installed.
    """
    content = decode.read_bytes(path, LETTERS)
    ending = path.suffix.lower()
    if content.startswith(decode.OLD_OFFICE) and outlook.MARK in content:
        return [mime.letter(partial(outlook.message, content), path.name)]
    if content.startswith(decode.OLD_OFFICE) and ending == ".msg":
        raise ImportRefusedError(f"{path} can't be read as a message; {LETTERS.again}.")
    if content.startswith(_ZIP) or ending in _TABLES:
        return [_of_form(content, path)]
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        content = decode.decode(content, path).encode("utf-8", "replace")
    source = parts.LINE_ENDS.sub(b"\n", content.removeprefix(codecs.BOM_UTF8)).lstrip()
    if _BEGINS.match(source):
        return _of_mbox(source, path.name)
    head = source.partition(b"\n\n")[0]
    if _HEADER.match(source) and (ending == ".eml" or _OF_MAIL.search(head)):
        return [mime.letter(partial(parts.parse, source), path.name)]
    text = mended(decode.to_text(content, path, LETTERS))
    try:
        if ending in _PAGES or _PAGE.match(text):
            return [Letter(path.name, mime.lines_of(text, partial(body.of_page, name=path.name)))]
        return [pasted.letter(text, path.name)]
    except parts.TooMuchError as error:
        raise ImportRefusedError(f"{path} {error}; name the right file.") from error


def _of_form(content: bytes, path: Path) -> Letter:
    """Read a form, or a document that holds no more than lines as the letter that it is."""
    from cpctrack.reading import forms

    form = forms.read(content, path.name)
    if form is None:
        raise ImportRefusedError(
            f"{path} is neither a form that cpctrack made nor a table of answers; name the file "
            "of a message or of a form."
        )
    held = form.document
    if form.number or held.unread or any(isinstance(block, Table) for block in held.blocks):
        return Letter(path.name, forms=(form,))
    return pasted.letter("\n".join(line.text for line in lines_of(held)), path.name)


def _of_mbox(source: bytes, name: str) -> list[Letter]:
    letters = []
    line = 1
    starts = [found.span() for found in _BEGINS.finditer(source)]
    ends = [*(start for start, _ in starts[1:]), len(source)]
    for (start, head), end in zip(starts, ends, strict=True):
        message = _QUOTED_FROM.sub(b"", source[head:end])
        letters.append(mime.letter(partial(parts.parse, message), name, line))
        line += source.count(b"\n", start, end)
    return letters

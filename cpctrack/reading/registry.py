"""The one door: which form a file has, by its content, and the document that it holds.

Its ending must not say another form. Each form's reader is imported when it is asked for, since
it brings libraries of its own.
"""

import io
import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from cpctrack import plugins
from cpctrack.errors import ImportRefusedError, PluginError
from cpctrack.reading import decode
from cpctrack.reading.document import Document
from cpctrack.reading.markup import without_markup
from cpctrack.reading.text import delimited, markdown


class Form(NamedTuple):
    """A form of document: its name, what people call it, its endings and what reads it.

    `read` takes the bytes, or the text where the form `is_text`, and the file's name; it raises
    `ImportRefusedError` for what it can't read.
    """

    name: str
    called: str
    endings: tuple[str, ...]
    read: Callable[..., Document]
    is_text: bool = False


def _by(module: str) -> Callable[..., Document]:
    """Read by a module that is imported only then."""

    def read(*given: object) -> Document:
        document: Document = import_module(f"cpctrack.reading.{module}").read(*given)
        return document

    return read


FORMS = {
    form.name: form
    for form in (
        Form("text", "plain text", (".txt", ".text"), _by("text.plain"), is_text=True),
        Form("tsv", "tab-separated text", (".tsv", ".tab"), _by("text.delimited"), is_text=True),
        Form("csv", "comma-separated text", (".csv",), _by("text.delimited"), is_text=True),
        Form("markdown", "Markdown", (".md", ".markdown"), _by("text.markdown"), is_text=True),
        Form("html", "a web page", (".html", ".htm", ".xhtml"), _by("html.page"), is_text=True),
        Form("xlsx", "an Excel workbook", (".xlsx", ".xlsm"), _by("excel")),
        Form("docx", "a Word document", (".docx", ".docm"), _by("word")),
        Form("odt", "an OpenDocument text", (".odt",), _by("odt.document")),
        Form("ods", "an OpenDocument spreadsheet", (".ods",), _by("odt.sheets")),
        Form("pdf", "a PDF document", (".pdf",), _by("pdf.document")),
    )
}
FORMATS = tuple(name for name in FORMS if name != "text")
"""The forms that hold tables, as ``--format`` takes them."""

_PDF_MARK_WITHIN = 1024  # what readers of PDF allow in front of the mark
_OPENDOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_LONGEST_MIMETYPE = 100
_TAG = re.compile(
    r"<(?:!doctype html|html|head|body|main|article|section|div|p|h[1-6]|ul|ol|pre|table)\b"
)
_HEAD = 64 * 1024

TABLES = decode.Purpose(
    "the file the table is in",
    decode.MOST_BYTES,
    "which no action log is; name the right file, or import it in parts",
    "export the table again",
    "not a text file; save the table as CSV (UTF-8) or as a web page, and import that",
)
MINUTES = decode.Purpose(
    "the file the minutes are in",
    50 * 1024 * 1024,
    "which no minutes are; name the right file, or save the minutes without their pictures",
    "save the minutes again",
    "which minutes can't be read from; save the minutes as .docx, .odt, .pdf, .html, .md or .txt",
)


def read(path: Path, purpose: decode.Purpose, format_: str | None = None) -> Document:
    """Read a document, in the form named, else that of its content.

    Where its tables are wanted, their cells hold no tags of a web page, but what it would show.
    Raises `ImportRefusedError` for what can't be read, is not what its ending says, or may be of
    two forms; `UsageError` for a form that there is none of, and `MissingExtraError` where the
    library for it is not installed.
    """
    return parse(decode.read_bytes(path, purpose), path, purpose, format_)


def parse(
    content: bytes, path: Path, purpose: decode.Purpose, format_: str | None = None
) -> Document:
    """Read the content of a file of this name; see `read`."""
    name = path.name if purpose.known else str(path)  # a table's messages name a line, too
    of_tables = {name: FORMS[name] for name in FORMATS}
    form = plugins.chosen(format_, of_tables, added) if format_ else _added_of_ending(path)
    if not form or form.name in FORMS:
        decode.refuse_old_office(content, name)
    if not form and (binary := binary_form(content)):
        form = _agreed([binary], path, purpose)
    if form and not form.is_text:
        read = _read(form, content, name, *([purpose.known] if form.name == "pdf" else []))
    else:
        text = decode.to_text(content, path, purpose)
        form = form or _agreed(_forms_of_text(text.lstrip()[:_HEAD], path, purpose), path, purpose)
        if form.name in delimited.DELIMITERS:
            read = delimited.read(text, name, form.name, purpose.known)
        else:
            read = _read(form, text, name)
    if read.not_worked_out and not purpose.formulas:
        raise decode.not_worked_out(name, read.not_worked_out)
    return without_markup(read) if purpose.known else read


@cache
def added() -> plugins.Found[Form]:
    """Give the forms that plug-ins read."""
    return plugins.found("cpctrack.readers", Form, FORMS.values(), "read", whole)


def whole(read: Document) -> Document:
    """Give what a plug-in has read; raises `TypeError` where others could not go on with it."""
    plugins.check_type(read, Document)
    return read


def _read(form: Form, *given: object) -> Document:
    try:
        return form.read(*given)
    except PluginError as error:
        raise ImportRefusedError(f"{given[1]} can't be read. {error}") from error


def binary_form(content: bytes) -> str:
    """Tell the form of what is not text; nothing where no reader is for it."""
    if b"%PDF-" in content[:_PDF_MARK_WITHIN]:
        return "pdf"
    if not content.startswith(b"PK\x03\x04"):
        return ""
    import zipfile

    # An archive is of the form that only has such a part; nothing but its label is unpacked.
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = archive.namelist()
        if "mimetype" in names and archive.getinfo("mimetype").file_size < _LONGEST_MIMETYPE:
            return _OPENDOCUMENT.get(archive.read("mimetype").strip(), "")
    except Exception:  # the module raises a dozen kinds for archives that were tampered with
        return ""
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "docx" if any(name.startswith("word/") for name in names) else ""


def _forms_of_text(head: str, path: Path, purpose: decode.Purpose) -> list[str]:
    """Tell the forms that a text may have: by its tables, or else what its name says."""
    is_page = head.startswith("<") and _TAG.search(head.lower()) is not None
    if purpose.known is None:
        named = _of_ending(path)
        as_named = named.name if named and named.is_text and named.name != "html" else "text"
        return ["html" if is_page else as_named]
    has_table = markdown.has_table(head)
    is_delimited = not (head.startswith("<") or has_table)
    by_tables = {
        delimited.form_of(head, purpose.known) if is_delimited else "": True,
        "markdown": has_table,
        "html": is_page,
    }
    return [form for form, is_it in by_tables.items() if form and is_it]


def _of_ending(path: Path) -> Form | None:
    ending = path.suffix.lower()
    return next((form for form in FORMS.values() if ending in form.endings), None)


def _added_of_ending(path: Path) -> Form | None:
    """Give the form of a plug-in that the ending names; ours goes before it."""
    ending = path.suffix.lower()
    if not ending or _of_ending(path):
        return None
    return next((form for form in added().things.values() if ending in form.endings), None)


def _agreed(forms: Sequence[str], path: Path, purpose: decode.Purpose) -> Form:
    """Choose the form that the ending names, if the content is of it."""
    named = _of_ending(path)
    tables = purpose.known is not None
    if named and not (tables and named.name == "text"):
        if named.name in forms:
            return named
        if not forms:
            raise ImportRefusedError(
                f"{path} holds no table in the format its name says ({named.name}); "
                f"{purpose.again}."
            )
        called = " or ".join(FORMS[form].called for form in forms)
        option = f", or add --format {forms[0]}" if tables else ""
        raise ImportRefusedError(
            f"{path} is {called} by its content, not {named.called} as its name says; rename it"
            f"{option}."
        )
    if not forms:
        known = ", ".join([*FORMATS, *added().things])
        said = f"{path} holds no table; cpctrack reads {known}, so save the table as one."
        raise ImportRefusedError(" ".join([said, *added().wrong]))
    if len(forms) > 1:
        raise ImportRefusedError(f"{path} could be {' or '.join(forms)}; say which with --format.")
    return FORMS[forms[0]]

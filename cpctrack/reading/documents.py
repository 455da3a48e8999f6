"""Which reader a document is for: by its content, and its ending must not say another."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.content import form_of, read_bytes
from cpctrack.reading.lines import Line

# What each form is called, and the endings that promise it.
NAMES = {
    "text": "plain text",
    "html": "a web page",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
    "pdf": "a PDF document",
}
ENDINGS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".docx": "docx",
    ".docm": "docx",
    ".odt": "odt",
    ".pdf": "pdf",
}
_MODULES = {
    "text": "text.plain",
    "html": "html.page",
    "docx": "word.document",
    "odt": "odt.document",
    "pdf": "pdf.document",
}


def read_lines(path: Path) -> list[Line]:
    """Read a document into its lines, in reading order, blank ones included.

    Raises `ImportRefusedError` for what can't be read, is not what its ending says, or holds no
    text; `MissingExtraError` where the library for its form is not installed.
    """
    content = read_bytes(path)
    form = form_of(content, path)
    named = ENDINGS.get(path.suffix.lower(), form)
    if named != form:
        raise ImportRefusedError(
            f"{path} is {NAMES[form]} by its content, not {NAMES[named]} as its name says; "
            "rename it."
        )
    lines = _reader(form)(content, path)
    if not any(line.text for line in lines):
        raise ImportRefusedError(f"{path} holds no text; name the file the minutes are in.")
    return lines


def _reader(form: str) -> Callable[[bytes, Path], list[Line]]:
    """Import a form's reader when it is asked for: each brings its own libraries."""
    module = import_module(f"cpctrack.reading.{_MODULES[form]}")
    read: Callable[[bytes, Path], list[Line]] = module.read
    return read

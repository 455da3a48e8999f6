"""The formats a document can have: their names, their endings, and how a view becomes bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.errors import UsageError

if TYPE_CHECKING:
    from cpctrack.render.views.view import AppendixView

TEMPLATES = {"full": "appendix", "progress": "progress"}
"""The template of each view, without the ending that each format gives it."""


class Format(NamedTuple):
    """A kind of document; `suffix` is the one its template's name has before ``.j2``.

    `render` is what makes it where no template can; it is handed the template's path if the format
    takes a document of its own kind as one. A binary format is never written to a terminal.
    """

    name: str
    suffix: str
    endings: tuple[str, ...]
    html: bool = False
    render: Callable[["AppendixView", Path | None], bytes] | None = None
    takes_template: bool = True
    binary: bool = False


def _csv(view: "AppendixView", _template: Path | None) -> bytes:
    from cpctrack.render import csv_table

    return csv_table.render(view)


def _docx(view: "AppendixView", template: Path | None) -> bytes:
    from cpctrack.render.word import writing

    return writing.render(view, template)


def _pdf(view: "AppendixView", _template: Path | None) -> bytes:
    from cpctrack.render import pdf

    return pdf.render(view)


def _xlsx(view: "AppendixView", _template: Path | None) -> bytes:
    from cpctrack.render.excel import workbook

    return workbook.render(view)


FORMATS = {
    made.name: made
    for made in (
        Format("markdown", "md", (".md", ".markdown")),
        Format("html", "html", (".html", ".htm"), html=True),
        Format("docx", "docx", (".docx",), render=_docx, binary=True),
        Format("pdf", "pdf", (".pdf",), render=_pdf, takes_template=False, binary=True),
        Format("csv", "csv", (".csv",), render=_csv, takes_template=False),
        Format("xlsx", "xlsx", (".xlsx",), render=_xlsx, takes_template=False, binary=True),
    )
}
DEFAULT = FORMATS["markdown"]
TEXT_FORMATS = tuple(made.name for made in FORMATS.values() if not made.binary)
"""The formats that come out the same, byte for byte, wherever they are made."""


def format_of(*, name: str = "", output: Path | None = None, template: str = "") -> Format:
    """Choose the format: the one named, else by the output's ending, else by the template's.

    Raises `UsageError` for an output whose ending belongs to no format.
    """
    if name:
        return FORMATS[name]
    if output is not None:
        if found := _by_ending(output.suffix):
            return found
        endings = ", ".join(ending for made in FORMATS.values() for ending in made.endings)
        raise UsageError(
            f"The ending of “{output}” names no format; end it with one of {endings}, or name "
            f"the format with --format {'|'.join(FORMATS)}."
        )
    return _by_ending(Path(template.removesuffix(".j2")).suffix) or DEFAULT


def render(
    view: "AppendixView", made: Format, template: str = "", folder: Path | None = None
) -> bytes:
    """Make the document, text as UTF-8; `template` is the name of one of ours, or a user's file.

    Files of `folder`, which may be missing, stand for ours of the same name. Raises `UsageError`
    for a template where the format has none or of another view, `RenderError` for a wrong one.
    """
    if template and not made.takes_template:
        raise UsageError(f"A {made.name} document has no template; leave --template out.")
    if made.render:
        return made.render(view, Path(template) if template else None)
    from cpctrack.render.templates import environment

    found = environment.find(template or TEMPLATES[view.view], made.suffix)
    for shown, name in TEMPLATES.items():
        # One of ours that lays out the other view would find no rows.
        if isinstance(found, str) and found.startswith(f"{name}.") and shown != view.view:
            raise UsageError(f"The template {found} is for --view {shown}, not {view.view}.")
    if isinstance(found, Path) or environment.overriding(folder):
        from cpctrack.render.templates import apart

        text = apart.render(found, view, html=made.html, folder=folder)
    else:
        text = environment.render(found, {"appendix": view}, html=made.html)
    return text.encode()


def _by_ending(ending: str) -> Format | None:
    wanted = ending.lower()
    return next((made for made in FORMATS.values() if wanted in made.endings), None)

"""The formats a document can have: their names, their endings, and how a view becomes bytes."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.errors import UsageError

if TYPE_CHECKING:
    from cpctrack.render.views.view import AppendixView

TEMPLATES = {
    "full": "appendix",
    "progress": "progress",
    "programme": "progress",
    "layout": "layout",
    "statistics": "statistics",
    "chase": "chase",
    "chair": "chair",
}
"""The template of each view, without the ending that each format gives it."""

_CHOSEN_BY = {
    "layout": "--layout",
    "statistics": "“cpctrack statistics”",
    "chase": "“cpctrack chase”",
    "chair": "“cpctrack chase”",
}


class Format(NamedTuple):
    """A kind of document; `suffix` is the one its template's name has before ``.j2``.

    `module` is what makes it where no template can. A binary format is never written to a
    terminal.
    """

    name: str
    suffix: str
    endings: tuple[str, ...]
    html: bool = False
    module: str = ""
    takes_template: bool = True
    binary: bool = False

    def render(self, view: "AppendixView", template: Path | None = None) -> bytes:
        """Make the document; `template` is one of its own kind, where the format takes one."""
        # Loaded only now: each needs a library that the others do not.
        maker = import_module(f"cpctrack.render.{self.module}")
        content: bytes = maker.render(view, template) if template else maker.render(view)
        return content


FORMATS = {
    made.name: made
    for made in (
        Format("markdown", "md", (".md", ".markdown")),
        Format("html", "html", (".html", ".htm"), html=True),
        Format("docx", "docx", (".docx",), module="word.writing", binary=True),
        Format("pdf", "pdf", (".pdf",), module="pdf", takes_template=False, binary=True),
        Format("csv", "csv", (".csv",), module="csv_table", takes_template=False),
        Format(
            "xlsx", "xlsx", (".xlsx",), module="excel.workbook", takes_template=False, binary=True
        ),
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
    if made.module:
        return made.render(view, Path(template) if template else None)
    from cpctrack.render.templates import environment

    found = environment.find(template or TEMPLATES[view.view], made.suffix)
    for shown, name in TEMPLATES.items():
        # One of ours that lays out the other view would find no rows.
        fits = name == TEMPLATES[view.view]
        if isinstance(found, str) and found.startswith(f"{name}.") and not fits:
            this, wanted = (_CHOSEN_BY.get(each, f"--view {each}") for each in (shown, view.view))
            raise UsageError(f"The template {found} is for {this}, not {wanted}.")
    if isinstance(found, Path) or environment.overriding(folder):
        from cpctrack.render.templates import apart

        text = apart.render(found, view, html=made.html, folder=folder)
    else:
        text = environment.render(found, {"appendix": view}, html=made.html)
    return text.encode()


def _by_ending(ending: str) -> Format | None:
    wanted = ending.lower()
    return next((made for made in FORMATS.values() if wanted in made.endings), None)

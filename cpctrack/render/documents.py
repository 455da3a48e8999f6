"""The formats a document can have: their names, their endings, and how a view becomes bytes."""

from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpctrack import plugins
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
    """A kind of document, with its name and endings.

    `render` makes it of a view, and of a template where it `takes_template`; without one a template
    of ours does, in whose name `suffix` stands before ``.j2``. A binary format is never written to
    a terminal.
    """

    name: str
    endings: tuple[str, ...]
    render: Callable[..., bytes] | None = None
    binary: bool = False
    takes_template: bool = False
    suffix: str = ""
    html: bool = False


def _by(module: str) -> Callable[..., bytes]:
    """Render by a module that is imported only then: each needs a library that others do not."""

    def render(*given: object) -> bytes:
        content: bytes = import_module(f"cpctrack.render.{module}").render(*given)
        return content

    return render


FORMATS = {
    made.name: made
    for made in (
        Format("markdown", (".md", ".markdown"), takes_template=True, suffix="md"),
        Format("html", (".html", ".htm"), takes_template=True, suffix="html", html=True),
        Format("docx", (".docx",), _by("word.writing"), binary=True, takes_template=True),
        Format("pdf", (".pdf",), _by("pdf"), binary=True),
        Format("csv", (".csv",), _by("csv_table")),
        Format("xlsx", (".xlsx",), _by("excel.workbook"), binary=True),
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
        return format_named(name)
    if output is not None:
        if found := _by_ending(output.suffix, FORMATS.values()):
            return found
        more = added()
        if found := _by_ending(output.suffix, more.things.values()):
            return found
        known = FORMATS | more.things
        endings = ", ".join(ending for made in known.values() for ending in made.endings)
        said = (
            f"The ending of “{output}” names no format; end it with one of {endings}, or name "
            f"the format with --format {'|'.join(known)}."
        )
        raise UsageError(" ".join([said, *more.wrong]))
    return _by_ending(Path(template.removesuffix(".j2")).suffix, FORMATS.values()) or DEFAULT


def format_named(name: str) -> Format:
    """Give the format of this name, ours or a plug-in's; raises `UsageError`."""
    return plugins.chosen(name, FORMATS, added)


@cache
def added() -> plugins.Found[Format]:
    """Give the formats that plug-ins print."""
    return plugins.found("cpctrack.formats", Format, FORMATS.values(), "render", whole)


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
        return made.render(view, Path(template)) if template else made.render(view)
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


def whole(content: object) -> bytes:
    """Give what a plug-in has printed; raises `TypeError` where it is no document."""
    if not isinstance(content, bytes):
        raise TypeError(f"it has printed no document but a {type(content).__name__}")
    return content


def _by_ending(ending: str, among: Iterable[Format]) -> Format | None:
    wanted = ending.lower()
    return next((made for made in among if wanted in made.endings), None)

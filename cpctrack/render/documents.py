"""The formats a document can have: their names, their endings, and how a view becomes bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpctrack.errors import UsageError

if TYPE_CHECKING:
    from cpctrack.render.view import AppendixView

TEMPLATE = "appendix"
"""The template of the whole table, without the ending that each format gives it."""


class Format(NamedTuple):
    """A kind of document; `suffix` is the one its template's name has before ``.j2``.

    `render` is what makes it where no template can.
    """

    name: str
    suffix: str
    endings: tuple[str, ...]
    html: bool = False
    render: Callable[["AppendixView"], bytes] | None = None


def _csv(view: "AppendixView") -> bytes:
    from cpctrack.render import csv_table

    return csv_table.render(view)


FORMATS = {
    made.name: made
    for made in (
        Format(name="markdown", suffix="md", endings=(".md", ".markdown")),
        Format(name="html", suffix="html", endings=(".html", ".htm"), html=True),
        Format(name="csv", suffix="csv", endings=(".csv",), render=_csv),
    )
}
DEFAULT = FORMATS["markdown"]


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


def render(view: "AppendixView", made: Format, template: str = "") -> bytes:
    """Make the document, as UTF-8; `template` is the name of one of ours, or a user's own file.

    Raises `UsageError` for a template where the format has none, `RenderError` for a wrong one.
    """
    if made.render:
        if template:
            raise UsageError(f"A {made.name} document has no template; leave --template out.")
        return made.render(view)
    from cpctrack.render import environment

    values = {"appendix": view}
    found = environment.find(template or TEMPLATE, made.suffix)
    if isinstance(found, Path):
        from cpctrack.render import sandbox

        text = sandbox.render(found, values, html=made.html)
    else:
        text = environment.render(found, values, html=made.html)
    return text.encode()


def _by_ending(ending: str) -> Format | None:
    wanted = ending.lower()
    return next((made for made in FORMATS.values() if wanted in made.endings), None)

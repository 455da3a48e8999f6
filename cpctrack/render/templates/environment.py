"""Our own templates: where they are, and the settings every template is rendered with.

They decide nothing and must be right: an error in one is a bug and is not caught.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cpctrack.errors import RenderError
from cpctrack.render import packed
from cpctrack.render.templates.markdown import escape
from cpctrack.store.files import exists
from cpctrack.suggest import did_you_mean

ENDING = ".j2"
_NOT_IN_CSS = re.compile(r"[^\w /.,:;()?!%-]")


def templates_folder() -> Path:
    """Give the folder of our templates."""
    return packed("templates")


def render(name: str, values: Mapping[str, Any], *, html: bool) -> str:
    """Render one of our own templates."""
    environment = configure(Environment, ours(), html=html)
    return environment.get_template(name).render(values)


def names() -> list[str]:
    """Name our own templates that make a whole document, in alphabetical order."""
    return [name for name in files() if name.endswith(ENDING)]


def files() -> list[str]:
    """Name everything our templates are made of, in alphabetical order."""
    return sorted(path.name for path in templates_folder().iterdir() if path.is_file())


def overriding(folder: Path | None) -> list[str]:
    """Name the files of a user's folder that take the place of ours."""
    if folder is None or not folder.is_dir():
        return []
    return [name for name in files() if (folder / name).is_file()]


def find(named: str, suffix: str) -> str | Path:
    """Find the template somebody means: one of ours by name, or a file of their own.

    “appendix” is ours of the format with this `suffix` (``html``). Raises `RenderError` where
    there is neither.
    """
    known = names()
    for name in (named, f"{named}.{suffix}{ENDING}"):
        if name in known:
            return name
    path = Path(named)
    if exists(path) and path.is_file():
        return path
    short = [name.removesuffix(f".{suffix}{ENDING}") for name in known]
    hint = did_you_mean(named, [name for name in short if not name.endswith(ENDING)])
    raise RenderError(
        f"There is no template “{named}”: no file of that name, and none of cpctrack's own "
        f"({', '.join(known)}).{hint}"
    )


def ours() -> FileSystemLoader:
    """Give what loads our own templates."""
    return FileSystemLoader(templates_folder(), encoding="utf-8")


def configure(kind: type[Environment], loader: BaseLoader, *, html: bool) -> Environment:
    """Make an environment of this kind; `html` says whether values are escaped for HTML.

    In a template that is named as a page they always are, whatever the document's format.
    """
    environment = kind(
        loader=loader,
        autoescape=lambda name: (
            html or (name or "").removesuffix(ENDING).endswith((".html", ".htm"))
        ),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["md"] = escape
    environment.filters["sha256"] = _sha256
    environment.filters["css"] = _css
    return environment


def _css(text: str) -> Markup:
    """Write a text so that it can stand between the quotation marks of a style."""
    return Markup(_NOT_IN_CSS.sub(lambda found: f"\\{ord(found[0]):06x}", text))


def _sha256(text: str) -> str:
    """Give the hash of a script or style as a page's security policy names it."""
    import base64
    import hashlib

    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

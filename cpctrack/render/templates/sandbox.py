"""A user's own templates, wrong or hostile as they may be: they can only fail, in a named line.

What they take in memory and time is bounded by `cpctrack.render.templates.apart`.
"""

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cpctrack.errors import RenderError, reason
from cpctrack.render.templates.environment import configure, files, ours
from cpctrack.text import shorten

MOST_OUTPUT = 64 * 1024 * 1024
"""Letters of a document: ten thousand rows as a page are a tenth of it."""

TOO_MUCH = "it takes more memory than any document"
_MOST_WORDS = 200

# A user's template may bear the name of the one of ours that it extends.
_OURS = "cpctrack's own: "


def render(
    template: str | Path, values: Mapping[str, Any], *, html: bool, folder: Path | None = None
) -> str:
    """Render a user's own template, or one of ours in which files of `folder` stand for ours.

    It may extend and include files of that folder and ours, and reach no other file. Raises
    `RenderError` with file and line for whatever goes wrong in it.
    """
    loader = _Loader(template if isinstance(template, Path) else None, folder)
    environment = configure(_Sandbox, loader, html=html)
    try:
        return _bounded(environment, str(template), values)
    except TemplateSyntaxError as error:
        where = Path(error.filename) if error.filename else Path(template)
        raise RenderError(_message(where, error.lineno, error)) from error
    except TemplateNotFound as error:
        name = shorten(str(error.name), _MOST_WORDS)
        wrong = f"it asks for “{name}”, and can extend or include only {', '.join(files())}"
        raise RenderError(_message(*loader.place(error), wrong)) from error
    except RenderError:
        raise
    # A template is a program: it can divide by zero, run out of memory, call itself for ever.
    except Exception as error:
        raise RenderError(_message(*loader.place(error), error)) from error


def _bounded(environment: Environment, name: str, values: Mapping[str, Any]) -> str:
    parts, length = [], 0
    for part in environment.get_template(name).generate(values):
        length += len(part)
        if length > MOST_OUTPUT:
            raise OverflowError(f"it makes a document of more than {MOST_OUTPUT:,} letters")
        parts.append(part)
    return "".join(parts)


class _Sandbox(ImmutableSandboxedEnvironment):
    def join_path(self, template: str, parent: str) -> str:
        """Let a template that bears the name of one of ours extend that, and not itself."""
        return _OURS + template if Path(parent).name == template else template


class _Loader(BaseLoader):
    """Finds a template: the user's own file, one of their folder, or ours."""

    def __init__(self, own: Path | None, folder: Path | None) -> None:
        self._own = own
        self._folder = folder.resolve() if folder else None
        self._ours = ours()
        self._read: dict[str, Path] = {}

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """Give the source of a template and the file it is in."""
        path = self._find(template)
        if path is None:
            source, filename, _ = self._ours.get_source(environment, template.removeprefix(_OURS))
            return source, filename, None
        self._read[str(path)] = path
        try:
            return path.read_text(encoding="utf-8-sig"), str(path), None
        except UnicodeDecodeError as error:
            raise RenderError(f"The template {path} is not UTF-8; save it as UTF-8.") from error
        except OSError as error:
            raise RenderError(f"The template {path} can't be read ({reason(error)}).") from error

    def place(self, error: BaseException) -> tuple[Path | None, int]:
        """Tell in which of the user's files, and in which line of it, something went wrong."""
        frames = traceback.extract_tb(error.__traceback__)
        for frame in reversed(frames):
            if frame.filename in self._read:
                return self._read[frame.filename], frame.lineno or 0
        return next(iter(self._read.values()), self._own), 0

    def _find(self, template: str) -> Path | None:
        if self._own and template == str(self._own):
            return self._own
        if self._folder is None or template not in files():
            return None
        path = self._folder / template
        # A link could make any file of the computer part of a public document.
        return path if path.is_file() and path.resolve().parent == self._folder else None


def _message(path: Path | None, line: int | None, wrong: object) -> str:
    where = f"{path}, line {line}" if line else str(path)
    what = wrong if isinstance(wrong, str) else _words(wrong)
    return f"The template {where}: {what.rstrip('.')}."


def _words(error: object) -> str:
    if isinstance(error, MemoryError):
        return TOO_MUCH
    text = shorten(str(error), _MOST_WORDS)
    if isinstance(error, TemplateError | OverflowError) and text:
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__

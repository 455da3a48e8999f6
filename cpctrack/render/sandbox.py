"""A user's own templates, wrong or hostile as they may be: they can only fail, in a named line."""

import re
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cpctrack.errors import RenderError, reason
from cpctrack.render.environment import configure, files, ours
from cpctrack.text import one_line

MOST_OUTPUT = 64 * 1024 * 1024
"""Letters of a document: ten thousand rows as a page are a tenth of it."""

_MOST_NUMBER = 1_000_000  # of a width, a count, a factor: what is longer is no document
_WIDE = re.compile(r"\d{5}")

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
        wrong = f"it asks for “{error.name}”, and can extend or include only {', '.join(files())}"
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
    """A sandbox in which no single step can fill the memory."""

    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name in ("center", "indent", "batch", "slice", "wordwrap"):
            self.filters[name] = _measured(self.filters[name])

    def join_path(self, template: str, parent: str) -> str:
        """Let a template that bears the name of one of ours extend that, and not itself."""
        return _OURS + template if Path(parent).name == template else template

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Do one step of arithmetic, but none that makes a text or number beyond all use."""
        if operator == "%" and isinstance(left, str):
            _refuse_large(*map(int, _WIDE.findall(left)), most=0)
        elif operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
            _refuse_large(left, right, most=_MOST_NUMBER if operator == "*" else 1000)
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call what a template calls, but with no number beyond all use."""
        _refuse_large(*arguments, *named.values())
        if isinstance(text := _text_to_fill(function), str):
            _refuse_large(*map(int, _WIDE.findall(text)), most=0)
        return super().call(context, function, *arguments, **named)


def _text_to_fill(function: Any) -> Any:
    """Give the text whose ``format`` method this is; Jinja has wrapped it."""
    if getattr(function, "__name__", "") not in ("format", "format_map"):
        return None
    return getattr(getattr(function, "__wrapped__", function), "__self__", None)


def _measured(function: Callable[..., Any]) -> Callable[..., Any]:
    def call(*arguments: Any, **named: Any) -> Any:
        _refuse_large(*arguments, *named.values())
        return function(*arguments, **named)

    # How Jinja hands a filter its surroundings is written on the function.
    vars(call).update(vars(function))
    return call


def _refuse_large(*values: Any, most: int = _MOST_NUMBER) -> None:
    if any(isinstance(value, int | float) and abs(value) > most for value in values):
        raise OverflowError("it asks for a text or a number too large for any document")


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
        return _read(path), str(path), None

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


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RenderError(f"The template {path} is not UTF-8; save it as UTF-8.") from error
    except OSError as error:
        raise RenderError(f"The template {path} can't be read ({reason(error)}).") from error


def _message(path: Path | None, line: int | None, wrong: object) -> str:
    where = f"{path}, line {line}" if line else str(path)
    what = wrong if isinstance(wrong, str) else _words(wrong)
    return f"The template {where}: {what.rstrip('.')}."


def _words(error: object) -> str:
    text = one_line(str(error))
    if isinstance(error, TemplateError | OverflowError) and text:
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__

"""A user's own template, which may be wrong or hostile: all it can do is fail, in a named line."""

import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FunctionLoader
from jinja2.exceptions import TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cpctrack.errors import RenderError, reason
from cpctrack.render.environment import configure, names, ours
from cpctrack.text import one_line

# A user's template may bear the name of the one of ours that it extends.
_OWN = "user's own: "


def render(path: Path, values: Mapping[str, Any], *, html: bool) -> str:
    """Render a user's own template, which may extend ours but reach no other file.

    Raises `RenderError` with file and line for whatever goes wrong in it.
    """
    source = _read(path)
    name = f"{_OWN}{path}"

    def load(wanted: str) -> tuple[str, str, None] | None:
        return (source, str(path), None) if wanted == name else None

    loader = ChoiceLoader([FunctionLoader(load), ours()])
    environment = configure(ImmutableSandboxedEnvironment, loader, html=html)
    try:
        return environment.get_template(name).render(values)
    except TemplateSyntaxError as error:
        raise RenderError(_message(path, error.lineno, error)) from error
    except TemplateNotFound as error:
        wrong = f"it asks for “{error}”, and can extend or include only {', '.join(names())}"
        raise RenderError(_message(path, _line(error, path), wrong)) from error
    # A template is a program: it can divide by zero, run out of memory, call itself for ever.
    except Exception as error:
        raise RenderError(_message(path, _line(error, path), error)) from error


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise RenderError(f"The template {path} is not UTF-8; save it as UTF-8.") from error
    except OSError as error:
        raise RenderError(f"The template {path} can't be read ({reason(error)}).") from error


def _line(error: BaseException, path: Path) -> int:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno or 0 for frame in frames if frame.filename == str(path)]
    return lines[-1] if lines else 0


def _message(path: Path, line: int | None, wrong: object) -> str:
    where = f"{path}, line {line}" if line else str(path)
    what = wrong if isinstance(wrong, str) else _words(wrong)
    return f"The template {where}: {what.rstrip('.')}."


def _words(error: object) -> str:
    text = one_line(str(error))
    if isinstance(error, TemplateError | OverflowError) and text:
        return text
    return f"{type(error).__name__}: {text}" if text else type(error).__name__

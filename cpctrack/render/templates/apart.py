"""A user's own templates, in a process of their own: it has only so much memory and time.

The process is this module, run by the Python that runs now. It is handed the view and gives the
document, or what is wrong with the template.
"""

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from cpctrack import programs, system
from cpctrack.errors import RenderError, reason
from cpctrack.render import freezing
from cpctrack.render.templates import environment, sandbox
from cpctrack.text import shorten

MOST_SECONDS = 30  # ten thousand rows take a third of it
MOST_MEMORY = 1 << 30
_REFUSED = 3  # Python itself ends with 1 or 2, and a process that was ended with more or less


def render(
    template: str | Path,
    view: Any,
    *,
    html: bool,
    folder: Path | None = None,
    called: str = "appendix",
) -> str:
    """Render as `sandbox.render` does, whatever the template takes; raises `RenderError`.

    `view` is a named tuple of plain values, which the template knows as `called`.
    """
    given = {
        "template": str(template),
        "is_own": isinstance(template, Path),
        "kind": (type(view).__module__, type(view).__name__),
        "view": freezing.freeze(view),
        "called": called,
        "html": html,
        "folder": str(folder) if folder else None,
    }
    own = [template] if isinstance(template, Path) else []
    own += [folder / name for name in environment.overriding(folder) if folder]
    named = " or ".join(map(str, own))
    try:
        done = programs.run(
            # -P: no module of that name in the current folder is meant.
            [sys.executable, "-P", "-m", "cpctrack.render.templates.apart"],
            given=json.dumps(given).encode(),
            seconds=MOST_SECONDS,
        )
    except TimeoutError as error:
        raise RenderError(
            f"The template {named}: it has made no document in {MOST_SECONDS} seconds."
        ) from error
    except OSError as error:
        raise RenderError(
            f"The template {named} can't be used: Python can't be started ({reason(error)})."
        ) from error
    if done.returncode == _REFUSED:
        raise RenderError(done.stderr.decode("utf-8", "surrogateescape"))
    if done.returncode:
        last = done.stderr.decode("utf-8", "replace").rstrip().rpartition("\n")[2]
        # Where nothing was said the system has ended it.
        wrong = sandbox.TOO_MUCH if last in ("", "MemoryError") else shorten(last, 200)
        raise RenderError(f"The template {named}: {wrong}.")
    return done.stdout.decode()


def main() -> None:
    """Render what is asked for on the standard input."""
    system.limit_memory(MOST_MEMORY)
    given = json.load(sys.stdin.buffer)
    folder = given["folder"]
    module, kind = given["kind"]
    view = freezing.thaw_as(getattr(import_module(module), kind), given["view"])
    try:
        text = sandbox.render(
            Path(given["template"]) if given["is_own"] else given["template"],
            {given["called"]: view},
            html=given["html"],
            folder=Path(folder) if folder else None,
        )
    except RenderError as error:
        sys.stderr.buffer.write(str(error).encode("utf-8", "surrogateescape"))
        sys.exit(_REFUSED)
    sys.stdout.buffer.write(text.encode())


if __name__ == "__main__":
    main()

"""Documents that go into a file: nothing is lost by writing them."""

from collections.abc import Sequence
from pathlib import Path

from cpctrack.errors import RenderError, UsageError, reason


def check_output(output: Path, sources: Sequence[Path], *, force: bool) -> None:
    """Refuse to write over what the document is made from, or over any file without ``--force``."""
    if output.is_dir():
        raise UsageError(f"{output} is a folder; name a file in it.")
    if not output.exists():
        return
    if any(source.exists() and output.samefile(source) for source in sources):
        raise UsageError(f"{output} is what the document is made from; name another file.")
    if not force:
        raise RenderError(f"{output} already exists; name another file, or add --force.")


def write(output: Path, content: bytes) -> None:
    """Write a document whole or not at all; raises `RenderError`."""
    from cpctrack.store.files import write_atomically

    try:
        write_atomically(output, content)
    except OSError as error:
        raise RenderError(f"{output} can't be written ({reason(error)}).") from error

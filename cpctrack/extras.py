"""The libraries that only some commands need, and what to say where they are not installed."""

import contextlib
import sys
from collections.abc import Iterator

from cpctrack.errors import MissingExtraError


@contextlib.contextmanager
def needed(
    extra: str, purpose: str, lacking: str = "a part of cpctrack that is not installed"
) -> Iterator[None]:
    """Turn a failed import in the block into a message that says where adding it is told.

    `purpose` begins the sentence (“A Word document”), `lacking` says what it needs. No command is
    named: which one adds to this cpctrack depends on how it was installed, and the wrong one asks a
    package index for a cpctrack that may be a stranger's. Raises `MissingExtraError`.
    """
    try:
        yield
    except ImportError as error:
        told = f"{purpose} needs {lacking}"
        if getattr(sys, "frozen", False):
            told += ", and nothing can be added to this download"
        told += f"; “cpctrack help installing” says how to install the extra “{extra}”"
        raise MissingExtraError(told) from error

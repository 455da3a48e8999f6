"""The libraries that only some commands need, and what to say where they are not installed."""

import contextlib
import sys
from collections.abc import Iterator

from cpctrack.errors import MissingExtraError


@contextlib.contextmanager
def needed(
    extra: str, purpose: str, lacking: str = "a part of cpctrack that is not installed"
) -> Iterator[None]:
    """Turn a failed import in the block into a message that says what to install.

    `purpose` begins the sentence (“A Word document”), `lacking` says what it needs. Nothing can be
    added to the download that needs no Python, so there it is another cpctrack that is installed.
    Raises `MissingExtraError`.
    """
    try:
        yield
    except ImportError as error:
        install = f'python -m pip install "cpctrack[{extra}]"'
        told = f"{purpose} needs {lacking}; run: {install}"
        if getattr(sys, "frozen", False):
            told = (
                f"{purpose} needs {lacking}, and nothing can be added to this download; "
                f"ask your IT for a cpctrack with Python instead: {install}"
            )
        raise MissingExtraError(told) from error

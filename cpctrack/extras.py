"""The libraries that only some commands need, and what to say where they are not installed."""

import contextlib
from collections.abc import Iterator

from cpctrack.errors import MissingExtraError


@contextlib.contextmanager
def needed(
    extra: str, purpose: str, lacking: str = "a part of cpctrack that is not installed"
) -> Iterator[None]:
    """Turn a failed import in the block into a message that says what to install.

    `purpose` begins the sentence (“A Word document”), `lacking` says what it needs. Raises
    `MissingExtraError`.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtraError(
            f'{purpose} needs {lacking}; run: python -m pip install "cpctrack[{extra}]"'
        ) from error

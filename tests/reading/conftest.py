"""What is read of a document, in short."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cpctrack.errors import ImportRefusedError
from cpctrack.reading.lines import Line
from cpctrack.tasks.read_documents import read_minutes


@pytest.fixture
def texts() -> Callable[[Path], list[str]]:
    """Read the texts of the lines that are not blank."""
    return lambda path: [line.text for line in read_minutes(path) if line.text]


@pytest.fixture
def paragraphs() -> Callable[[Path], list[str]]:
    """Read paragraphs, their wrapped lines joined."""

    def read(path: Path) -> list[str]:
        found = [""]
        for line in read_minutes(path):
            found[-1:] = [f"{found[-1]} {line.text}".strip()] if line.text else [found[-1], ""]
        return [" ".join(text.split()) for text in found if text]

    return read


@pytest.fixture
def printed() -> Callable[[Path], list[Line]]:
    """Read the lines that are not blank."""
    return lambda path: [line for line in read_minutes(path) if line.text]


@pytest.fixture
def refusal() -> Callable[[Path], str]:
    """Give the one sentence with which a document is refused."""

    def read(path: Path) -> str:
        with pytest.raises(ImportRefusedError) as refused:
            read_minutes(path)
        return str(refused.value)

    return read

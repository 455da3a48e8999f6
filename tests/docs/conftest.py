"""The project's Markdown pages, taken apart."""

import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FENCE = re.compile(r"^(```+)[^\n]*\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(cpctrack [^`\n]+)`")
PROMPT = re.compile(r"^(?:\$ |PS> |> )?(cpctrack(?: .*)?)$", re.MULTILINE)
SHELL_WORDS = {"|", ">", ">>", "<", "&&", "||", ";"}


@pytest.fixture
def pages(root: Path) -> list[Path]:
    """Give every page a reader of the project may open."""
    return [
        *sorted(root.glob("*.md")),
        *sorted(root.glob("docs/*.md")),
        root / "benchmarks/README.md",
    ]


@pytest.fixture
def without_code() -> Callable[[str], str]:
    """Give a function that takes the code out of a page."""
    return lambda page: re.sub(r"`[^`\n]*`", "", FENCE.sub("", page))


Words = list[str]


@pytest.fixture
def shown_commands() -> Callable[[str], Iterator[Words]]:
    """Give a function that finds each ``cpctrack …`` a page shows, as words without the first."""

    def find(page: str) -> Iterator[Words]:
        for block in FENCE.finditer(page):
            for line in PROMPT.findall(block[2].replace("\\\n", " ")):
                yield _words(line)
        for line in INLINE.findall(FENCE.sub("", page)):
            yield _words(line)

    return find


def _words(line: str) -> Words:
    words = shlex.split(line, comments=True)
    end = next((at for at, word in enumerate(words) if word in SHELL_WORDS), len(words))
    return words[1:end]

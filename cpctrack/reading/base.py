"""What every reader of a table gives and what it must be."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from cpctrack.errors import ImportRefusedError


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and the line of the file it starts on.

    `living` are the cells without what is struck through in them, where anything is.
    """

    line: int
    cells: tuple[str, ...]
    living: tuple[str, ...] | None = None


# Around text that is struck through; Unicode has these two for use within a program.
_STRUCK, _LIVING = "\ufdd0", "\ufdd1"
_STRETCH = re.compile(f"{_STRUCK}[^{_LIVING}]*{_LIVING}")
_SPACES = re.compile(" {2,}")


def struck(text: str) -> str:
    """Mark a stretch of a cell as struck through, for `row_of`."""
    return f"{_STRUCK}{text}{_LIVING}" if text.strip() else text


def row_of(line: int, cells: Iterable[str]) -> Row:
    """Make a row of cells in which some text may be marked as struck through."""
    cells = tuple(cells)
    if not any(_STRUCK in cell for cell in cells):
        return Row(line, cells)
    living = (_SPACES.sub(" ", _STRETCH.sub("", cell)).strip(" ") for cell in cells)
    printed = (cell.replace(_STRUCK, "").replace(_LIVING, "") for cell in cells)
    return Row(line, tuple(printed), tuple(living))


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row can't be taken in; without a line, the message names the file itself."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}: " if self.line else ""
        return f"{where}{self.message}"


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table as it stands in a file, headers and page furniture included.

    `loose` tells that a row is whatever stood on a line: one that was broken over several lines
    has to be put together again. `problems` are cells that say nothing; they count only where the
    table is an action log. `ours` tells that the table began as a sheet that cpctrack made, and
    `made_on` the day (ISO), where it says so.
    """

    rows: tuple[Row, ...]
    loose: bool = False
    problems: tuple[Problem, ...] = ()
    ours: bool = False
    made_on: str = ""


class Named(Protocol):
    """What every reader says of itself."""

    @property
    def name(self) -> str:
        """The format's name, as ``--format`` takes it."""

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of file names it answers for, with their dot, in lower case."""


class Reader(Named, Protocol):
    """Reads the tables of one format that is text."""

    def detect(self, head: str) -> bool:
        """Tell whether a text that begins with `head` is in this format."""

    def read(self, text: str, name: str) -> list[RawTable]:
        """Read every table of the text of a file called `name`.

        Raises `ImportRefusedError` where the text breaks the format.
        """


class BinaryReader(Named, Protocol):
    """Reads the tables of one format that is not text."""

    def recognises(self, content: bytes) -> bool:
        """Tell whether a file that is `content` is in this format, for certain."""

    def read(self, content: bytes, name: str) -> list[RawTable]:
        """Read every table of a file called `name`.

        Raises `ImportRefusedError` where it breaks the format.
        """


_SHOWN = 20


class ProblemsError(ImportRefusedError):
    """Rows that can't be taken in, all of them at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            lines.append(f"… and {len(problems) - _SHOWN} more.")
        super().__init__("\n".join([*lines, "Nothing was imported."]))

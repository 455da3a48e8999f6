"""What is wrong with rows that can't be taken in."""

from collections.abc import Sequence
from dataclasses import dataclass

from cpctrack.errors import ImportRefusedError

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row can't be taken in; without a line, the message names the file itself."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}: " if self.line else ""
        return f"{where}{self.message}"


class NoActionsError(ImportRefusedError):
    """Tables of which none has a column of actions."""


class ProblemsError(ImportRefusedError):
    """Rows that can't be taken in, all of them at once."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        self.problems = tuple(problems)
        lines = [str(problem) for problem in problems[:_SHOWN]]
        if len(problems) > _SHOWN:
            lines.append(f"… and {len(problems) - _SHOWN} more.")
        super().__init__("\n".join([*lines, "Nothing was imported."]))

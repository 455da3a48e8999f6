"""A small store for the commands' own tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]
Change = Callable[[bytes], bytes | None]

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
INFORMAL = ("--meeting", "18/1/2023", "--type", "informal")


@pytest.fixture
def edits(monkeypatch: pytest.MonkeyPatch) -> Callable[[Change], None]:
    """Let this be what the editor makes of a file; None closes it without saving."""

    def let(change: Change) -> None:
        def edit(*, filename: str, **_: object) -> None:
            if (written := change(Path(filename).read_bytes())) is not None:
                Path(filename).write_bytes(written)

        monkeypatch.setattr("click.edit", edit)
        monkeypatch.setenv("EDITOR", "true")

    return let


@pytest.fixture
def some_records(run: Run, new_store: Path, make_once: Callable[..., Path]) -> Path:
    """Give a store of four records: open and overdue, under way, completed, exempt."""

    def make() -> None:
        run(
            "add", *FORMAL, "--item", "Item 5. Fostering", "--action", "Provide a briefing note.",
            "--owner", "Head of Fostering", "--due", "30 April 2023",
        )  # fmt: skip
        run(
            "add", *INFORMAL, "--item", "4. Update", "--action", "Arrange a visit.",
            "--owner", "Participation Lead", "--owner", "José, Youth Worker",
            "--status", "in progress",
        )  # fmt: skip
        run(
            "add", *FORMAL, "--item", "Item 10 Health",
            "--recommendation", "That dentists be asked.",
            "--status", "completed", "--response", "They were asked.",
        )  # fmt: skip
        run(
            "add", *FORMAL, "--item", "Item 12. Contracts", "--action", "Settle the lease.",
            "--owner", "Head of Property", "--exempt", "3",
        )  # fmt: skip

    return make_once("some records", make)

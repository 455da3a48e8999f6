"""A small store for the commands' own tests."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
INFORMAL = ("--meeting", "18/1/2023", "--type", "informal")


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

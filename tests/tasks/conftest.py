"""What the tests of undo and history share: stores of a few records, and their log."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

FORMAL = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 5. Fostering")
TABLE = """\
Meeting Type,Meeting Date,Item,Actions,Referred to,Response/ Outcome,Needs Follow Up
Formal,15/3/2023,Item 5. Fostering,Provide a briefing note.,Head of Fostering,Sent.,Ongoing
Formal,15/3/2023,Item 6. Housing,Count the homes.,Head of Housing,,
Informal,26/4/2023,Item 2. Visits,Arrange a visit.,Participation Lead,,Ongoing
"""

Log = Callable[[], list[dict[str, object]]]


@pytest.fixture
def log_path(store_path: Path) -> Path:
    """Give the path of the undo log."""
    return store_path.with_name(".actions.json.undo")


@pytest.fixture
def logged(log_path: Path) -> Log:
    """Read the log's lines."""

    def read() -> list[dict[str, object]]:
        return [json.loads(line) for line in log_path.read_bytes().splitlines()]

    return read


@pytest.fixture
def one_record(run, new_store: Path, make_once: Callable[..., Path]) -> Path:
    """Give a store of one record, CPC-2223-001."""

    def make() -> None:
        run("add", *FORMAL, "--action", "Provide a briefing note.", "--owner", "Head of Fostering")

    return make_once("one record", make)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Give a published table: one row changes the store's record, two are new."""
    path = tmp_path / "published.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def without_withdrawn(content: bytes) -> dict[str, object]:
    document = json.loads(content)
    document.pop("withdrawn", None)
    return document

"""A small store whose packs are published, and the commands that do it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cpctrack.store.packs import Packed, PrintedRow, Publication

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
PACK = ("--meeting", "2023-07-19")
PAGE = "appendix4-2023-07-19.html"


@pytest.fixture
def stored(run, new_store: Path, make_once: Callable[..., Path]) -> Path:
    """Give a store of three records, the last one completed."""

    def make() -> None:
        run("add", *FORMAL, "--item", "Item 5. Fostering", "--action", "Provide a briefing note.",
            "--owner", "Head of Fostering", "--due", "30 April 2023")  # fmt: skip
        run("add", *FORMAL, "--item", "Item 6. Health", "--action", "Ask <b>dentists</b> & others.",
            "--owner", "José", "--due", "1/9/2023")  # fmt: skip
        run("add", *FORMAL, "--item", "Item 7. Homes", "--recommendation", "That homes be visited.",
            "--owner", "Chair", "--status", "completed", "--completed-on", "20/4/2023",
            "--response", "Visited.")  # fmt: skip

    return make_once("to publish", make)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the folder that packs are written to, which is not there yet."""
    return tmp_path / "packs" / "july"


@pytest.fixture
def publish(run, stored: Path, folder: Path) -> Callable[..., Any]:
    """Publish the pack of 19 July 2023, with further arguments."""
    return lambda *arguments, **options: run(
        "publish", *PACK, "-o", str(folder), *arguments, **options
    )


@pytest.fixture
def make_row() -> Callable[..., PrintedRow]:
    """Make a row that was printed of the record with this number."""

    def make(number: int = 1, **texts: str) -> PrintedRow:
        ref = f"CPC-2223-{number:03}"
        held = {"ref": ref, "action": f"Action {number}.", "status": "open", "standing": "Open"}
        return PrintedRow(f"{number:012x}", {**held, **texts})

    return make


@pytest.fixture
def make_publication() -> Callable[..., Publication]:
    """Make a publication of some rows that keeps no documents."""

    def make(*rows: PrintedRow, **fields: Any) -> Publication:
        values = {
            "id": "2023-07-19-000000000001",
            "meeting": "2023-07-19",
            "view": "progress",
            "year": "2022/23",
            "at": "2023-07-10T09:00:00Z",
            "by": "clerk",
            "number": 1,
            "version": "0.0.0",
            "templates": {},
            "frozen": Packed(0, ""),
            "documents": {},
        }
        return Publication(rows=rows, **{**values, **fields})

    return make

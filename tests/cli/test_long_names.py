"""Names as long as a file system allows, of stores and of all that is written."""

import os
from pathlib import Path

import pytest

from .conftest import FORMAL, Run

LONGEST = 255  # bytes
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows cuts whole paths far shorter")


def named(folder: Path, ending: str, length: int) -> Path:
    many, rest = divmod(length - len(ending), len("ŵ".encode()))
    return folder / f"{'ŵ' * many}{'x' * rest}{ending}"


@pytest.mark.parametrize("length", [240, 241, 242, 249, 250, LONGEST])
def test_a_store(run: Run, tmp_path: Path, length: int) -> None:
    (folder := tmp_path / "long").mkdir()
    store = named(folder, ".json", length)
    assert len(os.fsencode(store.name)) == length
    run("--store", str(store), "init", "--committee", "Parks Committee")
    run("--store", str(store), "add", *FORMAL, "--item", "3", "--action", "Plant a lime tree.")
    run("--store", str(store), "undo", "--yes")
    assert len(list(folder.iterdir())) == 2  # the undo log stands beside the store
    assert "PC-2223-001" not in run("--store", str(store), "list").stdout


@pytest.mark.parametrize("length", [241, 242, LONGEST])
@pytest.mark.parametrize(
    ("command", "ending"),
    [
        *((("appendix",), ending) for ending in (".md", ".html", ".docx", ".csv", ".xlsx")),
        (("statistics",), ".csv"),
        (("calendar",), ".ics"),
        (("export",), ".db"),
        (("archive",), ".zip"),
    ],
)
def test_an_output(
    run: Run,
    some_records: Path,
    tmp_path: Path,
    command: tuple[str, ...],
    ending: str,
    length: int,
) -> None:
    (folder := tmp_path / "long").mkdir()
    output = named(folder, ending, length)
    run(*command, "-o", str(output))
    assert list(folder.iterdir()) == [output]
    assert output.stat().st_size

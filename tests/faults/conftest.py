"""The command as it is installed, in processes of its own, and what must hold of its store."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import Result
from killing import surroundings

from cpctrack.check import Tier, find_problems
from cpctrack.records.model import Record
from cpctrack.store import store

TODAY = date(2023, 7, 1)
COMMAND = (sys.executable, "-m", "cpctrack")
FORMAL = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 5. Fostering")

Done = subprocess.CompletedProcess[str]
Run = Callable[..., Result]


@pytest.fixture
def environment() -> Mapping[str, str]:
    """Give the environment of the processes: the test's own, without what measures coverage."""
    return surroundings()


@pytest.fixture
def command(environment: Mapping[str, str], tmp_path: Path) -> Callable[..., Done]:
    """Run the command to its end: ``command(path, "list", exit_code=1, words=…)``."""

    def call(
        path: Path, *arguments: str, exit_code: int = 0, words: tuple[str, ...] = COMMAND
    ) -> Done:
        done = subprocess.run(
            [*words, "--store", str(path), *arguments],
            cwd=tmp_path,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert done.returncode == exit_code, f"{arguments}: {done.returncode}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        return done

    return call


@pytest.fixture
def here(run: Run) -> Run:
    """Run the command in this process, where another one is not the point."""
    return lambda path, *arguments, **options: run("--store", str(path), *arguments, **options)


@pytest.fixture
def add(here: Run) -> Run:
    """Add an action to a store."""
    return lambda path, action, **options: here(path, "add", *FORMAL, "--action", action, **options)


@pytest.fixture
def make_stored(here: Run) -> Callable[[Path], Path]:
    """Make a store at a path with `init`, folders included."""

    def make(path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        here(path, "init", "--committee", "Corporate Parenting Committee")
        return path

    return make


@pytest.fixture
def stored(make_stored: Callable[[Path], Path], tmp_path: Path) -> Path:
    """Give the path of a new store in a folder of its own."""
    return make_stored(tmp_path / "committee" / "actions.json")


@pytest.fixture
def sound() -> Callable[[Path], dict[str, Record]]:
    """Read a store and give its records by reference, after a look that nothing is damaged."""

    def look(path: Path) -> dict[str, Record]:
        held = store.read(path)
        problems = find_problems(held.records, held.meetings, held.settings, TODAY)
        assert [each for each in problems if each.tier is Tier.DAMAGED] == []
        records = {record.ref: record for record in held.records}
        assert len(records) == len(held.records), "two records have one reference"
        return records

    return look


@pytest.fixture
def litter() -> Callable[[Path], list[str]]:
    """Name what lies beside a store and is neither the store nor its log of what can be undone."""

    def look(path: Path) -> list[str]:
        kept = {path.name, f".{path.name}.undo"}
        return sorted(each.name for each in path.parent.iterdir() if each.name not in kept)

    return look

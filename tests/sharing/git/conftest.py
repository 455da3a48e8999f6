"""A real repository that two clerks share, built once and copied for each test."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cpctrack.cli.main import main

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
TODAY = "2023-07-01"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    missing = pytest.mark.skip(reason="there is no git here")
    for item in items:
        if item.path.is_relative_to(here) and not shutil.which("git"):
            item.add_marker(missing)


class Clone:
    """A working folder of git with a store in it."""

    def __init__(self, folder: Path, name: str = "actions.json") -> None:
        self.folder = folder
        self.store = folder / name

    def git(self, *arguments: str, exit_code: int | None = 0) -> str:
        """Run git here and give what it prints; None takes any exit code."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, encoding="utf-8", check=False
        )
        said = done.stdout + done.stderr
        assert exit_code is None or done.returncode == exit_code, said
        return said

    def run(self, *arguments: str, exit_code: int = 0, day: str = TODAY, **options: Any) -> Result:
        """Run a command of cpctrack on the store."""
        result = CliRunner().invoke(
            main,
            ["--store", str(self.store), *arguments],
            prog_name="cpctrack",
            env={"CPCTRACK_TODAY": day},
            **options,
        )
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == exit_code, result.stdout + result.stderr
        return result

    def commit(self, *arguments: str, day: str = TODAY) -> None:
        """Run a command that changes the store, if any, and commit."""
        if arguments:
            self.run(*arguments, day=day)
        self.git("add", "-A", "--", ".", ":!*.undo")  # the undo log is nobody else's
        self.git("commit", "-q", "-m", " ".join(arguments[:2]) or "By hand")

    @property
    def document(self) -> dict[str, Any]:
        return json.loads(self.store.read_text(encoding="utf-8"))

    def record(self, ref: str) -> dict[str, Any]:
        """Give a record's row by its reference."""
        return next(row for row in self.document["actions"].values() if row["ref"] == ref)

    def has_markers(self) -> bool:
        text = self.store.read_text(encoding="utf-8")
        return all(marker in text for marker in ("<<<<<<< ", "=======", ">>>>>>> "))

    def unmerged(self) -> bool:
        return bool(self.git("ls-files", "-u"))


@pytest.fixture(autouse=True)
def a_clerk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name whoever commits; a hook that runs the tests must not lend them its repository."""
    surroundings(monkeypatch)


def surroundings(patch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        patch.delenv(name)
    patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        patch.setenv(f"GIT_{who}_NAME", "Clerk")
        patch.setenv(f"GIT_{who}_EMAIL", "clerk@example.org")
        patch.setenv(f"GIT_{who}_DATE", "2023-07-01T00:00:00Z")
    patch.setenv("LOGNAME", "clerk")
    patch.setenv("CPCTRACK_TODAY", TODAY)


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        surroundings(patch)
        clone = Clone(folder)
        clone.git("init", "-q", "--initial-branch=main")
        clone.run("init", "--committee", "Corporate Parenting Committee")
        for item in ("Item 5. Fostering", "Item 6. Health", "Item 7. Housing"):
            clone.run(
                "add", *FORMAL, "--item", item, "--action", f"Provide a note on {item[8:]}.",
                "--owner", "Head of Service", day="2023-03-16",
            )  # fmt: skip
        clone.commit()
    yield folder


def _changed(
    template: Path, factory: pytest.TempPathFactory, change: Callable[[Clone], None]
) -> Path:
    """Give another template: a copy that is changed."""
    folder = shutil.copytree(template, factory.mktemp("template") / "plain")
    with pytest.MonkeyPatch.context() as patch:
        surroundings(patch)
        change(Clone(folder))
    return folder


@pytest.fixture(scope="session")
def _set_up(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _changed(_template, tmp_path_factory, set_up)


@pytest.fixture(scope="session")
def _parted(_set_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _changed(_set_up, tmp_path_factory, part)


@pytest.fixture(scope="session")
def _at_odds(_set_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _changed(_set_up, tmp_path_factory, contradict)


@pytest.fixture
def plain(_template: Path, tmp_path: Path) -> Clone:
    """Give a repository with a store of three records, for which git is not set up."""
    return Clone(shutil.copytree(_template, tmp_path / "plain"))


@pytest.fixture
def clone(_set_up: Path, tmp_path: Path) -> Clone:
    """Give a repository with a store of three records, for which git is set up."""
    return Clone(shutil.copytree(_set_up, tmp_path / "plain"))


@pytest.fixture
def parted(_parted: Path, tmp_path: Path) -> Clone:
    """Give a clone on the branch ``main`` whose other branch, ``hers``, can be merged cleanly."""
    return Clone(shutil.copytree(_parted, tmp_path / "plain"))


@pytest.fixture
def at_odds(_at_odds: Path, tmp_path: Path) -> Clone:
    """Give a clone whose branch ``hers`` has another response to the same record."""
    return Clone(shutil.copytree(_at_odds, tmp_path / "plain"))


def set_up(clone: Clone) -> None:
    clone.run("git-setup")
    clone.commit()


def part(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "hers")
    clone.commit("update", "1", "--response", "Her answer.", day="2023-05-02")
    clone.commit(
        "add", *FORMAL, "--item", "Item 8. Hers", "--action", "Hers.", day="2023-05-03",
    )  # fmt: skip
    clone.git("checkout", "-q", "main")
    clone.commit("update", "1", "--status", "in-progress", day="2023-05-01")
    clone.commit("add", *FORMAL, "--item", "Item 9. His", "--action", "His.", day="2023-05-04")


def contradict(clone: Clone) -> None:
    clone.git("checkout", "-q", "-b", "hers")
    clone.commit("update", "1", "--response", "Hers.", day="2023-05-01")
    clone.git("checkout", "-q", "main")
    clone.commit("update", "1", "--response", "His.", day="2023-05-02")
    clone.commit("update", "2", "--owner", "Somebody else", day="2023-05-03")

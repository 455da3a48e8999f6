"""A disk that is full, a folder that may not be written to: a plain sentence, nothing changed."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no such limits"),
]

SMALL_DISK = """\
import os, resource, sys

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.executable, [sys.executable, "-m", "cpctrack", *sys.argv[2:]])
"""
# Root may write anywhere; without this capability it is bound as anybody is.
AS_ANYBODY = """\
import ctypes, os, sys

DROP_FROM_WHAT_WE_MAY_INHERIT, WRITE_ANYWHERE, READ_ANYWHERE = 24, 1, 2
if os.geteuid() == 0:
    for capability in (WRITE_ANYWHERE, READ_ANYWHERE):
        ctypes.CDLL(None).prctl(DROP_FROM_WHAT_WE_MAY_INHERIT, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "cpctrack", *sys.argv[1:]])
"""


def small_disk(size: int) -> tuple[str, ...]:
    return (sys.executable, "-B", "-c", SMALL_DISK, str(size))


@pytest.fixture
def as_anybody(tmp_path: Path, command: Callable[..., object]) -> tuple[str, ...]:
    """Give the words that start the command without root's right to write anywhere."""
    return (sys.executable, "-c", AS_ANYBODY)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.tsv"
    path.write_text(
        "Meeting Type\tMeeting Date\tItem\tRecommendation\tActions\tReferred to\t"
        "Response/ Outcome\tNeeds Follow Up\n"
        "Formal\t15/03/2023\tItem 5. Fostering\t\tA note on the figures.\t\t\t\n",
        encoding="utf-8",
    )
    return path


def of_each(table: Path) -> dict[str, tuple[str, ...]]:
    return {
        "add": ("add", "--meeting", "2023-03-15", "--type", "formal", "--item", "5", "--action",
                "x" * 300),
        "update": ("update", "1", "--response", "y" * 300),
        "import": ("import", str(table), "--yes"),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["add", "update", "import"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_full_disk_changes_nothing(
    add, here, command, stored, table, litter, kind: str, share: float
) -> None:
    for number in range(3):
        add(stored, f"Action {number}.")
    before = stored.read_bytes()
    words = small_disk(int(len(before) * share))
    done = command(stored, *of_each(table)[kind], exit_code=1, words=words)
    assert done.stdout == "" or kind == "import"  # whose plan is shown before it is written
    assert done.stderr.count("\n") == 1
    assert "nothing was changed" in done.stderr
    assert stored.read_bytes() == before
    assert litter(stored) == []
    here(stored, *of_each(table)[kind])  # there is room again


def test_a_new_store_on_a_full_disk_is_none(command, tmp_path: Path) -> None:
    path = tmp_path / "actions.json"
    done = command(path, "init", "--committee", "CPC", exit_code=1, words=small_disk(10))
    assert "nothing was changed" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_may_not_be_written_to(
    add, command, stored, table, litter, as_anybody
) -> None:
    add(stored, "An action.")
    before = stored.read_bytes()
    stored.parent.chmod(0o555)
    try:
        for arguments in of_each(table).values():
            done = command(stored, *arguments, exit_code=1, words=as_anybody)
            assert done.stderr.count("\n") == 1
            assert "permission denied" in done.stderr
            assert "nothing was changed" in done.stderr
        assert "An action." in command(stored, "list", words=as_anybody).stdout
    finally:
        stored.parent.chmod(0o755)
    assert stored.read_bytes() == before
    assert litter(stored) == []


def test_litter_in_a_folder_that_may_not_be_written_to_is_no_trouble(
    add, command, stored, as_anybody
) -> None:
    add(stored, "An action.")
    (stored.parent / ".actions.json.lock").touch()
    (stored.parent / ".actions.json.01234567.tmp").touch()
    stored.parent.chmod(0o555)
    try:
        assert "An action." in command(stored, "list", words=as_anybody).stdout
    finally:
        stored.parent.chmod(0o755)


def test_a_store_that_may_not_be_read(add, command, stored, as_anybody) -> None:
    stored.chmod(0)
    done = command(stored, "list", exit_code=1, words=as_anybody)
    assert "can't be read (permission denied)" in done.stderr


def test_a_file_where_the_folder_was(add, command, stored, tmp_path: Path) -> None:
    stored.unlink()
    stored.parent.rmdir()
    stored.parent.write_text("not a folder\n", encoding="utf-8")
    done = add(stored, "An action.", exit_code=1)
    assert "can't be read (not a directory)" in done.stderr
    assert stored.parent.read_text(encoding="utf-8") == "not a folder\n"

"""Publishing killed at any moment: the store and the documents agree, or the store can tell."""

import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cpctrack.store import files, store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

PAGE, TABLE = "appendix4-2023-07-19.html", "appendix4-2023-07-19.csv"

# A kill where a file comes, goes or is named: what lies between can't be told apart from it.
AT_A_STEP = """\
import os, runpy, signal, sys

folder, step = sys.argv[1], int(sys.argv[2])
seen = 0

def watch(event, arguments):
    global seen
    if event not in ("open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"):
        return
    if event == "open" and not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return
    if any(isinstance(each, (str, os.PathLike)) and folder in str(each) for each in arguments):
        seen += 1
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
sys.argv[1:] = sys.argv[3:]
sys.dont_write_bytecode = True
runpy.run_module("cpctrack", run_name="__main__", alter_sys=True)
"""


@pytest.fixture
def killed_at(stored: Path, tmp_path: Path):
    """Publish from a copy of the store, killed at a step; give its folder and whether it was."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")
    }

    def publish(step: int) -> tuple[Path, bool]:
        folder = tmp_path / f"desk {step}"
        folder.mkdir()
        shutil.copy(stored, folder / "actions.json")
        done = subprocess.run(
            [
                sys.executable, "-c", AT_A_STEP, str(folder), str(step),
                "--store", str(folder / "actions.json"), "publish", "--meeting", "2023-07-19",
                "--format", "html", "--format", "csv", "-o", str(folder / "packs"),
            ],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
            check=False,
        )  # fmt: skip
        assert done.returncode in (0, -signal.SIGKILL), done.stderr
        return folder, done.returncode != 0

    return publish


def test_killed_at_every_step(killed_at, stored, run, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(killed_at, range(1, 40)))
    killed = [folder for folder, was in ends if was]
    assert 10 < len(killed) < len(ends)  # so every step was struck
    before, whole = stored.read_bytes(), ends[-1][0]
    published, missing = 0, 0
    for folder in killed:
        held = store.read(folder / "actions.json")
        there = {each.name for each in (folder / "packs").glob("[!.]*")}
        missing += bool(held.publications) and there != {PAGE, TABLE}
        if held.publications:
            published += 1
        else:
            assert (folder / "actions.json").read_bytes() == before
            assert there == set()  # no document of which the store knows nothing
        for name in there:
            assert (folder / "packs" / name).read_bytes() == (whole / "packs" / name).read_bytes()
    assert 0 < missing <= published < len(killed)  # the moment between store and documents too


def test_what_is_missing_after_a_kill_is_printed_from_the_store(publish, run, folder, monkeypatch):
    class Killed(BaseException):
        """The process ends here, and nothing is tidied up after it."""

    def die(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(files, "_replace", die)
        patch.setattr("cpctrack.store.storage.write_atomically", _written_at_once)
        patch.setattr(Path, "unlink", lambda _: None)
        with pytest.raises(Killed):
            publish("--format", "csv")
    (stray,) = folder.glob(f".{TABLE}.*.tmp")
    content = stray.read_bytes()
    assert "was published on 1 July 2023 already" in publish(exit_code=1).stderr
    assert not stray.exists()
    run("published", "2023-07-19", "-o", str(folder / TABLE))
    assert (folder / TABLE).read_bytes() == content
    publish("--format", "csv", "--again")  # which is told that the file is the same
    assert [each.name for each in folder.iterdir()] == [TABLE]


def _written_at_once(path, content, *, over=None):
    path.write_bytes(content)

"""Publishing killed at any moment: the store and the documents agree, or the store can tell."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from cpctrack.store import files, packs, store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

PAGE, TABLE = "appendix4-2023-07-19.html", "appendix4-2023-07-19.csv"


def test_killed_at_every_step(stored, killer, tmp_path):
    killed = []
    for step in range(1, 100):
        # Where a file comes, goes or is named: what lies between can't be told apart from it.
        folder = tmp_path / f"desk {step}"
        folder.mkdir()
        shutil.copy(stored, folder / "actions.json")
        store_path, output = str(folder / "actions.json"), str(folder / "packs")
        arguments = ("--store", store_path, "publish", "--meeting", "2023-07-19",
                     "--format", "html", "--format", "csv", "-o", output)  # fmt: skip
        code, _, err = killer.run(folder, step, *arguments, only_changes=True)
        if code == 0:
            break
        assert code == -signal.SIGKILL, err
        killed.append(folder)
    assert code == 0
    assert len(killed) > 10  # so every step was struck
    before, whole = stored.read_bytes(), folder
    published, missing = 0, 0
    for folder in killed:
        packed = packs.in_order(store.read(folder / "actions.json").document)
        there = {each.name for each in (folder / "packs").glob("[!.]*")}
        missing += bool(packed) and there != {PAGE, TABLE}
        if packed:
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
        patch.setattr(files.system, "replace", die)
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

"""A transfer that is broken off between two stores, or finds no room, is taken up again."""

import os
import signal

import pytest

from .test_disk import small_disk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL and no such limits"),
]


@pytest.fixture
def council(here, add, tmp_path):
    """Give two stores of one folder, each with an action."""
    paths = tmp_path / "council" / "cpc.json", tmp_path / "council" / "lic.json"
    paths[0].parent.mkdir()
    for path in paths:
        here(path, "init", "--committee", path.stem.upper(), "--prefix", path.stem)
        add(path, "An action.")
    return paths


def links_of(sound, path):
    return {ref: record.links for ref, record in sound(path).items()}


def is_whole(council, sound):
    one, other = (links_of(sound, path) for path in council)
    return one["CPC-2223-001"] == ("transferred-to LIC-2223-002 LIC",) and other == {
        "LIC-2223-001": (),
        "LIC-2223-002": ("transferred-from CPC-2223-001 CPC",),
    }


def test_a_kill_at_every_step_loses_and_doubles_nothing(council, killer, sound, here):
    before = {path: path.read_bytes() for path in council}
    words = ("--store", str(council[0]), "transfer", "1", "--to", str(council[1]))
    seen = set()
    for step in range(1, 200):
        for path in council[0].parent.iterdir():
            path.unlink()
        for path, content in before.items():
            path.write_bytes(content)
        code, _, err = killer.run(council[0].parent, step, *words, only_changes=True)
        assert code in (0, -signal.SIGKILL), err
        one, other = (links_of(sound, path) for path in council)
        # The new store first: the old one never says what the new one does not hold.
        assert len(other) == 2 or one["CPC-2223-001"] == ()
        seen.add((len(other), bool(one["CPC-2223-001"])))
        here(council[0], "transfer", "1", "--to", str(council[1]))
        assert is_whole(council, sound)
        if code == 0:
            break
    assert seen == {(1, False), (2, False), (2, True)}


def test_a_full_disk_changes_nothing_or_can_be_taken_up_again(council, command, here, sound):
    before = [path.read_bytes() for path in council]
    words = ("transfer", "1", "--to", str(council[1]))
    done = command(council[0], *words, exit_code=1, words=small_disk(100))
    assert "nothing was changed" in done.stderr
    assert [path.read_bytes() for path in council] == before
    for _ in range(20):  # now the old store is the larger one
        here(council[0], "add", "--meeting", "2023-03-15", "--type", "formal", "--item", "5",
             "--action", "x" * 300)  # fmt: skip
    room = len(council[0].read_bytes()) - 100
    done = command(council[0], *words, exit_code=1, words=small_disk(room))
    assert "LIC-2223-002 stands in" in done.stderr
    assert "run the same command once more" in done.stderr
    assert done.stderr.count("\n") == 1
    here(council[0], *words)
    assert is_whole(council, sound)

"""Many commands at once: every one waits for its turn, and nothing is lost."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from amounts import times

from .conftest import FORMAL

pytestmark = pytest.mark.slow

PROCESSES = 8
ADDS = times(25, 4)
HOLDER = """\
import sys
from pathlib import Path
from cpctrack.store.files import exclusive

with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def add(command):
    """Add an action in a process of its own."""
    return lambda path, action: command(path, "add", *FORMAL, "--action", action)


def test_eight_processes_add_many_each_and_all_are_there(add, stored, sound, litter) -> None:
    def add_all(clerk: int) -> list[tuple[str, str]]:
        actions = [f"Action {number} of clerk {clerk}." for number in range(ADDS)]
        return [(add(stored, action).stdout.strip(), action) for action in actions]

    with ThreadPoolExecutor(PROCESSES) as pool:
        printed = [pair for pairs in pool.map(add_all, range(PROCESSES)) for pair in pairs]
    records = sound(stored)
    assert sorted(records) == [f"CPC-2223-{n:03}" for n in range(1, PROCESSES * ADDS + 1)]
    assert {ref: record.action for ref, record in records.items()} == dict(printed)
    assert len(dict(printed)) == PROCESSES * ADDS
    assert litter(stored) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has other links")
def test_two_names_of_one_store_take_turns(add, stored, sound, litter, tmp_path: Path) -> None:
    link = tmp_path / "shared with me" / "link.json"
    link.parent.mkdir()
    link.symlink_to(stored)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: add((stored, link)[n % 2], f"Action {n}."), range(12)))
    assert sorted(sound(link)) == [f"CPC-2223-{n:03}" for n in range(1, 13)]
    assert link.is_symlink()
    assert litter(stored) == []
    assert litter(link) == []


def test_the_lock_of_a_process_that_died_is_no_lock(add, here, stored, environment, litter) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(stored)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        try:
            assert holder.stdout.readline() == b"held\n"
            here(stored, "list")
            # A reader leaves a living process's lock.
            assert litter(stored) == [".actions.json.lock"]
        finally:
            holder.kill()
    assert litter(stored) == [".actions.json.lock"]
    assert add(stored, "After the death.").stdout == "CPC-2223-001\n"
    assert litter(stored) == []

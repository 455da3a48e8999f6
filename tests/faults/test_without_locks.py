"""Drives that have no locks, as some on a network: nothing is lost, and a message says by whom."""

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from amounts import times

from .conftest import FORMAL

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the locks that are refused here are POSIX'"),
]

# What a drive without locks says, each in its way.
REFUSALS = ("ENOLCK", "ENOTSUP", "EACCES", "ENOSYS", "EINVAL", "EIO")
WITHOUT_LOCKS = """\
import errno, fcntl, sys

number = getattr(errno, sys.argv[1])

def refuse(descriptor, operation):
    raise OSError(number, "no locks here")

fcntl.flock = refuse
"""
COMMAND = f"""{WITHOUT_LOCKS}
del sys.argv[1]
from cpctrack.cli.main import run
run()
"""
HOLDER = f"""{WITHOUT_LOCKS}
from pathlib import Path
from cpctrack.store.files import exclusive

with exclusive(Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""
PRELOAD = """\
#include <errno.h>
#include <stdlib.h>
int flock(int descriptor, int operation) {
    errno = atoi(getenv("REFUSED_WITH"));
    return -1;
}
"""
PROCESSES = 6
ADDS = times(10, 3)


def without_locks(refusal: str) -> tuple[str, ...]:
    return (sys.executable, "-c", COMMAND, refusal)


@pytest.mark.parametrize("refusal", REFUSALS)
def test_a_command_works_and_leaves_no_lock(command, stored, sound, litter, refusal) -> None:
    words = without_locks(refusal)
    command(stored, "add", *FORMAL, "--action", "Report back.", words=words)
    command(stored, "list", words=words)
    said = command(stored, "show", "7", words=words, exit_code=1).stderr
    assert "no locks here" not in said
    assert sorted(sound(stored)) == ["CPC-2223-001"]
    assert litter(stored) == []


@pytest.mark.parametrize("with_locks", [0, 3], ids=["all without", "half of them with"])
def test_many_at_once_lose_nothing(command, stored, sound, litter, with_locks: int) -> None:
    def add_all(clerk: int) -> list[str]:
        how = {} if clerk < with_locks else {"words": without_locks("ENOLCK")}
        return [
            command(stored, "add", *FORMAL, "--action", f"{number} of {clerk}.", **how).stdout
            for number in range(ADDS)
        ]

    with ThreadPoolExecutor(PROCESSES) as pool:
        printed = [ref.strip() for refs in pool.map(add_all, range(PROCESSES)) for ref in refs]
    records = sound(stored)
    assert sorted(printed) == sorted(records)
    assert {record.action for record in records.values()} == {
        f"{number} of {clerk}." for number in range(ADDS) for clerk in range(PROCESSES)
    }
    assert litter(stored) == []


def test_one_that_was_killed_is_named_until_somebody_deletes_its_file(
    command, stored, sound, litter, environment
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, "ENOLCK", str(stored)],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as holder:  # fmt: skip
        try:
            assert holder.stdout.readline() == b"held\n"
        finally:
            holder.kill()
    held = stored.parent / ".actions.json.held"
    assert f"process {holder.pid}, since " in held.read_text("utf-8")
    impatient = COMMAND.replace(
        "from cpctrack.cli",
        "from cpctrack.store import files\n"
        "files.exclusive.__wrapped__.__kwdefaults__['timeout'] = 0.1\n"
        "from cpctrack.cli",
    )
    words = (sys.executable, "-c", impatient, "ENOLCK")
    command(stored, "list", words=words)
    add = ("add", *FORMAL, "--action", "Report back.")
    said = command(stored, *add, words=words, exit_code=1).stderr
    assert f"says {held} (" in said
    assert "or delete that file if nobody is working any more." in said
    assert sound(stored) == {}
    assert litter(stored) == [".actions.json.held"]
    held.unlink()
    command(stored, *add, words=words)
    assert litter(stored) == []


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries are put before otherwise")
def test_the_system_itself_refuses(command, stored, sound, litter, tmp_path, environment) -> None:
    """Not only Python's function is another: the C library's is, as by a drive."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if not compiler and not os.environ.get("CI"):
        pytest.skip("there is no C compiler")
    source, library = tmp_path / "refuse.c", tmp_path / "refuse.so"
    source.write_text(PRELOAD)
    subprocess.run([compiler, "-shared", "-fPIC", "-o", library, source], check=True)
    for number, refusal in enumerate((37, 95, 13)):  # ENOLCK, EOPNOTSUPP, EACCES on Linux
        environment |= {"LD_PRELOAD": str(library), "REFUSED_WITH": str(refusal)}
        command(stored, "add", *FORMAL, "--action", f"Action {number}.")
    assert len(sound(stored)) == 3
    assert litter(stored) == []


def test_a_folder_that_is_not_there_is_said_as_ever(command, tmp_path) -> None:
    missing = tmp_path / "missing" / "actions.json"
    said = command(
        missing, "init", "--committee", "Parks", words=without_locks("ENOLCK"), exit_code=1
    ).stderr
    assert said == (
        f"Error: {missing.parent} can't be written to (no such file or directory); nothing was "
        "changed.\n"
    )

"""Commands killed at any moment: the store is whole, and what was acknowledged is in it.

The seeds make the delays the same every time; where a delay strikes depends on the machine. What
chance might miss, the second test does in order: a kill at every touch of the store's folder.
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from cpctrack.records.model import Record

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

KILLS = 300
WORKERS = 4
KINDS = ("add", "update", "import")
COMMAND = (sys.executable, "-m", "cpctrack")
MEETING = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 5. Fostering",
           "--owner", "Head of Fostering")  # fmt: skip
TABLE = (
    "Meeting Type\tMeeting Date\tItem\tRecommendation\tActions\tReferred to\tResponse/ Outcome\t"
)

AT_A_STEP = """\
import os, runpy, signal, sys

folder, step = sys.argv[1], int(sys.argv[2])
seen = 0

def watch(event, arguments):
    global seen
    if any(isinstance(each, (str, os.PathLike)) and folder in str(each) for each in arguments):
        seen += 1
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(watch)
sys.argv[1:] = sys.argv[3:]
runpy.run_module("cpctrack", run_name="__main__", alter_sys=True)
"""

State = dict[str, str]
"""What a record says, its response with it, by its action."""


@dataclass
class Job:
    """A command, how its end is told, and what the store says after it."""

    arguments: tuple[str, ...]
    acknowledged: Callable[[str, str], bool]
    after: State


@dataclass
class Desk:
    """One store that is worked on and what it must hold."""

    path: Path
    environment: Mapping[str, str]
    sound: Callable[[Path], dict[str, Record]]
    litter: Callable[[Path], list[str]]
    chance: random.Random
    holds: State = field(default_factory=dict)

    def job(self, kind: str) -> Job:
        """Think of the next command of this kind."""
        return getattr(self, f"_{kind}")(self._word())

    def _word(self) -> str:
        return self.chance.randbytes(6).hex()

    def start(self, job: Job, words: tuple[str, ...] = COMMAND) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*words, "--store", str(self.path), *job.arguments],
            cwd=self.path.parent.parent,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def look(self, job: Job, out: str, err: str) -> None:
        """See that the store is what it was before the job or after it, and tidy either way."""
        records = self.sound(self.path)
        now = {records[ref].action: records[ref].response for ref in sorted(records)}
        known = (job.after,) if job.acknowledged(out, err) else (self.holds, job.after)
        assert now in known, f"{job.arguments}\n{out}\n{err}"
        assert self.litter(self.path) == []
        self.holds = now

    def _add(self, mark: str) -> Job:
        action = f"Report {mark}."
        return Job(
            ("add", *MEETING, "--action", action),
            lambda out, _: "CPC-" in out,
            {**self.holds, action: ""},
        )

    def _update(self, mark: str) -> Job:
        first = next(iter(self.holds))
        return Job(
            ("update", "1", "--response", f"Response {mark}."),
            lambda _, err: "CPC-2223-001: response" in err,
            {**self.holds, first: f"Response {mark}."},
        )

    def _undo(self, mark: str) -> Job:
        before = self.holds
        finish(self, self._add(mark))
        return Job(("undo", "--yes"), lambda _, err: "Taken back" in err, before)

    def _redo(self, mark: str) -> Job:
        undo = self._undo(mark)
        added = self.holds
        finish(self, undo)
        return Job(("redo", "--yes"), lambda _, err: "Done again" in err, added)

    def _import(self, mark: str) -> Job:
        actions = [f"{mark} {self._word()} of {number}" for number in range(3)]
        rows = [
            f"Formal\t15/03/2023\tItem 5. Fostering\t\t{action}\tHead of Fostering\t\t"
            for action in actions
        ]
        table = self.path.parent.parent / f"{self.path.parent.name}.tsv"
        table.write_text("\n".join([f"{TABLE}Needs Follow Up", *rows, ""]), encoding="utf-8")
        return Job(
            ("import", str(table), "--yes"),
            lambda _, err: "Written to" in err,
            {**self.holds, **dict.fromkeys(actions, "")},
        )


@pytest.fixture
def desk(make_stored, environment, sound, litter, tmp_path: Path) -> Callable[[str], Desk]:
    def make(name: str) -> Desk:
        path = make_stored(tmp_path / name / "actions.json")
        made = Desk(path, environment, sound, litter, random.Random(name))
        for kind in KINDS:  # the first adds what the second updates
            finish(made, made.job(kind))
        return made

    return make


def finish(desk: Desk, job: Job) -> float:
    """Let a command end by itself; give how long it took."""
    begun = time.perf_counter()
    out, err = desk.start(job).communicate(timeout=60)
    took = time.perf_counter() - begun
    assert job.acknowledged(out, err), err
    desk.look(job, out, err)
    return took


def kill(desk: Desk, job: Job, delay: float) -> bool:
    """Kill a command after a while; tell whether it was still running."""
    process = desk.start(job)
    try:
        out, err = process.communicate(timeout=delay)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    desk.look(job, out, err)
    return process.returncode == -signal.SIGKILL


def kill_many(desk: Desk, wanted: int) -> int:
    """Kill so many commands, as many of each kind: half of them late, when they write."""
    usual = {
        kind: statistics.median(finish(desk, desk.job(kind)) for _ in range(3)) for kind in KINDS
    }
    killed = 0
    for turn in range(wanted * 10):
        kind = KINDS[killed % len(KINDS)]
        earliest = 0.6 * (turn % 2)
        delay = usual[kind] * desk.chance.uniform(earliest, 1.1)
        killed += kill(desk, desk.job(kind), delay)
        if killed == wanted:
            break
    return killed


def test_300_kills_at_random_moments_lose_nothing(desk, command) -> None:
    desks = [desk(f"desk {number}") for number in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        shares = [KILLS // WORKERS] * WORKERS
        assert sum(pool.map(kill_many, desks, shares)) == KILLS
    for each in desks:
        command(each.path, "check")


@pytest.mark.parametrize("kind", [*KINDS, "undo", "redo"])
def test_a_kill_at_every_touch_of_the_folder_loses_nothing(desk, kind: str) -> None:
    victim = desk("committee")
    folder = str(victim.path.parent)
    for step in range(1, 200):
        job = victim.job(kind)
        process = victim.start(job, (sys.executable, "-c", AT_A_STEP, folder, str(step)))
        out, err = process.communicate(timeout=60)
        victim.look(job, out, err)
        if process.returncode == 0:
            break
        assert process.returncode == -signal.SIGKILL, err
    assert process.returncode == 0
    assert step > 8, "the file was written in fewer steps than that"


def test_a_publish_killed_at_any_moment_leaves_nothing_for_long(
    stored, add, command, environment, litter, tmp_path: Path
) -> None:
    add(stored, "Report back.")
    pack = tmp_path / "pack"
    july = ("publish", "--meeting", "2023-07-19", "--again", "--force", "-o", str(pack))
    september = ("publish", "--meeting", "2023-09-20", "--again", "--force", "-o", str(pack))
    left = 0
    for step in range(1, 200):
        done = subprocess.run(
            [sys.executable, "-c", AT_A_STEP, str(pack), str(step), "--store", str(stored), *july],
            env=environment, capture_output=True, check=False, timeout=60,
        )  # fmt: skip
        left += any(pack.glob(".*"))
        command(stored, *september)
        assert list(pack.glob(".*")) == []
        assert litter(stored) == []
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert done.returncode == 0
    assert left > 2, "something was left to be removed"

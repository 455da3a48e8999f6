"""Commands killed at any moment: the store is whole, and what was acknowledged is in it.

The seeds make the delays the same every time; where a delay strikes depends on the machine. What
chance might miss, the second test does in order: a kill at every touch of the store's folder.
"""

import os
import random
import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from amounts import times
from killing import Killer

from cpctrack.records.model import Record

from .conftest import COMMAND

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL"),
]

KILLS = times(300, 30)
WORKERS = times(4, 2)
KINDS = ("add", "update", "import")
MEETING = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 5. Fostering",
           "--owner", "Head of Fostering")  # fmt: skip
TABLE = (
    "Meeting Type\tMeeting Date\tItem\tRecommendation\tActions\tReferred to\tResponse/ Outcome\t"
)

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
    killer: Killer
    sound: Callable[[Path], dict[str, Record]]
    litter: Callable[[Path], list[str]]
    chance: random.Random
    holds: State = field(default_factory=dict)

    def job(self, kind: str) -> Job:
        """Think of the next command of this kind."""
        return getattr(self, f"_{kind}")(self._word())

    def _word(self) -> str:
        return self.chance.randbytes(6).hex()

    def start(self, job: Job) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*COMMAND, "--store", str(self.path), *job.arguments],
            cwd=self.path.parent.parent,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,
        )

    def run(self, job: Job, kill_at: int = 0) -> int:
        """Kill a command at a step, or let it end; look at what it left and give its exit code."""
        folder = self.path.parent
        code, out, err = self.killer.run(folder, kill_at, "--store", str(self.path), *job.arguments)
        assert code in (0, -signal.SIGKILL), err
        self.look(job, out, err)
        return code

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
        self.run(self._add(mark))
        return Job(("undo", "--yes"), lambda _, err: "Taken back" in err, before)

    def _redo(self, mark: str) -> Job:
        undo = self._undo(mark)
        added = self.holds
        self.run(undo)
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
def desk(make_stored, environment, killer, sound, litter, tmp_path: Path) -> Callable[[str], Desk]:
    def make(name: str) -> Desk:
        path = make_stored(tmp_path / name / "actions.json")
        made = Desk(path, environment, killer, sound, litter, random.Random(name))
        for kind in KINDS:  # the first adds what the second updates
            made.run(made.job(kind))
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


def test_kills_at_random_moments_lose_nothing(desk, command) -> None:
    desks = [desk(f"desk {number}") for number in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        shares = [KILLS // WORKERS] * WORKERS
        assert sum(pool.map(kill_many, desks, shares)) == KILLS
    for each in desks:
        command(each.path, "check")


@pytest.mark.parametrize("kind", [*KINDS, "undo", "redo"])
def test_a_kill_at_every_touch_of_the_folder_loses_nothing(desk, kind: str) -> None:
    victim = desk("committee")
    step = 1
    while victim.run(victim.job(kind), kill_at=step):
        step += 1
    assert step > 8, "the file was written in fewer steps than that"


def test_a_publish_killed_at_any_change_leaves_nothing_for_long(
    stored, add, killer, litter, tmp_path: Path
) -> None:
    add(stored, "Report back.")
    pack = tmp_path / "pack"
    july, september = (
        ("--store", str(stored), "publish", "--meeting", day, "--again", "--force", "-o", str(pack))
        for day in ("2023-07-19", "2023-09-20")
    )
    left = 0
    for step in range(1, 200):
        code, _, err = killer.run(pack, step, *july, only_changes=True)
        left += any(pack.glob(".*"))
        assert killer.run(pack, 0, *september)[0] == 0
        assert list(pack.glob(".*")) == []
        assert litter(stored) == []
        if code == 0:
            break
        assert code == -signal.SIGKILL, err
    assert code == 0
    assert left > 2, "something was left to be removed"

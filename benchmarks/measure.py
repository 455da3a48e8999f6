"""Run two programs in turns and compare their time or memory."""

import contextlib
import os
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ENOUGH_RUNS = 5
ENOUGH_SECONDS = 30.0
TERMINAL_SIZE = (40, 120)
_LEFT_OUT = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "NO_COLOR", "FORCE_COLOR")


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run; `before` runs ahead of it, unmeasured, and puts its files in place."""

    words: tuple[str, ...]
    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], object] | None = None
    terminal: bool = False
    exit_codes: frozenset[int] = frozenset({0})


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: wall-clock seconds, the peak of resident memory in megabytes, what was printed."""

    seconds: float
    megabytes: float
    output: bytes


def seconds(sample: Sample) -> float:
    """Measure the time a run took."""
    return sample.seconds


def megabytes(sample: Sample) -> float:
    """Measure the memory a run took at its peak."""
    return sample.megabytes


@dataclass(frozen=True, slots=True)
class Comparison:
    """The median of the ratios of single runs, and the medians of both sides."""

    ratio: float
    ours: float
    theirs: float


def compare(
    ours: Program, theirs: Program, *, runs: int, measure: Callable[[Sample], float]
) -> Comparison:
    """Run both in turns, A B A B, so that what slows the machine slows both.

    Where a run takes seconds, `ENOUGH_RUNS` will do: it varies less.
    """
    for program in (ours, theirs):  # fills the caches: bytecode, the disk's, the programs' own
        run(program)
    pairs: list[tuple[float, float]] = []
    start = time.perf_counter()
    while len(pairs) < runs:
        pairs.append((measure(run(ours)), measure(run(theirs))))
        if len(pairs) >= ENOUGH_RUNS and time.perf_counter() - start > ENOUGH_SECONDS:
            break
    return Comparison(
        ratio=median(a / b for a, b in pairs),
        ours=median(a for a, _ in pairs),
        theirs=median(b for _, b in pairs),
    )


def run(program: Program) -> Sample:
    """Run the program to its end, its output read; raises `RuntimeError` where it fails."""
    if program.before:
        program.before()
    kept = {name: value for name, value in os.environ.items() if name not in _LEFT_OUT}
    ours, theirs = _terminal() if program.terminal else os.pipe()
    start = time.perf_counter()
    process = subprocess.Popen(
        program.words,
        cwd=program.folder,
        env={**kept, "TERM": "xterm-256color", **program.env},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    output = _read_all(ours)
    code, peak = _wait(process)
    took = time.perf_counter() - start
    if code not in program.exit_codes:
        words = " ".join(program.words)
        raise RuntimeError(f"{words} ended with {code}:\n{output.decode(errors='replace')}")
    return Sample(took, peak, output)


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    if sys.platform == "win32":
        return process.wait(), float("nan")
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return process.returncode, usage.ru_maxrss / unit


def _terminal() -> tuple[int, int]:
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", *TERMINAL_SIZE, 0, 0))
    return ours, theirs


def _read_all(descriptor: int) -> bytes:
    pieces = []
    with contextlib.suppress(OSError):  # how Linux says that a terminal has closed
        while piece := os.read(descriptor, 1 << 16):
            pieces.append(piece)
    os.close(descriptor)
    return b"".join(pieces)

"""Compare cpctrack with other programs and print the table: ``python benchmarks/run.py``."""

import argparse
import math
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from measure import Comparison, compare, megabytes
from programs import Programs
from rows import Row, Sizes, all_rows

SIZES: Sizes = (71, 1_000, 10_000, 50_000)
RUNS = 11
COLUMNS = (("what, records", 34), ("beside", 19), ("target", 6), ("ratio", 6), ("", 13),
           ("cpctrack", 8), ("other", 8))  # fmt: skip


def main() -> None:
    """Read the command line, make the files, print each row as it is measured."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="cpctrack-benchmarks-") as name:
        programs = Programs(Path(name), options.unpacked)
        programs.generate(tuple(options.sizes))
        print(_line(heading for heading, _ in COLUMNS))
        print(_line("-" * width for _, width in COLUMNS))
        for row in all_rows(programs, tuple(options.sizes)):
            if options.only in f"{row.what} {row.beside}":
                print(_line(_cells(row, options.runs)), flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="?", default="", help="only rows with this in their names")
    parser.add_argument("--runs", type=int, default=RUNS, help="runs of each program (%(default)s)")
    sizes = "records in the four stores; the targets are meant for 71 1000 10000 50000"
    parser.add_argument("--sizes", type=int, nargs=4, default=SIZES, metavar="N", help=sizes)
    unpacked = "the program of an unpacked download that needs no Python"
    parser.add_argument("--unpacked", default="", help=unpacked, metavar="PROGRAM")
    return parser.parse_args()


def _cells(row: Row, runs: int) -> Iterator[str]:
    yield from (row.what, row.beside, f"{row.target:g}" if row.target else "")
    if row.theirs is None:
        yield from ("", "not installed", "", "")
        return
    found = compare(row.ours, row.theirs, runs=runs, measure=row.measure)
    yield from (f"{found.ratio:.2f}", _verdict(row, found))
    for value in (found.ours, found.theirs):
        yield f"{value:.0f} MB" if row.measure is megabytes else f"{value * 1000:.0f} ms"


def _verdict(row: Row, found: Comparison) -> str:
    if math.isnan(found.ratio):
        return "not known"  # this system does not tell how much memory a process took
    if row.target is None:
        return ""
    return "met" if found.ratio <= row.target else "missed"


def _line(cells: Iterable[str]) -> str:
    padded = (cell.ljust(width) for cell, (_, width) in zip(cells, COLUMNS, strict=True))
    return f"| {' | '.join(padded)} |"


if __name__ == "__main__":
    main()

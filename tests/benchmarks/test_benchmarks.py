"""The benchmarks run, on stores of a few records. What they measure is not tested."""

import os
import re
import subprocess
import sys

import pytest
from amounts import times

pytestmark = pytest.mark.slow

ROW = re.compile(r"^\| (.+?) +\| (.+?) +\|", re.MULTILINE)


@pytest.fixture
def benchmarks(root):
    """Give a function that runs the benchmarks and gives what they print."""

    def run(*arguments):
        program = (sys.executable, str(root / "benchmarks" / "run.py"), *arguments)
        # The gate keeps the checkout off the path; the benchmarks' files need their own folder.
        env = {name: value for name, value in os.environ.items() if name != "PYTHONSAFEPATH"}
        done = subprocess.run(program, capture_output=True, encoding="utf-8", env=env, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")
@pytest.mark.parametrize(("only", "count"), times([("", 38), ("list ", 11)], [("list ", 11)]))
def test_every_row_that_is_asked_for_is_measured(benchmarks, only, count):
    printed = benchmarks(only, "--runs", "1", "--sizes", "3", "4", "5", "6")
    heading, _, *rows = ROW.findall(printed)
    assert heading == ("what, records", "beside")
    assert ("list --json, 3", "import click") in rows
    assert ("list in a pipe, 5, memory", "task list") in rows
    assert ("list on a terminal, 4", "plain rich table") in rows
    assert (len(rows), [what for what, _ in rows if only not in what]) == (count, [])

"""The benchmarks run: every row, on stores of a few records. What they measure is not tested."""

import os
import re
import subprocess
import sys

import pytest

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
def test_every_row_is_measured(benchmarks):
    printed = benchmarks("--runs", "1", "--sizes", "3", "4", "5", "6")
    heading, _, *rows = ROW.findall(printed)
    assert heading == ("what, records", "beside")
    assert ("show, 3", "import click") in rows
    assert ("list in a pipe, 5, memory", "task list") in rows
    assert ("merge driver, 5", "json.load of three") in rows
    assert rows[-1] == ("list on a terminal, 4", "plain rich table")
    assert len(rows) == 32


def test_rows_can_be_chosen(benchmarks):
    printed = benchmarks("show", "--runs", "1", "--sizes", "3", "4", "5", "6")
    assert [what for what, _ in ROW.findall(printed)[2:]] == ["show, 3"]

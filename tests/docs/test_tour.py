"""The first five minutes print what their page says: all is typed in a terminal.

``CPCTRACK_REGENERATE=1`` writes the output into the page instead of comparing it.
"""

import os
import re
import shlex
import shutil
import struct
import subprocess
import sys

import pytest

COLUMNS, ROWS = 96, 40
TODAY = "2024-04-10"  # when the examples were made
HOME = "/home/clerk"  # what the page calls the folder
BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
STYLE = re.compile(r"\x1b\[[0-9;]*m")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX terminal")


@pytest.fixture
def terminal(tmp_path, root):
    """Give a function that runs a command line in a terminal and gives what it shows."""
    import fcntl
    import pty
    import termios

    folder = tmp_path / "tour"
    folder.mkdir()
    shutil.copytree(root / "examples", folder / "examples")

    def show(line):
        program, *arguments = shlex.split(line.replace("\\\n", " "))
        assert program == "cpctrack", f"the tour runs cpctrack, not {program}"
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        process = subprocess.Popen(
            [sys.executable, "-m", "cpctrack", *arguments],
            cwd=folder,
            env={**os.environ, "TERM": "xterm", "NO_COLOR": "1", "CPCTRACK_TODAY": TODAY},
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)
        shown = read_all(ours)
        process.wait()
        return STYLE.sub("", shown.decode().replace("\r\n", "\n").replace(str(folder), HOME))

    return show


def read_all(descriptor):
    pieces = []
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # how Linux says that the terminal has closed
            piece = b""
        if not piece:
            os.close(descriptor)
            return b"".join(pieces)
        pieces.append(piece)


@pytest.mark.slow
def test_page_is_what_a_terminal_shows(root, terminal):
    page = root / "docs" / "start.md"
    text = page.read_text(encoding="utf-8")

    def run_step(step):
        lines = [line.rstrip() for line in terminal(step[1]).splitlines()]
        return "\n".join([f"$ {step[1]}", *lines, *([""] if step[2].endswith("\n\n") else []), ""])

    real = BLOCK.sub(lambda block: STEP.sub(run_step, block[1]), text)
    if os.environ.get("CPCTRACK_REGENERATE"):
        page.write_text(real, encoding="utf-8", newline="\n")
        text = real
    assert STEP.search("".join(BLOCK.findall(text))), "the page shows no command"
    assert real == text

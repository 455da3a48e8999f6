"""The ten commands of the examples run as they are written, and say what they claim to."""

import re
import shlex
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from cpctrack.cli.main import main

CLAIM = "# It says: "
DOCUMENTS = [
    "figures.html", "pack/appendix4-2024-06-12.html", "pack/progress-2024-06-12.html",
]  # fmt: skip


@pytest.fixture
def story(root):
    return (root / "examples" / "ten-commands.txt").read_text(encoding="ascii")


@pytest.fixture
def trial(root, tmp_path, monkeypatch):
    """Work in an empty folder beside the examples, on their day."""
    shutil.copytree(root / "examples", tmp_path / "examples")
    folder = tmp_path / "trial"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-04-10")
    return folder


def documents(folder):
    (message,) = folder.glob("messages/housing-options-manager-*.txt")
    assert "CPC-2324-004" in message.read_text(encoding="utf-8")
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))


def test_ten_commands_say_what_they_claim_and_leave_the_documents(story, trial):
    said = ""
    ends = []
    for line in story.splitlines():
        if line.startswith(CLAIM):
            assert line.removeprefix(CLAIM) in said
        elif line and not line.startswith("#"):
            program, *words = shlex.split(line)
            assert program == "cpctrack"
            done = CliRunner().invoke(main, words, prog_name=program)
            ends.append(done.exit_code)
            said = done.output
    assert ends == [0, 0, 0, 0, 0, 1, 0, 0, 0, 0]  # “check” finds something, and that is said
    assert documents(trial) == DOCUMENTS


def test_each_command_has_a_reason_and_a_claim(story):
    command = re.compile(
        r"# (\d+)\. [A-Z][^\n]+[.?]\ncpctrack [^\n]+\n(?:# It says: [^\n]+\n)+(?:\n|$)"
    )
    reason = re.compile(r"# (\d+)\. ")
    assert command.findall(story) == reason.findall(story) == [str(n) for n in range(1, 11)]


def test_no_line_means_something_else_in_another_shell(story):
    # A POSIX shell and PowerShell read these words alike.
    assert re.search(r"[$`\\'&|;<>(){}*?!~%@^]", re.sub(r"(?m)^#.*", "", story)) is None


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_the_readme_runs_them_in_a_shell(root, trial, tmp_path):
    page = (root / "examples" / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```sh\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    scripts = tmp_path / ".venv" / "bin"
    scripts.mkdir(parents=True)
    (scripts / "cpctrack").write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m cpctrack "$@"\n', encoding="utf-8"
    )
    (scripts / "cpctrack").chmod(0o755)
    (scripts / "activate").write_text(f"PATH={scripts}:$PATH; export PATH\n", encoding="utf-8")
    trial.rmdir()
    done = subprocess.run(
        ["sh", "-ec", block], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, documents(trial)) == (0, DOCUMENTS), done.stderr

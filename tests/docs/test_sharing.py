"""The conflict on the page about sharing is a real one: its commands run between two clones.

``CPCTRACK_REGENERATE=1`` writes the output into the page instead of comparing it.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest

BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
STEP = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)

pytestmark = [
    pytest.mark.skipif(not shutil.which("git"), reason="there is no git here"),
    pytest.mark.skipif(sys.platform == "win32", reason="its commands are for a POSIX shell"),
]


class Clerk:
    """A clone of the shared repository, and its clerk."""

    def __init__(self, folder, name, day):
        self.folder = folder
        who = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", name), ("EMAIL", "clerk@example.org"))
        }
        path = f"{folder.parent}{os.pathsep}{os.environ['PATH']}"
        english = {"LC_ALL": "C.UTF-8", "CPCTRACK_TODAY": day}
        self.surroundings = {**os.environ, **who, **english, "PATH": path}
        shared = str(folder.with_name("shared.git"))
        subprocess.run(["git", "clone", "-q", shared, str(folder)], check=True, capture_output=True)
        self.do("git config pull.rebase false")
        self.do(f'git config user.name "{name}"')

    def do(self, line):
        """Run a line of the page in the clone, and give all that it prints."""
        done = subprocess.run(
            ["/bin/sh", "-c", line],
            cwd=self.folder,
            env=self.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        return done.stdout


@pytest.fixture
def you(root, tmp_path):
    """Give a clerk who has an answer that her colleague has answered otherwise."""
    program = tmp_path / "cpctrack"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cpctrack "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    subprocess.run(
        ["git", "init", "-q", "--bare", "--initial-branch=main", str(tmp_path / "shared.git")],
        check=True,
    )
    first = Clerk(tmp_path / "yours", "Committee Clerk", "2024-04-11")
    shutil.copy(root / "examples" / "actions.json", first.folder)
    first.do(
        "git checkout -q -b main && cpctrack git-setup && git add . && git commit -qm Shared"
        " && git push -q -u origin main"
    )
    second = Clerk(tmp_path / "hers", "Democratic Services Officer", "2024-04-10")
    second.do(
        "cpctrack git-setup && cpctrack update 2324-19 --response 'The room is booked for 3 July.'"
        " && git commit -qam Booked && git push -q"
    )
    first.do(
        "cpctrack update 2324-19 --response 'Waiting to hear from Café Celf.'"
        " && git commit -qam Waiting"
    )
    return first


@pytest.mark.slow
def test_conflict_is_as_the_page_shows_it(root, you):
    page = root / "docs" / "sharing.md"
    text = page.read_text(encoding="utf-8")
    real = BLOCK.sub(
        lambda block: STEP.sub(lambda step: f"$ {step[1]}\n{you.do(step[1])}", block[1]), text
    )
    if os.environ.get("CPCTRACK_REGENERATE"):
        page.write_text(real, encoding="utf-8", newline="\n")
        text = real
    assert "Settled: CPC-2324-019 (response)" in text
    assert of_cpctrack(real) == of_cpctrack(text)
    assert you.do("git status --short --branch") == "## main...origin/main\n"


def of_cpctrack(text):
    """Leave out what git itself says, which differs from one git to the next."""
    words = ("Auto-merging", "CONFLICT", "Automatic merge failed")
    return [line for line in text.splitlines() if not line.startswith(words)]

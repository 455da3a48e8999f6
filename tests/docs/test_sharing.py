"""The page about sharing does what it says: its commands run between clones.

``CPCTRACK_REGENERATE=1`` writes the output into the page instead of comparing it.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest

BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
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
        return self._type(line).stdout

    def must(self, block):
        """Run lines that must all end well."""
        done = self._type(f"set -e\n{block}")
        assert done.returncode == 0, f"{block}\n{done.stdout}"

    def answer(self, text):
        """Answer the action that the page is about, and commit that."""
        self.must(f"cpctrack update 2324-19 --response '{text}'\ngit commit -qam Answered")

    def _type(self, lines):
        return subprocess.run(
            ["/bin/sh", "-c", lines],
            cwd=self.folder,
            env=self.surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )


@pytest.fixture
def first(root, tmp_path):
    """Give the clerk who has the store, in a folder that git is to share."""
    program = tmp_path / "cpctrack"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cpctrack "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    subprocess.run(
        ["git", "init", "-q", "--bare", "--initial-branch=main", str(tmp_path / "shared.git")],
        check=True,
    )
    first = Clerk(tmp_path / "yours", "Committee Clerk", "2024-04-11")
    shutil.copy(root / "examples" / "actions.json", first.folder)
    first.must("git checkout -q -b main\ngit config push.autoSetupRemote true")
    return first


@pytest.fixture
def you(first, tmp_path):
    """Give a clerk who has an answer that her colleague has answered otherwise."""
    first.must("cpctrack git-setup\ngit add .\ngit commit -qm Shared\ngit push -q")
    second = Clerk(tmp_path / "hers", "Democratic Services Officer", "2024-04-10")
    second.must("cpctrack git-setup")
    second.answer("The room is booked for 3 July.")
    second.must("git push -q")
    first.answer("Waiting to hear from Café Celf.")
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


@pytest.mark.slow
def test_every_other_block_runs_where_the_page_says(root, first, tmp_path):
    page = (root / "docs" / "sharing.md").read_text(encoding="utf-8")
    (begin, join, name, day, refused, own_words, again, look, button, end) = SHELL.findall(page)
    first.must(begin)
    first.must("cd ..\n" + join.replace("ADDRESS", str(tmp_path / "shared.git")))
    first.must(name)
    first.must(day)
    second = Clerk(tmp_path / "hers", "Democratic Services Officer", "2024-04-12")
    second.must("cpctrack git-setup")
    without = Clerk(tmp_path / "without", "Scrutiny Officer", "2024-04-12")

    first.answer("The room is small.")
    first.must("git push -q")
    second.must("cpctrack update 2324-22 --status in-progress\ngit commit -qam Asked")
    second.must(refused)

    second.answer("The room is large.")
    first.must("git pull -q")
    first.answer("The room is yellow.")
    first.must("git push -q")
    assert "does not fit together" in second.do("git pull -q")
    second.must(own_words)
    second.must("git commit -qam Settled\ngit push -q")

    without.answer("The room is gone.")
    assert "CONFLICT" in without.do("git pull")
    without.must(again)
    without.must("cpctrack resolve 2324-19 response --theirs")
    without.must(look)
    without.must(button)
    first.must(end)

"""What git knows, where there is a git."""

import shutil
import subprocess
from pathlib import Path

import pytest

from cpctrack.sharing import git

NEEDS_GIT = pytest.mark.skipif(not shutil.which("git"), reason="there is no git here")


@NEEDS_GIT
def test_the_name_git_would_commit_with(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert git.user_name(tmp_path) == ""
    command = ["git", "-C", str(tmp_path), "config", "user.name", "Zoë Clerk"]
    subprocess.run(command, check=True)
    assert git.user_name(tmp_path) == "Zoë Clerk"


def test_no_such_folder_is_no_name(tmp_path: Path) -> None:
    assert git.user_name(tmp_path / "missing") == ""


def test_no_git_is_no_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git.user_name(tmp_path) == ""

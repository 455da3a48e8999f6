"""git is never made to start a program by what lies in a shared folder."""

import os
import subprocess
from pathlib import Path

import pytest

from cpctrack.sharing import git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are programs of a POSIX shell")


@pytest.fixture
def trap(tmp_path):
    """Give a program that leaves a mark where it is started, and what tells whether it was."""
    mark = tmp_path / "mark"
    program = tmp_path / "trap"
    program.write_text(f"#!/bin/sh\ntouch '{mark}'\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    return program, mark.exists


def work(clone):
    """Run every command that asks git for something."""
    clone.run("git-setup")
    clone.run("update", "1", "--response", "Sent.")
    clone.run("resolve", "--from-git")
    clone.run("git-setup", "--undo")


@pytest.fixture
def merged(plain):
    """Give a clone in which a merge of both sides was made, and of which a commit is signed."""
    plain.git("checkout", "-q", "-b", "other")
    plain.run("update", "1", "--response", "Theirs.")
    plain.commit()
    plain.git("checkout", "-q", "main")
    plain.run("update", "2", "--response", "Ours.")
    plain.commit()
    plain.git("merge", "-q", "-s", "ours", "-m", "Both", "other")
    tree = plain.git("rev-parse", "HEAD^{tree}").strip()
    parents = "".join(f"parent {each}\n" for each in plain.git("rev-parse", "HEAD^@").split())
    who = "Clerk <clerk@example.org> 1688169600 +0000"
    signed = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        input=f"tree {tree}\n{parents}author {who}\ncommitter {who}\n"
        "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----\n\nBoth\n",
        cwd=plain.folder, capture_output=True, encoding="utf-8", check=True,
    ).stdout.strip()  # fmt: skip
    plain.git("reset", "-q", "--soft", signed)
    return plain


@pytest.mark.parametrize(
    ("settings", "trigger"),
    [
        ({"core.fsmonitor": "{trap}"}, ("ls-files", "-m")),
        ({"log.showSignature": "true", "gpg.program": "{trap}"}, ("show", "--no-patch")),
        ({"core.hooksPath": "{hooks}"}, ("reset", "-q")),
        ({"diff.external": "{trap}"}, ("diff", "HEAD^")),
    ],
)
def test_no_setting_of_the_repository_starts_a_program(merged, trap, tmp_path, settings, trigger):
    program, was_started = trap
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    (hooks / "post-index-change").symlink_to(program)
    for key, value in settings.items():
        merged.git("config", key, value.format(trap=program, hooks=hooks))
    work(merged)
    assert not was_started()
    merged.git(*trigger, exit_code=None)  # the trap is one
    assert was_started()


def test_a_bare_repository_that_was_committed_is_not_taken(plain, trap):
    program, was_started = trap
    inner = plain.folder / "committee"
    plain.git("init", "-q", "--bare", str(inner))
    plain.git("-C", str(inner), "config", "core.fsmonitor", str(program))
    plain.git("-C", str(inner), "config", "core.bare", "false")
    plain.git("-C", str(inner), "config", "core.worktree", ".")
    plain.git("-C", str(inner), "config", "user.name", "Somebody else")
    plain.store = plain.store.rename(inner / "actions.json")
    said = plain.run("git-setup", exit_code=1).stderr
    assert "is not in a working folder of git" in said
    plain.run("update", "1", "--response", "Sent.")
    assert plain.record("CPC-2223-001")["history"][-1]["by"] == "clerk"
    assert not was_started()
    plain.git("-C", str(inner), "ls-files", "-m", exit_code=None)
    assert was_started()


def test_a_version_that_is_not_in_this_clone_is_fetched_from_nobody(merged, trap):
    program, was_started = trap
    blob = merged.git("rev-parse", "other:actions.json").strip()
    (merged.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.url": str(merged.folder),
        "remote.origin.promisor": "true",
        "remote.origin.uploadpack": str(program),
    }.items():
        merged.git("config", key, value)
    said = merged.run("resolve", "--from-git", exit_code=1).stderr
    assert "git could not do what was needed (git cat-file: " in said
    assert not was_started()
    merged.git("cat-file", "blob", blob, exit_code=None)
    assert was_started()


def test_a_git_in_the_current_folder_is_not_started(plain, trap, monkeypatch):
    program, was_started = trap
    (plain.folder / "git").symlink_to(program)
    monkeypatch.chdir(plain.folder)
    monkeypatch.setenv("PATH", os.pathsep.join(["", ".", str(plain.folder), os.environ["PATH"]]))
    plain.run("git-setup")
    assert not was_started()


def test_a_git_that_gives_no_answer_is_ended(plain, monkeypatch):
    monkeypatch.setattr(git, "_MOST_SECONDS", 0.5)
    config = plain.folder / ".git" / "config"
    config.unlink()
    os.mkfifo(config)
    said = plain.run("git-setup", exit_code=1).stderr
    assert said == f"Error: git gave no answer in {plain.folder} for 0.5 seconds.\n"


def test_a_version_is_read_from_a_folder_below(merged):
    folder = merged.folder / "a b"
    folder.mkdir()
    merged.git("mv", "actions.json", "a b/actions.json")
    merged.git("commit", "-q", "-m", "Moved")
    file = Path(folder / "actions.json")
    assert git.content_at(file, "HEAD") == file.read_bytes()
    assert git.content_at(file, "HEAD^") is None

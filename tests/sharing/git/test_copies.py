"""What a store and a copy of it both come from, where git knows and the undo log does not."""

import shutil

import pytest

from .conftest import Clone


@pytest.fixture
def copy(plain):
    """Give a copy, of which and of the store git knows the beginning."""
    plain.commit("update", "1", "--response", "Asked.")
    hers = Clone(plain.folder, "actions (1).json")
    shutil.copy(plain.store, hers.store)
    return hers


def parted(plain, copy):
    """Let both change the settings, each another one, and both an action."""
    for each, setting in ((copy, "--committee"), (plain, "--clerk")):
        each.run("settings", setting, "Parks")
        each.run("update", "2", "--response", f"In {each.store.name}.")
    plain.store.with_name(".actions.json.undo").unlink()


def test_git_tells_what_the_settings_were(plain, copy):
    parted(plain, copy)
    plain.run("resolve", "--from-copy", copy.store.name)
    held = plain.document["settings"]["store"]
    assert (held["committee"], held["clerk"]) == ("Parks", "Parks")
    assert "_conflicts" not in held


def test_one_commit_is_enough(plain, copy):
    shutil.rmtree(plain.folder / ".git")
    plain.git("init", "-q", "--initial-branch=main")
    plain.commit()
    copy.run("settings", "--remind-after", "5")
    plain.run("settings", "--remind-after", "6")
    plain.store.with_name(".actions.json.undo").unlink()
    plain.run("resolve", "--from-copy", copy.store.name)
    (clash,) = plain.document["settings"]["store"]["_conflicts"]
    assert clash == {"field": "remind_after", "base": None, "ours": "6", "theirs": "5"}
    plain.run("resolve", "settings", "remind_after", "--base")
    assert "remind_after" not in plain.document["settings"]["store"]


def test_a_commit_that_is_no_store_is_passed_over(plain, copy):
    whole = plain.store.read_bytes()
    plain.store.write_bytes(b"<<<<<<< ours")
    plain.commit()
    plain.store.write_bytes(whole)
    parted(plain, copy)
    plain.run("resolve", "--from-copy", copy.store.name)
    assert "_conflicts" not in plain.document["settings"]["store"]

"""Two branches come together through real git, whichever way it is asked to."""

import json
import shlex
import shutil
import stat
import sys

import pytest

from cpctrack.tasks import git_setup

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
HER_REF, HIS_REF = "CPC-2223-004", "CPC-2223-005"


def assert_holds_both(clone):
    """The first record has both edits, in order of time; both new records are there."""
    record = clone.record("CPC-2223-001")
    assert (record["response"], record["status"]) == ("Her answer.", "in-progress")
    assert [line["change"] for line in record["history"]] == ["added", "status", "response"]
    assert clone.record(HER_REF)["action"] == "Hers."  # the older one keeps the reference
    his = clone.record(HIS_REF)
    assert his["action"] == "His."
    assert his["history"][-1]["change"] == "ref"
    assert len(clone.document["actions"]) == 5
    assert not clone.unmerged()


def assert_conflict(clone, ours, theirs):
    """The file is a store that says what both sides wrote, and git waits for it."""
    assert clone.unmerged()
    (clash,) = clone.record("CPC-2223-001")["_conflicts"]
    assert (clash["field"], clash["base"]) == ("response", None)
    assert (clash["ours"], clash["theirs"]) == (ours, theirs)
    changes = [line.get("to") for line in clone.record("CPC-2223-001")["history"]]
    assert changes == [None, "Hers.", "His."]


# --- every way that git merges


def test_merge(parted):
    said = parted.git("merge", "--no-edit", "hers")
    assert "Two actions had the reference CPC-2223-004" in said
    assert_holds_both(parted)
    parted.run("check", exit_code=1)  # the response of what is overdue, nothing damaged


def test_merge_the_other_way_round_gives_the_same_file(parted, tmp_path):
    other = type(parted)(shutil.copytree(parted.folder, tmp_path / "other"))
    parted.git("merge", "--no-edit", "hers")
    other.git("checkout", "-q", "hers")
    other.git("merge", "--no-edit", "main")
    assert other.store.read_bytes() == parted.store.read_bytes()


def test_rebase(parted):
    parted.git("rebase", "-q", "hers")
    assert_holds_both(parted)


def test_cherry_pick(parted):
    parted.git("cherry-pick", "hers~1")
    record = parted.record("CPC-2223-001")
    assert (record["response"], record["status"]) == ("Her answer.", "in-progress")
    assert not parted.unmerged()


def test_stash_pop(clone):
    clone.run("update", "1", "--response", "Not yet committed.")
    clone.git("stash", "-q")
    clone.commit("update", "1", "--status", "in-progress")
    clone.git("stash", "pop")
    record = clone.record("CPC-2223-001")
    assert (record["response"], record["status"]) == ("Not yet committed.", "in-progress")


def test_merge_with_a_conflict(at_odds):
    said = at_odds.git("merge", "hers", exit_code=1)
    assert "CPC-2223-001 (response)" in said
    assert "cpctrack resolve" in said
    assert_conflict(at_odds, "His.", "Hers.")
    assert at_odds.record("CPC-2223-002")["owners"] == ["Somebody else"]


def test_rebase_with_a_conflict_calls_upstream_ours(at_odds):
    at_odds.git("rebase", "hers", exit_code=1)
    assert_conflict(at_odds, "Hers.", "His.")


def test_cherry_pick_with_a_conflict(at_odds):
    at_odds.git("cherry-pick", "hers", exit_code=1)
    assert_conflict(at_odds, "His.", "Hers.")


def test_stash_pop_with_a_conflict(clone):
    clone.run("update", "1", "--response", "Hers.", day="2023-05-01")
    clone.git("stash", "-q")
    clone.commit("update", "1", "--response", "His.", day="2023-05-02")
    clone.git("stash", "pop", exit_code=1)
    assert_conflict(clone, "His.", "Hers.")
    assert clone.git("stash", "list")  # git keeps it until it is dropped


def test_settled_conflict_is_committed(at_odds):
    at_odds.git("merge", "hers", exit_code=1)
    at_odds.run("resolve", "1", "response", "--theirs")
    at_odds.commit()
    assert at_odds.record("CPC-2223-001")["response"] == "Hers."
    assert "_conflicts" not in at_odds.store.read_text(encoding="utf-8")


def test_crosswise_merges(at_odds):
    """Two branches that have merged each other have two bases, which git merges first."""
    at_odds.git("branch", "his")
    at_odds.git("merge", "hers", exit_code=1)
    at_odds.run("resolve", "1", "response", "--ours", day="2023-05-05")
    at_odds.commit()
    at_odds.git("checkout", "-q", "hers")
    at_odds.git("merge", "his", exit_code=1)
    at_odds.run("resolve", "1", "response", "--ours", day="2023-05-06")
    at_odds.commit()
    at_odds.git("merge", "main", exit_code=None)
    record = at_odds.record("CPC-2223-001")
    assert {"Hers.", "His."} <= {line.get("to") for line in record["history"]}
    assert not at_odds.has_markers()


def test_both_sides_add_the_file(tmp_path, plain):
    clone = type(plain)(tmp_path / "new")
    clone.folder.mkdir()
    clone.git("init", "-q", "--initial-branch=main")
    clone.git("commit", "-q", "--allow-empty", "-m", "Nothing")
    for branch in ("hers", "his"):
        clone.git("checkout", "-q", "-b", branch, "main")
        clone.run("init", "--committee", "Corporate Parenting Committee")
        clone.run("git-setup")
        clone.commit("add", *FORMAL, "--item", "Item 5", "--action", f"That is {branch}.")
    clone.git("merge", "--no-edit", "hers")
    actions = sorted(row["action"] for row in clone.document["actions"].values())
    assert actions == ["That is hers.", "That is his."]
    assert len({row["ref"] for row in clone.document["actions"].values()}) == 2


def test_in_a_worktree(parted, tmp_path):
    parted.git("worktree", "add", "-q", str(tmp_path / "second place"), "hers")
    second = type(parted)(tmp_path / "second place")
    second.git("merge", "--no-edit", "main")
    assert_holds_both(second)


@pytest.mark.parametrize("folder", ["a b", "Tŷ Heulog [1]", "it's", 'the "old" 100 %'])
def test_in_a_folder_of_any_name(plain, folder):
    target = plain.folder / folder / "deep er"
    target.mkdir(parents=True)
    plain.store.rename(target / "my actions.json")
    plain.store = target / "my actions.json"
    plain.run("git-setup")
    plain.commit()
    plain.git("checkout", "-q", "-b", "hers")
    plain.commit("update", "1", "--response", "Hers.")
    plain.git("checkout", "-q", "main")
    plain.commit("update", "1", "--status", "in-progress")
    plain.git("merge", "--no-edit", "hers")
    assert plain.record("CPC-2223-001")["response"] == "Hers."
    assert plain.record("CPC-2223-001")["status"] == "in-progress"


# --- when there is no driver, or it fails


@pytest.fixture
def set_up_with(tmp_path, monkeypatch):
    """Give a function that sets a clone up with a program of its own in Python's place."""

    def set_up(clone, script=None):
        program = tmp_path / "it's a 100 % new place" / "python"
        if script:
            program.parent.mkdir()
            program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            program.chmod(program.stat().st_mode | stat.S_IXUSR)
        with monkeypatch.context() as patch:
            patch.setattr(sys, "executable", str(program))
            clone.run("git-setup")

    return set_up


REAL = shlex.quote(sys.executable)
# Coverage could not write its own file either, and would leave half of one.
UNMEASURED = "unset COVERAGE_PROCESS_START COVERAGE_PROCESS_CONFIG"


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(None, id="not there"),
        pytest.param("exit 3", id="fails"),
        pytest.param("kill -9 $$", id="killed"),
        pytest.param(
            f"exec {REAL} -P -m no_such_module_here", id="uninstalled: Python ends with 1"
        ),
        pytest.param(
            f'{UNMEASURED}; ulimit -f 1; exec {REAL} "$@"',
            id="can't write its result",
            marks=pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits"),
        ),
        pytest.param(f'{REAL} "$@" >/dev/null; kill -9 $$', id="killed at the end"),
    ],
)
def test_failing_driver_leaves_both_sides_to_be_seen(at_odds, set_up_with, script):
    set_up_with(at_odds, script)
    at_odds.git("merge", "hers", exit_code=1)
    assert at_odds.unmerged()
    text = at_odds.store.read_text(encoding="utf-8")
    assert at_odds.has_markers() or '"_conflicts"' in text
    assert "Hers." in text
    assert "His." in text
    assert sorted(at_odds.folder.glob(".*merge_file*")) == []


SAYS_WHY = (
    "cpctrack is not where git looks for it, so git merges the store line by line. Type: cpctrack "
    "git-setup - and then: cpctrack resolve --from-git\n"
)


def test_a_python_that_is_gone_is_told_in_one_sentence_and_all_is_mended(at_odds, set_up_with):
    set_up_with(at_odds)
    said = at_odds.git("merge", "hers", exit_code=1)
    assert said.startswith("Auto-merging actions.json\nCONFLICT")
    assert said.count(SAYS_WHY) == 1
    assert "not found" not in said
    at_odds.run("git-setup")
    at_odds.run("resolve", "--from-git")
    assert_conflict(at_odds, "His.", "Hers.")


def test_what_was_settled_nowhere_is_no_result_of_a_driver_that_is_gone(at_odds, set_up_with):
    at_odds.git("merge", "hers", exit_code=1)
    at_odds.commit()  # with its conflict in it
    at_odds.git("checkout", "-q", "-b", "third")
    at_odds.commit("update", "3", "--status", "in-progress")
    at_odds.git("checkout", "-q", "main")
    at_odds.commit("update", "3", "--status", "deferred")
    set_up_with(at_odds)
    at_odds.git("merge", "third", exit_code=1)
    assert at_odds.has_markers()


def test_any_program_may_stand_for_python(at_odds, set_up_with):
    set_up_with(at_odds, f'exec {REAL} "$@"')
    at_odds.git("merge", "hers", exit_code=1)
    assert_conflict(at_odds, "His.", "Hers.")


def test_failing_driver_merges_what_lines_allow(clone, set_up_with):
    set_up_with(clone)
    clone.git("checkout", "-q", "-b", "hers")
    clone.commit("update", "1", "--response", "Hers.")
    clone.git("checkout", "-q", "main")
    rows = clone.document
    rows["settings"]["store"]["committee"] = "Another Name"
    clone.store.write_text(json.dumps(rows, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    clone.commit()
    clone.git("merge", "--no-edit", "hers")
    assert clone.record("CPC-2223-001")["response"] == "Hers."
    assert clone.document["settings"]["store"]["committee"] == "Another Name"


def test_fresh_clone_without_the_settings_has_markers(at_odds, tmp_path):
    at_odds.git("clone", "-q", ".", str(tmp_path / "fresh"))
    fresh = type(at_odds)(tmp_path / "fresh")
    fresh.git("merge", "origin/hers", exit_code=1)
    assert fresh.has_markers()
    said = fresh.run("list", exit_code=1).stderr
    assert "cpctrack resolve --from-git" in said


def test_module_in_the_shared_folder_is_not_run(at_odds):
    for name in ("json", "click", "cpctrack", "sitecustomize"):
        (at_odds.folder / f"{name}.py").write_text("open('ran', 'w')\n", encoding="utf-8")
    at_odds.git("merge", "hers", exit_code=1)
    assert_conflict(at_odds, "His.", "Hers.")
    assert not (at_odds.folder / "ran").exists()


# --- line ends


def test_checkout_with_crlf_keeps_lf_once_set_up(parted):
    parted.git("config", "core.autocrlf", "true")
    parted.store.unlink()
    parted.git("checkout", "--", "actions.json")
    assert b"\r" not in parted.store.read_bytes()
    parted.git("merge", "--no-edit", "hers")
    assert_holds_both(parted)
    assert b"\r" not in parted.store.read_bytes()


def test_checkout_with_crlf_before_it_is_set_up(plain):
    plain.git("config", "core.autocrlf", "true")
    plain.store.unlink()
    plain.git("checkout", "--", "actions.json")
    assert plain.store.read_bytes().count(b"\r\n") > 50
    plain.git("checkout", "-q", "-b", "hers")
    plain.commit("update", "1", "--response", "Hers.", day="2023-05-01")
    plain.git("checkout", "-q", "main")
    plain.commit("update", "1", "--response", "His.", day="2023-05-02")
    assert plain.store.read_bytes().count(b"\r\n") == 0  # as cpctrack writes it
    plain.git("checkout", "-q", "hers")
    plain.git("checkout", "-q", "main")
    assert plain.store.read_bytes().count(b"\r\n") > 50  # as git does
    plain.run("git-setup")
    plain.commit()
    plain.git("merge", "hers", exit_code=1)
    assert_conflict(plain, "His.", "Hers.")
    assert b"\r" not in plain.store.read_bytes()


def test_crlf_without_the_attributes_still_merges(at_odds):
    at_odds.git("config", "core.autocrlf", "true")
    (at_odds.folder / ".gitattributes").write_text("*.json merge=cpctrack\n", encoding="utf-8")
    at_odds.commit()
    at_odds.store.unlink()
    at_odds.git("checkout", "--", "actions.json")
    at_odds.git("merge", "hers", exit_code=1)
    assert_conflict(at_odds, "His.", "Hers.")


def test_line_names_a_python_that_needs_quoting(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/opt/100 % it's/python")
    python = "'/opt/100 %% it'\"'\"'s/python'"
    assert git_setup.driver().startswith(
        f"rc=127; test -f {python} && {{ {python} -P -m cpctrack merge-driver "
    )

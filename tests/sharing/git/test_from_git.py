"""A merge that git did without cpctrack is done again from what git keeps."""

import json
import shutil

import pytest

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")


def rebuild(clone, exit_code=0):
    return clone.run("resolve", "--from-git", exit_code=exit_code).stderr


@pytest.fixture
def plainly(monkeypatch):
    """Give a function that merges as a hosted button or a fresh clone does: by lines."""

    def merge(clone, branch="hers", exit_code=None):
        lines = clone.folder / ".git" / "info" / "attributes"
        lines.write_text("*.json -merge\n*.json merge\n", encoding="utf-8")
        said = clone.git("merge", "--no-edit", branch, exit_code=exit_code)
        lines.unlink()
        return said

    return merge


def commit_markers(clone):
    clone.git("add", "-u")
    clone.git("commit", "-q", "--no-edit")


def write(clone, document):
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    clone.store.write_text(text, encoding="utf-8")


def clashes(clone, ref="CPC-2223-001"):
    found = clone.record(ref).get("_conflicts", [])
    return [(each["field"], each["base"], each["ours"], each["theirs"]) for each in found]


ODDS = [("response", None, "His.", "Hers.")]


# --- git waits for the merge


def test_markers_become_the_conflict_they_mean(at_odds, plainly, tmp_path):
    real = type(at_odds)(shutil.copytree(at_odds.folder, tmp_path / "real"))
    real.git("merge", "hers", exit_code=1)
    plainly(at_odds, exit_code=1)
    assert at_odds.has_markers()
    said = rebuild(at_odds)
    assert at_odds.store.read_bytes() == real.store.read_bytes()
    assert clashes(at_odds) == ODDS
    assert "from both sides of the merge that git waits for" in said
    assert "1 conflict is left: see “cpctrack conflicts”" in said
    assert "“git add actions.json” and “git commit”" in said
    assert at_odds.unmerged()


def test_in_a_rebase_and_a_cherry_pick(at_odds, plainly):
    lines = at_odds.folder / ".git" / "info" / "attributes"
    lines.write_text("*.json merge\n", encoding="utf-8")
    at_odds.git("rebase", "hers", exit_code=1)
    rebuild(at_odds)
    assert clashes(at_odds) == [("response", None, "Hers.", "His.")]
    at_odds.git("rebase", "--abort")
    at_odds.git("cherry-pick", "hers", exit_code=1)
    rebuild(at_odds)
    assert clashes(at_odds) == ODDS


def test_both_sides_added_the_file(plain, plainly):
    plain.git("checkout", "-q", "--orphan", "other")
    plain.store.unlink()
    plain.run("init", "--committee", "Corporate Parenting Committee")
    plain.commit("add", *FORMAL, "--item", "Item 1", "--action", "Another first.")
    plain.git("checkout", "-q", "main")
    plain.git("merge", "--allow-unrelated-histories", "other", exit_code=1)
    said = rebuild(plain)
    assert "Two actions had the reference CPC-2223-001; the younger is now CPC-2223-004." in said
    assert plain.record("CPC-2223-004")["action"] == "Another first."
    assert len(plain.document["actions"]) == 4


def test_what_is_settled_already_stays_settled(at_odds):
    at_odds.git("merge", "hers", exit_code=1)
    at_odds.run("resolve", "1", "response", "--theirs")
    before = at_odds.store.read_bytes()
    said = rebuild(at_odds)
    assert at_odds.store.read_bytes() == before
    assert "holds everything of the merge that git waits for already" in said


def test_what_the_driver_made_is_left_as_it_is(at_odds):
    at_odds.git("merge", "hers", exit_code=1)
    before = at_odds.store.read_bytes()
    assert "1 conflict is left" in rebuild(at_odds)
    assert at_odds.store.read_bytes() == before


def test_one_side_removed_the_store(clone):
    clone.git("checkout", "-q", "-b", "hers")
    clone.git("rm", "-q", "actions.json")
    clone.git("commit", "-q", "-m", "Away")
    clone.git("checkout", "-q", "main")
    clone.commit("update", "1", "--response", "Still here.")
    clone.git("merge", "hers", exit_code=1)
    before = clone.store.read_bytes()
    said = rebuild(clone, exit_code=1)
    assert "One side of the merge has removed" in said
    assert clone.store.read_bytes() == before


# --- the merge is finished


def test_markers_that_were_committed(at_odds, plainly):
    plainly(at_odds, exit_code=1)
    commit_markers(at_odds)
    said = rebuild(at_odds)
    assert "from both sides of the merge" in said
    assert "“Merge branch 'hers'”" in said
    assert clashes(at_odds) == ODDS
    assert at_odds.record("CPC-2223-002")["owners"] == ["Somebody else"]


def test_committed_markers_with_other_line_ends(at_odds, plainly):
    plainly(at_odds, exit_code=1)
    commit_markers(at_odds)
    at_odds.store.write_bytes(at_odds.store.read_bytes().replace(b"\n", b"\r\n"))
    rebuild(at_odds)
    assert clashes(at_odds) == ODDS


def test_older_merge_is_named(at_odds, plainly):
    plainly(at_odds, exit_code=1)
    commit_markers(at_odds)
    (at_odds.folder / "note.txt").write_text("Later.\n", encoding="utf-8")
    at_odds.commit()
    merge = at_odds.git("rev-parse", "--short", "HEAD~1").strip()
    assert f"the merge {merge} “Merge branch 'hers'”" in rebuild(at_odds)
    assert clashes(at_odds) == ODDS


def test_merge_that_one_side_had_nothing_to_do_with_is_passed_over(at_odds, plainly):
    plainly(at_odds, exit_code=1)
    commit_markers(at_odds)
    rebuild(at_odds)
    at_odds.run("resolve", "1", "response", "--ours")
    at_odds.commit()
    at_odds.git("checkout", "-q", "-b", "note")
    at_odds.commit("update", "3", "--response", "On a branch.")
    at_odds.git("checkout", "-q", "main")
    at_odds.git("merge", "-q", "--no-ff", "--no-edit", "note")
    assert "“Merge branch 'hers'” already; nothing was changed" in rebuild(at_odds)
    assert at_odds.record("CPC-2223-003")["response"] == "On a branch."


def test_both_sides_added_the_file_and_one_was_taken(plain):
    plain.git("checkout", "-q", "--orphan", "other")
    plain.store.unlink()
    plain.run("init", "--committee", "Corporate Parenting Committee")
    plain.commit("add", *FORMAL, "--item", "Item 1", "--action", "Another first.")
    plain.git("checkout", "-q", "main")
    plain.git(
        "merge", "-q", "--no-edit", "--allow-unrelated-histories", "-s", "ours", "other"
    )  # fmt: skip
    rebuild(plain)
    assert plain.record("CPC-2223-004")["action"] == "Another first."


def test_file_added_by_both_since_they_parted(plain):
    plain.git("mv", "actions.json", "old.json")
    plain.commit()
    for branch in ("his", "hers"):
        plain.git("checkout", "-q", "-b", branch, "main")
        plain.run("init", "--committee", "Corporate Parenting Committee")
        plain.commit("add", *FORMAL, "--item", "Item 1", "--action", f"That is {branch}.")
    plain.git("merge", "-q", "--no-edit", "-s", "ours", "his")
    rebuild(plain)
    assert {row["action"] for row in plain.document["actions"].values()} == {
        "That is his.",
        "That is hers.",
    }


def test_merge_of_three_is_passed_over(parted):
    parted.git("merge", "-q", "--no-edit", "-s", "ours", "hers")
    for branch in ("a", "b"):
        parted.git("checkout", "-q", "-b", branch, "main")
        number = "2" if branch == "a" else "3"
        parted.commit("update", number, "--response", f"On {branch}.")
    parted.git("checkout", "-q", "main")
    parted.commit("update", "4", "--response", "On main.")
    parted.git("merge", "-q", "--no-edit", "-s", "ours", "a", "b")
    assert "“Merge branch 'hers'”" in rebuild(parted)
    assert parted.record("CPC-2223-001")["response"] == "Her answer."


def test_two_records_with_one_reference(clone, plainly):
    clone.git("checkout", "-q", "-b", "hers")
    clone.commit("add", *FORMAL, "--item", "Item 8", "--action", "Hers.", day="2023-05-03")
    clone.git("checkout", "-q", "main")
    clone.commit("add", *FORMAL, "--item", "Item 9", "--action", "His.", day="2023-05-04")
    clone.git("merge", "--no-edit", "hers")  # what lines can tell, with any driver
    document = clone.document
    for row in document["actions"].values():
        if row["ref"] == "CPC-2223-005":
            row["ref"] = "CPC-2223-004"
            row["history"].pop()
    write(clone, document)
    clone.git("commit", "-q", "-a", "--amend", "--no-edit")
    assert "CPC-2223-004" in clone.run("check", exit_code=1).stdout
    assert "the younger is now CPC-2223-005" in rebuild(clone)
    assert clone.record("CPC-2223-004")["action"] == "Hers."
    assert clone.record("CPC-2223-005")["action"] == "His."


ADD = ("add", *FORMAL, "--item", "Item 8", "--action", "Look again.")


def doubled(clone):
    """Let both add one action, and merge it as a cpctrack did that kept both."""
    clone.git("checkout", "-q", "-b", "hers")
    clone.commit(*ADD, day="2023-05-03")
    clone.git("checkout", "-q", "main")
    clone.commit(*ADD, day="2023-05-04")
    document = clone.document
    clone.git("merge", "-q", "--no-edit", "-s", "ours", "hers")
    hers = json.loads(clone.git("show", "hers:actions.json"))
    document["actions"] |= hers["actions"]
    his = next(row for key, row in document["actions"].items() if key not in hers["actions"])
    his |= {"ref": "CPC-2223-005"}  # as an older cpctrack would have it
    his["history"] += [{"at": "2023-05-05T00:00:00Z", "by": "x", "via": "merge", "change": "ref",
                        "from": "CPC-2223-004", "to": "CPC-2223-005"}]  # fmt: skip
    write(clone, document)
    clone.git("commit", "-q", "-a", "--amend", "--no-edit")


def test_one_action_that_stands_twice_since(clone):
    doubled(clone)
    rebuild(clone)
    assert len(clone.document["actions"]) == 4
    row = clone.record("CPC-2223-004")
    assert [line["change"] for line in row["history"]] == ["added", "twin"]
    # What was given away once is not given to another.
    assert clone.run(*ADD[:-1], "Another.").stdout == "CPC-2223-006\n"


def test_one_action_that_stands_twice_and_was_worked_on_stays(clone):
    doubled(clone)
    clone.commit("update", "5", "--response", "Typed since.")
    rebuild(clone)
    assert clone.record("CPC-2223-005")["response"] == "Typed since."
    assert len(clone.document["actions"]) == 5


def test_what_a_merge_lost_comes_back(parted):
    """Somebody took “ours” and so lost the other side, as one click does."""
    parted.git("merge", "-q", "--no-edit", "-s", "ours", "hers")
    assert "response" not in parted.record("CPC-2223-001")
    rebuild(parted)
    record = parted.record("CPC-2223-001")
    assert (record["response"], record["status"]) == ("Her answer.", "in-progress")
    assert len(parted.document["actions"]) == 5


def test_what_was_written_since_the_merge_stays(parted):
    parted.git("merge", "-q", "--no-edit", "-s", "ours", "hers")
    parted.commit("update", "1", "--owner", "New owner")
    parted.run("update", "2", "--response", "Not even committed.")
    parted.run("add", *FORMAL, "--item", "Item 20", "--action", "Since then.")
    rebuild(parted)
    record = parted.record("CPC-2223-001")
    assert (record["response"], record["owners"]) == ("Her answer.", ["New owner"])
    assert parted.record("CPC-2223-002")["response"] == "Not even committed."
    actions = [row["action"] for row in parted.document["actions"].values()]
    assert max(actions) == "Since then."
    assert {"His.", "Hers."} <= set(actions)
    refs = [row["ref"] for row in parted.document["actions"].values()]
    assert len(set(refs)) == len(refs) == 6


def test_what_was_written_into_the_merge_itself_stays(parted):
    parted.git("merge", "-q", "--no-commit", "-s", "ours", "hers")
    parted.run("update", "1", "--response", "In the merge.")
    parted.git("commit", "-q", "-a", "--no-edit")
    rebuild(parted)
    assert clashes(parted) == [("response", None, "Her answer.", "In the merge.")]
    assert len(parted.document["actions"]) == 5


def test_settled_merge_has_nothing_to_rebuild(at_odds):
    at_odds.git("merge", "hers", exit_code=1)
    at_odds.run("resolve", "1", "response", "--ours")
    at_odds.commit()
    at_odds.run("update", "2", "--response", "Since.")
    before = at_odds.store.read_bytes()
    assert "already; nothing was changed" in rebuild(at_odds)
    assert at_odds.store.read_bytes() == before


def test_store_that_can_not_be_read_and_was_changed_since(at_odds, plainly):
    plainly(at_odds, exit_code=1)
    commit_markers(at_odds)
    at_odds.store.write_text("{ by hand", encoding="utf-8")
    merge = at_odds.git("rev-parse", "HEAD").strip()[:12]
    said = rebuild(at_odds, exit_code=1)
    assert f"“git checkout {merge} -- actions.json” puts the version of the merge back" in said
    assert at_odds.store.read_text(encoding="utf-8") == "{ by hand"
    at_odds.git("checkout", merge, "--", "actions.json")
    rebuild(at_odds)
    assert clashes(at_odds) == ODDS


def test_markers_mended_by_hand(at_odds, plainly):
    plainly(at_odds, exit_code=1)
    commit_markers(at_odds)
    at_odds.git("checkout", "-q", "HEAD^1", "--", "actions.json")  # keeps one side, loses the other
    at_odds.run("update", "1", "--status", "ongoing")
    rebuild(at_odds)
    record = at_odds.record("CPC-2223-001")
    assert record["status"] == "ongoing"
    assert clashes(at_odds) == ODDS
    assert {"Hers.", "His."} <= {line.get("to") for line in record["history"]}


def test_side_that_can_not_be_read_is_named(at_odds):
    at_odds.git("checkout", "-q", "hers")
    at_odds.store.write_text("{", encoding="utf-8")
    at_odds.git("commit", "-q", "-a", "-m", "Broken")
    at_odds.git("checkout", "-q", "main")
    at_odds.git("merge", "hers", exit_code=1)
    assert "The version that git calls theirs is damaged: line 1 is not JSON" in rebuild(at_odds, 1)


# --- and nothing to work on


def test_no_merge_at_all(clone):
    said = rebuild(clone, exit_code=1)
    assert "git knows of no merge in which both sides changed" in said


def test_no_commit_at_all(plain):
    shutil.rmtree(plain.folder / ".git")
    plain.git("init", "-q")
    assert "git knows of no merge" in rebuild(plain, exit_code=1)


def test_no_repository(plain):
    shutil.rmtree(plain.folder / ".git")
    assert "is not in a working folder of git" in rebuild(plain, exit_code=1)


def test_undo_takes_it_back(parted):
    parted.git("merge", "-q", "--no-edit", "-s", "ours", "hers")
    before = parted.document["actions"]
    rebuild(parted)
    assert parted.document["actions"] != before
    parted.run("undo", "--yes")
    assert parted.document["actions"] == before


def test_undo_goes_no_further_back_than_a_store_that_could_not_be_read(at_odds, plainly):
    plainly(at_odds, exit_code=1)
    rebuild(at_odds)
    assert "nothing to take back" in at_odds.run("undo", "--yes", exit_code=1).stderr


@pytest.mark.parametrize("more", [["1"], ["--ours"], ["--value", "x"]])
def test_goes_alone(clone, more):
    assert "goes alone" in clone.run("resolve", "--from-git", *more, exit_code=2).stderr

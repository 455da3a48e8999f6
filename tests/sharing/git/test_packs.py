"""Two clones that have both published packs come together through real git."""

import json

import pytest

FORMAL = ("--meeting", "2023-03-15", "--type", "formal")
PACK = ("publish", "--meeting", "2023-07-19", "-o", "packs", "--format", "markdown", "--force")


@pytest.fixture
def at_work(clone, monkeypatch):
    """Give a clone on its branch ``main``, with a branch ``hers`` beside it."""
    monkeypatch.chdir(clone.folder)
    with (clone.folder / ".git/info/exclude").open("a") as stream:
        stream.write("packs/\n")
    clone.git("branch", "hers")
    return clone


def on(clone, branch):
    clone.git("checkout", "-q", branch)
    return clone


def packs(clone):
    return json.loads(clone.run("published", "--json").stdout)


def text(clone, number, day="2023-07-19"):
    return clone.run("published", day, "--number", str(number)).stdout


def damage(clone):
    problems = json.loads(clone.run("check", "--json", exit_code=1).stdout)
    return [each for each in problems if each["tier"] == "damaged"]


def test_both_published_one_meeting_and_nothing_is_lost(at_work):
    on(at_work, "hers").commit("update", "1", "--response", "Hers.", day="2023-07-02")
    at_work.commit(*PACK, day="2023-07-02")
    hers = text(at_work, 1)
    on(at_work, "main").commit("update", "2", "--response", "His.", day="2023-07-03")
    at_work.commit(*PACK, day="2023-07-03")
    his = text(at_work, 1)
    at_work.git("merge", "--no-edit", "hers")
    assert [(each["number"], each["at"][:10]) for each in packs(at_work)] == [
        (1, "2023-07-02"),
        (2, "2023-07-03"),
    ]
    assert (text(at_work, 1), text(at_work, 2)) == (hers, his)
    assert "Hers." in hers
    assert "His." in his
    at_work.run("check")
    said = at_work.run("compare", "2023-07-19", "2023-07-19").stdout
    assert "From the pack of 19 July 2023 to the pack of 19 July 2023, publication 2" in said


def test_a_published_reference_stays_and_the_other_record_gets_a_new_one(at_work):
    on(at_work, "hers").commit(
        "add", *FORMAL, "--item", "Item 8. Hers", "--action", "Hers, older.", day="2023-06-01"
    )
    on(at_work, "main").commit(
        "add", *FORMAL, "--item", "Item 9. His", "--action", "His, younger.", day="2023-06-02"
    )
    at_work.commit(*PACK, day="2023-06-03")
    printed = text(at_work, 1)
    said = at_work.git("merge", "--no-edit", "hers")
    assert "CPC-2223-004; the one that no pack has printed is now CPC-2223-005." in said
    assert at_work.record("CPC-2223-004")["action"] == "His, younger."
    assert at_work.record("CPC-2223-005")["action"] == "Hers, older."
    assert text(at_work, 1) == printed
    assert damage(at_work) == []


def test_two_records_published_with_one_reference_are_told(at_work):
    on(at_work, "hers").commit(
        "add", *FORMAL, "--item", "Item 8. Hers", "--action", "Hers, older.", day="2023-06-01"
    )
    at_work.commit(*PACK, day="2023-06-03")
    on(at_work, "main").commit(
        "add", *FORMAL, "--item", "Item 9. His", "--action", "His, younger.", day="2023-06-02"
    )
    at_work.commit("publish", "--meeting", "2023-11-02", "-o", "packs", day="2023-06-03")
    said = at_work.git("merge", "--no-edit", "hers")
    assert "Two actions were published with the reference CPC-2223-004" in said
    assert "now CPC-2223-005. Tell the readers of the pack of 2 November 2023" in said
    assert at_work.record("CPC-2223-004")["action"] == "Hers, older."
    assert at_work.record("CPC-2223-005")["action"] == "His, younger."
    assert damage(at_work) == []
    # The records are known by more than their reference: his has not become hers.
    found = json.loads(at_work.run("compare", "2023-07-19", "2023-11-02", "--json").stdout)
    assert [each["action"] for each in found["new"]] == ["His, younger."]
    assert [each["action"] for each in found["vanished"]] == ["Hers, older."]
    assert found["reworded"] == []


def test_a_merge_without_cpctrack_is_put_right(at_work):
    on(at_work, "hers").commit(*PACK, day="2023-07-02")
    hers = text(at_work, 1)
    on(at_work, "main").commit(*PACK, day="2023-07-03")
    his = text(at_work, 1)
    at_work.run("git-setup", "--undo")
    at_work.git("merge", "--no-edit", "hers", exit_code=None)
    at_work.run("resolve", "--from-git")
    assert (text(at_work, 1), text(at_work, 2)) == (hers, his)


def test_a_publication_that_one_side_took_back_is_gone(at_work):
    at_work.commit(*PACK, day="2023-07-02")
    at_work.git("branch", "-f", "hers")
    at_work.run("undo", "--yes")
    at_work.commit()
    on(at_work, "hers").commit("update", "1", "--response", "Hers.")
    at_work.git("merge", "--no-edit", "main")
    assert packs(at_work) == []
    assert at_work.record("CPC-2223-001")["response"] == "Hers."


def test_git_diff_shows_what_was_printed(at_work):
    at_work.run(*PACK)
    shown = at_work.git("diff")
    assert '+          "action": "Provide a note on Fostering.",' in shown
    assert not [line for line in shown.splitlines() if line.startswith("-  ")]

"""Commands that let an action go on as another, as several, or at another committee."""

import csv
import io
import json
import zipfile

import pytest

from cpctrack.errors import StoreError
from cpctrack.sharing.merge import three_way
from cpctrack.store import store

MARCH = ("--meeting", "2024-03-13", "--type", "formal", "--item", "Item 4. Fostering")


@pytest.fixture(autouse=True)
def in_june(monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-06-12")


@pytest.fixture
def council(run, tmp_path):
    """Give the paths of two stores of one folder: three actions in one, one in the other."""
    folder = tmp_path / "council"
    paths = folder / "cpc.json", folder / "lic" / "actions.json"
    paths[1].parent.mkdir(parents=True)
    for path, prefix, name in zip(
        paths, ("CPC", "LIC"), ("Corporate Parenting Committee", "Licensing Committee"), strict=True
    ):
        run("--store", str(path), "init", "--committee", name, "--prefix", prefix)
    for number in (1, 2, 3):
        run("--store", str(paths[0]), "add", *MARCH, "--action", f"Send note {number}.",
            "--owner", "Head of Law", "--due", "30 April 2024")  # fmt: skip
    run("--store", str(paths[1]), "add", "--meeting", "2024-05-22", "--type", "formal",
        "--item", "Item 4. Taxis", "--action", "Tell drivers.")  # fmt: skip
    return paths


@pytest.fixture
def over(run, council):
    """Run a command on both stores."""
    return lambda *words, **options: run("--store", str(council[0].parent), *words, **options)


@pytest.fixture
def cpc(run, council):
    return lambda *words, **options: run("--store", str(council[0]), *words, **options)


@pytest.fixture
def lic(run, council):
    return lambda *words, **options: run("--store", str(council[1]), *words, **options)


@pytest.fixture
def shown(over):
    return lambda ref: json.loads(over("show", ref, "--json").stdout)


def link_problems(over, exit_code=1):
    problems = json.loads(over("check", "--json", exit_code=exit_code).stdout)
    return [(each["name"], each["ref"]) for each in problems if "link" in each["name"]]


# --- supersede


def test_supersede_links_both_in_one_write(cpc, over, shown, council):
    cpc("extend", "1", "--to", "31 May 2024", "--reason", "No staff.")
    before = council[0].read_bytes()
    done = over("supersede", "CPC-2324-001", "--by", "CPC-2324-002", "--reason", "Said twice.")
    assert done.stderr == ("CPC-2324-001: replaced by CPC-2324-002, which goes on with its age.\n")
    old, new = shown("CPC-2324-001"), shown("CPC-2324-002")
    assert (old["status"], new["status"]) == ("superseded", "open")
    assert old["links"] == [{"kind": "superseded-by", "ref": "CPC-2324-002"}]
    assert new["links"] == [{"kind": "supersedes", "ref": "CPC-2324-001"}]
    assert (new["first_due"], new["times_moved"]) == ("2024-04-30", 1)
    assert {line.get("reason") for line in old["history"]} >= {"Said twice."}
    assert link_problems(over) == []
    after = council[0].read_bytes()
    over("supersede", "CPC-2324-001", "--by", "CPC-2324-002")
    assert council[0].read_bytes() == after
    cpc("undo", "--yes")
    assert council[0].read_bytes() == before


def test_what_ends_by_one_that_has_ended_is_said(cpc):
    cpc("update", "2", "--status", "completed", "--response", "Sent.")
    assert cpc("supersede", "1", "--by", "2").stderr == (
        "CPC-2324-001: replaced by CPC-2324-002, whose status is “Completed”, so nothing is "
        "left to be done.\n"
    )


def test_show_says_links_in_words(cpc):
    cpc("supersede", "1", "--by", "2")
    words = cpc("show", "1").stdout
    assert "\nLinked       Replaced by CPC-2324-002\n" in words
    assert "; replaced by CPC-2324-002\n" in words
    assert "  replaces CPC-2324-001, first agreed on 13 Mar 2024\n" in cpc("show", "2").stdout


@pytest.mark.parametrize(
    ("words", "exit_code", "message"),
    [
        (("1", "--by", "1"), 2, "CPC-2324-001 can't take its own place"),
        (("1", "--by", "9"), 1, "No action has the reference “9”"),
        (("3", "--by", "2"), 1, "CPC-2324-003 is “Completed”, so nothing of it goes on"),
        (("1", "--by", "3"), 0, "CPC-2324-001: replaced by CPC-2324-003"),
    ],
)
def test_what_supersede_refuses(cpc, council, words, exit_code, message):
    cpc("update", "3", "--status", "completed")
    before = council[0].read_bytes()
    done = cpc("supersede", *words, exit_code=exit_code)
    assert message in done.stderr
    assert (council[0].read_bytes() == before) == bool(exit_code)


def test_a_chain_makes_no_circle(cpc):
    cpc("supersede", "1", "--by", "2")
    done = cpc("supersede", "3", "--by", "1", exit_code=1)
    assert "CPC-2324-001 goes on as CPC-2324-002" in done.stderr
    assert "goes on as CPC-2324-002" in cpc("supersede", "2", "--by", "1", exit_code=1).stderr
    cpc("supersede", "2", "--by", "3")
    assert "goes on as" in cpc("update", "1", "--status", "open", exit_code=1).stderr
    assert "goes on as" in cpc("reopen", "1", "--reason", "x", exit_code=1).stderr
    cpc("update", "1", "--response", "See the other.")


def test_an_exempt_action_does_not_go_on_in_a_public_one(cpc):
    cpc("update", "1", "--exempt", "3")
    done = cpc("supersede", "1", "--by", "2", exit_code=1)
    assert "CPC-2324-001 is exempt and CPC-2324-002 is not" in done.stderr
    cpc("update", "2", "--exempt", "3")
    cpc("supersede", "1", "--by", "2")


@pytest.mark.parametrize("view", ["full", "progress"])
def test_a_public_document_does_not_name_the_exempt_one(cpc, council, view):
    cpc("supersede", "1", "--by", "2")
    named = cpc("appendix", "--view", view, "--format", "csv").stdout
    assert "Replaced by CPC-2324-002" in named
    cpc("update", "2", "--exempt", "3")
    secret = cpc("appendix", "--view", view, "--format", "csv").stdout
    assert "CPC-2324-002" not in secret
    assert "Replaced" in secret
    held = json.loads(council[0].read_text(encoding="utf-8"))
    held["actions"] = {
        key: row for key, row in held["actions"].items() if row["ref"] != "CPC-2324-002"
    }
    council[0].write_text(json.dumps(held), encoding="utf-8")
    assert cpc("appendix", "--view", view, "--format", "csv").stdout == secret


# --- split


def test_split_makes_a_record_of_each_part(cpc, over, shown, council):
    cpc("extend", "1", "--to", "31 May 2024", "--reason", "No staff.")
    cpc("update", "1", "--exempt", "3", "--referrer", "Chair", "--response", "Begun.")
    before = council[0].read_bytes()
    done = over("split", "CPC-2324-001", "--into", "Send figures.", "--into", "Invite an adviser.")
    assert done.stdout == "CPC-2324-004\nCPC-2324-005\n"
    assert done.stderr.startswith("CPC-2324-001: split into CPC-2324-004, CPC-2324-005.\n")
    assert "link" not in done.stderr
    old, part = shown("CPC-2324-001"), shown("CPC-2324-005")
    assert (old["status"], part["status"]) == ("superseded", "open")
    assert old["links"] == [
        {"kind": "split-into", "ref": "CPC-2324-004"}, {"kind": "split-into", "ref": "CPC-2324-005"}
    ]  # fmt: skip
    assert part["links"] == [{"kind": "split-from", "ref": "CPC-2324-001"}]
    kept = ("meeting_date", "item", "owners", "due", "referrer", "exempt_paragraph", "first_due",
            "times_moved")  # fmt: skip
    assert {name: part[name] for name in kept} == {name: old[name] for name in kept}
    assert (part["action"], part["response"]) == ("Invite an adviser.", "")
    assert part["history"][0]["to"] == "CPC-2324-001"
    assert link_problems(over) == []
    cpc("undo", "--yes")
    held = json.loads(council[0].read_text(encoding="utf-8"))
    assert held.pop("withdrawn") == {"CPC-2324-004": {}, "CPC-2324-005": {}}
    assert held == json.loads(before)


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        (("One.",), "Give the parts of CPC-2324-001, two or more"),
        (("One.", " One. "), "each with a text of its own"),
        (("One.", " "), "would be left without an action"),
    ],
)
def test_what_split_refuses(cpc, council, texts, message):
    before = council[0].read_bytes()
    words = [word for text in texts for word in ("--into", text)]
    assert message in cpc("split", "1", *words, exit_code=2).stderr
    assert council[0].read_bytes() == before


def test_what_was_split_is_not_split_again(cpc, council):
    words = ("--into", "One.", "--into", "Two.")
    cpc("split", "1", *words)
    before = council[0].read_bytes()
    done = cpc("split", "1", *words, exit_code=1)
    assert "CPC-2324-001 goes on as CPC-2324-004 and CPC-2324-005" in done.stderr
    assert council[0].read_bytes() == before


# --- transfer


def test_transfer_hands_all_of_it_over(cpc, over, lic, shown, council):
    cpc("extend", "1", "--to", "31 May 2024", "--reason", "No staff.")
    cpc("update", "1", "--exempt", "3")
    lic("update", "1", "--owner", "HEAD OF LAW")
    old_history = shown("CPC-2324-001")["history"]
    before = [path.read_bytes() for path in council]
    done = over("transfer", "CPC-2324-001", "--to", str(council[1].parent))
    assert done.stdout == "LIC-2425-002\n"
    assert done.stderr == (
        "CPC-2324-001: transferred to the Licensing Committee, LIC-2425-002, as of its meeting of "
        "22 May 2024.\n"
    )
    old, new = shown("CPC-2324-001"), shown("LIC-2425-002")
    assert old["status"] == "superseded"
    assert old["links"] == [{"kind": "transferred-to", "ref": "LIC-2425-002"}]
    assert new["links"] == [{"kind": "transferred-from", "ref": "CPC-2324-001"}]
    assert (new["meeting_date"], new["municipal_year"]) == ("2024-05-22", "2024/25")
    assert (new["first_due"], new["times_moved"], new["due"]) == ("2024-04-30", 1, "2024-05-31")
    assert (new["exempt"], new["owners"]) == (True, ["HEAD OF LAW"])
    assert new["history"][: len(old_history)] == old_history
    assert [line["change"] for line in new["history"][len(old_history) :]] == [
        "meeting", "owners", "links",
    ]  # fmt: skip
    assert link_problems(over) == []
    assert list(json.loads(council[1].read_text(encoding="utf-8"))["meetings"]) == [
        "2024-05-22-formal"
    ]
    lic("undo", "--yes")
    assert link_problems(over) == [("dangling-link", "CPC-2324-001")]
    cpc("undo", "--yes")
    assert council[0].read_bytes() == before[0]


def test_the_age_counts_from_the_first_meeting(cpc, lic, council):
    cpc("transfer", "1", "--to", str(council[1]))
    report = lic("appendix", "--view", "progress", "--format", "csv").stdout
    assert "91 days, 1 formal meeting since" in report
    assert "before its meeting" not in lic("check", exit_code=1).stdout


def test_words_that_count_from_a_meeting_keep_their_day(cpc, shown, council):
    cpc("update", "1", "--due", "end of May 2024")
    cpc("transfer", "1", "--to", str(council[1]))
    new = shown("LIC-2425-002")
    assert (new["due"], new["due_text"]) == ("2024-05-31", "end of May 2024")


def test_a_meeting_it_was_to_come_to_stays_behind(cpc, shown, council):
    cpc("update", "1", "--goes-to", "2024-07-10")
    cpc("roll-over", "--to", "2024/25", "--yes")
    former = shown("CPC-2324-001")
    cpc("transfer", "1", "--to", str(council[1]))
    told = [(each["goes_to"], each["rolled_to"]) for each in (former, shown("LIC-2425-002"))]
    assert told == [("2024-07-10", "2024/25"), (None, "")]


def test_a_meeting_can_be_named(cpc, shown, council):
    done = cpc("transfer", "1", "--to", str(council[1]), "--meeting", "5/6/2024")
    assert "as of its meeting of 5 June 2024" in done.stderr
    assert shown("LIC-2425-002")["meeting_type"] == "formal"


def test_what_transfer_refuses(run, cpc, council, tmp_path):
    other = tmp_path / "other.json"
    run("--store", str(other), "init", "--committee", "Corporate Parenting Committee")
    empty = tmp_path / "empty.json"
    run("--store", str(empty), "init", "--committee", "Audit", "--prefix", "AUD")
    private = tmp_path / "private.json"
    run("--store", str(private), "init", "--committee", "CORPORATE PARENTING COMMITTEE",
        "--prefix", "CPP")  # fmt: skip
    before = [path.read_bytes() for path in (*council, other, empty, private)]
    for to, more, exit_code, message in (
        (council[0], (), 2, "is the store it is in already"),
        (council[0].parent, (), 2, "There are several stores in"),
        (other, (), 1, "are two stores whose references begin with CPC"),
        (private, ("--meeting", "2024-03-13"), 2, "so one may be its private store"),
        (tmp_path / "none.json", (), 1, "none.json"),
        (empty, (), 2, "Audit has held no formal meeting yet; name"),
        (empty, ("--meeting", "2024-07-01"), 1, "The meeting of 1 July 2024 is still to come"),
    ):
        assert message in cpc("transfer", "1", "--to", str(to), *more, exit_code=exit_code).stderr
    for status, words in (("not-proceeding", "Will not be done"), ("superseded", "Replaced")):
        cpc("update", "2", "--status", status)
        done = cpc("transfer", "2", "--to", str(council[1]), exit_code=1)
        assert f"is “{words}”, so nothing of it goes on" in done.stderr
        cpc("undo", "--yes")
    assert [path.read_bytes() for path in (*council, other, empty, private)] == before


def test_what_was_broken_off_is_taken_up_again(cpc, over, shown, council):
    before = council[0].read_bytes()
    cpc("transfer", "1", "--to", str(council[1]))
    after = [path.read_bytes() for path in council]
    council[0].write_bytes(before)  # as if the program had been killed between the two
    assert link_problems(over) == [("one-sided-link", "LIC-2425-002")]
    done = cpc("transfer", "1", "--to", str(council[1]))
    assert done.stdout == "LIC-2425-002\n"
    assert [path.read_bytes() for path in council] == after
    cpc("transfer", "1", "--to", str(council[1]))  # and a third time changes nothing
    assert [path.read_bytes() for path in council] == after


def test_what_was_broken_off_is_not_handed_to_a_third(run, cpc, over, council):
    third = council[0].parent / "pln.json"
    run("--store", str(third), "init", "--committee", "Planning Committee", "--prefix", "PLN")
    before = council[0].read_bytes()
    cpc("transfer", "1", "--to", str(council[1]))
    council[0].write_bytes(before)
    to = ("--to", str(third), "--meeting", "2024-05-22")
    done = over("transfer", "CPC-2324-001", *to, exit_code=1)
    assert "as LIC-2425-002, since its transfer was broken off; finish that with" in done.stderr
    assert council[0].read_bytes() == before
    assert over("transfer", "CPC-2324-002", *to).stdout == "PLN-2425-001\n"


def test_what_was_taken_back_there_alone_is_handed_over_anew(cpc, over, lic, shown, council):
    cpc("update", "1", "--status", "in-progress")
    cpc("transfer", "1", "--to", str(council[1]))
    cpc("update", "2", "--response", "Sent.")  # so that an undo here takes back something else
    lic("undo", "--yes")
    assert link_problems(over) == [("dangling-link", "CPC-2324-001")]
    done = cpc("transfer", "1", "--to", str(council[1]))
    assert done.stdout == "LIC-2425-003\n"  # a reference is never used again
    assert link_problems(over) == []
    assert shown("CPC-2324-001")["links"] == [{"kind": "transferred-to", "ref": "LIC-2425-003"}]
    assert shown("LIC-2425-003")["status"] == "in-progress"


def test_a_transfer_finds_what_got_another_reference_there(cpc, over, shown, council):
    cpc("transfer", "1", "--to", str(council[1]))
    text = council[1].read_text(encoding="utf-8")
    council[1].write_text(text.replace('"LIC-2425-002"', '"LIC-2425-009"'), "utf-8")
    assert ("dangling-link", "CPC-2324-001") in link_problems(over)
    assert cpc("transfer", "1", "--to", str(council[1])).stdout == "LIC-2425-009\n"
    assert shown("CPC-2324-001")["links"] == [{"kind": "transferred-to", "ref": "LIC-2425-009"}]
    assert link_problems(over) == []


def test_one_transfer_on_two_copies_is_one(cpc, council):
    def handed_over():
        before = [path.read_bytes() for path in council]
        cpc("transfer", "1", "--to", str(council[1]))
        after = [json.loads(path.read_text(encoding="utf-8")) for path in council]
        for path, content in zip(council, before, strict=True):
            path.write_bytes(content)
        return after

    base = [json.loads(path.read_text(encoding="utf-8")) for path in council]
    for one, ours, theirs in zip(base, handed_over(), handed_over(), strict=True):
        merged = three_way(one, ours, theirs, at="2024-06-13T09:00:00Z", by="Clerk")
        assert merged.conflicts == merged.renumbered == ()
        rows = [row for row in merged.document["actions"].values() if "links" in row]
        assert [len(row["links"]) for row in rows] == [1]


def test_one_of_another_committee_does_not_supersede(over):
    done = over("supersede", "CPC-2324-001", "--by", "LIC-2425-001", exit_code=2)
    assert "are in the stores of different committees" in done.stderr


def test_what_reads_alike_is_settled_by_superseding_it(cpc):
    def alike():
        return "It reads nearly like" in cpc("check", exit_code=1).stdout

    text = "The Head of Law would send Members a note on the cost of placements in {}."
    for month in ("April", "April "):
        cpc("add", *MARCH, "--action", text.format(month))
    assert alike()
    cpc("supersede", "4", "--by", "5")
    assert not alike()


@pytest.mark.parametrize("which", [0, 1])
def test_a_store_that_can_not_be_written_is_told(cpc, council, monkeypatch, which):
    before = [path.read_bytes() for path in council]
    commit = store.Store.commit

    def fail(held):
        if held.path == council[which]:
            raise StoreError(f"{held.path} can't be written (no space); nothing was changed.")
        commit(held)

    with monkeypatch.context() as patch:
        patch.setattr(store.Store, "commit", fail)
        done = cpc("transfer", "1", "--to", str(council[1]), exit_code=1)
    assert ("LIC-2425-002 stands in" in done.stderr) == (which == 0)
    assert ("run the same command once more" in done.stderr) == (which == 0)
    assert [path.read_bytes() == old for path, old in zip(council, before, strict=True)] == [
        True, which == 1,
    ]  # fmt: skip
    assert cpc("transfer", "1", "--to", str(council[1])).stdout == "LIC-2425-002\n"


def test_a_change_to_a_part_says_nothing_of_the_whole(cpc):
    cpc("split", "1", "--into", "One.", "--into", "Two.")
    assert "Note" not in cpc("update", "4", "--response", "Begun.").stderr
    assert "; split into CPC-2324-004; split into CPC-2324-005\n" in cpc("show", "1").stdout


def test_a_due_date_that_is_damaged_is_handed_over_as_it_is(cpc, shown, council):
    text = council[0].read_text(encoding="utf-8")
    council[0].write_text(text.replace('"due": "2024-04-30"', '"due": "2024-02-31"'), "utf-8")
    cpc("transfer", "1", "--to", str(council[1]))
    assert shown("LIC-2425-002")["due"] == "2024-02-31"


def test_the_old_committees_report_prints_it_once(cpc, council, monkeypatch):
    cpc("transfer", "1", "--to", str(council[1]))
    told = []
    for meeting in ("2024-06-26", "2024-09-18", "2024-11-20"):
        monkeypatch.setenv("CPCTRACK_TODAY", meeting)
        cpc("add", "--meeting", meeting, "--type", "formal", "--item", "1. Opening",
            "--action", "Note it.")  # fmt: skip
        report = cpc("appendix", "--view", "progress", "--meeting", meeting, "--format", "csv")
        told.append(
            [row for row in csv.reader(io.StringIO(report.stdout)) if row[1] == "CPC-2324-001"]
        )
    assert [len(rows) for rows in told] == [1, 0, 0]
    (row,) = told[0]
    assert row[0] == "Deferred, or will not be done"
    assert "Transferred to the Licensing Committee, LIC-2425-002" in row


def test_what_became_exempt_at_the_other_committee_is_named_nowhere(cpc, over, council, tmp_path):
    ref = cpc("transfer", "1", "--to", str(council[1])).stdout.strip()
    site, tables = tmp_path / "site", tmp_path / "tables"
    over("site", "-o", str(site))
    assert ref in (site / "committees" / "CPC.html").read_text("utf-8")
    over("update", ref, "--exempt", "3")
    over("site", "-o", str(site))
    over("export", "-o", str(tables))
    over("archive", "-o", str(tmp_path / "all.zip"))
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        archive.extractall(tables)
    made = [path for folder in (site, tables) for path in folder.rglob("*.*")]
    assert [path for path in made if ref.encode() in path.read_bytes()] == []
    report = ("appendix", "--view", "progress")
    assert ref not in over(*report).stdout
    assert ref in over(*report, "--include-exempt").stdout


def test_a_cell_that_is_newer_stands(cpc):
    cpc("supersede", "1", "--by", "2")
    cpc("update", "1", "--follow-up", "See the other one")
    table = cpc("appendix", "--format", "csv").stdout
    assert "See the other one" in table
    assert "Replaced by" not in table

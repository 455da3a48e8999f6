"""``merge-driver``, ``conflicts`` and ``resolve``, and what every command says meanwhile."""

import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

from cpctrack.cli.main import main
from cpctrack.errors import StoreError
from cpctrack.records.changes import Author
from cpctrack.sharing import merge
from cpctrack.store import canonical, store
from cpctrack.store.conflicts import Resolution
from cpctrack.tasks import resolve

ITEM = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")


@pytest.fixture
def sides(run, new_store, tmp_path, monkeypatch):
    """Give a function that runs commands on copies of one store and merges them.

    Each argument is the command of one side, or nothing; what comes back is the driver's result.
    """
    for action in ("Send the figures.", "Visit the centre."):
        run("add", *ITEM, "--action", action, "--owner", "Chair")
    monkeypatch.chdir(tmp_path)
    files = {name: tmp_path / f"{name}.json" for name in ("base", "theirs")}

    def merged(ours=(), theirs=(), exit_code=0):
        for file in files.values():
            shutil.copy(new_store, file)
        for line in ours:
            run(*line)
        for line in theirs:
            done = CliRunner().invoke(main, ["--store", str(files["theirs"]), *line])
            assert done.exit_code == 0, done.output
        return driver(files["base"], new_store, files["theirs"], exit_code=exit_code)

    return merged


def driver(base, ours, theirs, exit_code=0):
    arguments = ["merge-driver", str(base), str(ours), str(theirs), "7", "actions.json"]
    done = CliRunner().invoke(main, arguments, prog_name="cpctrack")
    assert done.exit_code == exit_code, done.output
    return done


STATUS = (
    [("update", "1", "--status", "completed", "--completed-on", "2023-04-01")],
    [("update", "1", "--status", "deferred")],
)


@pytest.fixture
def conflicted(sides, new_store):
    """Give a store in which two clerks gave one record two responses and two statuses."""
    ours = [*STATUS[0], ("update", "1", "--response", "Sent.")]
    theirs = [*STATUS[1], ("update", "1", "--response", "Not yet.")]
    sides(ours, theirs, exit_code=1)
    return new_store


# --- the driver


def test_a_clean_merge_says_nothing(sides, run) -> None:
    done = sides([("update", "1", "--response", "Sent.")], [("update", "1", "--item", "Item 4")])
    assert (done.stdout, done.stderr) == ("", "")
    shown = json.loads(run("show", "1", "--json").stdout)
    assert (shown["response"], shown["item"]) == ("Sent.", "Item 4")


def test_conflicts_are_named_in_words(sides, new_store) -> None:
    done = sides(*STATUS, exit_code=1)
    assert done.stderr == (
        "actions.json: what two people changed does not fit together: CPC-2223-001 (date of "
        "completion), CPC-2223-001 (status). See it with “cpctrack conflicts”, settle it with "
        "“cpctrack resolve”, then add the file and commit.\n"
    )
    written = new_store.read_bytes()
    assert canonical.dumps(json.loads(written)) == written


def test_a_new_reference_is_told(sides, run) -> None:
    add = [("add", *ITEM, "--action", "Ours.")], [("add", *ITEM, "--action", "Theirs.")]
    done = sides(*add)
    assert done.stderr == (
        "Two actions had the reference CPC-2223-003; the younger is now CPC-2223-004.\n"
    )
    rows = json.loads(run("list", "--json").stdout)
    assert {row["ref"] for row in rows} == {f"CPC-2223-00{number}" for number in range(1, 5)}


def test_many_conflicts_are_counted(sides, run, new_store) -> None:
    for number in range(10):
        run("add", *ITEM, "--action", f"Action {number}")
    refs = [str(number) for number in range(1, 13)]
    done = sides(
        [("update", *refs, "--response", "a")], [("update", *refs, "--response", "b")], exit_code=1
    )
    assert "CPC-2223-010 (response) and 2 more." in done.stderr


def test_both_add_the_file(tmp_path, new_store) -> None:
    base, theirs = tmp_path / "base", tmp_path / "theirs"
    base.touch()
    shutil.copy(new_store, theirs)
    before = new_store.read_bytes()
    driver(base, new_store, theirs)
    assert new_store.read_bytes() == before


def test_line_ends_of_windows(sides, new_store, tmp_path, run) -> None:
    theirs = tmp_path / "theirs.json"
    shutil.copy(new_store, tmp_path / "base.json")
    theirs.write_bytes(new_store.read_bytes().replace(b"\n", b"\r\n"))
    run("update", "1", "--response", "Sent.")
    before = new_store.read_bytes()
    driver(tmp_path / "base.json", new_store, theirs)
    assert new_store.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "theirs is empty"),
        (b"<<<<<<< ours\n", "conflict markers"),
        (b"{}", "not a cpctrack store"),
        (b'{"a": {}, "a": {}}', "twice"),
        (b'{"settings": {"store": {"schema": 99}}}', "newer cpctrack"),
    ],
)
def test_what_it_can_not_merge_it_leaves_to_git(tmp_path, new_store, content, said) -> None:
    theirs = tmp_path / "theirs.json"
    theirs.write_bytes(content)
    before = new_store.read_bytes()
    done = driver(new_store, new_store, theirs, exit_code=2)
    assert said in done.stderr
    assert done.stderr.startswith("cpctrack could not merge actions.json. ")
    assert new_store.read_bytes() == before
    assert "cpctrack could not" in driver(tmp_path / "no", new_store, theirs, exit_code=2).stderr


@pytest.mark.parametrize("fault", [RuntimeError("odd"), KeyboardInterrupt(), MemoryError()])
def test_a_fault_of_its_own_is_no_merge(new_store, monkeypatch, fault) -> None:
    def fail(*documents, at, by):
        raise fault

    monkeypatch.setattr(merge, "three_way", fail)
    before = new_store.read_bytes()
    done = driver(new_store, new_store, new_store, exit_code=2)
    assert "it stopped with" in done.stderr
    assert new_store.read_bytes() == before


def test_unreadable_values_are_left_to_git(sides, new_store, tmp_path, run) -> None:
    theirs = tmp_path / "theirs.json"
    shutil.copy(new_store, theirs)
    shutil.copy(new_store, tmp_path / "base.json")
    theirs.write_text(theirs.read_text().replace('"open"', '"odd"'))
    run("update", "1", "--status", "deferred")
    done = driver(tmp_path / "base.json", new_store, theirs, exit_code=2)
    assert "the status “odd”" in done.stderr


# --- while conflicts stand


@pytest.mark.parametrize("arguments", [["list"], ["show", "1"], ["--quiet", "list", "--json"]])
def test_commands_warn(run, conflicted, arguments) -> None:
    assert run(*arguments).stderr == (
        "A merge has left 3 conflicts. See “cpctrack conflicts”, and say with “cpctrack resolve” "
        "what is right.\n"
    )


def test_commands_that_write_warn_once(run, conflicted) -> None:
    assert run("update", "2", "--response", "x").stderr.count("A merge has left") == 1
    assert run("add", *ITEM, "--action", "New").stderr.count("A merge has left") == 1


def test_the_appendix_is_refused(run, conflicted, tmp_path) -> None:
    done = run("appendix", "-o", str(tmp_path / "a.md"), exit_code=1)
    assert done.stderr == (
        "Error: A merge has left 3 conflicts: nothing is printed before somebody has said what is "
        "right. See “cpctrack conflicts”, then “cpctrack resolve”.\n"
    )
    assert not (tmp_path / "a.md").exists()


def test_a_field_in_conflict_is_not_updated(run, conflicted) -> None:
    before = conflicted.read_bytes()
    done = run("update", "1", "--status", "superseded", exit_code=1)
    assert "First say what is right with “cpctrack resolve CPC-2223-001”" in done.stderr
    assert conflicted.read_bytes() == before
    run("update", "1", "--item", "Item 4")


def test_check_finds_them(run, conflicted) -> None:
    found = json.loads(run("check", "--json", exit_code=1).stdout)
    told = [each for each in found if each["name"] == "conflict"]
    assert [each["tier"] for each in told] == ["damaged"] * 3
    assert told[0]["message"] == (
        "A merge left two versions of its date of completion; see “cpctrack conflicts”, then "
        "“cpctrack "
        "resolve CPC-2223-001”."
    )


@pytest.mark.parametrize(
    "line", [3, {"base": 1}, {"field": "status", "ours": "odd"}, {"field": "owners", "base": "x"},
             {"field": "", "ours": 1}, {"field": "item", "ours": 1}],
)  # fmt: skip
def test_conflicts_that_are_none(run, conflicted, line) -> None:
    document = json.loads(conflicted.read_bytes())
    next(row for row in document["actions"].values() if "_conflicts" in row)["_conflicts"] = [line]
    conflicted.write_bytes(canonical.dumps(document))
    assert "its conflicts are not as docs/store.md" in run("list", exit_code=1).stderr


# --- conflicts


def test_conflicts_as_a_person_reads_them(run, conflicted) -> None:
    assert run("conflicts").stdout.split("\n\n")[2] == (
        "CPC-2223-001  Send the figures.\n"
        "  status\n"
        "    base:   To do\n"
        "    ours:   Completed  (clerk, 1 July 2023 00:00)\n"
        "    theirs: Deferred  (clerk, 1 July 2023 00:00)\n"
        "  Settle it with: cpctrack resolve CPC-2223-001 status\n"
    )


def test_conflicts_as_json(run, conflicted) -> None:
    rows = json.loads(run("conflicts", "--json").stdout)
    assert rows[1] == {
        "ref": "CPC-2223-001", "field": "response", "base": None, "ours": "Sent.",
        "theirs": "Not yet.", "ours_by": "clerk", "ours_at": "2023-07-01T00:00:00Z",
        "theirs_by": "clerk", "theirs_at": "2023-07-01T00:00:00Z",
    }  # fmt: skip


def test_no_conflicts(run, new_store) -> None:
    done = run("conflicts")
    assert (done.stdout, done.stderr) == ("", "There is nothing to settle.\n")
    assert "nothing to settle" in run("resolve", "1", "status", "--ours", exit_code=1).stderr


# --- resolve


def shown(run, ref="1"):
    return json.loads(run("show", ref, "--json").stdout)


@pytest.mark.parametrize(
    ("side", "status", "completed"),
    [
        ("--ours", "completed", "2023-04-01"),
        ("--theirs", "deferred", None),
        ("--base", "open", None),
    ],
)
def test_a_side_is_taken_whole(run, conflicted, side, status, completed) -> None:
    done = run("resolve", "2223-1", "Status", side)
    assert done.stderr.startswith(
        "Settled: CPC-2223-001 (date of completion), CPC-2223-001 (status). 1 left: "
    )
    row = shown(run)
    assert (row["status"], row["completed_on"]) == (status, completed)
    line = next(each for each in reversed(row["history"]) if each["change"] == "status")
    assert (line["via"], line["to"]) == ("resolve", status)


def test_the_last_one_settled(run, conflicted) -> None:
    run("resolve", "1", "status", "--ours")
    assert "Nothing is left." in run("resolve", "1", "response", "--value", "Half sent.").stderr
    assert shown(run)["response"] == "Half sent."
    assert "_conflicts" not in conflicted.read_text()
    assert run("list").stderr == ""
    run("appendix")


def test_resolve_can_be_taken_back(run, conflicted) -> None:
    before = json.loads(conflicted.read_bytes())
    run("resolve", "1", "status", "--ours")
    run("undo", "--yes")
    assert json.loads(conflicted.read_bytes()) == before


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (["1", "status"], 2, "Say what is right"),
        (["1", "status", "--ours", "--value", "x"], 2, "Give one of"),
        (["--ours"], 2, "Name the action and the field"),
        ([], 2, "On a terminal you are asked"),
        (["1", "status", "--value", "finished"], 2, "is not a status"),
        (["1", "completed-on", "--value", "2023-02-31"], 2, "31"),
        (["1", "item", "--ours"], 1, "has no conflict about “item”; it has: date of completion"),
        (["2", "status", "--ours"], 1, "CPC-2223-002 has no conflicts"),
        (["9", "status", "--ours"], 1, "No action has the reference"),
    ],
)
def test_what_resolve_refuses(run, conflicted, arguments, exit_code, said) -> None:
    before = conflicted.read_bytes()
    assert said in run("resolve", *arguments, exit_code=exit_code).stderr
    assert conflicted.read_bytes() == before


def test_typed_values_are_read_as_update_reads_them(run, sides, new_store) -> None:
    sides(
        [("update", "1", "--due", "1 May 2023", "--owner", "A", "--exempt", "3")],
        [("update", "1", "--due", "Spring term", "--owner", "B", "--exempt", "4")],
        exit_code=1,
    )
    run("resolve", "1", "due_text", "--value", "2 May 2023")
    run("resolve", "1", "owners", "--value", "A; B")
    run("resolve", "1", "exempt", "--value", "")
    row = shown(run)
    assert (row["due"], row["due_text"]) == ("2023-05-02", "2 May 2023")
    assert (row["owners"], row["exempt"]) == (["A", "B"], False)
    assert run("conflicts").stdout == ""


def test_an_action_is_not_settled_away(run, sides, new_store) -> None:
    sides([("update", "1", "--action", "a")], [("update", "1", "--action", "b")], exit_code=1)
    done = run("resolve", "1", "action", "--value", "", exit_code=2)
    assert "left without an action" in done.stderr


def without(path, ref="CPC-2223-001"):
    document = json.loads(path.read_bytes())
    key = next(key for key, row in document["actions"].items() if row["ref"] == ref)
    del document["actions"][key]
    return canonical.dumps(document)


@pytest.fixture
def removed(run, sides, new_store, tmp_path):
    """Give a store with a record that one side edited and the other removed."""
    (tmp_path / "base.json").write_bytes(new_store.read_bytes())
    (tmp_path / "theirs.json").write_bytes(without(new_store))
    run("update", "1", "--response", "Sent.")
    done = driver(tmp_path / "base.json", new_store, tmp_path / "theirs.json", exit_code=1)
    assert "CPC-2223-001 (changed by one, removed by the other)" in done.stderr
    return new_store


def test_a_removal_is_shown(run, removed) -> None:
    assert run("conflicts").stdout == (
        "CPC-2223-001  Send the figures.\n"
        "  removal\n"
        "    base:   kept\n"
        "    ours:   kept\n"
        "    theirs: removed\n"
        "  Settle it with: cpctrack resolve CPC-2223-001 record\n"
    )


def test_a_record_is_kept(run, removed) -> None:
    run("resolve", "1", "record", "--ours")
    row = shown(run)
    assert row["response"] == "Sent."
    assert (row["history"][-1]["change"], row["history"][-1]["via"]) == ("kept", "resolve")


def test_a_record_is_let_go_and_its_reference_not_used_again(run, removed) -> None:
    run("resolve", "1", "record", "--theirs")
    rows = json.loads(run("list", "--json").stdout)
    assert [row["ref"] for row in rows] == ["CPC-2223-002"]
    assert "CPC-2223-001" in json.loads(removed.read_bytes())["withdrawn"]
    run("undo", "--yes")
    assert "CPC-2223-001" in {row["ref"] for row in json.loads(run("list", "--json").stdout)}


LATE = ("update", "1", "--meeting", "2023-06-21", "--type", "formal")


@pytest.fixture
def apart(run, sides, new_store):
    """Give a store in which one completed an action before the meeting the other moved it to."""
    sides([LATE], STATUS[0], exit_code=1)
    return new_store


@pytest.mark.parametrize("last", ["meeting", "completed_on"])
def test_what_would_contradict_itself_is_not_settled(run, apart, last) -> None:
    lines = {"meeting": ("--ours",), "completed_on": ("--theirs",)}
    (first,) = lines.keys() - {last}
    run("resolve", "1", first, *lines[first])  # while the other waits it may come right
    before = apart.read_bytes()
    done = run("resolve", "1", last, *lines[last], exit_code=1)
    assert done.stderr.endswith(
        "Error: CPC-2223-001 would contradict itself, and is left unsettled: Completed on 1 April "
        "2023, before its meeting of 21 June 2023. Choose otherwise, or first put its date of "
        "completion or meeting right with “cpctrack update CPC-2223-001”.\n"
    )
    assert apart.read_bytes() == before
    run("resolve", "1", last, *(("--theirs",) if last == "meeting" else ("--value", "2023-06-30")))
    assert run("conflicts").stdout == ""
    found = json.loads(run("check", "--json", exit_code=1).stdout)
    assert "contradictory" not in {each["tier"] for each in found}


def test_a_printed_reference_is_not_settled_twice(run, sides, new_store, tmp_path) -> None:
    table = "Ref\tMeeting Date\tItem\tActions\nRX/1\t15/3/2023\tItem 4. Health\t{}\n"
    imports = []
    for name in ("One", "Two"):
        file = tmp_path / f"{name}.tsv"
        file.write_text(table.format(f"Action {name}."), encoding="utf-8")
        imports.append([("import", str(file), "--type", "formal", "--yes")])
    sides(*imports, exit_code=1)
    (found,) = json.loads(run("conflicts", "--json").stdout)
    kept, other = ("--theirs", "--ours") if found["ours"] is None else ("--ours", "--theirs")
    said = run("resolve", found["ref"], "source_ref", kept, exit_code=1).stderr
    assert "would contradict itself, and is left unsettled: “RX/1” is printed at CPC-2223-" in said
    run("resolve", found["ref"], "source_ref", other)
    found = json.loads(run("check", "--json", exit_code=1).stdout)
    assert {each["tier"] for each in found} == {"attention"}


def test_what_is_sound_is_settled_beside_what_is_not(run, sides, new_store, at_a_terminal) -> None:
    sides(
        [LATE, ("update", "2", "--response", "Ours.")],
        [*STATUS[0], ("update", "2", "--response", "Theirs.")],
        exit_code=1,
    )
    done = run("resolve", input="theirs\nours\nours\n")
    assert "CPC-2223-001 would contradict itself" in done.stderr
    assert "Settled: CPC-2223-002 (response). 2 left" in done.stderr
    assert shown(run, "2")["response"] == "Ours."
    assert {each["ref"] for each in json.loads(run("conflicts", "--json").stdout)} == {
        "CPC-2223-001"
    }


def test_a_removal_has_no_value(run, removed) -> None:
    assert "can't be typed" in run("resolve", "1", "record", "--value", "x", exit_code=2).stderr


def test_settings_merge_one_by_one(run, sides, new_store) -> None:
    sides(
        [("settings", "--spring-ends", "04-05", "--year-starts", "05-20", "--contact", "Clerk")],
        [("settings", "--summer-ends", "07-22", "--year-starts", "05-20")],
    )
    row = json.loads(new_store.read_bytes())["settings"]["store"]
    assert (row["spring_ends"], row["summer_ends"], row["year_starts"]) == (
        "04-05",
        "07-22",
        "05-20",
    )
    assert row["contact"] == "Clerk"
    assert run("conflicts").stdout == ""


def test_two_starts_of_the_year_are_a_conflict(run, sides, new_store) -> None:
    sides([("settings", "--year-starts", "05-20")], [("settings", "--year-starts", "05-22")],
          exit_code=1)  # fmt: skip
    run("resolve", "settings", "year_starts", "--theirs")
    assert "Municipal year starts on  22 May" in run("settings").stdout


def test_settings(run, sides, new_store, tmp_path) -> None:
    for name in ("base", "theirs"):
        shutil.copy(new_store, tmp_path / f"{name}.json")
    theirs = tmp_path / "theirs.json"
    theirs.write_text(theirs.read_text().replace("Corporate Parenting Committee", "Panel"))
    new_store.write_text(new_store.read_text().replace("Corporate Parenting Committee", "Board"))
    driver(tmp_path / "base.json", new_store, theirs, exit_code=1)
    assert "settings" in run("conflicts").stdout
    assert "settings" in run("check", exit_code=1).stdout
    assert (
        "can't be typed"
        in run("resolve", "settings", "committee", "--value", "x", exit_code=2).stderr
    )
    run("resolve", "settings", "committee", "--theirs")
    assert json.loads(new_store.read_bytes())["settings"]["store"]["committee"] == "Panel"
    run("undo", "--yes")
    assert "settings" in run("conflicts").stdout


LATER = ("--meeting", "2023-06-21", "--item", "Item 1", "--action")


@pytest.mark.parametrize(("side", "left"), [("--theirs", 2), ("--ours", 1)])
def test_one_day_with_two_types_of_meeting(run, sides, new_store, side, left) -> None:
    sides(
        [("add", *LATER, "Ours.", "--type", "formal")],
        [("add", *LATER, "Theirs.", "--type", "informal")],
        exit_code=1,
    )
    assert "2023-06-21-informal" in run("check", exit_code=1).stdout
    run("resolve", "2023-06-21-informal", "type", side)
    rows = json.loads(run("list", "--meeting", "2023-06-21", "--json").stdout)
    assert len({row["meeting_type"] for row in rows}) == left
    assert run("conflicts").stdout == ""


def test_printed_cells(run, sides, new_store, tmp_path) -> None:
    def with_cell(text):
        document = json.loads((tmp_path / "base.json").read_bytes())
        for row in document["actions"].values():
            row["printed"] = {"Notes": text}
        return canonical.dumps(document)

    shutil.copy(new_store, tmp_path / "base.json")
    new_store.write_bytes(with_cell("a"))
    (tmp_path / "theirs.json").write_bytes(with_cell("b"))
    driver(tmp_path / "base.json", new_store, tmp_path / "theirs.json", exit_code=1)
    assert "printed cell “Notes”" in run("conflicts").stdout
    run("resolve", "1", "printed.Notes", "--value", "c")
    run("resolve", "2", "printed.Notes", "--base")
    assert shown(run)["printed"] == {"Notes": "c"}
    assert shown(run, "2")["printed"] == {}


def test_two_merges_about_one_field(run, conflicted) -> None:
    document = json.loads(conflicted.read_bytes())
    row = next(row for row in document["actions"].values() if "_conflicts" in row)
    row["_conflicts"].append({"field": "response", "base": None, "ours": "x", "theirs": "y"})
    conflicted.write_bytes(canonical.dumps(document))
    assert "two things" in run("resolve", "1", "response", "--ours", exit_code=2).stderr
    run("resolve", "1", "response", "--value", "z")
    assert shown(run)["response"] == "z"


def test_walking_through_all(run, conflicted, at_a_terminal) -> None:
    done = run("resolve", input="Ours\nvalue\nHalf sent.\n")
    assert "date of completion" in done.stderr
    assert "Nothing is left." in done.stderr
    row = shown(run)
    assert (row["status"], row["response"]) == ("completed", "Half sent.")


def test_leaving_some_for_later(run, conflicted, at_a_terminal) -> None:
    before = conflicted.read_bytes()
    assert "Nothing was changed." in run("resolve", "1", input="s\ns\n").stderr
    assert conflicted.read_bytes() == before
    assert "2 left" in run("resolve", "1", "response", input="t\n").stderr


def test_somebody_else_settles_it_meanwhile(run, conflicted) -> None:
    answers = [(each, Resolution("theirs")) for each in resolve.find(store.read(conflicted), "1")]
    run("resolve", "1", "response", "--ours")
    before = conflicted.read_bytes()
    with pytest.raises(StoreError, match="Somebody else changed CPC-2223-001"):
        resolve.settle(conflicted, answers, Author("A clerk", "", "resolve"), date(2023, 7, 1))
    assert conflicted.read_bytes() == before


# --- what a merge without the driver leaves


def test_a_history_that_a_text_merge_doubled(run, sides, new_store) -> None:
    run("update", "1", "--response", "Sent.")
    document = json.loads(new_store.read_bytes())
    row = next(row for row in document["actions"].values() if row["ref"] == "CPC-2223-001")
    row["history"].append(row["history"][-1])
    new_store.write_bytes(canonical.dumps(document))
    assert (
        "Its history tells “response” of 2023-07-01T00:00:00Z twice"
        in run("check", exit_code=1).stdout
    )


def test_a_history_out_of_order(run, sides, new_store) -> None:
    document = json.loads(new_store.read_bytes())
    row = next(row for row in document["actions"].values() if row["ref"] == "CPC-2223-001")
    row["history"].append({**row["history"][0], "at": "2023-01-01T00:00:00Z"})
    new_store.write_bytes(canonical.dumps(document))
    assert "stands before 2023-01-01T00:00:00Z" in run("check", exit_code=1).stdout


def test_two_records_with_one_reference(run, sides, new_store) -> None:
    text = new_store.read_text()
    new_store.write_text(text.replace("CPC-2223-002", "CPC-2223-001"))
    assert "“cpctrack check” names them" in run("show", "1", exit_code=1).stderr
    assert "resolve --from-git" in run("check", exit_code=1).stdout


def test_a_meeting_that_is_gone(run, sides, new_store) -> None:
    document = json.loads(new_store.read_bytes())
    document["meetings"].clear()
    new_store.write_bytes(canonical.dumps(document))
    assert "resolve --from-git" in run("list", exit_code=1).stderr


def test_walking_where_nothing_is_left(run, new_store, at_a_terminal) -> None:
    assert "There is nothing to settle." in run("resolve", exit_code=1).stderr


def test_a_reference_that_is_used_by_now(run, conflicted) -> None:
    document = json.loads(conflicted.read_bytes())
    row = next(row for row in document["actions"].values() if "_conflicts" in row)
    row["_conflicts"] = [
        {"field": "ref", "base": None, "ours": "CPC-2223-001", "theirs": "CPC-2223-002"},
        {"field": "due", "base": None, "ours": "2023-04-01", "theirs": "2023-05-01"},
        {"field": "owners", "base": None, "ours": ["Chair"], "theirs": ["A", "B"]},
    ]
    conflicted.write_bytes(canonical.dumps(document))
    assert "theirs: 1 May 2023" in run("conflicts").stdout
    assert "theirs: A; B" in run("conflicts").stdout
    assert "by now" in run("resolve", "1", "ref", "--theirs", exit_code=1).stderr
    run("resolve", "1", "reference", "--ours")
    assert shown(run)["ref"] == "CPC-2223-001"


def test_a_status_can_be_typed(run, conflicted) -> None:
    run("resolve", "1", "status", "--value", "In progress")
    assert shown(run)["status"] == "in-progress"
    assert "date of completion" in run("conflicts").stdout

"""A copy that a synchronised folder has left: told of by every command, and brought in by one."""

import json
import shutil

import pytest

FORMAL = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 4. Homes")
RESOLVE = ("resolve", "--from-copy")


@pytest.fixture
def copy(run, store_path, make_once, monkeypatch):
    """Give the path of a copy in which a colleague has answered the one action there is."""

    def make():
        run("init", "--committee", "Corporate Parenting Committee")
        run("add", *FORMAL, "--action", "Report on homes.", "--owner", "Head of Homes")

    make_once("one action", make)
    path = store_path.with_name("actions (1).json")
    shutil.copy(store_path, path)
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-02")
    run("--store", str(path), "update", "1", "--response", "Hers.")
    monkeypatch.setenv("CPCTRACK_TODAY", "2023-07-03")
    return path


def warning(store_path, name="actions (1).json"):
    return (
        f"Beside {store_path} lies “{name}”, which may be a copy that a synchronised folder has "
        f'left. “cpctrack resolve --from-copy "{name}"” brings in what is new in it.\n'
    )


@pytest.mark.parametrize(
    "words", [("list",), ("list", "--json"), ("show", "1"), ("settings", "--json"), ("history",)]
)
def test_every_command_tells_of_a_copy(run, store_path, copy, words):
    assert run(*words).stderr == warning(store_path)
    quiet = run("--quiet", *words)
    assert quiet.stderr == warning(store_path)
    copy.unlink()
    assert run(*words).stderr == ""
    assert run(*words).stdout == quiet.stdout


def test_a_command_that_writes_tells_once(run, store_path, copy):
    assert run("update", "1", "--status", "in-progress").stderr.count("lies “") == 1


def test_no_more_than_a_few_are_named(run, store_path, copy):
    for number in range(2, 9):
        shutil.copy(copy, store_path.with_name(f"actions ({number}).json"))
    told = [warning(store_path, f"actions ({number}).json") for number in range(1, 5)]
    assert run("list").stderr == "".join(told)


def test_a_name_that_would_move_the_cursor_is_told_without(run, store_path, copy):
    try:
        copy.rename(store_path.with_name("actions \x1b[2J\n(1).json"))
    except OSError:
        pytest.skip("no file can be called so here")
    assert run("list").stderr == warning(store_path, "actions [2J (1).json")


def test_check_has_it_as_a_problem(run, store_path, copy):
    found = run("check", "--json", exit_code=1)
    assert [each for each in json.loads(found.stdout) if each["field"] == "copy"] == [
        {
            "name": "copy-not-brought-in",
            "tier": "attention",
            "ref": "actions (1).json",
            "field": "copy",
            "message": "A synchronised folder may have left it. “cpctrack resolve --from-copy "
            '"actions (1).json"” brings in what is new in it.',
            "committee": "Corporate Parenting Committee",
        }
    ]
    assert "lies “" not in found.stderr
    assert "  actions (1).json  Copy: A synchronised folder" in run("check", exit_code=1).stdout


def test_what_is_new_comes_in_and_the_copy_is_told_of_no_more(run, store_path, document, copy):
    run("update", "1", "--status", "in-progress")
    before, theirs = store_path.read_bytes(), copy.read_bytes()
    said = run(*RESOLVE, copy.name).stderr
    assert (
        said == f"Brought in: {store_path} now has what either held; you may delete {copy.name}.\n"
    )
    (row,) = document()["actions"].values()
    assert (row["response"], row["status"]) == ("Hers.", "in-progress")
    assert [line["change"] for line in row["history"]] == ["added", "response", "status"]
    assert copy.read_bytes() == theirs
    assert run("list").stderr == ""
    after = store_path.read_bytes()
    again = run(*RESOLVE, str(copy)).stderr
    assert again == f"{store_path} has all that {copy} holds; you may delete the copy.\n"
    assert store_path.read_bytes() == after
    shown = run("undo", "--yes").stdout
    assert "  that a copy of the store was brought in\n" in shown
    assert store_path.read_bytes() == before
    assert run("list").stderr == warning(store_path)


def test_an_older_copy_brings_nothing(run, store_path, document, copy):
    shutil.copy(store_path, copy)
    run("update", "1", "--response", "His.")
    before = document()
    assert "has all that" in run(*RESOLVE, copy.name).stderr
    assert {**document(), "copies": None} == {**before, "copies": None}
    assert run("list").stderr == ""


def test_what_both_had_imported_can_be_taken_back(run, store_path, document, copy, tmp_path):
    table = tmp_path / "table.tsv"
    table.write_text("Item\tAction\tOwner\n5. Schools\tReport on schools.\tHead\n", "utf-8")
    imports = ("import", str(table), "--yes", *FORMAL[:4])
    run(*imports)
    run("--store", str(copy), *imports)
    before = document()
    run(*RESOLVE, copy.name)
    assert len(document()["actions"]) == 2
    merged = document()
    run("undo", "--yes")
    assert document() == before
    run("redo", "--yes")
    assert document() == merged


def test_of_two_copies_each_is_taken_back(run, store_path, document, copy):
    other = store_path.with_name("actions (2).json")
    shutil.copy(store_path, other)
    add = ("add", *FORMAL, "--action", "Report on schools.")
    run("--store", str(copy), *add)
    run("--store", str(other), *add)
    run("--store", str(other), "undo", "--yes")
    before = document()
    run(*RESOLVE, copy.name)
    first = document()
    run(*RESOLVE, other.name)
    run("undo", "--yes")
    assert document() == first
    run("undo", "--yes")
    assert document() == {**before, "withdrawn": {"CPC-2223-002": {}}}
    assert "resolve" not in run("undo", "--yes").stdout


def test_two_answers_are_a_question(run, copy):
    run("update", "1", "--response", "His.")
    assert "1 conflict is left: see “cpctrack conflicts”" in run(*RESOLVE, copy.name).stderr
    (clash,) = json.loads(run("conflicts", "--json").stdout)
    assert (clash["base"], clash["ours"], clash["theirs"]) == (None, "His.", "Hers.")
    run("resolve", "1", "response", "--theirs")
    assert json.loads(run("show", "1", "--json").stdout)["response"] == "Hers."


def test_settings_are_asked_about_unless_the_undo_log_knows(run, store_path, document, copy):
    run("--store", str(copy), "settings", "--remind-after", "5")
    run("settings", "--clerk", "Democratic Services")
    undo_log = store_path.with_name(".actions.json.undo")
    known, held = undo_log.read_bytes(), store_path.read_bytes()
    run(*RESOLVE, copy.name)
    settled = document()["settings"]["store"]
    assert (settled["remind_after"], settled["clerk"]) == ("5", "Democratic Services")
    for log in (known, b""):
        store_path.write_bytes(held)
        undo_log.write_bytes(log)
        run("settings", "--remind-after", "9")
        run(*RESOLVE, copy.name)
        (clash,) = document()["settings"]["store"]["_conflicts"]
        assert clash == {"field": "remind_after", "base": None, "ours": "9", "theirs": "5"}


def test_records_of_one_reference_get_two_and_an_exempt_one_stays_exempt(run, document, copy):
    run("--store", str(copy), "add", *FORMAL, "--action", "Hers.", "--exempt", "12")
    run("add", *FORMAL, "--action", "His.")
    said = run(*RESOLVE, copy.name).stderr
    assert "Two actions had the reference CPC-2223-002; the younger is now CPC-2223-003." in said
    rows = {row["action"]: row for row in document()["actions"].values()}
    assert {rows["His."]["ref"], rows["Hers."]["ref"]} == {"CPC-2223-002", "CPC-2223-003"}
    assert rows["Hers."]["exempt_paragraph"] == "12"


def test_what_one_made_exempt_and_the_other_worked_on_is_told(run, copy):
    run("update", "1", "--exempt", "12")
    assert "CPC-2223-001: One of you made it exempt" in run(*RESOLVE, copy.name).stderr


def test_what_one_took_back_is_there_again(run, document, copy):
    run("--store", str(copy), "update", "1", "--status", "in-progress")
    run("undo", "--yes")
    assert document()["actions"] == {}
    said = run(*RESOLVE, copy.name).stderr
    assert (
        "Under CPC-2223-001 one of you had taken an action back and the other has one; look "
        "whether it should stay.\n"
    ) in said
    assert [row["ref"] for row in document()["actions"].values()] == ["CPC-2223-001"]


def changed(old, new):
    return lambda content: content.replace(old, new)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda _: b"", "is empty; restore it from git or a backup."),
        (lambda content: content[:99], "is damaged: line"),
        (lambda content: b"<<<<<<< ours\n" + content, "holds git's conflict markers"),
        (lambda _: b"[]", "is JSON but not a cpctrack store"),
        (lambda content: content.decode().encode("utf-16"), "was saved by another program"),
        (changed(b'"schema": 2', b'"schema": 9'), "was written by a newer cpctrack (form 9;"),
        (changed(b'"history": [', b'"history": [7,'), "Action CPC-2223-001: its owners"),
        (changed(b'"prefix"', b'"_conflicts": [7], "prefix"'), "Action settings: its conflicts"),
    ],
    ids=["empty", "cut off", "markers", "no store", "UTF-16", "newer", "history", "conflicts"],
)
def test_a_copy_that_cannot_be_read_changes_nothing(run, store_path, copy, damage, message):
    before = store_path.read_bytes()
    copy.write_bytes(damage(copy.read_bytes()))
    said = run(*RESOLVE, copy.name, exit_code=1).stderr
    assert said.startswith(f"Error: {copy} can't be brought in; the store is as it was. ")
    assert message in said
    assert store_path.read_bytes() == before


def test_the_store_of_another_committee_stays_its_own(run, store_path, copy):
    copy.unlink()
    run("--store", str(copy), "init", "--committee", "Licensing")
    assert run(*RESOLVE, str(copy), exit_code=1).stderr == (
        f"Error: {copy} is a store of its own, that of Licensing with references in L, and no copy "
        "of this one; nothing was changed.\n"
    )


def test_only_a_file_can_be_a_copy(run, store_path, copy, tmp_path):
    (tmp_path / "folder.json").mkdir()
    for name, message in (
        ("folder.json", "folder.json is a folder; name the copy of the store.\n"),
        ("nothing.json", "nothing.json; name the copy that lies beside the store.\n"),
        ("actions.json", "actions.json is the store itself; name the copy of it.\n"),
    ):
        assert run(*RESOLVE, str(tmp_path / name), exit_code=2).stderr.endswith(message)
    store_path.unlink()
    assert "There is no store at" in run(*RESOLVE, str(copy), exit_code=1).stderr


def test_a_link_is_what_it_leads_to(run, store_path, copy, tmp_path):
    (tmp_path / "folder").mkdir()
    try:
        (tmp_path / "one.json").symlink_to(tmp_path / "folder", target_is_directory=True)
        (tmp_path / "two.json").symlink_to(store_path)
    except OSError:
        pytest.skip("links can't be made here")
    assert "one.json is a folder" in run(*RESOLVE, "one.json", exit_code=2).stderr
    assert "two.json is the store itself" in run(*RESOLVE, "two.json", exit_code=2).stderr


@pytest.mark.parametrize("words", [("1",), ("--ours",), ("--value", "x"), ("--from-git",)])
def test_it_goes_alone(run, copy, words):
    said = run(*RESOLVE, copy.name, *words, exit_code=2).stderr
    assert "Error: --from-copy goes alone; settle what is left afterwards.\n" in said


@pytest.fixture
def council(run, copy, tmp_path):
    """Give a folder of two stores, each with a copy of the same name beside it or none."""
    folder = tmp_path / "council"
    (folder / "cpc").mkdir(parents=True)
    for path in (copy, copy.with_name("actions.json")):
        shutil.copy(path, folder / "cpc")
    run("--store", str(folder / "licensing.json"), "init", "--committee", "Licensing")
    return folder


def test_in_a_folder_of_stores_a_copy_is_named_and_left_out(run, council, copy):
    store = council / "cpc" / "actions.json"
    done = run("--store", str(council), "list", "--json")
    assert done.stderr == warning(store)
    assert [row["response"] for row in json.loads(done.stdout)] == [""]
    beside = council / "licensing (1).json"
    shutil.copy(council / "licensing.json", beside)
    beside.write_bytes(beside.read_bytes().replace(b"Licensing", b"Licences"))
    done = run("--store", str(council), "settings", "--json")
    assert len(json.loads(done.stdout)) == 2
    assert warning(council / "licensing.json", beside.name) in done.stderr


def test_of_several_stores_the_copy_goes_into_the_one_it_lies_beside(run, council, copy):
    said = run("--store", str(council), *RESOLVE, copy.name).stderr
    assert said.startswith(f"Brought in: {council / 'cpc' / 'actions.json'} now has")
    shutil.copy(copy, council / "elsewhere.json")
    elsewhere = str(council / "elsewhere.json")
    stores = [("--store", str(council / name)) for name in ("cpc", "licensing.json")]
    said = run(*stores[0], *stores[1], *RESOLVE, elsewhere, exit_code=2).stderr
    assert "Which committee?" in said

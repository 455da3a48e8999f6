"""``export``: one committee or a council for other programs, and nothing exempt."""

import json
import sqlite3
from contextlib import closing

import pytest

from cpctrack.store import files

FORMAL = ("--meeting", "13/3/2024", "--type", "formal", "--item", "Item 4. Taxis")
PRIVATE = ("--meeting", "20/3/2024", "--type", "informal", "--item", "Item 9")


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-06-12")


@pytest.fixture
def actions(run, new_store):
    """Give a store of two public records; one is late."""
    run("add", *FORMAL, "--action", "Report back.", "--owner", "Head of Law", "--due", "1/5/2024")
    run("add", *FORMAL, "--action", "Write to the drivers.", "--owner", "Clerk")
    return new_store


@pytest.fixture
def hide(run):
    """Add an exempt record, and an informal meeting that has no other."""
    return lambda: [
        run("add", *where, "--action", "The qzx contract.", "--exempt", "3")
        for where in (FORMAL, PRIVATE)
    ]


def rows_of(path, table):
    with closing(sqlite3.connect(path)) as database:
        return database.execute(f"SELECT * FROM {table}").fetchall()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_database_by_its_ending(run, actions, tmp_path):
    done = run("export", "-o", str(tmp_path / "out.db"))
    assert "out.db: 2 actions." in done.stderr
    assert done.stdout == ""
    assert len(rows_of(tmp_path / "out.db", "records")) == 2
    assert len(rows_of(tmp_path / "out.db", "overdue_records")) == 1
    assert len(rows_of(tmp_path / "out.db", "changes")) == 2


def test_a_folder_gets_json_lines(run, actions, tmp_path):
    done = run("export", "-o", str(tmp_path / "new" / "out"))
    assert "(meetings.jsonl, records.jsonl, changes.jsonl)" in done.stderr
    lines = (tmp_path / "new" / "out" / "records.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["action"] for line in lines] == [
        "Report back.", "Write to the drivers."
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_a_folder_of_what_is_asked_for(run, actions, tmp_path, form):
    run("export", "-o", str(tmp_path / "out"), "--format", form)
    assert set(contents(tmp_path / "out")) == {
        f"{name}.{form}" for name in ("meetings", "records", "changes")
    }


def test_a_database_by_its_format(run, actions, tmp_path):
    run("export", "-o", str(tmp_path / "out.data"), "--format", "sqlite")
    assert len(rows_of(tmp_path / "out.data", "meetings")) == 1


@pytest.mark.parametrize("form", ["sqlite", "jsonl", "csv", "parquet"])
def test_the_bytes_are_the_same_with_exempt_records_and_without(run, actions, hide, tmp_path, form):
    def export(name):
        folder = tmp_path / name
        folder.mkdir()
        target = folder / "out.db" if form == "sqlite" else folder
        done = run("export", "-o", str(target), "--format", form)
        return contents(folder), done.stderr

    before, _ = export("before")
    hide()
    after, said = export("after")
    assert after == before
    assert "2 exempt actions are left out" in said


def test_exempt_records_come_when_asked_for_and_are_marked(run, actions, hide, tmp_path):
    hide()
    done = run("export", "-o", str(tmp_path / "out"), "--include-exempt")
    assert "Not for publication" in done.stderr
    made = contents(tmp_path / "out")
    assert all(name.startswith("not-for-publication-") for name in made)
    lines = map(json.loads, made["not-for-publication-records.jsonl"].splitlines())
    assert sorted(line["exempt"] for line in lines) == [False, False, True, True]
    run("export", "-o", str(tmp_path / "out.db"), "--include-exempt")
    assert rows_of(tmp_path / "out.db", "not_for_publication")
    assert len(rows_of(tmp_path / "out.db", "meetings")) == 2


def test_what_is_not_for_publication_stands_beside_nothing_that_is(run, actions, tmp_path):
    run("export", "-o", str(tmp_path), "--include-exempt")
    done = run("export", "-o", str(tmp_path), "--format", "csv", exit_code=2)
    assert "is not for publication, and would stand beside what is" in done.stderr
    assert not (tmp_path / "records.csv").exists()
    run("export", "-o", str(tmp_path), "--format", "csv", "--include-exempt")


def test_a_formal_meeting_that_agreed_nothing_is_there(run, actions, edit, tmp_path):
    quiet = {"date": "2024-05-01", "type": "formal"}
    edit(lambda held: held["meetings"].update({"2024-05-01-formal": quiet}))
    run("export", "-o", str(tmp_path / "out.db"))
    assert [row[2] for row in rows_of(tmp_path / "out.db", "meetings")] == [
        "2024-03-13", "2024-05-01"
    ]  # fmt: skip


@pytest.fixture
def several(run, actions, tmp_path):
    """Give the options that name two committees."""
    other = str(tmp_path / "lic.json")
    run("--store", other, "init", "--committee", "Licensing Committee", "--prefix", "LIC")
    run("--store", other, "add", *FORMAL, "--action", "Look into it.")
    return ("--store", str(actions), "--store", other)


def test_a_council_is_exported_as_one(run, several, tmp_path):
    done = run(*several, "export", "-o", str(tmp_path / "out.db"))
    assert "3 actions" in done.stderr
    committees = {row[1] for row in rows_of(tmp_path / "out.db", "records")}
    assert committees == {"Corporate Parenting Committee", "Licensing Committee"}


def test_a_private_store_stays_out(run, actions, tmp_path):
    private = str(tmp_path / "private.json")
    name = "Corporate Parenting Committee"
    run("--store", private, "init", "--committee", name, "--prefix", "CPCX")
    both = ("--store", str(actions), "--store", private)
    done = run(*both, "export", "-o", str(tmp_path / "out.db"), exit_code=1)
    assert "may be its private store" in done.stderr
    assert not (tmp_path / "out.db").exists()
    run(*both, "export", "-o", str(tmp_path / "out.db"), "--include-exempt")


def test_what_may_be_exempt_is_refused(run, actions, tmp_path):
    run("update", "1", "--response", "Not for publication by virtue of paragraph 3.")
    done = run("export", "-o", str(tmp_path / "out"), exit_code=1)
    assert "may say that it is exempt" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_there_stays_but_for_force(run, actions, tmp_path):
    taken = tmp_path / "out.db"
    run("export", "-o", str(taken))
    run("export", "-o", str(taken))  # nothing has changed
    taken.write_bytes(b"mine")
    done = run("export", "-o", str(taken), exit_code=1)
    assert "already exists; name another file, or add --force" in done.stderr
    assert taken.read_bytes() == b"mine"
    run("export", "-o", str(taken), "--force")
    assert rows_of(taken, "records")


def test_one_file_of_a_folder_that_is_there_keeps_all_out(run, actions, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "changes.jsonl").write_bytes(b"mine")
    run("export", "-o", str(tmp_path / "out"), exit_code=1)
    assert contents(tmp_path / "out") == {"changes.jsonl": b"mine"}


def test_the_store_is_never_written_over(run, actions):
    before = actions.read_bytes()
    done = run("export", "-o", str(actions), "--format", "sqlite", "--force", exit_code=2)
    assert "is what this is made from" in done.stderr
    assert actions.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say where the export goes"),
        (("-o", "out.json", "--schema"), "leave -o out"),
        (("-o", "out.csv"), "name a folder: -o out --format csv"),
        (("-o", "out.xlsx"), "name a folder: -o out --format jsonl"),
        (("-o", "out.db", "--format", "csv"), "looks like one file"),
        (("-o", ".", "--format", "sqlite"), "is a folder, and a database is a file"),
    ],
)
def test_what_goes_nowhere_is_refused(run, actions, monkeypatch, tmp_path, arguments, said):
    monkeypatch.chdir(tmp_path)
    assert said in run("export", *arguments, exit_code=2).stderr


def test_a_folder_where_a_file_should_go(run, actions, tmp_path):
    (tmp_path / "out" / "records.jsonl").mkdir(parents=True)
    done = run("export", "-o", str(tmp_path / "out"), exit_code=2)
    assert "is a folder, where a file should go" in done.stderr


def test_a_full_disk_leaves_nothing(run, actions, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    done = run("export", "-o", str(tmp_path / "out"), exit_code=1)
    assert "can't be written to (no space left on device)" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_file_that_cannot_be_read_is_different(run, actions, tmp_path, monkeypatch):
    taken = tmp_path / "out.db"
    taken.write_bytes(b"mine")
    read = files.read

    def refuse(path):
        if path == taken:
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(files, "read", refuse)
    assert "already exists" in run("export", "-o", str(taken), exit_code=1).stderr


def test_conflicts_are_settled_first(run, actions, edit, tmp_path):
    clash = {"field": "response", "base": "a", "ours": "b", "theirs": "c"}

    def leave(held):
        next(iter(held["actions"].values()))["_conflicts"] = [clash]

    edit(leave)
    done = run("export", "-o", str(tmp_path / "out"), exit_code=1)
    assert "before somebody has said what is right" in done.stderr

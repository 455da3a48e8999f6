"""``archive``: everything in one file that says whether it is whole, and nothing exempt."""

import io
import json
import zipfile
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpctrack.reading import archives
from cpctrack.tasks.archive import verify

FORMAL = ("--meeting", "13/3/2024", "--type", "formal", "--item", "Item 4. Taxis")
PRIVATE = ("--meeting", "20/3/2024", "--type", "informal", "--item", "Item 9")


@pytest.fixture(autouse=True)
def day(monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-06-12")


@pytest.fixture
def actions(run, new_store, tmp_path):
    """Give a store of two public records and one published pack."""
    run("add", *FORMAL, "--action", "Report <back>.", "--owner", "Head of Law", "--due", "1/5/2024")
    run("add", *FORMAL, "--action", "Write to the drivers.", "--owner", "Clerk")
    run("publish", "--meeting", "12/6/2024", "--view", "progress", "--format", "html",
        "-o", str(tmp_path / "pack"))  # fmt: skip
    return new_store


@pytest.fixture
def archived(run, tmp_path):
    """Archive the store, and give the path."""

    def call(*options, name="out.zip"):
        run("archive", "-o", str(tmp_path / name), *options)
        return tmp_path / name

    return call


def contents(path):
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(files):
    """Make an archive of files by their names, which may stand twice."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files:
            made.writestr(name, content)
    return stream.getvalue()


def with_manifest(files):
    lines = [f"{sha256(content).hexdigest()}  {name}\n" for name, content in files.items()]
    return packed([*files.items(), ("manifest-sha256.txt", "".join(lines))])


def test_it_holds_the_store_its_history_and_its_packs(run, actions, archived, tmp_path):
    made = contents(archived())
    assert list(made) == sorted(made)
    assert set(made) == {
        "CPC/actions.json", "CPC/changes.csv", "CPC/meetings.csv", "CPC/records.csv",
        "CPC/packs/2024-06-12-1-progress.csv", "CPC/packs/2024-06-12-1-progress.html",
        "CPC/packs/2024-06-12-1-progress.md", "index.html", "manifest-sha256.txt",
    }  # fmt: skip
    published = (tmp_path / "pack" / "progress-2024-06-12.html").read_bytes()
    assert made["CPC/packs/2024-06-12-1-progress.html"] == published
    assert made["CPC/actions.json"] == actions.read_bytes()
    for line in made["manifest-sha256.txt"].decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(made[name]).hexdigest() == digest
    page = made["index.html"].decode()
    assert "2 actions, 2 not finished, 1 overdue, " in page
    assert ", 1 published pack." in page
    assert all(f'href="{name}"' in page for name in made if "/" in name)


def test_the_same_store_makes_the_same_bytes(actions, archived):
    assert archived(name="a.zip").read_bytes() == archived(name="b.zip").read_bytes()


def test_what_is_whole_is_said_to_be(run, actions, archived):
    path = archived()
    done = run("archive", "--verify", str(path))
    assert (done.stdout, "is whole" in done.stderr) == ("", True)


def test_its_own_checksum_is_told(run, actions, tmp_path):
    done = run("archive", "-o", str(tmp_path / "out.zip"))
    assert sha256((tmp_path / "out.zip").read_bytes()).hexdigest() in done.stderr


def test_a_council_has_a_folder_for_each_committee(run, actions, tmp_path):
    other = str(tmp_path / "lic.json")
    run("--store", other, "init", "--committee", "Licensing <b>", "--prefix", "LIC")
    run("--store", str(actions), "--store", other, "archive", "-o", str(tmp_path / "out.zip"))
    made = contents(tmp_path / "out.zip")
    assert {name.partition("/")[0] for name in made if "/" in name} == {"CPC", "LIC"}
    assert b"Archive of 2 committees" in made["index.html"]
    assert b"Licensing &lt;b&gt;" in made["index.html"]
    assert verify((tmp_path / "out.zip").read_bytes(), "out.zip") == []


def test_the_bytes_are_the_same_with_exempt_records_and_without(run, actions, archived, tmp_path):
    before = archived(name="before.zip").read_bytes()
    for where in (FORMAL, PRIVATE):
        run("add", *where, "--action", "The qzx contract.", "--exempt", "3")
    done = run("archive", "-o", str(tmp_path / "after.zip"))
    assert "2 exempt actions are left out" in done.stderr
    assert (tmp_path / "after.zip").read_bytes() == before


def test_neither_habits_owners_nor_unknown_settings_go_with_it(actions, archived, edit):
    before = archived(name="before.zip").read_bytes()

    def know_more(held):
        held["habits"] = {"initials: JB": {"taken": 4, "name": "qzx"}}
        held["owners"] = {"qzx": {"name": "qzx", "email": "qzx@example.org"}}
        held["settings"]["store"]["x_signature"] = "qzx"

    edit(know_more)
    assert archived(name="after.zip").read_bytes() == before


def test_references_that_were_taken_back_go_with_it(run, actions, archived):
    run("add", *FORMAL, "--action", "A slip.")
    run("undo", "--yes")
    held = json.loads(contents(archived())["CPC/actions.json"])
    assert held["withdrawn"] == {"CPC-2324-003": {}}


def test_all_of_it_comes_when_asked_for_and_is_marked(run, actions, archived):
    run("add", *FORMAL, "--action", "The qzx contract.", "--exempt", "3")
    path = archived("--include-exempt")
    made = contents(path)
    assert made["CPC/actions.json"] == actions.read_bytes()
    assert b"qzx" in made["CPC/not-for-publication-records.csv"]
    assert b"Not for publication" in made["index.html"]
    assert b"NOT-FOR-PUBLICATION.txt" in made["manifest-sha256.txt"]
    assert verify(path.read_bytes(), "out.zip") == []


def test_a_pack_that_must_not_be_shown_any_more_is_left_out(run, actions, archived, tmp_path):
    run("update", "1", "--exempt", "3")
    done = run("archive", "-o", str(tmp_path / "out.zip"))
    assert "1 published pack left out" in done.stderr
    made = contents(tmp_path / "out.zip")
    assert not [name for name in made if "packs" in name]
    assert b"Report" not in b"".join(made.values())
    assert any("packs" in name for name in contents(archived("--include-exempt", "--force")))


def test_an_empty_store_can_be_archived(run, new_store, archived):
    assert b"0 actions" in contents(archived())["index.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say where the archive goes"),
        (("-o", "a.zip", "--verify", "b.zip"), "Say where the archive goes"),
        (("-o", "a.tar"), "name it so: -o a.zip"),
    ],
)
def test_wrong_usage(run, new_store, arguments, said):
    assert said in run("archive", *arguments, exit_code=2).stderr


def test_a_prefix_that_names_no_folder(run, actions, edit, tmp_path):
    edit(lambda held: held["settings"]["store"].update(prefix="../x"))
    done = run("archive", "-o", str(tmp_path / "out.zip"), exit_code=1)
    assert "The prefix “../x” of" in done.stderr


def test_a_damaged_pack_stops_it(run, actions, edit, tmp_path):
    def damage(held):
        next(iter(held["publications"].values()))["rows"][0]["item"] = "Another"

    edit(damage)
    done = run("archive", "-o", str(tmp_path / "out.zip"), exit_code=1)
    assert "its rows are not those that were printed" in done.stderr
    assert not (tmp_path / "out.zip").exists()


def test_what_could_not_be_verified_is_not_written(run, actions, tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_ENTRIES", 3)
    done = run("archive", "-o", str(tmp_path / "out.zip"), exit_code=1)
    assert "Nothing was archived" in done.stderr
    assert not (tmp_path / "out.zip").exists()


def test_a_missing_archive(run, new_store, tmp_path):
    done = run("archive", "--verify", str(tmp_path / "none.zip"), exit_code=1)
    assert "can't be read" in done.stderr


def test_every_file_that_was_changed_removed_or_added_is_named(run, actions, archived, tmp_path):
    whole = contents(archived())
    for name in whole:
        changed = {**whole, name: whole[name].replace(b"e", b"a", 1)}
        removed = {other: content for other, content in whole.items() if other != name}
        for files in (changed, removed):
            (tmp_path / "x.zip").write_bytes(packed(files.items()))
            done = run("archive", "--verify", str(tmp_path / "x.zip"), exit_code=1)
            assert done.stdout
            assert name in done.stdout or "manifest" in name
    added = verify(packed([*whole.items(), ("CPC/more.csv", b"x")]), "x.zip")
    assert added == ["CPC/more.csv is not in the manifest: it was added later."]


def test_what_is_wrong_with_a_store_is_said_though_its_checksum_is_right(actions, archived):
    whole = contents(archived())
    del whole["manifest-sha256.txt"]
    held = json.loads(whole["CPC/actions.json"])
    next(iter(held["publications"].values()))["frozen"]["content"] = "AAAA"
    broken = {
        json.dumps(held).encode(): "damaged",
        b"{}": "not a cpctrack store",
        b"<<<<<<< ours": "conflict markers",
        b"[" * 100_000: "",
        b"\xff": "UTF-8",
        whole["CPC/actions.json"].replace(b'"open"', b'"shut"'): "the status “shut”",
    }
    for content, said in broken.items():
        (problem,) = verify(with_manifest({**whole, "CPC/actions.json": content}), "x.zip")
        assert problem.startswith("CPC/actions.json: "), problem
        assert said in problem
    del whole["CPC/actions.json"]
    assert verify(with_manifest(whole), "x.zip") == ["x.zip holds no store."]


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/x", "C:/x", "a\\..\\b", "CPC/../../x", "CPC//x", "x\x1b[2J", "a/b/c/d/e/f", "é"],
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    (problem,) = verify(packed([(name, b"x")]), "x.zip")
    assert "a name that cpctrack gives no file" in problem
    assert "\x1b" not in problem


def test_a_name_that_stands_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = packed([("CPC/a.csv", b"x"), ("CPC/a.csv", b"y")])
    assert "gives once" in verify(content, "x.zip")[0]


def test_a_bomb_is_not_opened():
    (problem,) = verify(packed([("CPC/a.csv", bytes(64 * 1024 * 1024))]), "x.zip")
    assert "far more than it seems to hold" in problem


def test_a_manifest_of_another_kind():
    problems = verify(packed([("manifest-sha256.txt", b"hello\n")]), "x.zip")
    assert problems[0] == "manifest-sha256.txt: the line “hello” does not belong in it."


@pytest.mark.parametrize(("before", "behind"), [(b"#!/bin/sh\n", b""), (b"", b"more")])
def test_what_was_put_around_an_archive_is_refused(before, behind):
    whole = with_manifest({"CPC/actions.json": b"{}"})
    (said,) = verify(before + whole + behind, "x.zip")
    assert said.startswith("x.zip is damaged, or is no archive that cpctrack made")


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04"])
def test_what_is_no_archive(content):
    assert "no archive that cpctrack made" in verify(content, "x.zip")[0]


@given(at=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_flipped_bit_changes_what_is_read_unseen(small, at, bit):
    spoilt = bytearray(small)
    spoilt[int(at * len(small))] ^= 1 << bit
    try:
        same = contents(io.BytesIO(bytes(spoilt))) == contents(io.BytesIO(small))
    except Exception:  # whatever the module makes of it
        same = False
    assert same or verify(bytes(spoilt), "x.zip")


@pytest.fixture
def small(run, new_store, archived):
    return archived().read_bytes()


def test_a_way_of_packing_that_we_do_not_use_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as made:
        made.writestr("CPC/a.csv", b"x")
    assert "no archive that cpctrack made" in verify(stream.getvalue(), "x.zip")[0]


def test_a_pack_of_a_view_that_somebody_invented_gets_a_plain_name(actions, archived, edit):
    edit(lambda held: next(iter(held["publications"].values())).update(view="../x"))
    assert "CPC/packs/2024-06-12-1----x.html" in contents(archived())

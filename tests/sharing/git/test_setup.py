"""``cpctrack git-setup``: what it writes, that it can be repeated and taken back, and says so."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner

from cpctrack.cli.main import main
from cpctrack.errors import GitError
from cpctrack.sharing import git
from cpctrack.store import files
from cpctrack.tasks import git_setup

LINE = "/actions.json merge=cpctrack diff=cpctrack text eol=lf"
FORMAL = ("--meeting", "2023-03-15", "--type", "formal")


def state(clone):
    """Everything the command may touch, byte for byte."""
    names = (".gitattributes", ".git/config", ".git/info/exclude")
    paths = [clone.folder / name for name in names]
    return [path.read_bytes() if path.exists() else None for path in paths]


def attributes(clone):
    said = clone.git("check-attr", "merge", "diff", "text", "eol", "--", clone.store.name)
    return dict(line.split(": ")[1:] for line in said.splitlines())


ATTRIBUTES = {"merge": "cpctrack", "diff": "cpctrack", "text": "set", "eol": "lf"}


# --- what it does


def test_says_what_it_did(plain):
    said = plain.run("git-setup").stderr
    assert said.startswith("git now puts two people's changes to actions.json together")
    assert f"{plain.folder / '.gitattributes'}: a line for the store. Commit this file" in said
    assert "how to merge the store" in said
    assert f"{plain.folder / '.git/info/exclude'}: cpctrack's undo log" in said
    assert "each in their own clone" in said
    assert (plain.folder / ".gitattributes").read_text(encoding="utf-8") == LINE + "\n"
    assert attributes(plain) == ATTRIBUTES


def test_twice_is_as_once(plain):
    plain.run("git-setup")
    before = state(plain)
    said = plain.run("git-setup").stderr
    assert said == "git was set up for actions.json already; nothing was changed.\n"
    assert state(plain) == before


@pytest.mark.parametrize(
    "held",
    [
        None,
        b"*.docx binary\n",
        b"*.docx binary\r\n*.txt text\r\n",
        b"*.docx binary\n\n# the end",
        b"* text=auto eol=crlf\n*.json -text merge=union\n",
    ],
)
def test_undo_leaves_no_trace(plain, held):
    for name in (".gitattributes", ".git/info/exclude"):
        if held:
            (plain.folder / name).write_bytes(held)
    before = state(plain)
    plain.run("git-setup")
    assert attributes(plain) == ATTRIBUTES
    content = (plain.folder / ".gitattributes").read_bytes()
    assert content.startswith(held or b"")
    assert (b"eol=lf\r\n" in content) == (b"\r\n" in (held or b""))
    said = plain.run("git-setup", "--undo").stderr
    assert said.startswith("git treats actions.json as any other file again:")
    assert said.count("gone") == 3
    assert state(plain) == before
    assert "was not set up" in plain.run("git-setup", "--undo").stderr


def test_lines_around_its_own_stay(plain):
    plain.run("git-setup")
    file = plain.folder / ".gitattributes"
    file.write_bytes(b"*.a x\r\n" + file.read_bytes() + b"*.b y")
    plain.git("config", "merge.other.driver", "true")
    plain.run("git-setup", "--undo")
    assert file.read_bytes() == b"*.a x\r\n*.b y"
    assert plain.git("config", "merge.other.driver") == "true\n"


def test_what_git_leaves_alone(plain):
    plain.run("git-setup")
    for path in (files.beside(plain.store, "undo"), files.beside(plain.store, "lock")):
        assert plain.git("check-ignore", path.name).strip() == path.name
    for name in (".actions.json.0123abcd.tmp", "..actions.json.undo.0123abcd.tmp"):
        assert plain.git("check-ignore", name).strip() == name
    plain.git("check-ignore", "actions.json", exit_code=1)


def test_store_below_the_top(plain):
    below = plain.folder / "Tŷ [1] *"
    below.mkdir()
    plain.store = plain.store.rename(below / "actions.json")
    said = plain.run("git-setup").stderr
    assert "changes to Tŷ [1] */actions.json" in said
    content = (plain.folder / ".gitattributes").read_text(encoding="utf-8")
    assert content == f'"/Tŷ \\\\[1] \\\\*/actions.json" {LINE.partition(" ")[2]}\n'
    here = type(plain)(below)
    assert attributes(here) == ATTRIBUTES
    here.git("check-ignore", ".actions.json.undo")
    (plain.folder / "Tŷ 1 x").mkdir()
    assert plain.git("check-attr", "merge", "Tŷ 1 x/actions.json").endswith("unspecified\n")
    plain.git("check-ignore", "Tŷ 1 x/.actions.json.undo", exit_code=1)


def test_worktree_shares_the_settings_of_its_clone(clone, tmp_path):
    clone.git("worktree", "add", "-q", str(tmp_path / "second place"), "-b", "second")
    second = type(clone)(tmp_path / "second place")
    assert "set up for actions.json already" in second.run("git-setup").stderr
    second.run("git-setup", "--undo")
    assert not (second.folder / ".gitattributes").exists()
    assert (clone.folder / ".gitattributes").exists()  # every branch has its own
    assert ".actions.json" not in (clone.folder / ".git/info/exclude").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="making a link needs a right few have on Windows")
def test_link_to_the_store(plain, tmp_path):
    link = tmp_path / "link.json"
    link.symlink_to(plain.store)
    linked = type(plain)(tmp_path, "link.json")
    linked.run("git-setup")
    assert attributes(plain) == ATTRIBUTES


def test_second_store_of_a_repository(plain):
    (plain.folder / "licensing").mkdir()
    second = type(plain)(plain.folder / "licensing")
    shutil.copy(plain.store, second.store)
    plain.run("git-setup")
    second.run("git-setup")
    plain.run("git-setup", "--undo")
    assert attributes(plain)["merge"] == "unspecified"
    assert attributes(second) == ATTRIBUTES
    assert "merge-driver" in plain.git("config", "merge.cpctrack.driver")
    second.run("git-setup", "--undo")
    plain.git("config", "merge.cpctrack.driver", exit_code=1)


def test_line_that_others_overrule_goes_to_the_end(plain):
    file = plain.folder / ".gitattributes"
    file.write_text(f"{LINE}\n*.json merge=union\n", encoding="utf-8")
    plain.run("git-setup")
    assert file.read_text(encoding="utf-8") == f"*.json merge=union\n{LINE}\n"


def test_warns_of_what_it_can_not_overrule(plain):
    others = plain.folder / ".git" / "info" / "attributes"
    others.write_text("*.json merge=union\n", encoding="utf-8")
    for _ in range(2):
        said = plain.run("git-setup").stderr
        assert "Another line says something else of actions.json" in said


def test_warns_of_a_log_that_git_keeps(plain):
    plain.git("add", "-f", ".actions.json.undo")
    assert "“git rm --cached .actions.json.undo”" in plain.run("git-setup").stderr
    plain.git("rm", "-q", "--cached", ".actions.json.undo")
    assert "--cached" not in plain.run("git-setup").stderr


def test_another_python_takes_the_place_of_the_old(plain, monkeypatch):
    plain.run("git-setup")
    monkeypatch.setattr(sys, "executable", "/new/python")
    said = plain.run("git-setup").stderr
    assert said.count("\n  ") == 1
    assert plain.git("config", "--get-all", "merge.cpctrack.driver").startswith(
        "rc=127; test -f /new/python && { /new/python -P "
    )


# --- how a comparison reads


def test_parts_of_a_comparison_name_the_record(clone):
    clone.commit("update", "2", "--response", "First.")
    clone.commit("add", *FORMAL, "--item", "Item 9", "--recommendation", "That “all” be told.")
    clone.run("update", "2", "--status", "completed", "--completed-on", "2023-06-01")
    clone.run("update", "4", "--referrer", "Chair")
    diff = clone.git("diff")
    headings = re.findall(r"^@@ .* @@ ?(.*)$", diff, re.MULTILINE)
    assert headings
    named = [heading for heading in headings if heading]
    assert set(named) <= {"Provide a note on Health.", "That “all” be told."} | set(
        clone.document["actions"]
    )
    assert "Provide a note on Health." in named
    for part in re.split(r"^@@ ", diff, flags=re.MULTILINE)[1:]:
        heading = re.match(r".* @@ ?(.*)", part)[1]
        other = {"Provide a note on Health.": '"ref": "CPC-2223-00', "": "@"}.get(heading, "@")
        before_change = re.split(r"^[+-]", part, flags=re.MULTILINE)[0].partition("\n")[2]
        assert other not in before_change  # no part that has left the record it names


def test_long_action_is_cut_in_its_heading(clone):
    clone.commit("update", "1", "--action", "Say “é” " * 40)
    clone.run("update", "1", "--response", "Said.")
    heading = re.search(r"^@@ .* @@ (.+)$", clone.git("diff"), re.MULTILINE)[1]
    assert heading.startswith("Say “é” Say")
    assert len(heading) <= 60


# --- what stands in the way


def test_no_repository(run, new_store):
    result = run("git-setup", exit_code=1)
    assert "is not in a working folder of git" in result.stderr
    assert "git init" in result.stderr


def test_no_git(run, new_store, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed here" in run("git-setup", exit_code=1).stderr


def test_no_store(plain):
    plain.store.unlink()
    assert "There is no store" in plain.run("git-setup", exit_code=1).stderr
    assert not (plain.folder / ".gitattributes").exists()


def test_file_that_can_not_be_read_or_written(plain, monkeypatch):
    (plain.folder / ".gitattributes").mkdir()
    assert "can't be read (is a directory)" in plain.run("git-setup", exit_code=1).stderr
    (plain.folder / ".gitattributes").rmdir()

    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_atomically", full)
    said = plain.run("git-setup", exit_code=1).stderr
    assert "can't be written (no space left on device)" in said


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_attributes_without_end_are_not_read(plain):
    os.mkfifo(plain.folder / ".gitattributes")
    assert "can't be read (it is a pipe" in plain.run("git-setup", exit_code=1).stderr


def test_settings_that_git_can_not_write(plain):
    (plain.folder / ".git" / "config.lock").touch()
    said = plain.run("git-setup", exit_code=1).stderr
    assert said.startswith("Error: git could not do what was needed (git config: ")


def test_no_such_folder(tmp_path):
    with pytest.raises(GitError, match="There is no folder"):
        git.top(tmp_path / "missing")


# --- init offers it


@pytest.fixture
def new_folder(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    return folder


def begin(folder, *options, **more):
    words = [*options, "--store", str(folder / "actions.json"), "init", "--committee", "Licensing"]
    result = CliRunner().invoke(main, words, prog_name="cpctrack", **more)
    assert result.exit_code == 0
    return result


@pytest.mark.parametrize(("answer", "done"), [("\n", True), ("y\n", True), ("n\n", False)])
def test_init_asks_on_a_terminal(new_folder, at_a_terminal, answer, done):
    said = begin(new_folder, input=answer).stderr
    assert "Shall git learn to merge the store? [Y/n]" in said
    assert (new_folder / ".gitattributes").exists() == done
    assert ("run “cpctrack git-setup” once." in said) == (not done)


def test_init_says_how_in_a_pipe(new_folder):
    said = begin(new_folder).stderr
    assert said.endswith("To share it through git without loss, run “cpctrack git-setup” once.\n")
    assert not (new_folder / ".gitattributes").exists()


def test_init_says_nothing_when_quiet_or_outside(new_folder, tmp_path):
    assert begin(new_folder, "--quiet").stderr == ""
    assert "git" not in begin(tmp_path).stderr.replace(str(tmp_path), "")


# --- a clone that has the line and not the driver

NEVER_TOLD = (
    "This clone was never told how to merge actions, so git would merge actions.json line by line; "
    "type “cpctrack git-setup” once.\n"
)


@pytest.fixture
def fresh(clone, tmp_path):
    """Give a clone of a shared folder in which nobody has typed ``cpctrack git-setup``."""
    clone.git("clone", "-q", ".", str(tmp_path / "fresh clone"))
    return type(clone)(tmp_path / "fresh clone")


def test_a_clone_without_the_driver_says_so_when_it_writes(fresh):
    said = fresh.run("update", "1", "--status", "in-progress").stderr
    assert said.count(NEVER_TOLD) == 1
    assert fresh.record("CPC-2223-001")["status"] == "in-progress"
    assert fresh.run("list").stderr == ""
    assert NEVER_TOLD in fresh.run("update", "1", "--status", "open").stderr
    assert NEVER_TOLD not in fresh.run("-q", "update", "1", "--status", "deferred").stderr
    fresh.run("git-setup")
    assert NEVER_TOLD not in fresh.run("update", "1", "--status", "in-progress").stderr


def test_a_driver_that_comes_from_elsewhere_is_one(fresh, tmp_path):
    elsewhere = tmp_path / "of the council"
    elsewhere.write_text('[merge "cpctrack"]\n\tdriver = cpctrack merge-driver', encoding="utf-8")
    fresh.git("config", "include.path", str(elsewhere))
    assert "git would merge" not in fresh.run("update", "1", "--status", "open").stderr


@pytest.mark.parametrize("line", ["/other.json merge=cpctrack", "*.json merge=union", ""])
def test_a_store_that_git_need_not_merge_is_passed_over(fresh, line):
    (fresh.folder / ".gitattributes").write_text(f"{line}\n", encoding="utf-8")
    assert "git would merge" not in fresh.run("update", "1", "--status", "open").stderr


def test_git_is_not_asked_where_no_line_names_cpctrack(plain, monkeypatch):
    (plain.folder / ".gitattributes").write_text("*.json text\n", encoding="utf-8")
    monkeypatch.setattr(git, "get_config", None)
    assert git_setup.missing_driver(plain.store) == ""


def test_a_python_that_has_moved_is_told_and_mended(clone, tmp_path, monkeypatch):
    gone = tmp_path / "100 % gone" / "python"
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(gone))
        clone.run("git-setup")
    said = clone.run("update", "1", "--status", "in-progress").stderr
    assert (
        f"git looks for cpctrack at {gone.as_posix()}, where it no longer is, so git would merge "
        "actions.json line by line; type “cpctrack git-setup” once.\n"
    ) in said
    clone.run("git-setup")
    assert "git would" not in clone.run("update", "1", "--status", "open").stderr


def test_quotation_marks_of_somebody_elses_driver_are_no_reason_to_warn(clone):
    clone.git("config", "merge.cpctrack.driver", "'/opt/x %O")
    assert git_setup.missing_driver(clone.store) == ""

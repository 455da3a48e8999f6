"""Where programs are found, and that one in the current folder never is."""

import os
import sys
from pathlib import Path

import pytest
from windows import as_on_windows

from cpctrack import programs


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the current folder, which others may write to."""
    folder = tmp_path / "shared"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def tools(tmp_path: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the one safe folder of a PATH that has every way of naming the current one."""
    folder = tmp_path / "the tools"
    folder.mkdir()
    link = tmp_path / "link"
    link.symlink_to(here)
    entries = ["", ".", str(here), str(link), os.path.relpath(folder), f'"{folder}"']
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, entries)))
    return folder


def put(folder: Path, name: str) -> str:
    """Put a program into a folder."""
    file = folder / name
    file.write_bytes(b"")
    file.chmod(0o755)
    return str(file)


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let programs be found as Windows finds them."""
    monkeypatch.setattr(programs, "system", as_on_windows(monkeypatch))


@pytest.mark.skipif(os.name == "nt", reason="making a link needs an administrator on Windows")
class TestFind:
    def test_takes_the_first_of_the_path_but_none_of_the_current_folder(self, here, tools) -> None:
        put(here, "git")
        assert programs.find("git") is None
        assert programs.find(put(tools, "git")) == str(tools / "git")
        assert programs.find("git") == str(tools / "git")

    def test_takes_no_file_that_is_not_a_program(self, tools) -> None:
        (tools / "git").write_bytes(b"")
        (tools / "vi").mkdir()
        assert programs.find("git") is None
        assert programs.find("vi") is None

    def test_on_windows_tries_the_endings_in_order(
        self, here, tools, monkeypatch, on_windows
    ) -> None:
        monkeypatch.setenv("PATHEXT", ".COM;.EXE;;.CMD")
        put(tools, "git")  # the shell script that lies beside many a program
        put(here, "git.exe")
        assert programs.find("git") is None
        command = put(tools, "git.CMD")
        assert programs.find("git") == command
        program = put(tools, "git.EXE")
        assert programs.find("git") == program
        assert programs.find("git.CMD") == command


@pytest.mark.skipif(os.name == "nt", reason="making a link needs an administrator on Windows")
class TestEditor:
    def test_keeps_its_arguments_and_is_never_in_the_current_folder(
        self, here, tools, monkeypatch
    ) -> None:
        put(here, "my-editor")
        monkeypatch.setenv("EDITOR", "my-editor --wait 'a b'")
        assert programs.editor() is None
        found = put(tools, "my-editor")
        assert programs.editor() == [found, "--wait", "a b"]
        monkeypatch.setenv("VISUAL", f'"{found}" -n')
        assert programs.editor() == [found, "-n"]
        monkeypatch.setenv("VISUAL", found)  # with a space, and no quotation marks
        assert programs.editor() == [found]

    @pytest.mark.parametrize("wanted", ['"vi', "  ", "no-such-editor -n"])
    def test_that_is_no_command_is_not_found(self, tools, monkeypatch, wanted) -> None:
        monkeypatch.setenv("EDITOR", wanted)
        assert programs.editor() is None

    def test_is_one_that_is_there_where_none_is_named(self, here, tools) -> None:
        put(here, "vim")
        assert programs.editor() is None
        found = put(tools, "vi")
        assert programs.editor() == [found]

    def test_on_windows_is_notepad(self, here, tools, monkeypatch, on_windows) -> None:
        put(here, "notepad.EXE")
        monkeypatch.setenv("PATHEXT", ".EXE")
        assert programs.editor() is None
        found = put(tools, "notepad.EXE")
        assert programs.editor() == [found]

    def test_on_windows_keeps_the_folders_of_a_path(self, tools, monkeypatch, on_windows) -> None:
        monkeypatch.setenv("EDITOR", r"..\tools\edit.exe -n")
        assert programs.editor() == ["../tools/edit.exe", "-n"]


def test_a_program_is_run_to_its_end(tmp_path: Path) -> None:
    code = "import os, sys; print(os.environ['WORD'], os.getcwd(), sys.stdin.read(), end='')"
    done = programs.run(
        [sys.executable, "-c", code], folder=tmp_path, given=b"given",
        surroundings={"WORD": "said"}, seconds=60,
    )  # fmt: skip
    assert (done.returncode, done.stdout.decode()) == (0, f"said {tmp_path} given")


def test_a_program_without_end_is_ended() -> None:
    with pytest.raises(TimeoutError):
        programs.run([sys.executable, "-c", "while True: pass"], seconds=0.3)

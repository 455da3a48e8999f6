"""A stream that is full or closed, and Ctrl-C while Python starts: a line, and nothing untold."""

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

COMMAND = shlex.join((sys.executable, "-m", "cpctrack", "--store"))
ADD = "add --meeting 2023-03-15 --type formal --item 5 --action Act"
FULL = "Error: The output can't be used (no space left on device).\n"
CLOSED = "Error: The output can't be used (bad file descriptor).\n"

pytestmark = pytest.mark.slow

posix = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell redirects")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is full")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.tsv"
    path.write_text(
        "Meeting Date\tMeeting Type\tActions\n15/3/2023\tFormal\tDo it.\n", encoding="utf-8"
    )
    return path


@pytest.fixture
def redirected(command: Callable[..., object], run: Callable[..., object], stored: Path):
    """Give a function that runs a command in a shell and redirects streams of it."""
    run("--store", str(stored), *shlex.split(ADD))

    def call(line: str, redirection: str, exit_code: int) -> str:
        shell = f"{COMMAND} {shlex.quote(str(stored))} {line} {redirection}"
        # What `command` adds are the shell's own arguments.
        return command(stored, exit_code=exit_code, words=("sh", "-c", shell)).stderr

    return call


@posix
@pytest.mark.parametrize(
    ("redirection", "said"), [pytest.param(">/dev/full", FULL, marks=full), (">&-", CLOSED)]
)
class TestWhatCanNotBePrinted:
    @pytest.mark.parametrize(
        "line",
        ["list", "list --json", "show 1", "history", "conflicts --json", "published --json",
         "appendix --format csv", "--version", "undo --yes"],
    )  # fmt: skip
    def test_is_told(self, redirected, stored, redirection, said, line) -> None:
        before = stored.read_bytes()
        assert redirected(line, redirection, 1) == said
        assert stored.read_bytes() == before

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            (ADD, "CPC-2223-002 is saved.\n"),
            ("import table.tsv --yes", "Written to {store}; “cpctrack undo” takes it back.\n"),
            ("publish --meeting 2023-03-15 -o pack", "Published the pack of 15 March 2023: "),
        ],
    )
    def test_is_saved_and_the_reader_is_told(
        self, redirected, stored, table, redirection, said, line, told
    ) -> None:
        before = stored.read_bytes()
        stderr = redirected(line, redirection, 1)
        assert stderr.startswith(told.format(store=stored))
        assert stderr.endswith(said)
        assert stored.read_bytes() != before

    def test_what_prints_nothing_is_not_disturbed(self, redirected, redirection, said) -> None:
        assert "response “Sent.”" in redirected("update 1 --response Sent.", redirection, 0)


@posix
def test_a_reader_who_has_seen_enough_is_no_error(redirected) -> None:
    assert redirected("list", "| true", 0) == ""


@posix
@pytest.mark.parametrize("line", ["list", ADD, "undo --yes"])
@pytest.mark.parametrize("closed", ["<&-", "<&- 2>&-"])
def test_a_command_without_a_keyboard_or_messages_works(redirected, line, closed) -> None:
    redirected(line, closed, 0)


@posix
@pytest.mark.parametrize(("line", "code"), [("add", 2), ("update 1", 2), ("undo", 2)])
def test_who_can_not_be_asked_is_told(redirected, line, code) -> None:
    assert redirected(line, "<&-", code).startswith("Error: ")


@posix
@full
def test_messages_nobody_can_read_stop_no_work(redirected, command, stored) -> None:
    redirected("update 1 --response Sent.", "2>/dev/full", 0)
    assert "Sent." in command(stored, "show", "1").stdout


@pytest.mark.parametrize("module", ["click", "cpctrack.cli.main", "cpctrack.store.store"])
def test_ctrl_c_while_python_starts(command, stored, module) -> None:
    code = (
        "import runpy, sys\n"
        "class Pressed:\n"
        "    def find_spec(self, name, *rest):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Pressed())\n"
        "runpy.run_module('cpctrack', run_name='__main__')\n"
    )
    done = command(stored, "list", exit_code=1, words=(sys.executable, "-c", code))
    assert (done.stdout, done.stderr.strip()) in (("", "Stopped."), ("", "Aborted!"))


def test_the_installed_program_begins_there(root: Path) -> None:
    assert 'cpctrack = "cpctrack.__main__:run"' in (root / "pyproject.toml").read_text("utf-8")

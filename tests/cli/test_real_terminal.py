"""The interactive commands on a real (pseudo) terminal, typed at as a clerk would."""

import json
import os
import select
import shutil
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
import pytest

if sys.platform == "win32":
    pytest.skip("pseudo terminals are a POSIX thing", allow_module_level=True)

import fcntl
import pty
import struct
import termios

DEADLINE_SECONDS = 20


class Key(str):
    """What is typed without Enter, once the program has told the terminal to wait for none."""


def talk(arguments: Sequence[str], script: Sequence[tuple[str, str]], columns: int = 100) -> str:
    """Run cpctrack on a terminal; for each pair wait for the first text, then type the second."""
    return talk_to([sys.executable, "-m", "cpctrack", *arguments], script, columns)


def talk_to(words: Sequence[str], script: Sequence[tuple[str, str]], columns: int = 100) -> str:
    """Run any program on a terminal, as `talk` does."""
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover - another process
        # Not the process's own environment: readline puts a COLUMNS of its own there.
        environment = {**os.environ, "TERM": "xterm"}
        os.execvpe(words[0], [*words], environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    seen, start = "", 0
    for expected, typed in script:
        seen = _read_until(terminal, seen, start, expected)
        # Whatever came in the same piece behind it is still to be looked at.
        start = seen.index(expected, start) + len(expected)
        if isinstance(typed, Key):
            seen = _read_until_raw(terminal, seen)
        os.write(terminal, os.fsencode(typed))
    seen = _read_until(terminal, seen, len(seen), None)
    _, status = os.waitpid(child, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, seen
    return seen.replace("\r\n", "\n")


def _read_until(terminal: int, seen: str, start: int, expected: str | None) -> str:
    while expected is None or expected not in seen[start:]:
        ready, _, _ = select.select([terminal], [], [], DEADLINE_SECONDS)
        assert ready, f"waited for {expected!r} after:\n{seen}"
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # how Linux tells that the other end is gone
            piece = b""
        if not piece:
            assert expected is None, f"ended before {expected!r}:\n{seen}"
            return seen
        seen += os.fsdecode(piece)
    return seen


def _read_until_raw(terminal: int, seen: str) -> str:
    """Wait till what is typed counts at once: what came before is thrown away then."""
    started = time.monotonic()
    while termios.tcgetattr(terminal)[3] & termios.ICANON:
        assert time.monotonic() < started + DEADLINE_SECONDS, f"no key was waited for:\n{seen}"
        if select.select([terminal], [], [], 0.01)[0]:
            seen += os.read(terminal, 4096).decode()
    return seen


def test_add_asks_completes_and_confirms(run, some_records: Path):
    pytest.importorskip("readline")
    seen = talk(
        ["--store", str(some_records), "add", "--meeting", "15/3/2023", "--item", "Item 7. Health"],
        [
            ("Action: ", "The Designated Nurse would report back.\n"),
            ("Referred to (Tab completes): ", "head of p\t\n"),
            ("Another owner (Enter ends): ", "\n"),
            ("Due (a date, or words): ", "Spring term\n"),
            ("owners, due [yes]: ", "y\n"),
        ],
    )
    assert seen.endswith("CPC-2223-005\n")
    assert "Meeting date" not in seen
    assert "Referred to  Head of Property" in run("show", "5").stdout


def test_import_asks_whether_a_row_is_a_record_it_may_be(run, new_store: Path, tmp_path: Path):
    table = tmp_path / "log.tsv"
    header = "Type of meeting\tDate\tItem\tActions\n"
    for topic in ("transport", "passport"):
        row = f"Formal\t15/3/2023\t7. Fostering\tTo send Members a note on the {topic} issues.\n"
        table.write_text(header + row, encoding="utf-8")
        if topic == "transport":
            run("import", str(table), "--yes")
    seen = talk(
        ["--store", str(new_store), "import", str(table)],
        [("(same, new) [new]: ", "same\n"), ("all rows]: ", "y\n")],
    )
    assert "Is this CPC-2223-001, To send Members a note on the transport issues.?" in seen
    assert "passport" in run("show", "CPC-2223-001").stdout


def test_import_asks_what_a_column_means_and_keeps_it(run, new_store: Path, tmp_path: Path):
    table = tmp_path / "Audit log.tsv"
    rows = "Formal 15/3/2023\tSend a note.\tHead of Homes\tMembers asked\n"
    table.write_text(f"Meeting\tAction\tAllotted unto\tReason why\n{rows}", encoding="utf-8")
    asked = "(? lists all) [kept]: "
    command = ["--store", str(new_store), "import", str(table)]
    seen = talk(
        command, [(asked, "?\n"), (asked, "owner\n"), (asked, "\n"), ("all rows]: ", "y\n")]
    )
    assert "has a column “Allotted unto”:\n    Head of Homes\n" in seen
    assert "Head of Homes" in run("list", "--owner", "Head of Homes").stdout
    assert run("layouts", "list").stdout == (
        "audit-log\tTables such as Audit log.tsv\tMeeting, Action, Allotted unto, Reason why\n"
    )
    assert "read by the layout “audit-log”" in talk(command, [])


@pytest.mark.slow
def test_minutes_are_gone_through_and_come_back_to(
    run, root: Path, new_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    editor = tmp_path / "editor.py"
    editor.write_text(
        "import pathlib, sys\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text('utf-8').replace('in the first week', 'in week one')\n"
        "path.write_text(text, 'utf-8')\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("EDITOR", f'"{sys.executable}" "{editor}"')
    minutes = ["--store", str(new_store), "minutes", str(root / "examples/minutes-2024-03-13.txt")]
    choice = "? help [s]: "
    seen = talk(
        minutes,
        [(choice, Key(key)) for key in ("s", "e", "\r", "k", "q")],
    )
    assert "1 of 5 · line 32, 5. FOSTERING" in seen
    assert "│ 1. The Data and Performance Manager would explain" in seen
    assert max(len(click.unstyle(line)) for line in seen.splitlines()[2:-1]) <= 100
    assert [row.split("\t")[9][:60] for row in run("list").stdout.splitlines()[1:]] == [
        "The Head of Fostering and the Head of Human Resources would ",
        "The Data and Performance Manager would explain to Members wh",
    ]
    assert "visits in week one had fallen" in run("show", "2").stdout
    seen = talk(
        minutes,
        [
            ("2 known", ""),
            *((choice, Key(key)) for key in "ksk"),
            ("Enter for none): ", "1\n"),
            (choice, Key("s")),
        ],
    )
    assert "CPC-2324-003\nCPC-2324-004\n" in seen  # in the order of the text
    assert "whether the system could show the figures by age" in run("show", "3").stdout


_READ_AS_SAID = """
from cpctrack.cli.main import run
from cpctrack.replies import reading
from cpctrack.replies.answer import Answer, Read

def read(letters, known):
    letters = list(letters)
    said = [("CPC-2223-001", "The note went out.", ()), ("CPC-2223-002", "Soon.", ("vague",))]
    return Read(tuple(Answer(ref, text, unclear=why, message_id="1@x") for ref, text, why in said))

reading.read = read
run()
"""


def test_answers_are_saved_by_single_keys(run, some_records: Path, tmp_path: Path):
    letter = tmp_path / "a.eml"
    letter.write_text("From: Head of Homes <homes@council.example>\n\nThe note went out.\n")
    words = [sys.executable, "-c", _READ_AS_SAID, "--store", str(some_records), "replies"]
    ends = "? help [s]: "
    seen = talk_to(
        [*words, str(letter)],
        [
            (ends, Key("\x1b[A")),
            ("please: ", Key("t")),
            ("[to do]: ", "r\n"),
            ("status: Reported done", ""),
            (ends, Key("\r")),
            ("2 of 2", ""),
            ("? help: ", Key("\r")),
            ("please: ", Key("b")),
            (ends, Key("s")),
            ("? help: ", Key("q")),
        ],
        columns=80,
    )
    assert "Answer to CPC-2223-001 saved in" in seen
    assert json.loads(run("show", "1", "--json").stdout)["status"] == "proposed"
    assert "\nResponse" not in run("show", "2").stdout


@pytest.mark.parametrize("readline", [True, False])
def test_an_answer_is_pasted(run, some_records: Path, readline: bool, tmp_path: Path, monkeypatch):
    if not readline:
        (tmp_path / "readline.py").write_text("raise ImportError\n")
        monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    text = "The note went out.\n\nAll members have it.\n.\n"
    seen = talk(
        ["--store", str(some_records), "answer", "1"],
        [("and stops.", ""), ("\n", text), ("[s]: ", Key("s"))],
    )
    assert "takes this back" in seen
    assert "The note went out.\n" in run("show", "1").stdout
    assert "All members have it." in run("show", "1").stdout


def test_a_response_is_typed_and_ended(run, some_records: Path):
    talk(
        ["--store", str(some_records), "update", "1", "--response", "-"],
        [("Ctrl-D.", "Sent.\n\x04")],
    )
    assert "Sent." in run("show", "1").stdout


def test_list_is_a_table_of_the_window(some_records: Path):
    seen = talk(["--store", str(some_records), "list", "--overdue"], [], columns=90)
    lines = seen.splitlines()
    assert lines[0].startswith("\x1b[1mRef ")
    assert lines[1].startswith("2223-001  30 Apr 23  Provide a briefing note.")
    assert lines[1].endswith("  \x1b[1;31mTo do\x1b[0m")
    assert lines[2].endswith("  \x1b[1;31m9 wk overdue\x1b[0m")
    assert lines[-1] == "\x1b[1m1 action: 1 overdue\x1b[0m. Open one: cpctrack show 2223-001"


def test_a_list_that_is_longer_than_the_window_is_paged(run, some_records: Path, monkeypatch):
    split = [part for number in range(60) for part in ("--into", f"Part {number}.")]
    run("split", "1", *split)
    monkeypatch.setenv("PAGER", shutil.which("head") or "cat")
    seen = talk(["--store", str(some_records), "list"], [])
    assert 0 < len(seen.splitlines()) < 60
    seen = talk(["--store", str(some_records), "--no-input", "list"], [])
    assert len(seen.splitlines()) > 60


def test_init_asks_for_the_committee(store_path: Path):
    talk(
        ["--store", str(store_path), "init"],
        [("Full name of the committee: ", "Licensing Committee\n"), ("begin with [LC]: ", "\n")],
    )
    assert '"committee": "Licensing Committee"' in store_path.read_text(encoding="utf-8")


def test_show_wraps_to_the_window(run, some_records: Path):
    run("update", "1", "--response", "word " * 60)
    seen = talk(["--store", str(some_records), "show", "1"], [], columns=60)
    assert max(map(len, seen.splitlines())) <= 60


def test_bash_completes_names_with_spaces(run, some_records: Path, tmp_path: Path):
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash")
    start = tmp_path / "bashrc"
    start.write_text(
        f"cpctrack() {{ {sys.executable} -m cpctrack --store '{some_records}' \"$@\"; }}\n"
        f"export CPCTRACK_STORE='{some_records}'\n"
        'eval "$(_CPCTRACK_COMPLETE=bash_source cpctrack)"\n'
        "PS1='ready> '\nbind 'set bell-style none' 'set enable-bracketed-paste off'\n",
        encoding="utf-8",
    )
    seen = talk_to(
        [bash, "--noprofile", "--rcfile", str(start), "-i"],
        [
            ("ready> ", "cpctrack list --owner head\\ of\\ f\t"),
            ("Head\\ of\\ Fostering ", "| wc -l\n"),
            ("2\r\nready> ", "exit\n"),
        ],
        columns=160,
    )
    assert "exit" in seen

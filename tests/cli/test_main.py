import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import get_completion_class
from click.testing import CliRunner

from cpctrack import __version__
from cpctrack.cli import completion
from cpctrack.cli.main import main


def test_version(run):
    assert run("--version").stdout == f"cpctrack {__version__}\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_the_commands(run, flag):
    stdout = run(flag).stdout
    for command in ("init", "add", "update", "list", "show", "import", "appendix", "check"):
        assert f"\n  {command} " in stdout
        assert "Example:" in run(command, flag).stdout


def test_a_wrong_command_is_guessed_at(run):
    assert "Did you mean update?" in run("updaet", exit_code=2).stderr


def test_finds_the_store_above_this_folder(run, some_records, tmp_path, monkeypatch):
    below = tmp_path / "minutes" / "2023"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    result = CliRunner().invoke(main, ["show", "1"])
    assert result.stdout.startswith("CPC-2223-001")


def test_the_environment_names_the_store(some_records, tmp_path, monkeypatch):
    other = tmp_path / "a folder with spaces"
    other.mkdir()
    target = some_records.rename(other / "é.json")
    monkeypatch.setenv("CPCTRACK_STORE", str(target))
    assert CliRunner().invoke(main, ["show", "1"]).exit_code == 0


def test_no_store_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["list"])
    assert result.exit_code == 1
    assert "make one with “cpctrack init" in result.stderr


def test_today_must_be_a_date(run, some_records, monkeypatch):
    monkeypatch.setenv("CPCTRACK_TODAY", "yesterday")
    assert "CPCTRACK_TODAY is “yesterday”" in run("list", exit_code=2).stderr


@pytest.mark.parametrize("setting", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_colour_where_none_is_wanted(monkeypatch, setting):
    for name, value in setting.items():
        monkeypatch.setenv(name, value)
    context = main.make_context("cpctrack", ["list"])
    context.invoke(main.callback, store=None, no_input=False, quiet=False)
    assert context.color is False


def python(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_a_pipe_gets_utf_8_whatever_the_console_speaks(some_records):
    done = python(
        "-m", "cpctrack", "--store", str(some_records), "list", "--owner", "jose",
        PYTHONIOENCODING="cp1252", PYTHONUTF8="0",
    )  # fmt: skip
    assert done.returncode == 0
    assert "José".encode() in done.stdout
    assert b"\r" not in done.stdout


def completions(store: Path, *words: str, shell: str = "bash") -> list[str]:
    environment = {"_CPCTRACK_COMPLETE": f"{shell}_complete", "CPCTRACK_STORE": str(store)}
    if shell == "powershell":
        environment |= {"COMP_WORDS": "\n".join(words), "COMP_INCOMPLETE": words[-1]}
    else:
        separator = "\n" if shell == "bash" else " "
        environment |= {"COMP_WORDS": separator.join(words), "COMP_CWORD": str(len(words) - 1)}
    done = CliRunner().invoke(main, [], prog_name="cpctrack", env=environment)
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_completes_commands_and_options(some_records):
    assert completions(some_records, "cpctrack", "ap") == ["plain,appendix"]
    assert "plain,--overdue" in completions(some_records, "cpctrack", "list", "--ov")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("update", "2223-00"), [f"plain,CPC-2223-00{n}" for n in (2, 1, 3, 4)]),
        (("list", "--owner", "jos"), ["plain,José, Youth Worker"]),
        (("list", "--status", "pro"), ["plain,proposed"]),
        (("list", "--year", "20"), ["plain,2022/23"]),
        (("list", "--meeting", "2023-0"), ["plain,2023-03-15", "plain,2023-01-18"]),
    ],
)
def test_completes_what_the_store_holds(some_records, words, expected):
    assert completions(some_records, "cpctrack", *words) == expected


def test_completing_without_a_store_is_silent(tmp_path):
    assert completions(tmp_path / "none.json", "cpctrack", "show", "C") == [""]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ('"head of f', ["plain,Head of Fostering"]),
        ("'head of f", ["plain,Head of Fostering"]),
        ("head\\ of\\ f", ["plain,Head of Fostering"]),
        ("\\", [""]),
    ],
)
def test_bash_words_are_read_without_their_quotes(some_records, typed, expected):
    assert completions(some_records, "cpctrack", "list", "--owner", typed)[-1:] == expected[-1:]


def test_an_error_is_no_way_to_the_terminal(run, some_records):
    text = some_records.read_text(encoding="utf-8").replace('"open"', '"\\u001b[31mopen"')
    some_records.write_text(text, encoding="utf-8")
    result = run("list", exit_code=1)
    assert "\x1b" not in result.stderr
    assert "“[31mopen”" in result.stderr


def test_powershell_gets_value_and_help(some_records):
    lines = completions(some_records, "cpctrack", "show", "2223-001", shell="powershell")
    assert lines == ["CPC-2223-001\tProvide a briefing note."]


def test_powershell_completes_the_next_word(some_records, monkeypatch):
    monkeypatch.setenv("COMP_WORDS", "cpctrack\nlist")
    monkeypatch.setenv("COMP_INCOMPLETE", "")
    complete = completion.PowerShellComplete(main, {}, "cpctrack", "_CPCTRACK_COMPLETE")
    assert complete.get_completion_args() == (["list"], "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_has_its_script(shell):
    complete = get_completion_class(shell)
    assert complete is not None
    source = complete(main, {}, "cpctrack", "_CPCTRACK_COMPLETE").source_template
    assert "%(complete_var)s" in source


def test_powershell_script_is_printed():
    done = python("-m", "cpctrack", _CPCTRACK_COMPLETE="powershell_source")
    assert b"Register-ArgumentCompleter -Native -CommandName cpctrack" in done.stdout
    assert b"%(" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (
            ("show", "{}"),
            1,
            "Error: No action has the reference “{}”. “cpctrack list” shows them all.",
        ),
        (("show", "1", "{}"), 2, "Error: Got unexpected extra argument ({})"),
        (("list", "--year", "{}"), 2, "“{}” is not a municipal year; write it like 2022/23."),
    ],
)
def test_what_is_refused_is_quoted_in_a_line(run, some_records, arguments, exit_code, said):
    given = [each.format("x" * 10_000) for each in arguments]
    assert said.format("x" * 99 + "…") in run(*given, exit_code=exit_code).stderr

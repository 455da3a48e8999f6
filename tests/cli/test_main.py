import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import get_completion_class
from click.testing import CliRunner

from cpctrack import __version__
from cpctrack.cli import commands, completion
from cpctrack.cli.commands import dashboard
from cpctrack.cli.context import App
from cpctrack.cli.main import main
from cpctrack.cli.menu import LINES, SOUGHT
from cpctrack.cli.output import writing


def test_version(run):
    assert run("--version").stdout == f"cpctrack {__version__}\n"


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
    context.invoked_subcommand = "list"
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
        (
            ("reopen", "1", "{}", "--reason", "x"),
            2,
            "“{}” was not expected: reopen takes one action.",
        ),
        (("list", "--year", "{}"), 2, "“{}” is not a municipal year; write it like 2022/23."),
    ],
)
def test_what_is_refused_is_quoted_in_a_line(run, some_records, arguments, exit_code, said):
    given = [each.format("x" * 10_000) for each in arguments]
    assert said.format("x" * 99 + "…") in run(*given, exit_code=exit_code).stderr


GROUPS = ["Every day", "After a meeting", "Before a meeting", "Chasing", "Set up and bring in"]


@pytest.mark.parametrize("words", [("help",), ("--help",), ("-h",)])
def test_help_has_every_command_in_a_whole_line(run, words):
    stdout = run(*words).stdout
    assert max(map(len, stdout.splitlines())) <= 80
    assert [line for line in stdout.splitlines() if line[:-1] in GROUPS] == [
        f"{group}:" for group in GROUPS
    ]
    for command in LINES:
        assert f"\n  {command} " in stdout
    assert "merge-driver" not in stdout
    assert "  --no-input " in stdout


def test_every_module_of_a_command_is_in_the_help():
    folder = Path(commands.__file__).parent
    modules = {path.stem.strip("_").replace("_", "-") for path in folder.glob("[!_]*.py")}
    assert modules - {"merge-driver", "dashboard"} == set(LINES)


@pytest.mark.parametrize("name", [*LINES, "merge-driver"])
def test_help_of_a_command_is_what_it_says_of_itself(run, name):
    said, page = run("help", name).stdout, "\nThere is a page about it, too: "
    assert said.partition(page)[0] == run(name, "--help").stdout
    assert "--help" in said


def test_help_reaches_the_commands_below(run):
    assert run("help", "layouts", "show").stdout == run("layouts", "show", "--help").stdout


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("delete", "undo"), ("Edit", "update"), ("close", "agree"), ("complete", "agree"),
        ("search", "list"), ("print", "appendix"), ("remind", "chase"),
        ("wrod", "appendix"), ("pack", "publish"), ("website", "site"), ("updaet", "update"),
        ("calender", "calendar"), ("cancel", "meeting"), ("mail", "chase"), ("report", "appendix"),
        ("backup", "archive"), ("restore", "undo"), ("status", "list"), ("deadline", "extend"),
        ("merge", "conflicts"), ("exempt", "update"), ("confidential", "update"),
        ("excel", "export"), ("agenda", "appendix"), ("contact", "settings"), ("logo", "templates"),
    ],
)  # fmt: skip
def test_a_word_leads_to_the_command(run, word, command):
    assert f"\n  cpctrack {command} " in run("help", word).stdout
    assert f"\n  cpctrack {command} " in run(word, exit_code=2).stderr


def test_every_word_leads_to_commands_there_are():
    assert {name for names in SOUGHT.values() for name in names} <= LINES.keys()
    assert SOUGHT.keys() & LINES.keys() == set()  # would never be looked up


def test_a_word_that_leads_nowhere(run):
    refused = run("help", "xyzzy", exit_code=2).stderr
    assert "There is no command and no page for “xyzzy”; “cpctrack help” shows all" in refused
    said = run("xyzzy", exit_code=2).stderr
    assert "There is no command “xyzzy”. “cpctrack help” shows them all." in said


def test_options_of_the_program_may_stand_behind_a_command(some_records, tmp_path):
    def call(*words):
        return CliRunner().invoke(main, [*words], prog_name="cpctrack")

    named = ("--store", str(some_records))
    assert call("show", "1", *named).stdout == call(*named, "show", "1").stdout
    assert call("layouts", "list", *named).exit_code == 0
    assert call("list", "--status", "deferred", "-q", *named).stderr == ""
    assert call("undo", "--no-input", *named).exit_code == 2
    other = tmp_path / "other.json"
    call("init", "--committee", "Licensing", "--store", str(other))
    both = call(*named, "list", "--json", "--store", str(other))
    assert len(json.loads(both.stdout)) == 4
    assert both.stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show",), "Which action? For example: cpctrack show 2324-7"),
        (("init",), 'Which committee? Add --committee "NAME".'),
        (("reopen", "1"), 'Why? Add --reason "TEXT".'),
        (("reopen", "1", "58", "--reason", "x"), "“58” was not expected: reopen takes one action."),
        (("list", "overdue"), "“overdue” was not expected: list takes only options."),
        (("list", "--owner", "Head", "of", "X"), "quotation marks"),
        (("list", "--owner"), "Something is missing after --owner; type it there."),
        (("list", "--due-within", "x"), "--due-within: “x” is not a whole number."),
        (("list", "--ownr", "x"), "No such option --ownr."),
    ],
)
def test_wrong_usage_says_what_to_type(run, some_records, words, said):
    stderr = run(*words, exit_code=2).stderr
    assert said in stderr
    assert "Missing" not in stderr


@pytest.fixture
def in_folder(some_records, monkeypatch):
    """Work in the folder of the store, with a terminal of so many columns or none."""
    monkeypatch.chdir(some_records.parent)

    def call(columns=0):
        monkeypatch.setattr(dashboard, "window", lambda: columns)
        done = CliRunner().invoke(main, [], prog_name="cpctrack")
        assert done.exit_code == 0, done.output
        return done.stdout

    return call


def test_alone_it_counts_in_a_pipe(in_folder):
    counts = dict(line.split("\t") for line in in_folder().splitlines())
    problems = counts.pop("problems")
    assert int(problems) > 0
    assert counts == {
        "overdue": "1", "unanswered": "0", "proposed": "0", "extended": "0", "unfinished": "3",
    }  # fmt: skip


def test_alone_it_says_what_is_to_be_done(in_folder, run):
    run("update", "2", "--status", "proposed")
    run("meeting", "12 July 2023", "--type", "formal")
    lines = in_folder(80).splitlines()
    assert max(map(len, lines)) <= 80
    assert lines[0].startswith("Corporate Parenting Committee")
    assert lines[0].endswith("Saturday 1 July 2023")
    assert lines[1] == "Next formal meeting: 12 July 2023, in 11 days"
    start = lines.index("To do now")
    assert lines[start + 1].split() == ["1", "overdue", "cpctrack", "list", "--overdue"]
    assert lines[start + 2].endswith("cpctrack list --status proposed")
    assert lines[start + 3].endswith("  cpctrack check")
    assert "  2223-001  9 weeks    Head of Fosteri…  Provide a briefing note." in lines
    assert lines[-1] == "3 actions are not finished. All commands: cpctrack help"


def test_what_is_too_long_beside_the_day_stands_above_it(in_folder):
    whose, day, *_ = in_folder(40).splitlines()
    assert (whose, day) == ("Corporate Parenting Committee", "Saturday 1 July 2023")


def test_alone_in_an_empty_store_it_says_how_to_begin(in_folder, some_records):
    store = json.loads(some_records.read_text("utf-8"))
    some_records.write_text(json.dumps({**store, "actions": {}, "meetings": {}}), "utf-8")
    assert "\nThere are no actions yet. Add one: cpctrack add" in in_folder(80)


def test_each_line_of_it_is_what_its_command_lists(in_folder, run):
    run("update", "2", "--status", "proposed")
    for line in in_folder(80).splitlines():
        number, _, command = line.partition("  cpctrack list ")
        if command:
            listed = json.loads(run("list", "--json", *command.split()).stdout)
            assert len(listed) == int(number.split()[0])


def test_alone_without_a_store_it_helps(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [], prog_name="cpctrack")
    assert done.exit_code == 0
    assert "\nEvery day:\n" in done.stdout
    assert done.stdout.endswith("To begin in this folder: cpctrack init\n")
    missing = CliRunner().invoke(main, ["--store", "none.json"], prog_name="cpctrack")
    assert missing.exit_code == 1


def test_what_does_not_fit_the_window_goes_through_a_pager(monkeypatch):
    paged = []
    monkeypatch.setattr(writing, "window", lambda: 80)
    monkeypatch.setattr(writing.click, "echo_via_pager", paged.append)
    monkeypatch.setattr(App, "interactive", True)
    monkeypatch.setenv("LINES", "10")
    writing.page(["line\n"] * 9, App())
    assert paged == []
    writing.page(["line\n"] * 10, App())
    assert paged == ["line\n" * 9 + "line"]
    monkeypatch.setattr(App, "interactive", False)  # as with --no-input
    writing.page(["line\n"] * 10, App())
    assert len(paged) == 1

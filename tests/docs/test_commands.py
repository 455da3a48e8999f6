"""Every command explains itself, its example works, and the reference page says the same."""

import importlib.util
import re
import shlex
import shutil
import subprocess

import click
import pytest
from click.testing import CliRunner

from cpctrack.cli.main import main

COMMANDS = list(main.commands) or main.list_commands(click.Context(main))
EXAMPLE = re.compile(r"^  Examples?:\n((?:    .+\n?)+)", re.MULTILINE)


@pytest.fixture
def generator(root):
    path = root / "docs" / "generate_commands.py"
    spec = importlib.util.spec_from_file_location("generate_commands", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def in_examples(root, tmp_path, monkeypatch):
    """Work in a copy of the examples, which two clerks share through git."""
    folder = shutil.copytree(root / "examples", tmp_path / "examples")
    if shutil.which("git"):
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-04-10")  # the day they were made on
    return folder


def help_of(name):
    done = CliRunner().invoke(main, [*name.split(), "--help"], prog_name="cpctrack")
    assert done.exit_code == 0
    return done.stdout


def examples_of(name):
    """Give the lines under “Example:”, as words without the program's name."""
    found = EXAMPLE.search(help_of(name))
    assert found, f"cpctrack {name} --help ends without an example"
    text = found[1].replace("\\\n", " ")  # a shell reads both lines as one
    lines = [shlex.split(line) for line in text.strip().splitlines()]
    assert all(line[0] == "cpctrack" for line in lines)
    return [line[1:] for line in lines]


def test_page_is_what_the_help_says(generator, capsys):
    assert generator.main(["--check"]) == 0, "run: python docs/generate_commands.py"


def test_page_that_differs_is_reported_and_left_alone(generator, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(generator, "TARGET", tmp_path / "commands.md")
    assert generator.main(["--check"]) == 1
    assert "is not what the help says" in capsys.readouterr().err
    assert not generator.TARGET.exists()


def test_page_is_written_so_that_it_passes_its_check(generator, tmp_path, monkeypatch):
    monkeypatch.setattr(generator, "TARGET", tmp_path / "commands.md")
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_command_is_documented(name, generator):
    assert f"\n## cpctrack {name}\n" in generator.TARGET.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_has_help(name):
    command = main.get_command(click.Context(main), name)
    options = [param for param in command.params if isinstance(param, click.Option)]
    assert [option.name for option in options if not option.help and not option.hidden] == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_example_of_the_help_works(name, in_examples):
    for words in examples_of(name):
        done = CliRunner().invoke(main, words, prog_name="cpctrack")
        # The example store has something for `check` to find, and nobody is there to answer.
        codes = {"check": {0, 1}, "answer": {2}}.get(name, {0})
        assert done.exit_code in codes, (words, done.output)


def test_short_and_long_help_agree():
    short = CliRunner().invoke(main, ["-h"], prog_name="cpctrack")
    assert short.stdout == help_of("")

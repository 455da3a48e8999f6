"""Whatever a person can read is on one page, and says it in words that a clerk uses."""

import ast
import importlib.util
import re

import click
import pytest

from cpctrack import errors, labels
from cpctrack.cli.main import main
from cpctrack.records.model import FIELDS, Acceptance, Status
from cpctrack.records.settings import SETTINGS
from cpctrack.text import one_line

REFUSALS = {
    *(name for name, kind in vars(errors).items() if isinstance(kind, type)),
    *("BadParameter", "UsageError", "ClickException"),
}
FEW_LETTERS = 8
GAP = re.compile(r"\{[^}]*\}")
# What is typed to the letter may be no word: commands, options, files, values in a file.
TYPED = re.compile(r"“[^”]*”|--[\w-]+|[\w/.-]+\.\w+|\[\w+\]|\b[a-z]+ = .*|\b[A-Z_]{4,}\b")
FIELD_NAMES = re.compile(r"\w*[a-z]_[a-z]\w*|^(?:owners|ref):|\b(?:owner|due) text\b")
PROGRAMMERS = re.compile(
    r"\b(?:argument|boolean|byte|callback|deprecated|dry run|exception|header|instance|integer"
    r"|invalid|lineno|nested|null|object|parameter|pars(?:e[drs]?|ing)|payload|regex|schema|snippet"
    r"|standard (?:in|out)put|std(?:err|in|out)|string|token|traceback|tuple)s?\b",
    re.IGNORECASE,
)
NEVER_OPEN = re.compile(
    r"\b(?:is|are|still|else|all|any|every|each|no) open\b(?! again)"
    r"|\bopen (?:actions?|ones|with|since|at|now|in|before|by)\b|^Open$",
    re.IGNORECASE,
)
# What is right there: a kind of file, what cpctrack 0.1 printed, and what is taken out of click's.
ALLOWED = {
    "Invalid value for",
    "is not a valid integer range",
    "Open",
    "Print the JSON Schema of the tables, and no more.",
    "No heading, label or lead-in is open above it.",
}


@pytest.fixture(scope="module")
def generator(root):
    path = root / "docs" / "generate_messages.py"
    spec = importlib.util.spec_from_file_location("generate_messages", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def said(generator):
    """Give what each file says, as the page lists it."""
    page = "\n".join(generator.rooms())
    blocks = re.findall(r"^### (\S+)\n\n```text\n(.*?)\n```$", page, re.MULTILINE | re.DOTALL)
    return {
        name: [line.removeprefix("- ") for line in block.splitlines()] for name, block in blocks
    }


def test_page_is_what_the_code_says(generator):
    assert generator.main(["--check"]) == 0, "run: python docs/generate_messages.py"


def test_page_that_differs_is_reported_and_left_alone(generator, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(generator, "TARGET", tmp_path / "messages.md")
    assert generator.main(["--check"]) == 1
    assert "is not what the code says" in capsys.readouterr().err
    assert not generator.TARGET.exists()


def test_every_refusal_is_on_the_page(root, said):
    missing = []
    for path in sorted((root / "cpctrack").rglob("*.py")):
        name = path.relative_to(root).as_posix()
        listed = " ".join(said.get(name, []))
        raised = refusals(ast.parse(path.read_text(encoding="utf-8")))
        missing += [f"{name}: {words}" for words in raised if words not in listed]
    assert missing == []


def refusals(tree):
    """Give the runs of words in whatever is raised and ends a command."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
            continue
        kind = node.exc.func
        if (kind.attr if isinstance(kind, ast.Attribute) else kind.id) not in REFUSALS:
            continue
        for part in ast.walk(node.exc):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                words = " ".join(part.value.split())
                if len(words.split()) > 2:
                    yield words


@pytest.fixture(scope="module")
def is_listed(said):
    """Give a function that tells whether a text is on the page, whatever fills its gaps."""
    lines = {line for lines in said.values() for line in lines}
    enough = [each for each in lines if len(GAP.sub("", each)) >= FEW_LETTERS or "{" not in each]
    pattern = re.compile("|".join(".*".join(map(re.escape, GAP.split(each))) for each in enough))
    ends = ("", ".")  # some help is put together, and then ended
    return lambda text: any(pattern.fullmatch(text.removesuffix(end)) for end in ends)


def test_help_of_every_command_and_option_is_on_the_page(is_listed):
    missing = []
    for name in main.list_commands(click.Context(main)):
        command = main.get_command(click.Context(main), name)
        helps = [one_line(part.replace("\b", "")) for part in command.help.split("\n\n")]
        helps += [each.help or "" for each in command.params if isinstance(each, click.Option)]
        helps = [text.partition(" Usually ")[0] for text in helps]  # what follows is a setting's
        missing += [f"{name}: {text}" for text in helps if text and not is_listed(text)]
    assert missing == []


def test_words_of_the_tables_are_on_the_page(is_listed):
    words = [each.words for each in (*Status, *Acceptance)]
    words += [text for field in FIELDS for text in (field.label, field.help) if text]
    words += [text for each in SETTINGS for text in (each.words, each.help)]
    words += [*labels.COLUMNS.values(), *labels.BLANKS.values()]
    assert [each for each in words if not is_listed(each)] == []


@pytest.mark.parametrize(
    "wrong", [FIELD_NAMES, PROGRAMMERS, NEVER_OPEN], ids=["field", "program", "open"]
)
def test_nothing_is_said_in_words_that_no_clerk_uses(wrong, said):
    found = [
        f"{name}: {line}"
        for name, lines in said.items()
        for line in lines
        if line not in ALLOWED and wrong.search(TYPED.sub("", GAP.sub("", line)))
    ]
    assert found == []

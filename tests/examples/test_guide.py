"""The guide shows every command, and what it explains is said."""

import re
import shlex
import shutil

import click
import pytest
from click.testing import CliRunner

from cpctrack.cli.main import main

SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
REFUSAL = re.compile(r"^\| ([^|]+?) \| [^|]+ \|$", re.MULTILINE)
FOR_TWO = {"git-setup", "conflicts", "resolve", "merge-driver"}  # of which sharing.md tells
NOT_PROVOKED_HERE = {  # a full disk, a second process, a second person at an editor
    "… can't be written …",
    "Another cpctrack has been writing …",
    "Somebody else changed the … while your editor was open",
}


@pytest.fixture
def guide(root):
    return (root / "docs" / "guide.md").read_text(encoding="utf-8")


@pytest.fixture
def in_examples(root, tmp_path, monkeypatch):
    """Work in a copy of the examples, on their day."""
    folder = shutil.copytree(root / "examples", tmp_path / "examples")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-04-10")
    return folder


def commands(guide):
    """Give the words of each ``cpctrack …`` of the guide's shell blocks."""
    for block in SHELL.findall(guide):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line.split(" > ")[0])
            if words[0] == "cpctrack":
                yield words[3:] if words[1] == "--store" else words[1:]


def invoke(*words):
    return CliRunner().invoke(main, words, prog_name="cpctrack")


def test_the_guide_shows_every_command(guide):
    shown = {words[0] for words in commands(guide)}
    assert shown == set(main.list_commands(click.Context(main))) - FOR_TWO


def test_the_page_on_sharing_shows_the_other_commands(root):
    page = (root / "docs" / "sharing.md").read_text(encoding="utf-8")
    assert {words[0] for words in commands(page)} >= FOR_TWO - {"merge-driver"}  # git types that


@pytest.fixture
def explained(guide):
    """Give each refusal the guide explains as a pattern, by its words."""
    table = guide[guide.index("| it says |") :]
    rows = REFUSAL.findall(table)[2:]
    return {row: re.compile(".*".join(map(re.escape, row.split("…")))) for row in rows}


AS_IT_IS = object()
TWO_VERSIONS = object()
CLASH = b'"_conflicts": [{"field": "status", "ours": "completed", "theirs": "deferred"}], "kind"'
REFUSED = {
    "empty": (b"", "list"),
    "not JSON": (b"{", "list"),
    "without BOM": (b"\xef\xbb\xbf{}", "list"),
    "git's markers": (b"<<<<<<< ours\n", "list"),
    "newer": (b'{"settings": {"store": {"schema": 999}}}', "list"),
    "unsettled": (TWO_VERSIONS, "appendix"),
    "nowhere": (None, "list"),
    "begun": (AS_IT_IS, "init --committee Again"),
    "no action": (AS_IT_IS, "show CPC-2324-999"),
    "two actions": (AS_IT_IS, "update 7 --status completed"),
    "nobody": (AS_IT_IS, "list --owner Nobody"),
    "vague": (AS_IT_IS, "list --meeting '13 March'"),
    "no day": (AS_IT_IS, "update 2324-5 --due 31/6/2024"),
    "weekday": (AS_IT_IS, "list --meeting 'Tuesday 13 March 2024'"),
    "incomplete": (AS_IT_IS, "add --meeting 13/3/2024"),
    "informal": (AS_IT_IS, "appendix --meeting 31/1/2024"),
    "document": (AS_IT_IS, "appendix -o printed/appendix4-2023-24.html"),
}


def test_every_refusal_the_guide_explains_is_made_and_changes_nothing(explained, in_examples):
    store = in_examples / "actions.json"
    as_made = store.read_bytes()
    made = {AS_IT_IS: as_made, TWO_VERSIONS: as_made.replace(b'"kind"', CLASH, 1)}
    said = set()
    for content, line in REFUSED.values():
        if content is None:
            store.unlink()
        else:
            store.write_bytes(made.get(content, content))
        before = store.read_bytes() if store.exists() else None
        result = invoke(*shlex.split(line))
        assert result.exit_code in (1, 2), line
        matching = {row for row, pattern in explained.items() if pattern.search(result.stderr)}
        assert matching, result.stderr
        said |= matching
        assert (store.read_bytes() if store.exists() else None) == before
    assert set(explained) - said == NOT_PROVOKED_HERE

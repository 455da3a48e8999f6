"""docs/chasing.md: its blocks run as they stand, one after the other, and what it prints is so."""

import re
import shlex
import shutil

import pytest
from click.testing import CliRunner

from cpctrack.cli.main import main

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def page(root):
    return (root / "docs" / "chasing.md").read_text(encoding="utf-8")


@pytest.fixture
def typed(root, page, tmp_path, monkeypatch):
    """Give each command of the page with its result, typed in a copy of the examples."""
    monkeypatch.chdir(shutil.copytree(root / "examples", tmp_path / "examples"))
    monkeypatch.setenv("CPCTRACK_TODAY", "2024-04-10")
    lines = "".join(text for kind, text in BLOCK.findall(page) if kind == "sh").splitlines()
    return [(line, CliRunner().invoke(main, shlex.split(line)[1:])) for line in lines]


def test_the_blocks_run_and_what_the_page_shows_is_said(page, typed):
    assert [(line, done.output) for line, done in typed if done.exit_code] == []
    said = {line for _, done in typed for line in done.output.splitlines()}
    shown = "".join(text for kind, text in BLOCK.findall(page) if not kind).splitlines()
    told = [line for line in shown if line.strip(" …") and not line.startswith("cpctrack ")]
    assert len(told) > 5
    assert [line for line in told if line not in said] == []


def test_undo_at_the_end_takes_back_what_the_replies_saved(typed):
    (saved,) = (done for line, done in typed if line == "cpctrack replies inbox/ --yes")
    assert "Answers to CPC-2324-011, CPC-2324-005, CPC-2324-022, CPC-2223-018" in saved.stderr
    (undone,) = (done for line, done in typed if line.startswith("cpctrack undo"))
    assert "Taken back" in undone.stderr

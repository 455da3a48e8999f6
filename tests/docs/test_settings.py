"""``docs/settings.md`` has every setting, and every variable that the code looks at."""

import ast
import importlib.util

import pytest

from cpctrack.records.settings import SETTINGS

# What shells and systems say to every program, and what a shell that completes words says to us.
NOBODY_SETS = {"PATH", "PATHEXT", "_CPCTRACK_COMPLETE", "COMP_WORDS", "COMP_CWORD"} | {
    "COMP_INCOMPLETE"
}


@pytest.fixture
def generator(root):
    spec = importlib.util.spec_from_file_location("settings", root / "docs/generate_settings.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_code_says(generator):
    assert generator.main(["--check"]) == 0, "run: python docs/generate_settings.py"


def test_another_page_is_reported_left_alone_and_written(generator, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(generator, "TARGET", tmp_path / "settings.md")
    assert generator.main(["--check"]) == 1
    assert "is not what the code says" in capsys.readouterr().err
    assert not generator.TARGET.exists()
    assert generator.main([]) == 0
    assert generator.main(["--check"]) == 0


def test_no_text_breaks_its_table(generator):
    rows = [line for line in "".join(generator.parts()).splitlines() if line.startswith("|")]
    assert len(rows) == len(SETTINGS) + len(generator.FILES) + len(generator.VARIABLES) + 6
    assert {line.count("|") for line in rows} == {5}


def test_every_variable_is_on_the_page(generator, root):
    looked_at = set()
    for path in (root / "cpctrack").rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        named = {
            node.targets[0].id: node.value.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and isinstance(node.value, ast.Constant)
        }
        looked_at |= {named.get(each.id) if isinstance(each, ast.Name) else each.value
                      for each in asked_for(tree)}  # fmt: skip
    assert looked_at - NOBODY_SETS == set(generator.VARIABLES)


def asked_for(tree):
    """Give the names in ``os.environ[…]``, ``… in os.environ`` and ``os.environ.get(…)``."""
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=ast.Attribute(attr="environ"), slice=name):
                yield name
            case ast.Compare(left=name, comparators=[ast.Attribute(attr="environ")]):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="environ")), args=[name, *_]):
                yield name

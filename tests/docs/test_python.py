"""``docs/python.md`` promises what is there, as the code has it."""

import ast
import importlib.util
import re

import pytest


@pytest.fixture
def generator(root):
    path = root / "docs" / "generate_python.py"
    spec = importlib.util.spec_from_file_location("generate_python", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_code_says(generator):
    assert generator.main(["--check"]) == 0, "run: python docs/generate_python.py"


@pytest.mark.parametrize("page", ["python.md", "plugins.md"])
def test_what_the_examples_import_is_promised(generator, root, page):
    text = (root / "docs" / page).read_text("utf-8")
    code = ast.parse("".join(re.findall(r"^```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)))
    promised = {
        f"{module}.{name}" for module, names in generator.PROMISED.items() for name in names
    }
    imported = {
        f"{each.module}.{alias.name}"
        for each in ast.walk(code)
        if isinstance(each, ast.ImportFrom) and each.module.startswith("cpctrack")
        for alias in each.names
    }
    assert imported <= promised | generator.PROMISED.keys()


def test_a_page_that_differs_is_reported_left_alone_and_written(
    generator, tmp_path, monkeypatch, capsys
):
    page = generator.TARGET.read_text("utf-8")
    other = tmp_path / "python.md"
    changed = page.replace("read(path: Path) -> Store\n", "read(path: str) -> Store\n")
    other.write_text(changed, "utf-8")
    monkeypatch.setattr(generator, "TARGET", other)
    assert generator.main(["--check"]) == 1
    assert "is not what the code says" in capsys.readouterr().err
    assert other.read_text("utf-8") == changed
    assert generator.main([]) == 0
    assert other.read_text("utf-8") == page


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("def f(self, a: dict[str, int], *, b: int=1) -> None: ...",
         "f(a: dict[str, int], *, b: int=1) -> None"),
        ("@property\ndef f(self) -> list[str]: ...", "f: list[str]"),
        ("class f(NamedTuple):\n    a: int\n    b: str = 'x'", "f(a: int, b: str = 'x')"),
        (f"def f({'a' * 50}: tuple[int, int], {'b' * 50}: int) -> None: ...",
         f"f(\n    {'a' * 50}: tuple[int, int],\n    {'b' * 50}: int,\n) -> None"),
    ],
)  # fmt: skip
def test_signatures(generator, code, written):
    assert generator.signature("f", ast.parse(code).body[0]) == written

"""Dependencies point one way, and a command loads no more than it needs."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import cpctrack

# From the outside in; whatever is not named stands between the last two. A module imports from
# the layers below its own, and a gateway not from another one.
COMMANDS = {"__main__", "cli"}
GATEWAYS = {"store", "git", "importers", "minutes", "render"}
READERS = {"importers": {"minutes"}}  # minutes are decoded as tables are
STEPS = {"rewinding", "rewriting"}  # what a command does with a store, and no command of its own
FOUNDATION = {"model", "dates", "text", "errors", "__init__"}
PURE = {
    "model", "dates", "text", "query", "codec", "changes", "refs", "suggest", "check", "alike",
    "followup", "merge", "rebuild", "settling", "undoing", "ageing", "progress", "deciding",
    "comparing", "packed", "publications", "matching", "exempt",
}  # fmt: skip
ONLY_IN = {
    "click": {"cli"},
    "subprocess": {"programs"},
    "tinydb": {"storage"},
    "jinja2": {"render"},
    "rich": {"render", "cli"},
    "fcntl": {"files"},
    "msvcrt": {"files"},
    "resource": {"programs"},
    "ctypes": {"programs"},
}
INPUT_AND_OUTPUT = {"os", "sys", "pathlib", "io", "shutil", "tempfile", "socket", "subprocess"}
HEAVY = {"rich", "jinja2", "dateutil", "markdown_it", "html.parser", "csv", "difflib", "subprocess"}


@pytest.fixture(scope="module")
def imports():
    """Map each part of the package to the modules it imports, anywhere in its code."""
    folder = Path(cpctrack.__file__).parent
    found = {}
    for path in folder.rglob("*.py"):
        part = path.relative_to(folder).parts[0].removesuffix(".py")
        found.setdefault(part, set()).update(imported(ast.parse(path.read_text("utf-8"))))
    return found


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module
            if node.module == "cpctrack":
                yield from (f"cpctrack.{alias.name}" for alias in node.names)


def own(modules):
    """Give the parts of cpctrack among these modules."""
    return {name.split(".")[1] for name in modules if name.startswith("cpctrack.")}


def test_only_commands_know_commands(imports):
    users = {part for part, names in imports.items() if "cli" in own(names)}
    assert users <= COMMANDS


@pytest.mark.parametrize("gateway", sorted(GATEWAYS))
def test_only_commands_know_the_gateways(imports, gateway):
    users = {part for part, names in imports.items() if gateway in own(names)}
    allowed = COMMANDS | (STEPS if gateway == "store" else READERS.get(gateway, set()))
    assert users - {gateway} <= allowed


def test_the_grammar_of_minutes_reads_no_file():
    folder = Path(cpctrack.__file__).parent / "minutes"
    for path in folder.glob("*.py"):
        names = set(imported(ast.parse(path.read_text("utf-8"))))
        assert not names & INPUT_AND_OUTPUT, path
        assert not own(names) & (GATEWAYS - {"minutes"}), path
        assert not any(name.startswith("cpctrack.minutes.readers") for name in names), path


@pytest.mark.parametrize("part", sorted(FOUNDATION))
def test_foundation_stands_on_itself(imports, part):
    assert own(imports[part]) <= FOUNDATION


def test_no_parts_import_each_other(imports):
    order = TopologicalSorter({part: own(names) - {part} for part, names in imports.items()})
    order.prepare()  # raises CycleError, which names the circle


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_is_imported_in_its_place_only(imports, library):
    users = {part for part, names in imports.items() if library in {n.split(".")[0] for n in names}}
    assert users <= ONLY_IN[library]


@pytest.mark.parametrize("part", sorted(PURE))
def test_pure_modules_do_no_input_or_output(imports, part):
    if part == "check" and part not in imports:
        pytest.skip("check is not written yet")
    assert {name.split(".")[0] for name in imports[part]} & INPUT_AND_OUTPUT == set()


@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["show", "1", "--json"], ["--version"]]
)
def test_reading_loads_nothing_it_does_not_need(arguments, new_store, run):
    meeting = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
    run("add", *meeting, "--action", "Report back", "--owner", "Head of Homes", "--due", "1/9/2023")
    code = (
        "import atexit, sys\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr))\n"
        "from cpctrack.cli.main import run\n"
        "run()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--store", str(new_store), *arguments],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout
    assert HEAVY & set(done.stderr.split()) == set()

"""Dependencies point one way, and a command loads no more than it needs."""

import ast
import graphlib
import subprocess
import sys
from pathlib import Path

import pytest

import cpctrack

# The house from the top floor down: a room imports from the rooms below it, and from no other.
ROOMS = (
    "__main__", "cli", "testing", "tasks", "publishing", "render", "sharing", "check", "minutes",
    "replies", "tables", "reading", "store", "matching", "records",
)  # fmt: skip
# What stands beside the rooms belongs to everybody, and knows no room.
EVERYBODYS = {
    "__init__", "cells", "dates", "due", "errors", "extras", "labels", "lexicon",
    "plugins",  # each room asks it for what it can be extended by
    "programs", "suggest", "system", "text", "timing",
}  # fmt: skip
PURE = {
    "records", "matching", "tables", "minutes", "replies", "check",
    "sharing.merge", "sharing.rebuild",
    "render.views", "render.site.views", "render.chase.message",
    "store.chases", "store.codec", "store.conflicts", "store.contract", "store.migrations",
    "store.owners", "store.packs", "store.programme", "store.undo",
    "publishing.comparing", "dates", "due", "labels", "lexicon", "cells", "suggest", "text",
    "timing",
    "render.export.calendar", "render.export.index", "render.export.schema", "render.export.tables",
}  # fmt: skip
ONLY_IN = {
    "click": {"cli"},
    "subprocess": {"programs"},
    "tinydb": {"store.storage"},
    "jinja2": {"render"},
    "rich": {"render", "cli"},
    "webbrowser": {"cli"},
    "email": {"reading.mail", "render.chase"},
    "oxmsg": {"reading.mail"},
    "compressed_rtf": {"reading.mail"},
    "sqlite3": {"render.export"},
    "pyarrow": {"render.export"},
    "fcntl": {"system"},
    "msvcrt": {"system"},
    "resource": {"system"},
    "ctypes": {"system"},
}
SAYS_WHICH_SYSTEM = {"sys.platform", "os.name", "os.linesep", "os.O_BINARY", "platform.system"}
INPUT_AND_OUTPUT = {"os", "sys", "pathlib", "io", "shutil", "tempfile", "socket", "subprocess"}
HEAVY = {
    "rich",
    "jinja2",
    "dateutil",
    "markdown_it",
    "html.parser",
    "csv",
    "difflib",
    "email.message",
    "subprocess",
    "tomllib",
}


@pytest.fixture(scope="module")
def imports():
    """Map each module, without `cpctrack.` in front, to what it imports anywhere in its code."""
    folder = Path(cpctrack.__file__).parent
    return {
        ".".join(path.relative_to(folder).with_suffix("").parts): set(
            imported(ast.parse(path.read_text("utf-8")))
        )
        for path in folder.rglob("*.py")
    }


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module
            if node.module.startswith("cpctrack"):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_of(modules):
    """Give the rooms, and what is everybody's, among these modules."""
    return {name.split(".")[1] for name in modules if name.startswith("cpctrack.")} & {
        *ROOMS,
        *EVERYBODYS,
    }


def within(module, places):
    return any(f"{module}.".startswith(f"{place}.") for place in places)


def test_every_module_has_its_room(imports):
    assert {module.split(".")[0] for module in imports} == {*ROOMS, *EVERYBODYS}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_from_the_floors_below(imports, room):
    below = {room, *ROOMS[ROOMS.index(room) + 1 :], *EVERYBODYS}
    above = {
        module: upstairs
        for module, names in imports.items()
        if module.split(".")[0] == room and (upstairs := rooms_of(names) - below)
    }
    assert above == {}


def test_imports_between_folders_go_round_no_circle(imports):
    """A room and the folders in it may know each other, but for those of the command line."""
    folders = {module.rpartition(".")[0] for module in imports} - {""}
    arrows = {folder: set() for folder in folders}
    for module, names in imports.items():
        home = module.rpartition(".")[0]
        for name in names:
            parts = name.removeprefix("cpctrack.").split(".")
            starts = {".".join(parts[:end]) for end in range(1, len(parts) + 1)}
            other = max(starts & folders, key=len, default="")
            related = other.startswith(f"{home}.") or home.startswith(f"{other}.")
            if home and other and home != other and (home.startswith("cli") or not related):
                arrows[home].add(other)
    assert tuple(graphlib.TopologicalSorter(arrows).static_order())


@pytest.mark.parametrize("module", sorted(EVERYBODYS))
def test_what_is_everybodys_knows_no_room(imports, module):
    assert rooms_of(imports[module]) <= EVERYBODYS


def test_every_room_says_what_belongs_in_it():
    folder = Path(cpctrack.__file__).parent
    for room in folder.iterdir():
        if room.is_dir() and any(room.glob("*.py")):
            assert ast.get_docstring(ast.parse((room / "__init__.py").read_text("utf-8"))), room


@pytest.mark.parametrize("library", ONLY_IN)
def test_library_is_imported_in_its_place_only(imports, library):
    users = {
        module for module, names in imports.items() if library in {n.split(".")[0] for n in names}
    }
    assert {module for module in users if not within(module, ONLY_IN[library])} == set()


def test_one_module_knows_which_system_it_runs_on():
    folder = Path(cpctrack.__file__).parent
    assert {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Attribute) and ast.unparse(node) in SAYS_WHICH_SYSTEM)
        or (isinstance(node, ast.ImportFrom) and node.module in ("os", "platform", "sys"))
    } == {"system.py"}


@pytest.mark.parametrize("place", sorted(PURE))
def test_what_is_pure_does_no_input_or_output(imports, place):
    found = {
        module: {name.split(".")[0] for name in names} & INPUT_AND_OUTPUT
        for module, names in imports.items()
        if within(module, [place])
    }
    assert found
    assert {module: names for module, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "arguments", [["list"], ["list", "--json"], ["show", "1", "--json"], ["--version"]]
)
def test_reading_loads_nothing_it_does_not_need(arguments, new_store, run):
    meeting = ("--meeting", "2023-03-15", "--type", "formal", "--item", "Item 3. Homes")
    run("add", *meeting, "--action", "Report back", "--owner", "Head of Homes", "--due", "1/9/2023")
    code = (
        "import atexit, sys\n"
        "before = set(sys.modules)\n"  # what measures coverage loads some of them
        "atexit.register(lambda: print(*set(sys.modules) - before, file=sys.stderr))\n"
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

"""The programs that are compared, on the files that `data.py` made in one folder."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from data import TODO_LIST
from measure import Program, run

HERE = Path(__file__).parent
BESIDE_PYTHON = str(Path(sys.executable).parent)
LOAD_AND_DUMP = """\
import json
with open("store.json", encoding="utf-8") as stream:
    document = json.load(stream)
with open("store.json", "w", encoding="utf-8") as stream:
    stream.write(json.dumps(document, indent=2))
"""


LOAD_ALL = """\
import json, sys
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as stream:
        json.load(stream)
"""


@dataclass(frozen=True, slots=True)
class Programs:
    """Makes programs that run in `folder`; those that write get a fresh store for every run.

    `unpacked` is the program of the download that needs no Python, where there is one.
    """

    folder: Path
    unpacked: str = ""

    def cpctrack(self, *arguments: str, size: int | None = None) -> Program:
        """Run cpctrack on a store of this size, or where there is none yet."""
        script = shutil.which("cpctrack", path=BESIDE_PYTHON)
        start = (script,) if script else (sys.executable, "-m", "cpctrack")
        return Program(
            (*start, "--store", "store.json", "--no-input", *arguments),
            self.folder,
            env={"CPCTRACK_TODAY": "2023-07-01", "HOME": str(self.folder)},
            before=lambda: self._place(size),
        )

    def download(self, *arguments: str, size: int) -> Program:
        """Run the cpctrack of the download on a store of this size."""
        ours = self.cpctrack(*arguments, size=size)
        start = ours.words.index("--store")
        return replace(ours, words=(self.unpacked, *ours.words[start:]))

    def council(self, *arguments: str, size: int) -> Program:
        """Run cpctrack on the stores of a council that hold this many records between them."""
        ours = self.cpctrack(*arguments)
        words = [word if word != "store.json" else f"{size}.council" for word in ours.words]
        return replace(ours, words=tuple(words))

    def listing(self, size: int) -> Program:
        """List every record of a store into a pipe."""
        return self.cpctrack("list", size=size)

    def listing_on_terminal(self, size: int) -> Program:
        """List every record of a store on a terminal."""
        return replace(self.listing(size), terminal=True)

    def importing(self, size: int) -> Program:
        """Take a table of this many rows into an empty store."""
        return self.cpctrack("import", str(self.folder / f"{size}.tsv"), "--yes", size=0)

    def python(self, code: str) -> Program:
        """Run a line of Python."""
        return Program((sys.executable, "-c", code), self.folder)

    def load_and_dump(self, size: int) -> Program:
        """Read and write a store with nothing but the standard library."""
        return replace(self.python(LOAD_AND_DUMP), before=lambda: self._place(size))

    def merging(self, size: int) -> Program:
        """Merge two clones of a store as git has it done."""
        base, ours, theirs = self._clones(size)
        merged = self.folder / "merged.json"
        words = ("merge-driver", base, str(merged), theirs, "7", "actions.json")
        return replace(self.cpctrack(*words), before=lambda: shutil.copyfile(ours, merged))

    def load_clones(self, size: int) -> Program:
        """Read a store and two clones of it with nothing but the standard library."""
        return Program((sys.executable, "-c", LOAD_ALL, *self._clones(size)), self.folder)

    def rich_table(self, size: int) -> Program:
        """Print the records of a store as rich's own table on a terminal."""
        rows = self.folder / f"{size}.list.tsv"

        def list_once() -> None:
            if not rows.exists():
                rows.write_bytes(run(self.listing(size)).output)

        words = (sys.executable, str(HERE / "plain_rich_table.py"), str(rows))
        return Program(words, self.folder, before=list_once, terminal=True)

    def task_list(self, size: int) -> Program | None:
        """Let Taskwarrior list the same records, if it is installed."""
        if not (task := shutil.which("task")):
            return None
        database, settings = self.folder / f"{size}.tasks", self.folder / "taskrc"
        env = {"TASKDATA": str(database), "TASKRC": str(settings)}

        def import_once() -> None:
            if not database.exists():
                database.mkdir()
                settings.write_text("confirmation=off\nnews.version=2.6.0\n", encoding="utf-8")
                run(Program((task, "import", f"{size}.tasks.json"), self.folder, env))

        return Program((task, "list"), self.folder, env, import_once)

    def todo_list(self, size: int) -> Program | None:
        """Let todoman list the same records, if it is installed."""
        if not (todo := shutil.which("todo", path=os.pathsep.join((BESIDE_PYTHON, os.defpath)))):
            return None
        folder = self.folder / f"{size}.todo"
        config = folder / "config.py"
        settings = {
            "path": str(folder / "*"),
            "cache_path": str(folder / "cache.sqlite3"),
            "default_list": TODO_LIST,
        }
        lines = [f"{name} = {value!r}\n" for name, value in settings.items()]

        def configure() -> None:
            config.write_text("".join(lines), encoding="utf-8")

        return Program((todo, "--config", str(config), "list"), self.folder, before=configure)

    def generate(self, sizes: tuple[int, ...]) -> None:
        """Make every program's files."""
        words = [sys.executable, str(HERE / "data.py"), str(self.folder), *map(str, sizes)]
        subprocess.run(words, check=True)

    def _clones(self, size: int) -> tuple[str, str, str]:
        base, ours, theirs = (
            str(self.folder / f"{size}{side}.json") for side in ("", ".ours", ".theirs")
        )
        return base, ours, theirs

    def _place(self, size: int | None) -> None:
        target = self.folder / "store.json"
        (self.folder / ".store.json.undo").unlink(missing_ok=True)
        if size is None:
            target.unlink(missing_ok=True)
        else:
            shutil.copyfile(self.folder / f"{size}.json", target)

"""Commands that are killed at a step of what they do, each in a process of its own.

To start Python and load the program takes longer than what is to be struck, so one process loads
it all, and each command is a fork of that one.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

SERVER = """\
import importlib, json, os, pkgutil, signal, sys
import cpctrack

for module in pkgutil.walk_packages(cpctrack.__path__, "cpctrack."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)


def run(folder, step, only_changes, arguments, surroundings, said):
    seen = 0

    def watch(event, what):
        nonlocal seen
        if only_changes and not changes(event, what):
            return
        if any(isinstance(each, (str, os.PathLike)) and folder in str(each) for each in what):
            seen += 1
            if seen == step:
                os.kill(os.getpid(), signal.SIGKILL)

    for number, path in enumerate((os.devnull, *said)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(surroundings)
    sys.addaudithook(watch)
    sys.argv = ["cpctrack", *arguments]
    code = 0
    try:
        cpctrack.cli.main.run()
    except SystemExit as end:
        code = end.code or 0
    sys.stderr.flush()
    os._exit(code)  # what Python would tidy up is more than the command has used


def changes(event, what):
    if event == "open":
        return (what[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    return event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir")


for line in os.fdopen(os.dup(0)):  # sys.stdin is for the command alone
    if child := os.fork():
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    else:
        run(*json.loads(line))
"""


class Killer:
    """Runs commands that are killed at a step, until it is closed."""

    def __init__(self, folder: Path) -> None:
        self._said = (folder / "out", folder / "err")
        self._server = subprocess.Popen(
            [sys.executable, "-c", SERVER],
            cwd=folder,
            env=surroundings(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def close(self) -> None:
        self._server.kill()
        self._server.communicate()

    def run(
        self, folder: Path, step: int, *arguments: str, only_changes: bool = False
    ) -> tuple[int, str, str]:
        """Kill a command when it touches the folder for that time, or else let it end.

        A touch is whatever Python audits with a path in the folder, or `only_changes`: a file that
        comes, goes or is named. Gives the exit code, and what was printed and complained of.
        """
        for path in self._said:
            path.write_bytes(b"")
        said = [str(path) for path in self._said]
        order = [str(folder), step, only_changes, arguments, surroundings(), said]
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        code = int(self._server.stdout.readline())
        out, err = (path.read_text(encoding="utf-8") for path in self._said)
        return code, out, err


def surroundings() -> dict[str, str]:
    """Give the environment of now, without what measures coverage.

    A process that is killed while it saves what was covered would leave half a file.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}

"""Other programs: where they are, and how they are run; the only user of subprocess."""

import os
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from cpctrack import system


def find(name: str) -> str | None:
    """Give the path of a program on the PATH, but never one that lies in the current folder.

    Windows would look there first, where anybody who shares the folder can put a ``git.exe``. A
    name with a folder in it is the path already.
    """
    if Path(name).name != name:
        return name
    here = os.path.realpath(Path.cwd())
    entries = os.environ.get("PATH", os.defpath).split(os.pathsep)
    folders = [folder for entry in entries if (folder := Path(entry.strip('"'))).is_absolute()]
    files = (
        folder / (name + ending)
        for folder in folders
        if os.path.realpath(folder) != here
        for ending in system.program_endings(name)
    )
    return next((str(file) for file in files if file.is_file() and os.access(file, os.X_OK)), None)


def editor() -> list[str] | None:
    """Give the command of the person's editor, from VISUAL or EDITOR, or one that is there.

    Nothing where it can't be found.
    """
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not wanted:
        found = next(filter(None, map(find, system.EDITORS)), None)
        return [found] if found else None
    try:
        # A path may stand there with spaces and without quotation marks.
        words = (
            [wanted] if Path(wanted).is_absolute() else shlex.split(system.as_in_a_shell(wanted))
        )
        name, *arguments = words
    except ValueError:  # a quotation mark too few, or nothing but spaces
        return None
    program = find(name)
    return [program, *arguments] if program else None


def run(
    words: Sequence[str],
    *,
    folder: Path | None = None,
    given: bytes = b"",
    surroundings: Mapping[str, str] | None = None,
    seconds: float,
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end and give what it printed; `surroundings` add to the environment.

    Raises `TimeoutError` where it takes longer and was ended, `OSError` where it can't be run.
    """
    try:
        return subprocess.run(
            words,
            cwd=folder,
            input=given,
            env={**os.environ, **(surroundings or {})},
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error

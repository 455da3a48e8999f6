"""Other programs: where they are, and how they are run; the only user of subprocess.

With `cpctrack.store.files`, and `cpctrack.cli.dialogue.keys` for pasted texts, the only module that
knows which operating system it runs on.
"""

import contextlib
import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_ON_WINDOWS = sys.platform == "win32"
_EDITORS = ("notepad",) if _ON_WINDOWS else ("sensible-editor", "vim", "nano", "vi")

if sys.platform == "win32":  # pragma: no cover - its calls are tested through stand-ins
    import ctypes
    from ctypes import wintypes

    class _Limits(ctypes.Structure):
        """Windows' JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

        _fields_ = (
            ("times", ctypes.c_int64 * 2),
            ("flags", ctypes.c_uint32),
            ("working_set", ctypes.c_size_t * 2),
            ("processes", ctypes.c_uint32),
            ("affinity", ctypes.c_size_t),
            ("priority", ctypes.c_uint32 * 2),
            ("transfers", ctypes.c_uint64 * 6),
            ("process_memory", ctypes.c_size_t),
            ("others", ctypes.c_size_t * 3),
        )

    def limit_memory(most: int) -> None:
        """Let this process have no more than so many bytes."""
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = _Limits(flags=0x100, process_memory=most)  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
        process = wintypes.HANDLE(kernel.GetCurrentProcess())
        kernel.AssignProcessToJobObject(job, process)

else:
    import resource

    def limit_memory(most: int) -> None:
        """Let this process have no more than so many bytes, where the system can see to it."""
        with contextlib.suppress(ValueError, OSError):  # macOS may refuse
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


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
        for ending in _endings(name)
    )
    return next((str(file) for file in files if file.is_file() and os.access(file, os.X_OK)), None)


def editor() -> list[str] | None:
    """Give the command of the person's editor, from VISUAL or EDITOR, or one that is there.

    Nothing where it can't be found.
    """
    wanted = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not wanted:
        found = next(filter(None, map(find, _EDITORS)), None)
        return [found] if found else None
    try:
        # A backslash is part of a path on Windows, where a path may also stand there with spaces.
        words = wanted.replace("\\", "/") if _ON_WINDOWS else wanted
        name, *arguments = [wanted] if Path(wanted).is_absolute() else shlex.split(words)
    except ValueError:  # a quotation mark too few, or nothing but spaces
        return None
    program = find(name)
    return [program, *arguments] if program else None


def start_in_utf8() -> None:
    """Start Python anew to take arguments, names, pipes and keys for UTF-8, whatever the locale.

    What its terminal sends is UTF-8 nearly always, as is what git prints and every file of ours.
    """
    if not _ON_WINDOWS and sys.executable and not hasattr(sys, "frozen"):
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


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


def _endings(name: str) -> list[str]:
    if not _ON_WINDOWS or Path(name).suffix:
        return [""]
    return os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(";")

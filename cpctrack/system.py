"""What differs from one operating system to another; no other module knows which one it is.

docs/windows.md says against which pages each branch for Windows was read. All of them are tested
through stand-ins.
"""

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ON_WINDOWS = sys.platform == "win32"

EDITORS: Sequence[str]
"""Programs to write with, the likeliest first, where nobody has named one."""
BINARY: int
"""The flag to open a file by which its line ends stay as they are."""
END_OF_INPUT: str
"""The keys that end what is typed into a program."""
READER_LEFT: frozenset[int]
"""What writing into a pipe fails with once nobody reads it, as numbers of `errno`."""

_PAUSE = 0.02
_ATTEMPTS = 50

if sys.platform == "win32":  # pragma: no cover - its calls are tested through stand-ins
    import msvcrt

    EDITORS = ("notepad",)
    BINARY = os.O_BINARY
    END_OF_INPUT = "Ctrl-Z and Enter"
    # Microsoft's C library makes EINVAL of most that WriteFile refuses, a pipe without reader too.
    READER_LEFT = frozenset({errno.EPIPE, errno.EINVAL})

    def try_lock(descriptor: int) -> bool:
        """Lock an open file for this process alone, unless that can't be had at once."""
        # From the position in the file, which is its beginning as long as nobody reads or writes
        # it; that there need be no byte is documented. Closing the file frees it.
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def waiting_keys() -> str:
        """Give what has been typed or pasted behind the key that was read."""
        typed = ""
        while msvcrt.kbhit():
            typed += msvcrt.getwch()
        return typed

    def limit_memory(most: int) -> None:
        """Let this process have no more than so many bytes."""
        import ctypes
        from ctypes import wintypes

        class Limits(ctypes.Structure):
            """Windows' JOBOBJECT_EXTENDED_LIMIT_INFORMATION, aligned as in C."""

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

        # A process may be in several jobs since Windows 8; the job lasts as long as the process.
        kernel = ctypes.WinDLL("kernel32")
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = wintypes.HANDLE(kernel.CreateJobObjectW(None, None))
        limits = Limits(flags=0x100, process_memory=most)  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
        kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits))
        process = wintypes.HANDLE(kernel.GetCurrentProcess())
        kernel.AssignProcessToJobObject(job, process)

else:
    import fcntl

    EDITORS = ("sensible-editor", "vim", "nano", "vi")
    BINARY = 0
    END_OF_INPUT = "Ctrl-D"
    READER_LEFT = frozenset({errno.EPIPE})

    def try_lock(descriptor: int) -> bool:
        """Lock an open file for this process alone, unless that can't be had at once."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:  # EACCES, too, may mean that another has it, and that there are no locks
            return False
        return True

    def waiting_keys() -> str:
        """Give what has been typed or pasted behind the key: elsewhere it came with the key."""
        return ""

    def limit_memory(most: int) -> None:
        """Let this process have no more than so many bytes, where the system can see to it."""
        import resource

        with contextlib.suppress(ValueError, OSError):  # macOS may refuse
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def open_lock(path: Path, *, anew: bool = False) -> int | None:
    """Open the file of a lock, which is made where there is none; raises `OSError`.

    Nothing where it is there and should be made `anew`, or its last holder is just removing it.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | (os.O_EXCL if anew else 0), 0o666)
    except FileExistsError:
        return None
    except PermissionError:
        # Until all have closed it, Windows keeps a removed file's name and lets nobody open it.
        if ON_WINDOWS:
            return None
        raise


def is_still(descriptor: int, path: Path) -> bool:
    """Tell whether an open file is the one of this name, or was removed since."""
    if ON_WINDOWS:  # what Python has open can't be removed, and network drives number files anew
        return True
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), path.stat())
    return False


def close_and_remove(descriptor: int, path: Path) -> None:
    """Close a lock's file and remove it, in the order in which nobody takes it in between."""
    if ON_WINDOWS:  # an open file can't be removed there; whoever has opened it by now removes it
        os.close(descriptor)
    with contextlib.suppress(OSError):
        path.unlink()
    if not ON_WINDOWS:
        os.close(descriptor)


def replace(source: Path, target: Path) -> None:
    """Put a file in the place of another; raises `OSError`."""
    _patiently(lambda: source.replace(target))


def remove(path: Path) -> None:
    """Remove a file, if it is there; raises `OSError`."""
    _patiently(lambda: path.unlink(missing_ok=True))


def _patiently(act: Callable[[], object]) -> None:
    # On Windows a file that somebody is just reading (a virus scanner, say) can be neither
    # replaced nor removed: errors 5 and 32, of which Python makes a PermissionError.
    for left in reversed(range(_ATTEMPTS)):
        try:
            act()
        except PermissionError:
            if not ON_WINDOWS or not left:
                raise
            time.sleep(_PAUSE)
        else:
            return


def give_mode(path: Path, like: Path) -> None:
    """Let a file be open to no more people than another."""
    # On Windows a mode says only whether a file is read-only, and such a one could neither be put
    # in place nor be removed; who may open it is the folder's to say.
    if not ON_WINDOWS:
        path.chmod(stat.S_IMODE(like.stat().st_mode))


def sync_folder(folder: Path) -> None:
    """Have the names in a folder safely on disk, where the system can do that."""
    if ON_WINDOWS:  # folders can't be opened there; NTFS keeps a journal of names
        return
    # Some network folders refuse, and some can't be read; the file itself is safe.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def program_endings(name: str) -> list[str]:
    """Give what may stand behind a program's name in its folder."""
    if not ON_WINDOWS or Path(name).suffix:
        return [""]
    return list(filter(None, os.environ.get("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(";")))


def as_in_a_shell(wanted: str) -> str:
    """Give a command line as a POSIX shell would have it."""
    return wanted.replace("\\", "/") if ON_WINDOWS else wanted  # which parts its folders


def for_editor(text: str) -> bytes:
    """Give a text in the form that the editors of this system like best, in UTF-8."""
    return ("\ufeff" + text.replace("\n", "\r\n") if ON_WINDOWS else text).encode()


def has_pager() -> bool:
    """Tell whether a program that shows long texts a page at a time can be relied on."""
    # Windows' `more` has no UTF-8, and is looked for in the current folder first, where anybody
    # who shares it can put one. Its windows scroll back.
    return not ON_WINDOWS or bool(os.environ.get("PAGER"))


def start_in_utf8() -> None:
    """Start Python anew to take arguments, names, pipes and keys for UTF-8, whatever the locale.

    What its terminal sends is UTF-8 nearly always, as is what git prints and every file of ours.
    """
    # Windows has its names in no encoding, and no exec that waits.
    if not ON_WINDOWS and sys.executable and not hasattr(sys, "frozen"):
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])

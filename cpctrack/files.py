"""Files that are never half written and a lock between processes.

The only module that knows which operating system it runs on.
"""

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from cpctrack.errors import StoreError

_RETRY_SECONDS = 0.02
LOCK_TIMEOUT = 30.0
_ON_WINDOWS = sys.platform == "win32"

if sys.platform == "win32":  # pragma: no cover - its calls are tested through stand-ins
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def exists(path: Path) -> bool:
    """Tell whether there is such a file, as far as we may look."""
    try:
        path.stat()
    except OSError:  # which Path.exists would pass on for a folder that is closed to us
        return False
    return True


def write_atomically(path: Path, content: bytes) -> None:
    """Replace a file by `content`, whole or not at all, even if the machine loses power.

    A symbolic link keeps pointing at its target, which is what is replaced; the file's mode is
    kept. Raises `OSError` with the old file untouched.
    """
    target = _target(path)
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        with temporary.open("xb") as stream:
            if target.exists():  # before a word is in it: a private store stays private
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def sweep(path: Path) -> None:
    """Remove what a killed process left of `write_atomically`; only under the file's lock."""
    target = _target(path)
    for stray in target.parent.glob(f".{_glob_escape(target.name)}.????????.tmp"):
        with contextlib.suppress(OSError):
            stray.unlink()


@contextlib.contextmanager
def exclusive(
    path: Path, *, timeout: float = LOCK_TIMEOUT, wait: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Hold the lock that every writer of `path` takes; the system frees a dead process's lock.

    The lock is a file beside the target, since the target itself is replaced; it is gone
    afterwards. Raises `StoreError` when another process keeps it longer than `timeout` seconds.
    """
    target = _target(path)
    lock = target.with_name(f".{target.name}.lock")
    deadline = time.monotonic() + timeout
    while (descriptor := _acquire(lock)) is None:
        if time.monotonic() >= deadline:
            raise StoreError(
                f"Another cpctrack has been writing {path} for {timeout:.0f} seconds; "
                "wait for it to finish and try again."
            )
        wait(_RETRY_SECONDS)
    try:
        yield
    finally:
        _release(descriptor, lock)


def _target(path: Path) -> Path:
    """Follow links to the file itself; raises `OSError` where they lead round in a circle."""
    try:
        target = path.resolve()
    except RuntimeError:  # what Python before 3.13 makes of a circle; later ones stay on the link
        target = path
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return target


def _acquire(lock: Path) -> int | None:
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        if _ON_WINDOWS and lock.exists():  # its last holder is just removing it
            return None
        raise
    # Between our open and our lock its last holder may have removed the file: then the lock
    # we hold is on a file nobody else will find.
    if _try_lock(descriptor) and _is_same(descriptor, lock):
        return descriptor
    os.close(descriptor)
    return None


def _is_same(descriptor: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _release(descriptor: int, lock: Path) -> None:
    if _ON_WINDOWS:  # an open file can't be removed there
        os.close(descriptor)
        with contextlib.suppress(OSError):
            lock.unlink()
    else:
        with contextlib.suppress(OSError):
            lock.unlink()
        os.close(descriptor)


def _replace(source: Path, target: Path, attempts: int = 50) -> None:
    # On Windows a file that somebody is just reading (a virus scanner, say) can't be replaced.
    while True:
        try:
            source.replace(target)
        except PermissionError:
            attempts -= 1
            if not _ON_WINDOWS or not attempts:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _sync_folder(folder: Path) -> None:
    if _ON_WINDOWS:  # folders can't be opened there, and a rename needs no sync
        return
    # Some network folders refuse, and some can't be read; the file itself is safe.
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _glob_escape(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)

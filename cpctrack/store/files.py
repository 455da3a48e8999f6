"""Files that are never half written and a lock between processes.

With `cpctrack.programs` the only module that knows which operating system it runs on.
"""

import contextlib
import errno
import os
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import FileIO
from pathlib import Path

from cpctrack.errors import RenderError, StoreError, UsageError

_RETRY_SECONDS = 0.02
LOCK_TIMEOUT = 30.0
MOST_BYTES = 256 * 1024 * 1024
"""Of a file that is read whole: ten thousand records and fifty packs are a third of it."""
_ASIDE = ".cpctrack-new"
_ANY = "????????.tmp"
_LONGEST_NAME = 255  # bytes; Windows and macOS count letters, of which there are never more
_ON_WINDOWS = sys.platform == "win32"

STORE_NAME = "actions.json"
"""What a store is called unless somebody names it."""

Stamp = tuple[int, int]
"""A file's size and the time of its last change."""

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


def stamp(path: Path) -> Stamp | None:
    """Tell one state of a file from a later one; nothing where there is none to be seen."""
    # No inode: on some network shares it differs from one look to the next.
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def write_atomically(path: Path, content: bytes, *, over: Stamp | None = None) -> None:
    """Replace a file by `content`, whole or not at all, even if the machine loses power.

    A symbolic link keeps pointing at its target, which is what is replaced; the file's mode is
    kept. `over` is the state that may be replaced, if not any: programs such as git take no
    lock. Raises `StoreError` for another state, else `OSError`, with the old file untouched.
    """
    target = _target(path)
    with _written(target, content) as temporary:
        if over and (now := stamp(path)) != over:
            what = "changed" if now else "removed or renamed"
            raise StoreError(
                f"Another program has {what} {path} since this command read it; nothing was "
                "written. Have a look at the file, and run the command again."
            )
        _replace(temporary, target)
    _sync_folder(target.parent)


def check_free(
    contents: Mapping[Path, bytes | None], sources: Iterable[Path], *, force: bool
) -> None:
    """Refuse to replace a folder, a source, or without `force` a file that holds something else.

    Nothing as content is what nobody has made yet. Raises `UsageError` or `RenderError`.
    """
    for path, content in contents.items():
        if path.is_dir():
            raise UsageError(f"{path} is a folder, where a file should go; name another.")
        if not path.exists():
            continue
        if any(source.exists() and path.samefile(source) for source in sources):
            raise UsageError(f"{path} is what this is made from; name another file.")
        if not force and (content is None or not _holds(path, content)):
            raise RenderError(f"{path} already exists; name another file, or add --force.")


@contextlib.contextmanager
def prepared(contents: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """Write files beside where they go; what the block is given puts them all in place.

    So all that can fail has been done before something else is decided. Where the block ends
    without it nothing is left. Folders that are missing are made. Raises `OSError`.
    """
    with contextlib.ExitStack() as stack:
        targets = {}
        for path, content in contents.items():
            stack.enter_context(_folder(path.parent))
            target = _target(path)
            stack.enter_context(exclusive(target))
            sweep(target)
            targets[stack.enter_context(_written(target, content))] = target

        def put_in_place() -> None:
            for temporary, target in targets.items():
                _replace(temporary, target)
            for folder in {target.parent for target in targets.values()}:
                _sync_folder(folder)

        yield put_in_place


@contextlib.contextmanager
def staged(folder: Path, contents: Mapping[str, bytes]) -> Iterator[tuple[int, Callable[[], None]]]:
    """Write aside what differs of a folder's files, by their names (with ``/``) below it.

    The block is given how many differ, and what puts them in place. For thousands of files that
    can all be made again: there is no lock for each, as `prepared` has, and no wait for the disk.
    Raises `OSError`.
    """
    import shutil

    aside = folder / _ASIDE
    shutil.rmtree(aside, ignore_errors=True)  # of one that was killed
    different = [name for name, content in contents.items() if not _holds(folder / name, content)]
    try:
        aside.mkdir()
        for number, name in enumerate(different):
            (aside / str(number)).write_bytes(contents[name])

        def put_in_place() -> None:
            for number, name in enumerate(different):
                (folder / name).parent.mkdir(exist_ok=True)
                _replace(aside / str(number), folder / name)

        yield len(different), put_in_place
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def beside(path: Path, ending: str) -> Path:
    """Name the hidden file that goes with another: ``.actions.json.lock``.

    It stands beside the file itself, wherever a symbolic link to it may be.
    """
    target = _target(path)
    return target.with_name(_hidden(target.name, ending))


def read(path: Path) -> bytes:
    """Read a file whole; raises `OSError` for a folder, and for a pipe or device without end."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode) and not stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, and no file")
    if found.st_size > MOST_BYTES:
        raise OSError(errno.EFBIG, "it is far too large")
    return path.read_bytes()


def read_plain(path: Path) -> bytes:
    """Read a file as `read` does, but no link, and nothing where there is no file."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    try:
        return read(path)
    except FileNotFoundError:
        return b""


def append(path: Path, content: bytes, *, at: int, like: Path) -> None:
    """Write `content` behind the first `at` bytes of a file, in place of the rest, safely on disk.

    The file is made where there is none, and is never open to more people than the file `like`.
    Raises `OSError` with the file as it was, but for what stood behind `at`.
    """
    mode = stat.S_IMODE(like.stat().st_mode)
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, mode), "r+b", buffering=0) as stream:
        held = stat.S_IMODE(path.stat().st_mode)
        if held & ~mode:
            path.chmod(held & mode)
        stream.truncate(at)
        stream.seek(at)
        try:
            _write_all(stream, content)
            os.fsync(stream.fileno())
        except BaseException:
            stream.truncate(at)
            raise


def sweep(path: Path) -> None:
    """Remove what a killed process left of `write_atomically`; only under the file's lock."""
    for written in (_target(path), beside(path, "undo")):  # nothing else beside it is replaced
        start = _hidden(written.name, _ANY).removesuffix(_ANY)
        name = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in start)
        for stray in written.parent.glob(name + _ANY):
            with contextlib.suppress(OSError):
                stray.unlink()


def tidy(path: Path) -> None:
    """Remove what a killed process left beside `path`, its lock too, where that can be done.

    Nothing happens while another process holds the lock, or in a folder that we may not write to.
    """
    with contextlib.suppress(OSError):
        lock = beside(path, "lock")
        # It outlives all else that a killed process leaves, and nearly always there is none.
        if lock.exists() and (descriptor := _acquire(lock)) is not None:
            sweep(path)
            _release(descriptor, lock)


@contextlib.contextmanager
def exclusive(
    path: Path, *, timeout: float = LOCK_TIMEOUT, wait: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Hold the lock that every writer of `path` takes; the system frees a dead process's lock.

    The lock is a file beside the target, since the target itself is replaced; it is gone
    afterwards. Raises `StoreError` when another process keeps it longer than `timeout` seconds.
    """
    lock = beside(path, "lock")
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


@contextlib.contextmanager
def _written(target: Path, content: bytes) -> Iterator[Path]:
    """Write a temporary file beside the target, which is gone afterwards unless it was renamed."""
    temporary = target.with_name(_hidden(target.name, f"{os.urandom(4).hex()}.tmp"))
    try:
        with temporary.open("xb") as stream:
            if target.exists():  # before a word is in it: a private store stays private
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        yield temporary
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()


@contextlib.contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder that is missing, and remove it again where nothing came to be in it."""
    missing = [each for each in (folder, *folder.parents) if not exists(each)]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()


def _holds(path: Path, content: bytes) -> bool:
    """Tell whether a file is there with these bytes and can be read."""
    found = stamp(path)
    with contextlib.suppress(OSError):
        return found is not None and found[0] == len(content) and read(path) == content
    return False


def _hidden(name: str, ending: str) -> str:
    """Name the hidden file of another; where that is too long, after what is made of its name."""
    hidden = f".{name}.{ending}"
    if len(os.fsencode(hidden)) <= _LONGEST_NAME:
        return hidden
    from hashlib import sha256

    return f".{sha256(os.fsencode(name)).hexdigest()}.{ending}"


def _target(path: Path) -> Path:
    """Follow links to the file itself; raises `OSError` where they lead round in a circle."""
    try:
        target = path.resolve()
    except RuntimeError:  # what Python before 3.13 makes of a circle; later ones stay on the link
        target = path
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return target


def _write_all(stream: FileIO, content: bytes) -> None:
    rest = memoryview(content)
    while rest:  # a disk that is nearly full takes a part
        rest = rest[stream.write(rest) :]


def _acquire(lock: Path) -> int | None:
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        if _ON_WINDOWS and lock.exists():  # its last holder is just removing it
            return None
        raise
    # Between our open and our lock its last holder may have removed the file: then the lock
    # we hold is on a file nobody else will find.
    with contextlib.suppress(FileNotFoundError):
        if _try_lock(descriptor) and os.path.samestat(os.fstat(descriptor), lock.stat()):
            return descriptor
    os.close(descriptor)
    return None


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

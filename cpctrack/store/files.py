"""Files that are never half written and a lock between processes."""

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import FileIO
from itertools import chain, takewhile
from pathlib import Path

from cpctrack import system
from cpctrack.dates import long_date
from cpctrack.errors import RenderError, StoreError, UsageError
from cpctrack.text import clean, one_line, shorten, unfit_name

_RETRY_SECONDS = 0.02
LOCK_TIMEOUT = 30.0
MOST_BYTES = 256 * 1024 * 1024
"""Of a file that is read whole: ten thousand records and fifty packs are a third of it."""
_LONGEST_WHO = 120
_ASIDE = ".cpctrack-new"
_HEX = "????????"  # of eight letters that chance gives to a file of the moment
_LONGEST_NAME = 255  # bytes; Windows and macOS count letters, of which there are never more

STORE_NAME = "actions.json"
"""What a store is called unless somebody names it."""

Stamp = tuple[int, int]
"""A file's size and the time of its last change."""


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
        system.replace(temporary, target)
    system.sync_folder(target.parent)


def check_free(
    contents: Mapping[Path, bytes | None], sources: Iterable[Path], *, force: bool
) -> None:
    """Refuse to replace a folder, a source, or without `force` a file that holds something else.

    So are names that `check_name` refuses. Nothing as content is what nobody has made yet. Raises
    `UsageError` or `RenderError`.
    """
    for path, content in contents.items():
        check_name(path)
        if path.is_dir():
            raise UsageError(f"{path} is a folder, where a file should go; name another.")
        if not path.exists():
            continue
        if any(source.exists() and path.samefile(source) for source in sources):
            raise UsageError(f"{path} is what this is made from; name another file.")
        if not force and (content is None or not _holds(path, content)):
            raise RenderError(f"{path} already exists; name another file, or add --force.")


def check_name(path: Path) -> None:
    """Refuse a name that Windows can't hold, of the file or of a folder that is still to be made.

    So on every system: a colleague on Windows could neither open the file nor clone the
    repository. Raises `UsageError`.
    """
    for name in (path.name, *(each.name for each in takewhile(_is_missing, path.parents))):
        if why := unfit_name(name):
            raise UsageError(
                f"“{one_line(name)}” can't be the name of a file on Windows, as {why}."
            )


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
                system.replace(temporary, target)
            for folder in {target.parent for target in targets.values()}:
                system.sync_folder(folder)

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
                system.replace(aside / str(number), folder / name)

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
    mode = stat.S_IMODE(like.stat().st_mode) | stat.S_IWUSR  # or nobody could ever add to it
    flags = os.O_RDWR | os.O_CREAT | system.BINARY
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
    target = _target(path)
    lasting = beside(path, "undo")  # nothing else beside it is replaced
    strays = [_left(target, "tmp"), _left(lasting, "tmp"), _left(target, "lock")]
    for stray in chain.from_iterable(strays):
        with contextlib.suppress(OSError):
            stray.unlink()


def tidy(path: Path) -> None:
    """Remove what a killed process left beside `path`, its lock too, where that can be done.

    Nothing happens while another process holds the lock, or in a folder that we may not write to.
    """
    with contextlib.suppress(OSError):
        lock = beside(path, "lock")
        # It outlives nearly all else that a killed process leaves, and nearly always there is none.
        if (lock.exists() or any(_left(_target(path), "lock"))) and _drive_has_locks(path):
            give_back = _take_lock(lock, beside(path, "held"))
            if give_back:
                sweep(path)
                give_back()


@contextlib.contextmanager
def exclusive(
    path: Path, *, timeout: float = LOCK_TIMEOUT, wait: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Hold the lock that every writer of `path` takes; the system frees a dead process's lock.

    The lock is a file beside the target, since the target itself is replaced; it is gone
    afterwards. On a drive that has no locks it is a file that only one can make, which says who
    has; nobody can tell whether that one is still alive, so it is never taken from him. Raises
    `StoreError` when another process keeps it longer than `timeout` seconds, else `OSError`.
    """
    lock, mark = beside(path, "lock"), beside(path, "held")
    has_locks = _drive_has_locks(path)
    take = _take_lock if has_locks else _take_mark
    deadline = time.monotonic() + timeout
    while (give_back := take(lock, mark)) is None:
        if time.monotonic() >= deadline:
            raise _still_held(path, [mark] if has_locks else [mark, lock], timeout)
        wait(_RETRY_SECONDS)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # what is done is done, and the next one names the file
            give_back()


def _drive_has_locks(path: Path) -> bool:
    """Try a lock on a file that nobody else has: only so a refusal has but one meaning."""
    trial = beside(path, f"{os.urandom(4).hex()}.lock")
    descriptor = os.open(trial, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    has_locks = system.try_lock(descriptor)
    system.close_and_remove(descriptor, trial)
    return has_locks


# One computer may have locks on a drive where another has none. Both kinds keep out each other,
# as each shows its own file before it looks for the other's: of two, one at least sees the other.


def _take_lock(lock: Path, mark: Path) -> Callable[[], None] | None:
    """Lock a file, and give what gives it back, or nothing where somebody has it."""
    descriptor = system.open_lock(lock) if _is_free(mark) else None
    if descriptor is None:
        return None
    # Between our open and our lock its last holder may have removed the file: then the lock
    # we hold is on a file nobody else will find.
    if not system.try_lock(descriptor) or not system.is_still(descriptor, lock):
        os.close(descriptor)
        return None
    give_back = partial(system.close_and_remove, descriptor, lock)
    if _is_free(mark):
        return give_back
    give_back()
    return None


def _take_mark(lock: Path, mark: Path) -> Callable[[], None] | None:
    """Make a file that says who we are, and give what removes it, or nothing as `_take_lock`."""
    if not _is_free(lock) or not _is_free(mark):
        return None
    descriptor = system.open_lock(mark, anew=True)
    if descriptor is None:
        return None
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(_who_and_when().encode("utf-8", "replace"))
        if _is_free(lock):
            return partial(system.remove, mark)
    except BaseException:
        system.remove(mark)
        raise
    system.remove(mark)
    return None


def _is_free(path: Path) -> bool:
    """Tell whether there is no such file for certain; raises `OSError` where nobody can tell."""
    try:
        path.lstat()
    except FileNotFoundError:
        return True
    return False


def _who_and_when() -> str:
    from datetime import datetime
    from socket import gethostname

    now = datetime.now()
    day = long_date(now.date().isoformat())
    return f"{gethostname()}, process {os.getpid()}, since {now:%H:%M} on {day}"


def _still_held(path: Path, signs: Iterable[Path], timeout: float) -> StoreError:
    """Say that somebody else is at work, and where nobody can tell whether he is, by which file."""
    for sign in filter(exists, signs):
        said = ""
        with contextlib.suppress(OSError):
            said = shorten(clean(read(sign).decode("utf-8", "replace")), _LONGEST_WHO)
        return StoreError(
            f"Another cpctrack is writing {path}, says {sign}{f' ({said})' if said else ''}; wait "
            "for it to finish and try again, or delete that file if nobody is working any more."
        )
    return StoreError(
        f"Another cpctrack has been writing {path} for {timeout:.0f} seconds; "
        "wait for it to finish and try again."
    )


def _left(target: Path, ending: str) -> Iterator[Path]:
    """Find what a process that was killed has left for the moment, under a name of chance."""
    start = _hidden(target.name, f"{_HEX}.{ending}").removesuffix(f"{_HEX}.{ending}")
    name = "".join(f"[{letter}]" if letter in "*?[" else letter for letter in start)
    return target.parent.glob(f"{name}{_HEX.replace('?', '[0-9a-f]')}.{ending}")


@contextlib.contextmanager
def _written(target: Path, content: bytes) -> Iterator[Path]:
    """Write a temporary file beside the target, which is gone afterwards unless it was renamed."""
    temporary = target.with_name(_hidden(target.name, f"{os.urandom(4).hex()}.tmp"))
    try:
        with temporary.open("xb") as stream:
            if target.exists():  # before a word is in it: a private store stays private
                system.give_mode(temporary, like=target)
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
    missing = list(takewhile(_is_missing, (folder, *folder.parents)))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for each in missing:
            with contextlib.suppress(OSError):
                each.rmdir()


def _is_missing(path: Path) -> bool:
    return not exists(path)


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

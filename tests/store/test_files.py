"""A file is replaced whole or not at all, by one process at a time, on every system."""

import errno
import importlib.util
import os
import stat
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from cpctrack.errors import StoreError
from cpctrack.store import files
from cpctrack.store.files import exclusive, exists, stamp, sweep, tidy, write_atomically

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no modes or plain links")


@pytest.fixture(params=["plain", "with a space", "Sitzung für Ämter – 会议", "[odd]"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / request.param
    folder.mkdir()
    return folder / "actions.json"


def names(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir())


def test_a_file_is_written_and_replaced(target: Path) -> None:
    write_atomically(target, b"one\n")
    write_atomically(target, "zwei – 二\n".encode())
    assert target.read_bytes() == "zwei – 二\n".encode()
    assert names(target) == ["actions.json"]


@POSIX
def test_the_mode_is_kept_and_never_wider_on_the_way(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(b"old")
    target.chmod(0o600)
    modes = []

    def watched(descriptor: int) -> None:
        modes.append(stat.S_IMODE(os.fstat(descriptor).st_mode))

    monkeypatch.setattr(files.os, "fsync", watched)
    write_atomically(target, b"new")
    assert modes[0] == 0o600
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


@POSIX
def test_a_link_keeps_pointing_at_its_target(target: Path, tmp_path: Path) -> None:
    target.write_bytes(b"old")
    link = tmp_path / "link.json"
    link.symlink_to(target)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.iterdir() if not path.is_dir()) == ["link.json"]


@POSIX
def test_a_link_to_itself_is_an_error_of_the_system(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(link)
    assert not exists(link)
    with pytest.raises(OSError, match="symbolic links") as caught:
        write_atomically(link, b"new")
    assert caught.value.errno == errno.ELOOP


def test_exists_where_the_system_will_not_look(tmp_path: Path) -> None:
    assert exists(tmp_path)
    assert not exists(tmp_path / "missing")
    assert not exists(tmp_path / ("long" * 500))


@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_no_litter(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    content: bytes = b"new"
    if step == "write":
        content = "not bytes"  # type: ignore[assignment]
    elif step == "fsync":
        monkeypatch.setattr(files.os, "fsync", fail)
    else:
        monkeypatch.setattr(files.os, "replace", fail)
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises((OSError, TypeError)):
        write_atomically(target, content)
    assert target.read_bytes() == b"old"
    assert names(target) == ["actions.json"]


def test_an_interruption_leaves_no_litter(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(target, b"new")
    assert names(target) == []


@pytest.mark.parametrize("call", ["open", "fsync"])
def test_a_folder_that_can_not_be_synced_does_not_matter(
    target: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    real = getattr(os, call)

    def refuse(what: object, *arguments: object) -> object:
        is_folder = what == target.parent or (
            isinstance(what, int) and stat.S_ISDIR(os.fstat(what).st_mode)
        )
        if is_folder:
            raise OSError(errno.EINVAL, "Invalid argument")
        return real(what, *arguments)

    monkeypatch.setattr(files.os, call, refuse)
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def test_sweep_takes_only_what_a_killed_process_left(target: Path) -> None:
    kept = ["actions.json", ".actions.json.tmp", ".other.json.01234567.tmp", "actions.json.bak"]
    for name in [*kept, ".actions.json.01234567.tmp", ".actions.json.89abcdef.tmp"]:
        (target.parent / name).write_bytes(b"")
    sweep(target)
    assert names(target) == sorted(kept)


def test_sweep_takes_a_name_to_the_letter(tmp_path: Path) -> None:
    (tmp_path / ".actions.json.01234567.tmp").write_bytes(b"")
    (tmp_path / ".[ab]ctions.json.01234567.tmp").write_bytes(b"")
    sweep(tmp_path / "[ab]ctions.json")
    assert names(tmp_path / "x") == [".actions.json.01234567.tmp"]


def test_only_the_state_that_was_read_is_replaced(target: Path) -> None:
    assert stamp(target) is None
    target.write_bytes(b"one")
    read = stamp(target)
    write_atomically(target, b"two!", over=read)
    with pytest.raises(StoreError, match=r"Another program has changed .* run the command again"):
        write_atomically(target, b"three", over=read)
    assert target.read_bytes() == b"two!"
    target.unlink()
    with pytest.raises(StoreError, match=r"Another program has removed or renamed .*"):
        write_atomically(target, b"three", over=read)
    assert names(target) == []


def test_a_file_of_the_same_length_is_another_one(target: Path) -> None:
    target.write_bytes(b"one")
    read = stamp(target)
    os.utime(target, ns=(0, 1_000_000_000))
    with pytest.raises(StoreError, match="Another program"):
        write_atomically(target, b"two", over=read)
    assert target.read_bytes() == b"one"


def test_tidy_takes_what_a_killed_process_left_with_its_lock(target: Path) -> None:
    for name in ("actions.json", ".actions.json.01234567.tmp", ".actions.json.lock"):
        (target.parent / name).write_bytes(b"")
    tidy(target)
    assert names(target) == ["actions.json"]


def test_tidy_leaves_a_living_process_alone(target: Path) -> None:
    with exclusive(target):
        (target.parent / ".actions.json.01234567.tmp").write_bytes(b"")
        tidy(target)
        assert names(target) == [".actions.json.01234567.tmp", ".actions.json.lock"]


def test_tidy_is_silent_where_nothing_can_be_done(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (target.parent / ".actions.json.lock").write_bytes(b"")

    def refuse(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(files.os, "open", refuse)
    tidy(target)
    assert names(target) == [".actions.json.lock"]


def test_one_process_at_a_time(target: Path) -> None:
    waits: list[float] = []
    with exclusive(target):
        assert names(target) == [".actions.json.lock"]
        with (
            pytest.raises(StoreError, match="Another cpctrack has been writing"),
            exclusive(target, timeout=0, wait=waits.append),
        ):
            pytest.fail("two held the lock")
    assert names(target) == []
    assert waits == []


def test_a_lock_is_waited_for(target: Path) -> None:
    first = exclusive(target)
    first.__enter__()
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 3:
            first.__exit__(None, None, None)

    with exclusive(target, wait=wait):
        assert names(target) == [".actions.json.lock"]
    assert len(waits) == 3
    assert all(0 < seconds < 1 for seconds in waits)


def test_a_lock_is_given_back_after_an_error(target: Path) -> None:
    with pytest.raises(ZeroDivisionError), exclusive(target):
        raise ZeroDivisionError
    with exclusive(target, timeout=0):
        pass
    assert names(target) == []


def test_the_lock_file_of_a_killed_process_is_no_lock(target: Path) -> None:
    (target.parent / ".actions.json.lock").write_bytes(b"")
    with exclusive(target, timeout=0):
        pass
    assert names(target) == []


@POSIX
def test_a_lock_on_a_file_that_was_removed_meanwhile_is_no_lock(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = files._try_lock
    calls: list[int] = []

    def lose_the_first(descriptor: int) -> bool:
        calls.append(descriptor)
        if len(calls) == 1:
            (target.parent / ".actions.json.lock").unlink()
        return real(descriptor)

    monkeypatch.setattr(files, "_try_lock", lose_the_first)
    with exclusive(target, wait=lambda _: None):
        assert names(target) == [".actions.json.lock"]
    assert len(calls) == 2


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), exclusive(tmp_path / "missing" / "actions.json"):
        pytest.fail("locked nothing")


# What follows runs Windows' branches on any system, through stand-ins for what it does.


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_ON_WINDOWS", True)


def refuse_times(count: int, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let replacing a file fail so many times; give the list that fills with the waits."""
    real, waits = os.replace, []
    left = [count]

    def replace(source: Path, target: Path) -> None:
        if left[0]:
            left[0] -= 1
            raise PermissionError(13, "Access is denied")
        real(source, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(files.time, "sleep", waits.append)
    return waits


def test_windows_waits_for_a_file_that_somebody_reads(
    target: Path, on_windows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = refuse_times(3, monkeypatch)
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"
    assert len(waits) == 3


def test_windows_gives_up_in_the_end(
    target: Path, on_windows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    target.write_bytes(b"old")
    waits = refuse_times(1000, monkeypatch)
    with pytest.raises(PermissionError):
        write_atomically(target, b"new")
    assert target.read_bytes() == b"old"
    assert names(target) == ["actions.json"]
    assert 0.5 < sum(waits) < 5


def test_other_systems_do_not_wait_for_a_permission(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_ON_WINDOWS", False)
    waits = refuse_times(1, monkeypatch)
    with pytest.raises(PermissionError):
        write_atomically(target, b"new")
    assert waits == []


def test_windows_does_not_open_a_folder(
    target: Path, on_windows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "open", lambda *_: pytest.fail("opened a folder"))
    write_atomically(target, b"new")
    assert target.read_bytes() == b"new"


def test_windows_waits_for_a_lock_file_that_is_being_removed(
    target: Path, on_windows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = target.parent / ".actions.json.lock"
    lock.write_bytes(b"")
    real, refusals = os.open, [PermissionError(13, "Access is denied")]

    def open_(path: Path, flags: int, mode: int = 0o777) -> int:
        if refusals:
            raise refusals.pop()
        return real(path, flags, mode)

    monkeypatch.setattr(files.os, "open", open_)
    waits: list[float] = []
    with exclusive(target, wait=waits.append):
        pass
    assert len(waits) == 1
    assert not lock.exists()


def test_a_folder_one_may_not_write_to_is_said_at_once(
    target: Path, on_windows: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(files.os, "open", refuse)
    with pytest.raises(PermissionError), exclusive(target, wait=lambda _: pytest.fail("waited")):
        pytest.fail("locked")


class FakeMsvcrt(ModuleType):
    """Windows' C library as far as locks go: one byte of a file, held by one descriptor."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.held: set[tuple[int, int]] = set()

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        status = os.fstat(descriptor)
        if (status.st_dev, status.st_ino) in self.held:
            raise OSError(errno.EACCES, "Permission denied")
        self.held.add((status.st_dev, status.st_ino))


def test_windows_own_lock(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = FakeMsvcrt()
    monkeypatch.setitem(sys.modules, "msvcrt", library)
    monkeypatch.setattr(sys, "platform", "win32")
    spec = importlib.util.spec_from_file_location("files_on_windows", files.__file__)
    assert spec and spec.loader
    windows = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(windows)
    with windows.exclusive(target):
        assert len(library.held) == 1
        with pytest.raises(StoreError), windows.exclusive(target, timeout=0):
            pytest.fail("two held the lock")
    assert names(target) == []


def test_stand_ins_do_not_outlive_their_test() -> None:
    assert not isinstance(sys.modules.get("msvcrt", SimpleNamespace()), FakeMsvcrt)
    assert (os.name == "nt") == files._ON_WINDOWS


# From where the first of them grows too long to where the name itself is the longest there can be.
@pytest.mark.skipif(os.name == "nt", reason="Windows cuts whole paths far shorter")
@pytest.mark.parametrize("length", [230, 235, 236, 241, 242, 243, 249, 250, 254, 255])
@pytest.mark.parametrize("letter", ["a", "ŵ", "会"])
def test_names_as_long_as_a_name_can_be(tmp_path: Path, length: int, letter: str) -> None:
    size = len(letter.encode())
    many, rest = divmod(length - len(".json"), size)
    target = tmp_path / f"{letter * many}{'x' * rest}.json"
    assert len(os.fsencode(target.name)) == length
    with exclusive(target):
        assert len(names(target)) == 1
        write_atomically(target, b"one")
        write_atomically(files.beside(target, "undo"), b"two")
        for each in (target, files.beside(target, "undo")):
            with files._written(each, b"") as temporary:
                assert len(os.fsencode(temporary.name)) <= 255
                content = temporary.read_bytes()
            temporary.write_bytes(content)
        assert len(names(target)) == 5
        sweep(target)
    assert names(target) == sorted([target.name, files.beside(target, "undo").name])

"""A file is replaced whole or not at all, by one process at a time, on every system."""

import errno
import os
import re
import stat
import sys
from pathlib import Path, PureWindowsPath
from types import ModuleType

import pytest
from windows import Msvcrt, as_on_windows

from cpctrack import system
from cpctrack.errors import StoreError, UsageError
from cpctrack.store import files
from cpctrack.store.files import (
    check_free,
    check_name,
    exclusive,
    exists,
    stamp,
    sweep,
    tidy,
    write_atomically,
)

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
    left = [
        ".actions.json.01234567.tmp",
        ".actions.json.89abcdef.tmp",
        ".actions.json.76543210.lock",
    ]
    for name in [*kept, *left]:
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
    real = system.try_lock
    calls: list[int] = []

    def lose_one(descriptor: int) -> bool:
        calls.append(descriptor)
        if len(calls) == 2:  # the first is a trial whether there are locks
            (target.parent / ".actions.json.lock").unlink()
        return real(descriptor)

    monkeypatch.setattr(system, "try_lock", lose_one)
    with exclusive(target, wait=lambda _: None):
        assert names(target) == [".actions.json.lock"]
    assert len(calls) == 3


def test_a_folder_that_is_not_there_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), exclusive(tmp_path / "missing" / "actions.json"):
        pytest.fail("locked nothing")


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let files lie on a drive that has no locks."""
    monkeypatch.setattr(system, "try_lock", lambda _: False)


def test_where_there_are_no_locks_a_file_says_who_is_at_work(
    target: Path, no_locks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_who_and_when", lambda: "office-pc, since 14:05 on 3 June 2023")
    with exclusive(target):
        assert names(target) == [".actions.json.held"]
        with pytest.raises(StoreError) as caught, exclusive(target, timeout=0):
            pytest.fail("two were at work")
        assert names(target) == [".actions.json.held"]
    assert names(target) == []
    assert str(caught.value) == (
        f"Another cpctrack is writing {target}, says {target.parent / '.actions.json.held'} "
        "(office-pc, since 14:05 on 3 June 2023); wait for it to finish and try again, or delete "
        "that file if nobody is working any more."
    )


def test_who_is_at_work_is_a_computer_a_process_and_a_time(
    target: Path, no_locks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "büro-pc")
    with exclusive(target):
        said = (target.parent / ".actions.json.held").read_text("utf-8")
    when = r"since [012]\d:[0-5]\d on [1-3]?\d [A-Z][a-z]+ \d{4}"
    assert re.fullmatch(rf"büro-pc, process {os.getpid()}, {when}", said)


def test_what_such_a_file_says_disturbs_no_terminal(target: Path, no_locks: None) -> None:
    mark = target.parent / ".actions.json.held"
    mark.write_bytes(b"\x1b[2J" + b"a\n" * 100 + b"\xff")
    with pytest.raises(StoreError) as caught, exclusive(target, timeout=0):
        pytest.fail("two were at work")
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 400 + 2 * len(str(target))
    assert mark.exists()  # nobody can tell whether its maker is alive


def test_a_file_that_says_nothing_keeps_others_out_too(target: Path, no_locks: None) -> None:
    (target.parent / ".actions.json.held").write_bytes(b"")
    with pytest.raises(StoreError, match=r"says .*\.held; wait for"), exclusive(target, timeout=0):
        pytest.fail("two were at work")


@pytest.mark.parametrize("first_has_locks", [True, False])
def test_both_kinds_of_lock_keep_each_other_out(
    target: Path, monkeypatch: pytest.MonkeyPatch, first_has_locks: bool
) -> None:
    real = system.try_lock
    kinds = {True: real, False: lambda _: False}
    monkeypatch.setattr(system, "try_lock", kinds[first_has_locks])
    sign = ".actions.json.lock" if first_has_locks else ".actions.json.held"
    with exclusive(target):
        monkeypatch.setattr(system, "try_lock", kinds[not first_has_locks])
        with (
            pytest.raises(StoreError, match=f"says .*{re.escape(sign)}"),
            exclusive(target, timeout=0),
        ):
            pytest.fail("two were at work")
        assert names(target) == [sign]
        monkeypatch.setattr(system, "try_lock", kinds[first_has_locks])
    assert names(target) == []
    monkeypatch.setattr(system, "try_lock", kinds[not first_has_locks])
    with exclusive(target, timeout=0):
        pass
    assert names(target) == []


@pytest.mark.parametrize("has_locks", [True, False])
def test_of_two_that_come_at_once_one_sees_the_other(
    target: Path, monkeypatch: pytest.MonkeyPatch, has_locks: bool
) -> None:
    """The other's file comes between our look for it and our own: so there is a second look."""
    real = system.try_lock
    monkeypatch.setattr(system, "try_lock", real if has_locks else lambda _: False)
    ours, other = (".lock", ".held") if has_locks else (".held", ".lock")
    theirs = target.parent / f".actions.json{other}"
    open_lock, waits = system.open_lock, []

    def meanwhile(path: Path, *, anew: bool = False) -> int | None:
        assert path.name.endswith(ours)
        if not waits:
            theirs.write_bytes(b"")
        return open_lock(path, anew=anew)

    def wait(seconds: float) -> None:
        waits.append(names(target))
        theirs.unlink()

    monkeypatch.setattr(system, "open_lock", meanwhile)
    with exclusive(target, wait=wait):
        assert names(target) == [f".actions.json{ours}"]
    assert waits == [[theirs.name]]  # ours was taken away again


def test_who_can_not_say_that_he_is_at_work_is_not(
    target: Path, no_locks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> str:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files, "_who_and_when", fail)
    with pytest.raises(OSError, match="Input/output"), exclusive(target):
        pytest.fail("went to work")
    assert names(target) == []


def test_where_nobody_can_look_nobody_works(
    target: Path, no_locks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.lstat

    def fail(path: Path) -> os.stat_result:
        if path.suffix == ".held":
            raise OSError(errno.EIO, "Input/output error")
        return real(path)

    monkeypatch.setattr(Path, "lstat", fail)
    with pytest.raises(OSError, match="Input/output"), exclusive(target):
        pytest.fail("went to work")
    assert names(target) == []


def test_tidy_takes_what_was_left_by_a_trial_for_locks(target: Path) -> None:
    (target.parent / ".actions.json.01234567.lock").write_bytes(b"")
    tidy(target)
    assert names(target) == []


def test_the_lock_of_a_file_with_a_longer_name_stays(target: Path) -> None:
    with exclusive(target.with_name("actions.json.original")), exclusive(target):
        sweep(target)
        tidy(target)
        assert names(target) == [".actions.json.lock", ".actions.json.original.lock"]


def test_what_can_not_be_given_back_is_no_failure(
    target: Path, no_locks: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(system, "remove", refuse)
    with exclusive(target):
        pass
    assert names(target) == [".actions.json.held"]


def test_tidy_takes_nothing_where_there_are_no_locks(target: Path, no_locks: None) -> None:
    left = [".actions.json.01234567.tmp", ".actions.json.held", ".actions.json.lock"]
    for name in left:
        (target.parent / name).write_bytes(b"")
    tidy(target)
    assert names(target) == left


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Appendix 4: progress.html", "it has “:” in it; leave that out, or write “-” instead"),
        ("a\tb.html", "it has an unprintable letter in it; leave that out, or write “-” instead"),
        ("CON.html", "“CON” is a device there; add a word to it"),
    ],
)
def test_a_name_that_windows_can_not_hold_is_refused(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_free({tmp_path / name: None}, [], force=True)
    shown = name.replace("\t", " ")
    assert str(caught.value) == f"“{shown}” can't be the name of a file on Windows, as {why}."


def test_a_folder_that_is_to_be_made_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^“2023: the year” can't be the name of a file"):
        check_free({tmp_path / "2023: the year" / "new" / "page.html": None}, [], force=True)


@POSIX
def test_a_folder_that_is_there_may_be_called_anything(tmp_path: Path) -> None:
    folder = tmp_path / "2023: the year"
    folder.mkdir()
    check_free({folder / "page.html": None}, [], force=False)


def test_a_letter_of_a_drive_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "exists", lambda _: False)
    check_name(PureWindowsPath(r"C:\Committee\new\page.html"))  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"^“page\.html:x” can't"):
        check_name(PureWindowsPath(r"C:\Committee\page.html:x"))  # type: ignore[arg-type]


# What follows runs Windows' branches on any system, through stand-ins for what it does.


@pytest.fixture
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "ON_WINDOWS", True)


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
    monkeypatch.setattr(system.time, "sleep", waits.append)
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
    monkeypatch.setattr(system, "ON_WINDOWS", False)
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
        if path == lock and refusals:
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


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Let the store's files be kept by what Windows has."""
    loaded = as_on_windows(monkeypatch)
    monkeypatch.setattr(files, "system", loaded)
    return loaded


def test_windows_own_lock(target: Path, windows: ModuleType) -> None:
    with exclusive(target):
        assert len(windows.msvcrt.held()) == 1
        with (
            pytest.raises(StoreError, match="Another cpctrack has been writing"),
            exclusive(target, timeout=0),
        ):
            pytest.fail("two held the lock")
    assert windows.msvcrt.held() == []
    assert names(target) == []


@POSIX
def test_windows_copies_no_mode_that_would_keep_a_file_from_being_replaced(
    target: Path, windows: ModuleType
) -> None:
    target.write_bytes(b"old")
    target.chmod(0o444)
    write_atomically(target, b"new")
    assert target.stat().st_mode & stat.S_IWUSR
    assert target.read_bytes() == b"new"


def test_stand_ins_do_not_outlive_their_test() -> None:
    assert not isinstance(sys.modules.get("msvcrt"), Msvcrt)
    assert (os.name == "nt") == system.ON_WINDOWS
    assert files.system is system


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

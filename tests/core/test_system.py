"""What differs from one operating system to another; Windows' side through stand-ins."""

import errno
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from windows import as_on_windows

from cpctrack import system


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    return as_on_windows(monkeypatch)


def test_on_windows_a_pasted_text_comes_letter_by_letter(windows: ModuleType) -> None:
    assert windows.waiting_keys() == ""
    windows.msvcrt.keys += "one\r"
    assert windows.waiting_keys() == "one\r"
    assert windows.msvcrt.keys == []


def test_on_windows_a_pipe_without_reader_fails_in_two_ways(windows: ModuleType) -> None:
    assert {errno.EPIPE, errno.EINVAL} == windows.READER_LEFT


def test_on_windows_input_ends_by_other_keys(windows: ModuleType) -> None:
    assert windows.END_OF_INPUT == "Ctrl-Z and Enter"


def test_on_windows_editors_get_a_mark_and_their_line_ends(windows: ModuleType) -> None:
    assert windows.for_editor("Über\nuns\n") == b"\xef\xbb\xbf\xc3\x9cber\r\nuns\r\n"


@pytest.mark.skipif(os.name == "nt", reason="it is of the others")
def test_elsewhere_editors_get_the_text() -> None:
    assert system.for_editor("Über\nuns\n") == b"\xc3\x9cber\nuns\n"
    assert system.waiting_keys() == ""
    assert system.has_pager()


def test_on_windows_only_a_pager_that_was_named_is_used(
    windows: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PAGER", raising=False)
    assert not windows.has_pager()
    monkeypatch.setenv("PAGER", "less")
    assert windows.has_pager()


def test_on_windows_a_file_is_removed_once_nobody_reads_it(
    windows: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "held"
    path.write_bytes(b"")
    real, refusals, waits = Path.unlink, [1, 2], []

    def unlink(file: Path, missing_ok: bool = False) -> None:
        if refusals:
            refusals.pop()
            raise PermissionError(13, "Access is denied")
        real(file, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(windows.time, "sleep", waits.append)
    windows.remove(path)
    assert not path.exists()
    assert len(waits) == 2
    windows.remove(path)  # nor is it an error that another has done it


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system may not bound it")
def test_memory_is_bounded() -> None:
    code = (
        "from cpctrack import system\n"
        "system.limit_memory(1 << 28)\n"
        "try:\n    b'x' * (1 << 29)\n"
        "except MemoryError:\n    print('bounded')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout.split() == [b"bounded"]


def test_on_windows_memory_is_bounded_by_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    import ctypes

    told: list[object] = []

    def tell(*arguments: object) -> int:
        told.extend(getattr(each, "value", each) for each in arguments)
        return 1

    def limit(job, kind, limits, size) -> int:
        found = limits._obj
        told.append((job.value, kind, found.flags, found.process_memory, size))
        return 1

    kernel = SimpleNamespace(
        CreateJobObjectW=_Function(7),
        GetCurrentProcess=_Function(9),
        SetInformationJobObject=limit,
        AssignProcessToJobObject=tell,
    )
    monkeypatch.setattr(ctypes, "WinDLL", {"kernel32": kernel}.get, raising=False)
    as_on_windows(monkeypatch).limit_memory(1 << 30)
    assert told == [(7, 9, 0x100, 1 << 30, 144), 7, 9]


class _Function:
    """A function of Windows that gives a handle, as ctypes lets it be declared."""

    restype: object = None

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def __call__(self, *arguments: object) -> int:
        return self.handle

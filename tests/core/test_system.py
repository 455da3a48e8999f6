"""What differs from one operating system to another; Windows' side through stand-ins."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from windows import as_on_windows


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

"""The module of what differs by system, as Windows loads it, so that it is tested anywhere."""

import contextlib
import errno
import importlib.util
import os
import sys
from types import ModuleType

import pytest

from cpctrack import system


class Msvcrt(ModuleType):
    """Windows' C library: one lock on a file, until it is closed, and the keys that wait."""

    LK_NBLCK = 2

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self._held: dict[int, tuple[int, int]] = {}
        self.keys: list[str] = []

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        assert os.lseek(descriptor, 0, os.SEEK_CUR) == 0  # from where it locks
        self._held.pop(descriptor, None)  # of a file that was closed since
        if self._of(descriptor) in self.held():
            raise OSError(errno.EACCES, "Permission denied")
        self._held[descriptor] = self._of(descriptor)

    def held(self) -> list[tuple[int, int]]:
        """Give the files that are locked: a lock ends with what it was had by."""
        return [file for each, file in self._held.items() if self._of(each) == file]

    def kbhit(self) -> bool:
        return bool(self.keys)

    def getwch(self) -> str:
        return self.keys.pop(0)

    @staticmethod
    def _of(descriptor: int) -> tuple[int, int]:
        with contextlib.suppress(OSError):
            status = os.fstat(descriptor)
            return status.st_dev, status.st_ino
        return 0, 0


def as_on_windows(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Load the module once more, with what stands in for Windows' own libraries."""
    monkeypatch.setitem(sys.modules, "msvcrt", Msvcrt())
    monkeypatch.setattr(os, "O_BINARY", 0, raising=False)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "platform", "win32")
        spec = importlib.util.spec_from_file_location("system_on_windows", system.__file__)
        assert spec and spec.loader
        loaded = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(loaded)
    return loaded

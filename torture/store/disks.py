"""Disks that count their steps, and fail, stop or die at the one that they are told."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from field_app.vault.files import Disk

DIED = 9
T = TypeVar("T")


class SteppingDisk(Disk):
    """Counts every write, sync, cut and rename; `at_step` is asked before each one."""

    def __init__(self) -> None:
        self.steps = 0
        self.names: list[str] = []

    def write(self, fd: int, blob: memoryview) -> int:
        return self._step("write", lambda: os.write(fd, blob), lambda: os.write(fd, blob[: len(blob) // 2]))

    def sync(self, fd: int) -> None:
        self._step("sync", lambda: self.really_sync(fd))

    def allocate(self, fd: int, offset: int, size: int) -> bool:
        try:
            return self._step("allocate", lambda: Disk.allocate(self, fd, offset, size))
        except OSError:
            return False

    def truncate(self, fd: int, size: int) -> None:
        self._step("truncate", lambda: os.ftruncate(fd, size))

    def rename(self, old: Path, new: Path) -> None:
        self._step("rename", lambda: old.replace(new))

    def really_sync(self, fd: int) -> None:
        """Nothing here: whoever only reads the files again need not wait for the medium."""

    def at_step(self, name: str, half: Callable[[], object] | None) -> None:
        """Before step number `steps`; `half` does it halfway where that can be."""

    def after_step(self) -> None:
        """After it."""

    def _step(self, name: str, do: Callable[[], T], half: Callable[[], object] | None = None) -> T:
        self.steps += 1
        self.names.append(name)
        self.at_step(name, half)
        done = do()
        self.after_step()
        return done


class RefusingDisk(SteppingDisk):
    """The step numbered `refuse_at` fails with `errno`, and so do later ones if `for_good`."""

    def __init__(self, refuse_at: int = 0, errno: int = 5, *, for_good: bool = False) -> None:
        super().__init__()
        self.refuse_at, self.errno, self.for_good = refuse_at, errno, for_good
        self.refused = 0

    def at_step(self, name: str, half: Callable[[], object] | None) -> None:
        is_late = self.for_good and self.steps > self.refuse_at > 0
        if self.steps == self.refuse_at or is_late:
            self.refused += 1
            if half:
                half()  # some bytes went before the disk refused
            raise OSError(self.errno, os.strerror(self.errno))


class DyingDisk(SteppingDisk):
    """The whole process ends at one step: before it, halfway through, or after."""

    def __init__(self, die_at: int, when: str) -> None:
        super().__init__()
        self.die_at, self.when = die_at, when

    def at_step(self, name: str, half: Callable[[], object] | None) -> None:
        if self.steps == self.die_at and self.when != "after":
            if self.when == "halfway" and half:
                half()
            os._exit(DIED)

    def after_step(self) -> None:
        if self.steps == self.die_at:
            os._exit(DIED)

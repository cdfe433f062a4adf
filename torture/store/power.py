"""The power goes while the writer writes: real ext4 and xfs on loop devices, shut down without a flush.

The file system forgets whatever it had not made durable, as it would at a power cut; what it cannot show is a disk
that tears a sector or lies about a sync.
"""

import contextlib
import ctypes
import itertools
import os
import random
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from field_app.vault.files import Disk
from torture.store.book import Book
from torture.store.vaults import begin, reopen
from torture.store.writer import Ear, Told, write
from torture.tally import Tally
from visit_core.errors import StoreError

if sys.platform != "win32":
    import fcntl

SHUT_DOWN = 0x8004587D  # FS_IOC_SHUTDOWN, the same number on ext4 and xfs
CLONE_NEWNS = 0x00020000  # of unshare(2)
JOURNAL_IS_WRITTEN, NOTHING_IS_WRITTEN = 1, 2
SYSTEMS = (("ext4", "64M", ("mkfs.ext4", "-q")), ("xfs", "320M", ("mkfs.xfs", "-q")))
LONGEST_S = 0.4
A_STORE_LASTS = 10  # cuts

DiskOf = Callable[[], Disk]


def power_cuts(folder: Path, count: int, seed: int, disk_of: DiskOf = Disk) -> Tally:
    """Cut the power `count` times, shared out over the file systems; after each all acknowledged acts must be there."""
    tally = Tally("power cuts on real file systems")
    for name, size, make in SYSTEMS:
        if tally.could_not:
            break
        system = LoopDisk(folder, name, size, disk_of)
        tally.could_not = system.why_not(make)
        if not tally.could_not:
            with system.made(make):
                _cut_often(system, count // len(SYSTEMS), seed, tally)
    return tally


class LoopDisk:
    """A file system of its own in a file."""

    def __init__(self, folder: Path, name: str, size: str, disk_of: DiskOf = Disk) -> None:
        self.name, self.size, self.disk_of = name, size, disk_of
        self.image, self.place = folder / f"{name}.img", folder / name

    def why_not(self, make: Sequence[str]) -> str:
        """Why this machine will not have it; empty if it will."""
        if not shutil.which(make[0]):
            return f"there is no {make[0]}"
        try:
            _keep_mounts_to_ourselves()
            with self.made(make):
                self.shut_down(NOTHING_IS_WRITTEN)
        except (OSError, subprocess.CalledProcessError) as refusal:
            return f"{self.name} cannot be mounted on a loop device and shut down ({refusal})"
        return ""

    @contextlib.contextmanager
    def made(self, make: Sequence[str]) -> Iterator[None]:
        """Make it and mount it; take it away afterwards."""
        self.place.mkdir(exist_ok=True)
        _run("truncate", "-s", self.size, self.image)
        _run(*make, self.image)
        self.mount()
        try:
            yield
        finally:
            _run("umount", self.place)
            self.image.unlink()

    def mount(self) -> None:
        """Let it be used; it recovers by itself."""
        _run("mount", "-o", "loop", self.image, self.place)

    def shut_down(self, how: int) -> None:
        """Forget what is not durable; refuse everything until it is mounted again."""
        fd = os.open(self.place, os.O_RDONLY)
        try:
            fcntl.ioctl(fd, SHUT_DOWN, struct.pack("I", how))
        finally:
            os.close(fd)

    def comes_back(self) -> None:
        """The power is there again."""
        _run("umount", self.place)
        self.mount()


def _keep_mounts_to_ourselves() -> None:
    """Mount where only this process and its children see it: whoever kills us leaves nothing mounted behind."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS):
        raise OSError(ctypes.get_errno(), "unshare")
    _run("mount", "--make-rprivate", "/")


def _cut_often(system: LoopDisk, count: int, seed: int, tally: Tally) -> None:
    dice = random.Random(f"{system.name}/{seed}")
    home, lives, book = system.place / "home", 0, Book(seed)
    for number in range(count):
        if not lives:
            shutil.rmtree(home, ignore_errors=True)
            begin(home).close()
            lives, book = A_STORE_LASTS, Book(seed + number)
        before = book.told
        told, certain = _cut_off(system, home, book, dice)
        is_whole = _look(home, book, told, max(before, certain + 1), f"{system.name}, cut {number}", tally)
        tally.counted("acts acknowledged", max(0, told.acknowledged + 1 - before))
        tally.counted(f"on {system.name}")
        lives = lives - 1 if is_whole else 0


def _look(home: Path, book: Book, told: Told, certain: int, what: str, tally: Tally) -> bool:
    """Reopen; whatever was acknowledged before the power began to go is there.

    A dying file system may still answer a sync, so what is acknowledged while it dies counts as on its way.
    """
    try:
        db = reopen(home)
        how = book.judge(db, certain, perhaps=max(0, told.acknowledged + 1 - certain))
        db.close()
    except StoreError as refusal:
        how = f"LOST: not to be opened: {refusal}"
    if how.startswith("LOST"):
        tally.lost(f"{how}: {what} in {told.doing}, seed {book.seed}")
        return False
    tally.ended(how)
    return True


def _cut_off(system: LoopDisk, home: Path, book: Book, dice: random.Random) -> tuple[Told, int]:
    """Let a child write until the power goes; give what it told, and the last act that it told before that."""
    pipe, mouth = os.pipe()
    ear = Ear(pipe)
    child = os.fork()
    if child == 0:
        try:
            write(reopen(home, system.disk_of()), itertools.count(book.told), book.seed, mouth)
        finally:
            os._exit(1)
    os.close(mouth)
    ear.waits(10)
    time.sleep(dice.random() ** 2 * LONGEST_S)
    certain = ear.hears_so_far()
    system.shut_down(dice.choice((NOTHING_IS_WRITTEN, JOURNAL_IS_WRITTEN)))
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told = ear.hears_out()
    system.comes_back()
    return told, certain


def _run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], check=True, capture_output=True, timeout=60)

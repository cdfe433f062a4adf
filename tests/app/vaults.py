"""Vaults for tests: cheap keys, a made-up clock, and a disk that refuses when told to."""

import os
from pathlib import Path

from field_app.vault.database import VaultDB
from field_app.vault.declared import Indexes
from field_app.vault.files import Disk
from field_app.vault.opening import OpenVault, begin_vault, settle_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles
from tests.app.device import CHEAP, PIN
from tests.app.fakes import FakeClock

KEY = bytes(range(32))


class RefusingDisk(Disk):
    """Counts its steps; the step numbered `refuse_at` fails with `errno`, and so do later ones if `for_good`."""

    def __init__(self, refuse_at: int | None = None, errno: int = 5, *, for_good: bool = False) -> None:
        self.steps, self.refuse_at, self.errno, self.for_good = 0, refuse_at, errno, for_good

    def _step(self) -> None:
        self.steps += 1
        if self.refuse_at is not None and (
            self.steps == self.refuse_at or (self.for_good and self.steps > self.refuse_at)
        ):
            raise OSError(self.errno, os.strerror(self.errno))

    def write(self, fd: int, blob: memoryview) -> int:
        self._step()
        return super().write(fd, blob[:4096])

    def sync(self, fd: int) -> None:
        self._step()

    def allocate(self, fd: int, offset: int, size: int) -> bool:
        return False

    def truncate(self, fd: int, size: int) -> None:
        self._step()
        super().truncate(fd, size)

    def rename(self, old: Path, new: Path) -> None:
        self._step()
        super().rename(old, new)


class EagerDisk(Disk):
    """A disk that need not be waited for and sets no room aside: for tests that are not about these."""

    def allocate(self, fd: int, offset: int, size: int) -> bool:
        return False

    def sync(self, fd: int) -> None:
        pass


def a_database(path: Path, disk: Disk | None = None, indexes: Indexes | None = None) -> VaultDB:
    """A new database in a file of its own."""
    return VaultDB(path, KEY, begin=True, disk=disk or EagerDisk(), indexes=indexes)


def reopened(path: Path, disk: Disk | None = None, indexes: Indexes | None = None) -> VaultDB:
    """What is on disk."""
    return VaultDB(path, KEY, disk=disk or EagerDisk(), indexes=indexes)


def a_place(folder: Path, clock: FakeClock | None = None) -> Place:
    """A home and its secrets side by side."""
    secrets = SecretFiles(folder / "secrets", folder / "home")
    return Place(folder / "home", secrets, clock or FakeClock(), CHEAP, EagerDisk())


def a_vault(place: Place, pin: str = PIN) -> OpenVault:
    """A store that counts, open."""
    vault = begin_vault(place, pin)
    settle_vault(vault)
    return vault

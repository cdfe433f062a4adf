"""What the system is asked to do before a save counts as done."""

import errno
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from field_app.vault import files
from field_app.vault.database import VaultDB
from field_app.vault.files import Disk
from tests.app.vaults import KEY, reopened
from visit_core.errors import Failed


class AppleSystem:
    """An Apple system's own full sync: `fsync` alone would leave the bytes in the drive's cache there."""

    F_FULLFSYNC = 51

    def __init__(self) -> None:
        self.asked, self.refuses = 0, False

    def fcntl(self, fd: int, command: int) -> int:
        assert command == self.F_FULLFSYNC
        if self.refuses:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self.asked += 1
        os.fsync(fd)
        return 0


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Every plain sync of data that was asked for."""
    asked: list[int] = []
    monkeypatch.setattr(files, "_sync_data", asked.append)
    return asked


@pytest.fixture(params=["darwin", "ios"])
def apple(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> AppleSystem:
    system = AppleSystem()
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform=request.param))
    monkeypatch.setattr(files, "fcntl", system)
    return system


def test_on_an_apple_system_a_save_waits_for_one_full_sync(
    tmp_path: Path, apple: AppleSystem, synced: list[int]
) -> None:
    db = VaultDB(tmp_path / "data.log", KEY, begin=True, disk=Disk())
    db.insert({"n": 0})
    before = apple.asked
    db.insert({"n": 1})
    assert apple.asked == before + 1
    assert synced == []


def test_a_full_sync_that_is_refused_acknowledges_nothing(tmp_path: Path, apple: AppleSystem) -> None:
    db = VaultDB(tmp_path / "data.log", KEY, begin=True, disk=Disk())
    db.insert({"n": 0})
    apple.refuses = True
    for n in (1, 2):
        with pytest.raises(Failed):
            db.insert({"n": n})
    assert db.all() == [{"n": 0}]
    apple.refuses = False
    assert {"n": 0} in reopened(tmp_path / "data.log").all()


def test_elsewhere_a_save_waits_for_one_sync_of_its_data(tmp_path: Path, synced: list[int]) -> None:
    db = VaultDB(tmp_path / "data.log", KEY, begin=True, disk=Disk())
    db.insert({"n": 0})
    del synced[:]
    db.insert({"n": 1})
    assert len(synced) == 1

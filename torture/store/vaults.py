"""The store as a trial begins, reopens and copies it."""

import shutil
from pathlib import Path
from typing import Any

from field_app.vault.database import VaultDB
from field_app.vault.files import Disk
from field_app.vault.sealed_file import first_generation

KEY = bytes(range(32))
NAME = "data.vault"
LOG, INDEX = (NAME, f"{NAME}.none")


def begin(folder: Path, disk: Disk | None = None) -> VaultDB:
    """A new store in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    return VaultDB(folder / NAME, KEY, fresh=first_generation(), disk=disk or Disk())


def reopen(folder: Path, disk: Disk | None = None) -> VaultDB:
    """What is on disk in `folder`."""
    return VaultDB(folder / NAME, KEY, disk=disk or Disk())


def upkeep(db: Any, what: str) -> None:
    """Let the store tidy itself in one way, if it knows that way."""
    work = getattr(getattr(db, "vault", None), what, None)
    if work is not None:
        work()


def torn_bytes(db: VaultDB) -> int:
    """How many bytes the store says that it cut off when it was opened."""
    report = getattr(db.vault, "report", None)
    return int(getattr(report, "torn_bytes", 0))


def log_of(folder: Path) -> Path:
    """The file whose bytes are hurt."""
    return folder / LOG


def fresh_copy(folder: Path, copy: Path) -> Path:
    """`folder` once more, as `copy`."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return copy

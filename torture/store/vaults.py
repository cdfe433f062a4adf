"""The store as a trial begins, reopens and copies it."""

import shutil
from pathlib import Path

from tinydb import TinyDB

from bench.store.peers.vault import INDEXES
from field_app.vault.compaction import compact
from field_app.vault.database import VaultDB
from field_app.vault.engine import index_of
from field_app.vault.files import Disk
from field_app.vault.headers import opens_header
from visit_core.errors import Failed

KEY, OTHER_KEY = bytes(range(32)), bytes(range(32, 64))
LOG = "data.log"


def begin(folder: Path, disk: Disk | None = None) -> VaultDB:
    """A new store in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    return VaultDB(log_of(folder), KEY, begin=True, indexes=INDEXES, disk=disk or Disk())


def reopen(folder: Path, disk: Disk | None = None) -> VaultDB:
    """What is on disk in `folder`, under the key that it is sealed with."""
    key = OTHER_KEY if opens_header(log_of(folder), OTHER_KEY) else KEY
    return VaultDB(log_of(folder), key, indexes=INDEXES, disk=disk or Disk())


def compacted(db: TinyDB) -> None:
    """The log anew, without what is no longer there."""
    if isinstance(db, VaultDB):
        _written_anew(db)


def rotated(db: TinyDB) -> None:
    """The log anew, under the other key."""
    if isinstance(db, VaultDB):
        _written_anew(db, KEY if db.vault.engine.data_key == OTHER_KEY else OTHER_KEY)


def _written_anew(db: VaultDB, data_key: bytes | None = None) -> None:
    try:
        compact(db.vault, data_key)
    except Failed as refusal:
        if refusal.facts.get("step") != "swap":  # another thread was quicker: nothing to be done
            raise


def checkpointed(db: TinyDB) -> None:
    """The index on disk, whether or not it is due."""
    if isinstance(db, VaultDB):
        with db.vault.mutex:
            db.vault.engine.checkpoint()


def torn_bytes(db: VaultDB) -> int:
    """How many bytes the store says that it cut off when it was opened."""
    return db.vault.opened.torn_bytes


def log_of(folder: Path) -> Path:
    """The file that holds everything."""
    return folder / LOG


def index_file_of(folder: Path) -> Path:
    """The file that spares reading all of it."""
    return index_of(log_of(folder))


def fresh_copy(folder: Path, copy: Path) -> Path:
    """`folder` once more, as `copy`."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    return copy

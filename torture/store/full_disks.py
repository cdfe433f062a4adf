"""A disk that is really full: a small file system in memory, written to until there is no room, again and again."""

import contextlib
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from field_app.vault.database import VaultDB
from torture.store.story import capture, correct, index_disagrees, pull, seen, settle
from torture.store.vaults import begin, compacted, reopen
from torture.tally import Tally
from visit_core.errors import NoRoom, StoreError

SIZE = "900k"
MOUNTS_WITHIN_S = 60
ACTS = (capture, capture, capture, correct, settle, pull)


def full_disks(folder: Path, count: int, seed: int) -> Tally:
    """Fill it `count` times; what was refused is nowhere, deleting still goes, and then there is room again."""
    tally = Tally("a disk that is full")
    with _small(folder / "small", tally):
        if not tally.could_not:
            _fill_often(folder / "small", count, seed, tally)
    return tally


@contextlib.contextmanager
def _small(place: Path, tally: Tally) -> Iterator[None]:
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    mounted = subprocess.run(mount, capture_output=True, timeout=MOUNTS_WITHIN_S)
    if mounted.returncode:
        tally.could_not = "no small file system can be mounted"
    try:
        yield
    finally:
        if not mounted.returncode:
            subprocess.run(["umount", place], check=True, timeout=MOUNTS_WITHIN_S)


def _fill_often(place: Path, count: int, seed: int, tally: Tally) -> None:
    db, model, n = begin(place / "home"), TinyDB(storage=MemoryStorage), 0
    while tally.tried < count:
        n += 1
        draw = f"{seed}/{n}"
        act = random.Random(draw).choice(ACTS)
        if _has_room(lambda: act(db, n, random.Random(draw))):  # noqa: B023 -- done at once
            act(model, n, random.Random(draw))
            tally.counted("acts acknowledged")
        else:
            db = _make_room(place / "home", db, model, tally)
    db.close()


def _has_room(work: Callable[[], object]) -> bool:
    """Do it. The error must not outlive this: it would hold files that are gone, and their room."""
    try:
        work()
    except NoRoom:
        return False
    return True


def _make_room(home: Path, db: VaultDB, model: TinyDB, tally: Tally) -> VaultDB:
    how = _wrong(db, model) or _deleted(db, model)
    db.close()
    fresh = reopen(home)
    how = how or _wrong(fresh, model)
    if how:
        tally.lost(how)
        fresh.close()
        shutil.rmtree(home)
        model.drop_tables()
        return begin(home)
    if _has_room(lambda: compacted(fresh)):
        tally.ended("refused, nothing of it kept; deleting and compacting made room")
    else:
        tally.lost("no room to compact in, though little is left")
    return fresh


def _deleted(db: Any, model: Any) -> str:
    for name in ("customers", "visits", "outbox"):
        ids = [document.doc_id for document in model.table(name)]
        for each in (db, model):
            try:
                each.table(name).remove(doc_ids=ids[: len(ids) * 2 // 3])
            except StoreError as refusal:
                return f"deleting {name} is refused as {refusal}"
    return ""


def _wrong(db: VaultDB, model: TinyDB) -> str:
    if seen(db) != seen(model):
        return "not what was acknowledged"
    return ", ".join(index_disagrees(db))

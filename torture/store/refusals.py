"""A disk that refuses at every single step of one save: full, failing, once or for good."""

import errno
from pathlib import Path

from torture.store.book import Book
from torture.store.disks import RefusingDisk
from torture.store.scenes import Scene, scenes
from torture.store.story import play, seen
from torture.store.vaults import fresh_copy, reopen
from torture.tally import Tally
from visit_core.errors import Failed, NoRoom, StoreError

WAYS = tuple((number, for_good) for number in (errno.EIO, errno.ENOSPC, errno.EDQUOT) for for_good in (False, True))


def refusals(folder: Path, every: int, seed: int) -> Tally:
    """Refuse at every so-manieth step; what is not acknowledged is not in memory, and what is, is on disk."""
    tally = Tally("EIO, ENOSPC and EDQUOT at every step of one save")
    for scene in scenes(folder, seed):
        names = scene.steps(folder / "tried")
        tally.counted(f"steps of {scene.name}", len(names))
        for step in range(1, len(names) + 1, every):
            for number, for_good in WAYS:
                fresh_copy(scene.folder, folder / "tried")
                disk = RefusingDisk(errno=number, for_good=for_good)
                how = _refused(scene, folder / "tried", disk, step)
                what = f"{scene.name}, step {step} ({names[step - 1]}), {errno.errorcode[number]}, seed {seed}"
                if how.startswith("LOST"):
                    tally.lost(f"{how}: {what}{' for good' if for_good else ''}")
                else:
                    tally.ended(how)
    return tally


def _refused(scene: Scene, copy: Path, disk: RefusingDisk, step: int) -> str:
    db = reopen(copy, disk)
    disk.refuse_at = disk.steps + step
    book, how = scene.book(), "acknowledged all the same"
    try:
        play(db, scene.n, scene.seed)
    except (NoRoom, Failed) as refusal:
        how = f"{refusal.code}"
    if how.startswith("ack"):
        book.tell(scene.n + 1)
    if not disk.refused:
        return "LOST: the disk was never asked"
    if seen(db) != book.expected():
        return f"LOST: memory is not what was said ({how})"
    disk.refuse_at, disk.for_good = 0, False
    goes_on = _goes_on(scene, db, book)
    db.close()
    return _on_disk(copy, book, f"{how}; then {goes_on}")


def _goes_on(scene: Scene, db: object, book: Book) -> str:
    """Once the disk is well again: the next act is taken, or refused until the store is reopened."""
    try:
        play(db, book.told, scene.seed)  # type: ignore[arg-type]
    except StoreError:
        return "refuses until reopened"
    book.tell(book.told + 1)
    return "goes on"


def _on_disk(copy: Path, book: Book, how: str) -> str:
    try:
        again = reopen(copy)
        judged = book.judge(again, book.told)
        again.close()
    except StoreError as refusal:
        return f"LOST: not to be opened: {refusal} ({how})"
    return f"{judged} ({how})" if judged.startswith("LOST") else how

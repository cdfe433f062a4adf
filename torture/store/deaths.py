"""The process ends at every single step of one save: before it, halfway through a write, after it."""

from pathlib import Path

from torture.store.disks import DIED, DyingDisk
from torture.store.forked import in_a_child
from torture.store.scenes import Scene, scenes
from torture.store.story import play
from torture.store.vaults import fresh_copy, reopen
from torture.tally import Tally
from visit_core.errors import StoreError

MOMENTS = ("before", "halfway", "after")


def deaths(folder: Path, seed: int) -> Tally:
    """Die at each step of each kind of act; the act is there whole or not at all."""
    tally = Tally("death at every step of one save")
    for scene in scenes(folder, seed):
        names = scene.steps(folder / "tried")
        tally.counted(f"steps of {scene.name}", len(names))
        for step, name in enumerate(names, 1):
            for when in MOMENTS if name == "write" else ("before", "after"):
                tally_one(scene, step, when, folder / "tried", tally)
    return tally


def tally_one(scene: Scene, step: int, when: str, copy: Path, tally: Tally) -> None:
    """Die once, reopen, and look."""
    fresh_copy(scene.folder, copy)
    status = in_a_child(lambda: _act(scene, copy, step, when))
    what = f"{scene.name} at step {step} {when}, seed {scene.seed}"
    if status != DIED:
        tally.lost(f"nothing died: {what}, exit status {status}")
        return
    try:
        db = reopen(copy)
        how = scene.book().judge(db, scene.n)
        db.close()
    except StoreError as refusal:
        how = f"LOST: not to be opened: {refusal}"
    if how.startswith("LOST"):
        tally.lost(f"{how}: {what}")
    else:
        tally.ended(how)


def _act(scene: Scene, copy: Path, step: int, when: str) -> None:
    disk = DyingDisk(0, when)
    db = reopen(copy, disk)
    disk.die_at = disk.steps + step
    play(db, scene.n, scene.seed)

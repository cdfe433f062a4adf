"""An older copy of the store put in its place: cut back whole, or cut back and gone on with; the anchor tells."""

import random
from pathlib import Path

from bench.store.peers.vault import INDEXES
from field_app.vault.database import VaultDB
from field_app.vault.frames import Anchor
from torture.store.disks import SteppingDisk
from torture.store.history import History, a_history, put
from torture.store.vaults import KEY, checkpointed, compacted, log_of, reopen
from torture.tally import Tally
from visit_core.errors import Rollback, StoreError

AFTERWARDS = ("nothing", "closed", "indexed", "compacted")


def anchors(folder: Path, count: int, seed: int) -> Tally:
    """Go back to an older end of the log and do something else from there; Rollback, whatever it is."""
    tally, dice = Tally("older copies and forks of them, against the anchor"), random.Random(seed)
    history = a_history(folder, seed)
    anchor = reopen(history.folder, SteppingDisk()).vault.anchor
    for number in range(count):
        cut = dice.choice([end for end in history.ends[1:-1] if end >= history.covered])
        _tried(history, folder / "older", cut, anchor, AFTERWARDS[number % 4], tally)
    _agrees(history, folder / "same", anchor, tally)
    return tally


def _tried(history: History, copy: Path, cut: int, anchor: Anchor, after: str, tally: Tally) -> None:  # a fork
    put(history, copy, history.log[:cut])
    if after != "nothing":
        _gone_on(copy, after, anchor)
    try:
        VaultDB(log_of(copy), KEY, indexes=INDEXES, disk=SteppingDisk(), anchor=anchor).close()
    except Rollback:
        tally.ended(f"{after}: refused")
    except StoreError as refusal:
        tally.lost(f"{after}: refused as {type(refusal).__name__}")
    else:
        if after == "compacted":  # its parent ends behind the anchor, and what stood there is gone
            tally.ended(f"{after}: opened, as a fork that was compacted since cannot be told")
        else:
            tally.lost(f"{after}: opened, cut at {cut} of {history.ends[-1]}")


def _gone_on(copy: Path, after: str, anchor: Anchor) -> None:
    """Another life from here: longer than the one that the anchor is of."""
    db = reopen(copy, SteppingDisk())
    while db.vault.anchor.seq < anchor.seq + 5:
        db.table("visits").insert({"another life": 1})
    if after == "indexed":
        checkpointed(db)
    if after == "compacted":
        compacted(db)
    db.close()


def _agrees(history: History, copy: Path, anchor: Anchor, tally: Tally) -> None:
    """The store itself is accepted: as it was, gone on with, indexed, compacted, and compacted and gone on with."""
    put(history, copy, history.log)
    for after in ("as it was", "gone on", "indexed", "compacted", "gone on again"):
        try:
            db = VaultDB(log_of(copy), KEY, indexes=INDEXES, disk=SteppingDisk(), anchor=anchor)
        except StoreError as refusal:
            tally.lost(f"the store itself, {after}, is refused as {type(refusal).__name__}")
            return
        tally.ended("the store itself: opened")
        db.table("visits").insert({"the same life": 1})
        if after == "gone on":
            checkpointed(db)
        if after == "indexed":
            compacted(db)
        db.close()

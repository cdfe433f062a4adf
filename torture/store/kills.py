"""SIGKILL at random moments: while opening, within a save, within tidying, between two."""

import contextlib
import itertools
import os
import random
import shutil
import signal
import threading
import time
from pathlib import Path

from field_app.vault.database import VaultDB
from torture.store.book import Book
from torture.store.vaults import begin, checkpointed, compacted, reopen, rotated, torn_bytes
from torture.store.writer import Ear, Told, write
from torture.tally import Tally
from visit_core.errors import StoreError

LONGEST_S = 0.06
WHILE_OPENING = 0.1  # of all kills
TIDIED_MEANWHILE = 0.4
A_STORE_LASTS = 60  # kills; then a new store is begun


def kills(folder: Path, count: int, seed: int) -> Tally:
    """Kill a writer `count` times; after each kill every acknowledged act must be there."""
    tally, dice = Tally("SIGKILL at random moments"), random.Random(seed)
    home, lives, book = folder / "killed", 0, Book(seed)
    for number in range(count):
        if not lives:
            shutil.rmtree(home, ignore_errors=True)
            begin(home).close()
            lives, book = A_STORE_LASTS, Book(seed + number)
        before = book.told
        told = _killed_writer(home, book, dice)
        tally.counted("acts acknowledged", max(0, told.acknowledged + 1 - before))
        lives = lives - 1 if _look(home, book, told, tally) else 0
    return tally


def _look(home: Path, book: Book, told: Told, tally: Tally) -> bool:
    left_over, torn = any(home.glob("*.tmp")), 0
    try:
        db = reopen(home)
        torn = torn_bytes(db)
        how = book.judge(db, max(book.told, told.acknowledged + 1))
        db.close()
    except StoreError as refusal:
        how = f"LOST: not to be opened: {refusal}"
    if how.startswith("LOST"):
        tally.lost(f"{how} (killed in {told.doing}, act {told.begun}, seed {book.seed})")
        return False
    tally.ended(how)
    tally.counted(f"killed in {told.doing}")
    tally.counted("left a temporary file", left_over)
    tally.counted("torn tails cut off", torn > 0)
    return True


def _killed_writer(home: Path, book: Book, dice: random.Random) -> Told:
    """Let a child write until a moment that nobody knows."""
    pipe, mouth = os.pipe()
    ear = Ear(pipe)
    is_tidied = dice.random() < TIDIED_MEANWHILE
    child = os.fork()
    if child == 0:
        _be_the_child(home, book, mouth, is_tidied=is_tidied)
    os.close(mouth)
    if dice.random() >= WHILE_OPENING:
        ear.waits(10)
    time.sleep(dice.random() ** 2 * LONGEST_S)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return ear.hears_out()


def _be_the_child(home: Path, book: Book, mouth: int, *, is_tidied: bool) -> None:
    try:
        db = reopen(home)
        if is_tidied:
            threading.Thread(target=_tidy_for_ever, args=(db,), daemon=True).start()
        write(db, itertools.count(book.told), book.seed, mouth)
    finally:
        os._exit(1)


def _tidy_for_ever(db: VaultDB) -> None:
    """On a thread of its own, while the other one writes."""
    for tidy in itertools.cycle((compacted, checkpointed, rotated)):
        with contextlib.suppress(StoreError):
            tidy(db)

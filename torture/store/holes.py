"""Sectors of the last commit that never reached the disk, drawn by lot: the write was one, the disk did parts of it."""

import random
from pathlib import Path

from torture.store.history import History, a_history, look, put, torn_behind
from torture.tally import Tally

SECTOR = 512


def holes(folder: Path, count: int, seed: int) -> Tally:
    """Leave out sectors; the commit is gone as a whole, or there if none was missing."""
    tally, dice = Tally("sectors of the last commit missing"), random.Random(seed)
    histories = [a_history(folder / name, seed, is_tail_large=name == "large") for name in ("small", "large")]
    for number in range(count):
        _tried(histories[number % 2], folder / "holed", dice, tally)
    return tally


def _tried(history: History, copy: Path, dice: random.Random, tally: Tally) -> None:
    log = _holed(history, dice)
    found = look(put(history, copy, log))
    is_whole = log == history.log
    if found.wrong or found.refused:
        tally.lost(found.wrong or f"refused as {found.refused}, though nothing acknowledged was hurt")
    elif found.state != history.states[-1 if is_whole else -2]:
        tally.lost("neither with the commit nor without it")
    elif found.torn != (torn := 0 if is_whole else torn_behind(history.ends[-2], log)):
        tally.lost(f"{found.torn} bytes reported of {torn}")
    else:
        gone = "the commit gone as a whole, and reported" if torn else "not a byte of it arrived"
        tally.ended("nothing was missing" if is_whole else gone)


def _holed(history: History, dice: random.Random) -> bytes:
    """The log without some sectors of what its last commit wrote; the file may have its length already, or not."""
    log, share = bytearray(history.log), dice.choice((0.1, 0.5, 0.9))
    begin, end = history.ends[-2], history.ends[-1]
    for sector in range(begin // SECTOR, -(-end // SECTOR)):
        if dice.random() < share:
            first, beyond = max(begin, sector * SECTOR), min(end, (sector + 1) * SECTOR)
            log[first:beyond] = bytes(beyond - first)
    if dice.random() < 0.5:
        while len(log) > begin and not log[-1]:
            log.pop()
    return bytes(log)

"""One bit flipped somewhere in the log or in the index."""

import random
from pathlib import Path

from torture.store.history import History, Look, a_history, look, put, torn_behind
from torture.store.vaults import index_file_of
from torture.tally import Tally

IN_THE_INDEX = 0.2


def flips(folder: Path, count: int, seed: int) -> Tally:
    """Flip; nobody reads anything that was never written, and no flip in what is alive goes unseen."""
    tally, dice = Tally("one bit flipped"), random.Random(seed)
    history = a_history(folder, seed)
    for _ in range(count):
        if dice.random() < IN_THE_INDEX:
            _flip_index(history, folder / "flipped", dice, tally)
        else:
            _flip_log(history, folder / "flipped", dice, tally)
    return tally


def _flip_log(history: History, copy: Path, dice: random.Random, tally: Tally) -> None:
    log, bit = bytearray(history.log), dice.randrange(len(history.log) * 8)
    log[bit // 8] ^= 1 << bit % 8
    found = look(put(history, copy, bytes(log), with_index=dice.random() < 0.5))
    how = _of_log(found, history, bit // 8, torn_behind(history.ends[-2], bytes(log)))
    if how.startswith("LOST"):
        tally.lost(f"{how}: bit {bit} of {len(log) * 8}")
    else:
        tally.ended(how)


def _of_log(found: Look, history: History, place: int, torn: int) -> str:
    is_in_last = place >= history.ends[-2]
    if found.wrong:
        return f"LOST: {found.wrong}"
    if found.refused:
        return "LOST: refused for a torn tail" if is_in_last else f"refused: {found.refused}"
    if is_in_last:
        is_dropped = found.state == history.states[-2] and found.torn == torn
        return "in the last commit: dropped and reported" if is_dropped else "LOST: not dropped as a whole"
    if found.state != history.states[-1]:
        return "LOST: read what was never written"
    return "LOST: unseen even by verify" if found.is_verified else "in what nobody can read any more: verify tells"


def _flip_index(history: History, copy: Path, dice: random.Random, tally: Tally) -> None:
    put(history, copy, history.log)
    index = bytearray(index_file_of(copy).read_bytes())
    bit = dice.randrange(len(index) * 8)
    index[bit // 8] ^= 1 << bit % 8
    index_file_of(copy).write_bytes(index)
    found = look(copy)
    if found.wrong or found.state != history.states[-1] or not found.is_verified:
        tally.lost(f"bit {bit} of the index: {found.wrong or found.refused or 'read what was never written'}")
    else:
        tally.ended("in the index: made anew from the log")

"""The log cut at every byte of its last commits, bare or with zeros or noise behind, as a power cut may leave it."""

import random
from collections.abc import Iterator
from pathlib import Path

from torture.store.history import History, Look, a_history, look, put, torn_behind
from torture.tally import Tally

COMMITS = 3  # cut at every byte
ELSEWHERE = 400  # cuts anywhere, drawn by lot
TAILS = ("nothing", "zeros", "noise")


def cuts(folder: Path, every: int, seed: int) -> Tally:
    """Cut; what opens are exactly the commits before the cut, and the rest is reported."""
    tally, dice = Tally("the log cut at every byte of its last commits"), random.Random(seed)
    history = a_history(folder, seed)
    for cut in range(history.ends[-1 - COMMITS], history.ends[-1], every):
        for tail in TAILS:
            _cut(history, folder / "cut", cut, _tail(tail, history.ends[-1] - cut, dice), tally)
    for cut in _anywhere(history, dice, ELSEWHERE // every):
        _cut(history, folder / "cut", cut, b"", tally, with_index=False)
        _cut(history, folder / "cut", cut, b"", tally)
    large = a_history(folder / "large", seed, is_tail_large=True)
    for cut in range(large.ends[-2], large.ends[-1], 37 * every):
        _cut(large, folder / "cut", cut, b"", tally)
        _cut(large, folder / "cut", cut, bytes(large.ends[-1] - cut), tally)
    return tally


def _anywhere(history: History, dice: random.Random, count: int) -> Iterator[int]:
    return (dice.randrange(history.ends[-1]) for _ in range(count))


def _tail(kind: str, size: int, dice: random.Random) -> bytes:
    return b"" if kind == "nothing" else bytes(size) if kind == "zeros" else dice.randbytes(size)


def _cut(history: History, copy: Path, cut: int, tail: bytes, tally: Tally, *, with_index: bool = True) -> None:
    log = history.log[:cut] + tail
    found = look(put(history, copy, log, with_index=with_index))
    commits = history.commits_before(cut)
    is_hurt = commits < 0 or (with_index and cut + len(tail) < history.covered)
    how = _as_hurt(found) if is_hurt else _as_cut(found, history, commits, log)
    if how.startswith("LOST"):
        tally.lost(f"{how}: cut at {cut} of {history.ends[-1]}, {len(tail)} bytes behind it")
    else:
        tally.ended(how)


def _as_hurt(found: Look) -> str:
    """Cut below what the index knows to have been durable, or within the head."""
    return f"refused: {found.refused}" if found.refused else "LOST: opened though it is known to be too short"


def _as_cut(found: Look, history: History, commits: int, log: bytes) -> str:
    if found.wrong or found.refused or not found.is_verified:
        return f"LOST: {found.wrong or found.refused or 'verify is not content'}"
    if found.state != history.states[commits]:
        return "LOST: another state than the commits before the cut"
    torn = torn_behind(history.ends[commits], log)
    if found.torn != torn:
        return f"LOST: {found.torn} bytes reported, not {torn}"
    return "the commits before the cut, the rest reported" if found.torn else "between two commits"

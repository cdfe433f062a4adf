"""Whole authentic frames in the wrong place: swapped, dropped, repeated, replayed at the end, or of another history."""

import random
from collections.abc import Callable
from pathlib import Path

from field_app.vault.frames import HEADER_BYTES, frame_size
from torture.store.disks import SteppingDisk
from torture.store.history import History, a_history, look, put
from torture.store.vaults import fresh_copy, log_of, reopen
from torture.tally import Tally

Frames = list[bytes]


def shuffles(folder: Path, count: int, seed: int) -> Tally:
    """Shuffle `count` times in each way; every one is refused, unless it comes to a torn tail and is told as one."""
    tally, dice = Tally("frames swapped, dropped, repeated, replayed and spliced"), random.Random(seed)
    history = a_history(folder, seed)
    other = _another_life(history, folder / "other")
    foreign = a_history(folder / "foreign", seed).log
    for name, way in _ways(other, foreign).items():
        for _ in range(count):
            _tried(history, folder / "shuffled", name, way, dice, tally)
    return tally


Way = Callable[[Frames, random.Random], Frames]


def _ways(other: bytes, foreign: bytes) -> dict[str, Way]:
    theirs, strangers = frames_of(other), frames_of(foreign)

    def swapped(frames: Frames, dice: random.Random) -> Frames:
        a, b = dice.sample(range(len(frames)), 2)
        frames[a], frames[b] = frames[b], frames[a]
        return frames

    def dropped(frames: Frames, dice: random.Random) -> Frames:
        del frames[dice.randrange(len(frames) - 1)]
        return frames

    def repeated(frames: Frames, dice: random.Random) -> Frames:
        at = dice.randrange(len(frames))
        return [*frames[: at + 1], *frames[at:]]

    def replayed(frames: Frames, dice: random.Random) -> Frames:
        return [*frames, dice.choice(frames)]

    def spliced(frames: Frames, dice: random.Random) -> Frames:
        at = dice.randrange(len(_same(frames, theirs)) + 1, len(frames) - 1)
        return [*frames[:at], *theirs[at:]]

    def of_a_stranger(frames: Frames, dice: random.Random) -> Frames:
        at = dice.randrange(len(frames) - 1)
        return [*frames[:at], strangers[min(at, len(strangers) - 1)], *frames[at + 1 :]]

    return {
        "swapped": swapped,
        "dropped": dropped,
        "repeated": repeated,
        "replayed": replayed,
        "spliced": spliced,
        "of a stranger": of_a_stranger,
    }


def _tried(history: History, copy: Path, name: str, way: Way, dice: random.Random, tally: Tally) -> None:
    frames = frames_of(history.log)
    shuffled = way(list(frames), dice)
    if shuffled == frames:
        return
    log = history.log[:HEADER_BYTES] + b"".join(shuffled)
    found = look(put(history, copy, log, with_index=dice.random() < 0.5))
    untouched = HEADER_BYTES + sum(map(len, _same(frames, shuffled)))
    if found.refused:
        tally.ended(f"{name}: refused")
    elif found.wrong:
        tally.lost(f"{name}: {found.wrong}")
    elif found.state == history.states[-1] and not found.is_verified:
        tally.ended(f"{name}: nothing alive was moved, verify tells")
    elif untouched >= history.ends[-2] and found.torn and found.state in history.states[-2:]:
        tally.ended(f"{name}: a torn tail, reported")
    else:
        tally.lost(f"{name}: opened; the first {untouched} bytes of {history.ends[-1]} are as they were")


def _same(one: Frames, other: Frames) -> Frames:
    same = []
    for ours, theirs in zip(one, other, strict=False):
        if ours != theirs:
            break
        same.append(ours)
    return same


def frames_of(log: bytes) -> Frames:
    """The frames of a log, each as bytes."""
    frames, at = [], HEADER_BYTES
    while at < len(log):
        size = frame_size(log[at:])
        frames.append(log[at : at + size])
        at += size
    return frames


def _another_life(history: History, copy: Path) -> bytes:
    """The same store restored from a copy made halfway, and gone on with otherwise."""
    fresh_copy(history.folder, copy)
    half = history.ends[len(history.ends) // 2 + 2]
    log_of(copy).write_bytes(history.log[:half])
    db = reopen(copy, SteppingDisk())
    for n in range(len(history.ends)):
        db.table("visits").insert({"another life": n})
    db.close()
    return log_of(copy).read_bytes()

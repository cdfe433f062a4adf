"""Reading a log from where the index ends, and the rule that tells a torn tail from damage.

Frames are read in order. At the first that does not open, every place behind it is searched for an authentic frame:
one of another commit means that something acknowledged was hurt, and the store is refused; none, or only frames of
the same unfinished commit, means that this commit was torn before it was acknowledged, and it is cut off.
"""

import mmap
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from field_app.vault.frames import FRAME_BYTES, FRAME_MAGIC, HEADER_BYTES, Anchor, Frame, frame_size
from field_app.vault.log import FrameLog
from visit_core.errors import Corrupt, Rollback

_STEP = 64 * 1024
_new = tuple.__new__  # a named tuple's own constructor takes twice as long


class Cover(NamedTuple):
    """Up to where a log has been taken in: where its last commit ends, and its last frame."""

    end: int
    last: Anchor


class ReadFrame(NamedTuple):
    """A frame and where it stands."""

    offset: int
    frame: Frame


@dataclass(frozen=True, slots=True)
class Replayed:
    """How a replay ended."""

    cover: Cover
    frames: int
    torn_bytes: int


def beginning(log: FrameLog) -> Cover:
    """Nothing taken in yet."""
    header = log.header
    return Cover(HEADER_BYTES, Anchor(header.generation, header.parent.seq, header.parent.tag))


def replay(log: FrameLog, cover: Cover, take: Callable[[list[ReadFrame]], object]) -> Replayed:
    """Give each whole commit behind `cover` to `take`; Corrupt for damage, Rollback for a log that ends before it."""
    with log.path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < cover.end:
            raise Rollback(bytes=cover.end - size)
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as blob, memoryview(blob) as view:
            return _read_on(log, cover, view, blob, take)


def tag_of(log: FrameLog, seq: int) -> bytes | None:
    """The tag of the frame of that number, or None if there is none; only the heads before it are read."""
    if seq < log.header.first_seq:
        return log.header.parent.tag if seq == log.header.parent.seq else None
    with log.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as blob:
        at = HEADER_BYTES
        for _ in range(seq - log.header.first_seq):
            at += frame_size(blob[at : at + FRAME_BYTES]) or log.end
        frame = log.seal.open(blob[at : min(at + frame_size(blob[at : at + FRAME_BYTES]), log.end)])
    return frame.tag if frame and frame.seq == seq else None


def _read_on(
    log: FrameLog, cover: Cover, view: memoryview, blob: mmap.mmap, take: Callable[[list[ReadFrame]], object]
) -> Replayed:
    commit: list[ReadFrame] = []
    opened, generation = log.seal.open, log.header.generation
    at, seq, tag, frames = cover.end, cover.last.seq, cover.last.tag, 0
    while at < len(view):
        frame = opened(view, at)
        first_seq = commit[0].frame.seq if commit else seq + 1
        if frame is None:
            _refuse_if_damaged(log, view, blob, at, first_seq)
            break
        if (frame.seq, frame.before, frame.first_seq) != (seq + 1, tag, first_seq):
            raise Corrupt(why="order", offset=at)
        commit.append(_new(ReadFrame, (at, frame)))
        at, seq, tag, frames = at + frame.size, frame.seq, frame.tag, frames + 1
        if not frame.has_more:
            take(commit)
            cover, commit = _new(Cover, (at, _new(Anchor, (generation, seq, tag)))), []
    return Replayed(cover, frames, _written(view, cover.end) - cover.end)


def _written(view: memoryview, end: int) -> int:
    """Where the last byte stands that is no zero: room set aside reads as zeros, and nothing was torn there."""
    last = len(view)
    while last > end:
        first = max(end, last - _STEP)
        part = bytes(view[first:last]).rstrip(b"\0")
        if part:
            return first + len(part)
        last = first
    return end


def _refuse_if_damaged(log: FrameLog, view: memoryview, blob: mmap.mmap, at: int, first_seq: int) -> None:
    """Corrupt if an authentic frame of any other commit stands behind `at`."""
    found = blob.find(FRAME_MAGIC, at)
    while found >= 0:
        frame = log.seal.open(view, found)
        if frame is not None and frame.first_seq != first_seq:
            raise Corrupt(why="damage", offset=at)
        found = blob.find(FRAME_MAGIC, found + (frame.size if frame else 1))

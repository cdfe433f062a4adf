"""The append-only file of sealed frames: one commit is one write and one sync.

Returned = synced. No commit begins before the one before has returned, so at most one can be torn; and a file that
a failed write has left longer than its last commit is cut back before anything else is written.
"""

import contextlib
import os
import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from field_app.vault.files import NO_ROOM, Disk, replace_file
from field_app.vault.frame_texts import AT_ONCE, FrameTexts
from field_app.vault.frames import (
    FRAME_BYTES,
    HEADER_BYTES,
    TAG_BYTES,
    TEXT_BYTES,
    Anchor,
    FrameSeal,
    Header,
    open_header,
    seal_header,
)
from field_app.vault.ops import Op, to_bytes
from visit_core.errors import Corrupt, Failed, NoRoom

_new = tuple.__new__  # a named tuple's own constructor takes twice as long
PACK_BYTES = AT_ONCE - FRAME_BYTES - TEXT_BYTES - TAG_BYTES  # of ops in a frame: one read fetches all of it
ROOM_BYTES = 256 * 1024  # set aside at once: a sync that need not note a longer file is cheaper


class Spot(NamedTuple):
    """Where one op stands: its frame's offset and seq, and its place within."""

    offset: int
    seq: int
    pos: int


class SealedCommit(NamedTuple):
    """A commit's frames, where each op will stand, and the last frame."""

    blob: bytes
    spots: list[Spot]
    last: Anchor


class FrameLog:
    """One file. A reader may ask from any thread; writers take turns outside."""

    def __init__(self, path: Path, data_key: bytes, disk: Disk) -> None:
        """Open the log at `path`; Corrupt if its header is not ours. `resume` says where it ends."""
        self.path, self._disk = path, disk
        self._fd = _opened(path)
        self._closing = weakref.finalize(self, os.close, self._fd)  # with the last reader: a scan outlives a compaction
        self.header = open_header(disk.read_at(self._fd, HEADER_BYTES, 0), data_key)
        self._seal = FrameSeal(self.header, data_key)
        self._texts = FrameTexts(self._seal)
        self._end, self._last = HEADER_BYTES, self.header.parent._replace(generation=self.header.generation)
        self._room_end = 0
        self._refusal: Failed | None = None

    @property
    def seal(self) -> FrameSeal:
        """What opens this file's frames."""
        return self._seal

    @property
    def end(self) -> int:
        """Bytes up to the end of the last commit."""
        return self._end

    @property
    def last(self) -> Anchor:
        """The last frame of the last commit."""
        return self._last

    def resume(self, end: int, last: Anchor, *, is_torn: bool) -> None:
        """Go on after the commit that ends at `end`; what was torn behind it is cut off, durably."""
        if is_torn:
            self._cut_back(end)
            self._synced()
        self._end, self._last, self._room_end = end, last, self._disk.size(self._fd)

    def append(self, ops: Sequence[Op]) -> list[Spot]:
        """Make `ops` durable as one commit; NoRoom and Failed mean that nothing was acknowledged.

        After a failed sync nobody knows what is on the medium: the log takes nothing more until it is reopened.
        """
        if self._refusal:
            raise self._refusal
        blob, spots, last = seal_commit(ops, self._seal, self._end, self._last)
        end = self._end + len(blob)
        if end > self._room_end:
            self._make_room(len(blob))
        self._write(blob)
        self._synced()
        self._end, self._last = end, last
        return spots

    def check(self) -> None:
        """Failed if it takes nothing more."""
        if self._refusal:
            raise self._refusal

    def row(self, spot: Spot) -> bytes:
        """The document at that spot; Corrupt if it is not there as it was written."""
        return self._texts.row(*spot, self._read_at)

    def refuse(self, refusal: Failed) -> None:
        """Take nothing more until reopened: nobody knows what is on the medium."""
        self._refusal = Failed(**{**refusal.facts, "reopen": 1})

    def give_back_room(self) -> bool:
        """Set nothing aside behind the last commit; False if nothing was."""
        if not self._closing.alive or self._refusal or self._room_end <= self._end:
            return False
        with contextlib.suppress(OSError):
            self._disk.truncate(self._fd, self._end)
            self._room_end = self._end
        return self._room_end == self._end

    def close(self) -> None:
        """Read and write no more."""
        self.give_back_room()
        self._refusal = self._refusal or Failed(step="closed")
        self._closing()

    def _read_at(self, size: int, offset: int) -> bytes:
        if not self._closing.alive:
            raise Failed(step="closed")
        try:
            if size > AT_ONCE:  # a hurt frame may claim any length
                size = min(size, self._disk.size(self._fd) - offset)
            return self._disk.read_at(self._fd, size, offset)
        except OSError as refusal:
            raise Failed(step="read", errno=refusal.errno or 0) from refusal

    def _make_room(self, size: int) -> None:
        room = max(size, ROOM_BYTES)
        if self._disk.allocate(self._fd, self._end, room):
            self._room_end = self._end + room

    def _write(self, blob: bytes) -> None:
        try:
            os.lseek(self._fd, self._end, os.SEEK_SET)
            rest = memoryview(blob)
            while rest:
                rest = rest[self._disk.write(self._fd, rest) :]
        except OSError as refusal:
            self._cut_back(self._end)
            if refusal.errno in NO_ROOM:
                raise NoRoom(step="append") from refusal
            raise self._poisoned(refusal, "append") from refusal

    def _synced(self) -> None:
        try:
            self._disk.sync(self._fd)
        except OSError as refusal:
            raise self._poisoned(refusal, "sync") from refusal

    def _cut_back(self, end: int) -> None:
        self._room_end = end
        try:
            self._disk.truncate(self._fd, end)
        except OSError as refusal:
            raise self._poisoned(refusal, "cut") from refusal

    def _poisoned(self, refusal: OSError, step: str) -> Failed:
        self._refusal = Failed(step=step, errno=refusal.errno or 0, reopen=1)
        return self._refusal


def begin_log(path: Path, header: Header, data_key: bytes, disk: Disk) -> FrameLog:
    """A log without commits at `path`, durable."""
    replace_file(path, seal_header(header, data_key), disk)
    return FrameLog(path, data_key, disk)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    except FileNotFoundError as refusal:
        raise Corrupt(why="missing") from refusal
    except OSError as refusal:
        raise Failed(step="open", errno=refusal.errno or 0) from refusal


def seal_commit(ops: Sequence[Op], seal: FrameSeal, offset: int, last: Anchor) -> SealedCommit:
    """The ops as one commit that will stand at `offset`, after the frame `last`."""
    packs = _packed(ops)
    first_seq, before = last.seq + 1, last.tag
    last_seq = last.seq + len(packs)
    frames: list[bytes] = []
    spots: list[Spot] = []
    for seq, pack in enumerate(packs, first_seq):
        frame = seal.seal(b"".join(pack), seq, first_seq, before, has_more=seq < last_seq)
        pos = 0
        for text in pack:
            spots.append(_new(Spot, (offset, seq, pos)))
            pos += len(text)
        frames.append(frame)
        before, offset = frame[-TAG_BYTES:], offset + len(frame)
    return _new(SealedCommit, (b"".join(frames), spots, _new(Anchor, (last.generation, last_seq, before))))


def _packed(ops: Iterable[Op]) -> list[list[bytes]]:
    """The ops in frames of at most 8 KiB, so that one document is read without opening a whole bulk commit."""
    pack: list[bytes] = []
    packs, room = [pack], PACK_BYTES
    for op in ops:
        text = to_bytes(op)
        if len(text) > room and pack:  # what is longer than a frame has one of its own
            pack, room = [], PACK_BYTES
            packs.append(pack)
        pack.append(text)
        room -= len(text)
    return packs

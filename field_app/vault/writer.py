"""A whole log written at once and put in its place in one step: for compaction, for mending, for an older format."""

import contextlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from field_app.vault.files import PRIVATE, Disk, as_store_errors, sync_folder
from field_app.vault.frames import HEADER_BYTES, Anchor, FrameSeal, Header, seal_header
from field_app.vault.log import PACK_BYTES, Spot, seal_commit
from field_app.vault.ops import Op, to_bytes
from field_app.vault.replay import Cover

_BUFFER_BYTES = 1024 * 1024


class LogWriter:
    """Begun beside the log it will replace. Until `put_in_place` returns, the old one is the store."""

    def __init__(self, path: Path, header: Header, data_key: bytes, disk: Disk) -> None:
        self._path, self._header, self._key, self._disk = path, header, data_key, disk
        self._fresh = path.with_name(path.name + ".tmp")
        self._seal = FrameSeal(header, data_key)
        self._end = HEADER_BYTES
        self._last = Anchor(header.generation, header.parent.seq, header.parent.tag)
        self._buffer = [bytes(HEADER_BYTES)]
        with as_store_errors(step="begin"):
            self._fd = os.open(self._fresh, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), PRIVATE)

    @property
    def cover(self) -> Cover:
        """Where the file ends."""
        return Cover(self._end, self._last)

    def commit(self, ops: Sequence[Op]) -> list[Spot]:
        """Write the ops as one commit; nothing is durable yet."""
        commit = seal_commit(ops, self._seal, self._end, self._last)
        self._buffer.append(commit.blob)
        self._end, self._last = self._end + len(commit.blob), commit.last
        if sum(map(len, self._buffer)) > _BUFFER_BYTES:
            self._flush()
        return commit.spots

    def put_in_place(self) -> None:
        """Make the file durable, whole up to here, and let it replace the log; NoRoom and Failed leave the old one.

        Failed with `renamed` is the exception: then only a fresh look at the disk tells which one it is.
        """
        self._flush()
        header = seal_header(replace(self._header, whole_seq=self._last.seq), self._key)
        with as_store_errors(step="write"):
            os.lseek(self._fd, 0, os.SEEK_SET)
            self._write(header)
            self._disk.sync(self._fd)
            os.close(self._fd)
            self._fd = -1
            self._disk.rename(self._fresh, self._path)
        with as_store_errors(step="folder", renamed=1):
            sync_folder(self._path.parent, self._disk)

    def give_up(self) -> None:
        """Leave nothing of it; the old log stays."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1
        with contextlib.suppress(OSError):
            self._fresh.unlink(missing_ok=True)

    def _flush(self) -> None:
        with as_store_errors(step="write"):
            self._write(b"".join(self._buffer))
        self._buffer.clear()

    def _write(self, blob: bytes) -> None:
        rest = memoryview(blob)
        while rest:
            rest = rest[self._disk.write(self._fd, rest) :]


class Packing:
    """Gathers ops until they fill a frame, and commits frame by frame."""

    def __init__(self, writer: LogWriter) -> None:
        self._writer = writer
        self._ops: list[Op] = []
        self._bytes = 0
        self.spots: list[Spot] = []

    def add(self, op: Op) -> None:
        """One more op."""
        size = len(to_bytes(op))
        if self._bytes + size > PACK_BYTES:
            self.flush()
        self._ops.append(op)
        self._bytes += size

    def flush(self) -> None:
        """Commit what was gathered."""
        if self._ops:
            self.spots += self._writer.commit(self._ops)
        self._ops, self._bytes = [], 0


def write_store(path: Path, header: Header, data_key: bytes, disk: Disk, ops: Iterable[Op]) -> None:
    """Put a whole store of these ops in the place of whatever is at `path`, in one step."""
    writer = LogWriter(path, header, data_key, disk)
    try:
        packing = Packing(writer)
        for op in ops:
            packing.add(op)
        packing.flush()
        writer.put_in_place()
    except BaseException:
        writer.give_up()
        raise

"""The store's inside: a log, the tables it adds up to, and the index that spares reading all of it.

Memory changes only after the log has said yes; the index is never needed for correctness.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from field_app.vault.cache import RowCache
from field_app.vault.columns import Row
from field_app.vault.declared import Declared, Indexes
from field_app.vault.files import Disk
from field_app.vault.frames import Anchor, Header
from field_app.vault.index_file import IndexFile, Layer
from field_app.vault.indexes import Index
from field_app.vault.layers import Layers
from field_app.vault.log import FrameLog, Spot, begin_log
from field_app.vault.ops import DELETE, DROP, PUT, Op, decode, placed_ops
from field_app.vault.replay import Cover, ReadFrame, Replayed, beginning, replay, tag_of
from visit_core.errors import Corrupt, Rollback, StoreError

MAX_LAYERS = 8
CHECKPOINT_BYTES = 1024 * 1024
CHECKPOINT_SHARE = 16  # of the live bytes: so much, at most, is replayed after a crash
MAX_FRESH = 64  # a bulk commit would push everything else that is remembered out
ORDER_SHIFT = 16  # a frame holds fewer ops than that
_new = tuple.__new__  # a named tuple's own constructor takes twice as long
log_of = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """What opening found: frames read anew, bytes of a torn commit cut off, layers read from the index."""

    frames: int
    torn_bytes: int
    layers: int


class Engine:
    """One open log and what it adds up to. Callers take turns; readers of rows need not."""

    def __init__(self, path: Path, data_key: bytes, disk: Disk, indexes: Indexes, *, base: Layer | None = None) -> None:
        """Open the log at `path`; Corrupt for damage, Rollback for a log older than its own index.

        `base` is what is known of a log that was just written: it takes the place of the index on disk.
        """
        self.path, self.disk, self.data_key, self.declared = path, disk, data_key, Declared(indexes)
        self._cache = RowCache()
        self.log = FrameLog(path, data_key, disk)
        self.index = IndexFile(index_of(path), self.log.header, data_key, disk)
        self.tables: dict[str, Layers] = {}
        self._tags: dict[int, bytes] = {}
        self._owes_whole_index = base is not None  # the file on disk does not say what memory knows
        self.covered = self._take_layers([base] if base else self.index.read())
        replayed = self._replay()
        self.opened = Opened(replayed.frames, replayed.torn_bytes, self.index.records)

    @classmethod
    def by_log_alone(cls, other: "Engine") -> "Engine":
        """An engine over the same open log that knows nothing yet: for holding what is read against what is known."""
        fresh = cls.__new__(cls)
        fresh.path, fresh.disk, fresh.data_key, fresh.declared = other.path, other.disk, other.data_key, Declared({})
        fresh.log, fresh.tables, fresh._cache = other.log, {}, RowCache()
        fresh._tags = {}
        return fresh

    @property
    def header(self) -> Header:
        """Which file this is."""
        return self.log.header

    def layers_of(self, table: str) -> Layers:
        """What is committed of a table, be it nothing."""
        known = self.tables.get(table)
        return Layers() if known is None else known

    def indexes_of(self, table: str) -> Sequence[Index]:
        """The indexes declared for a table."""
        return self.declared.of(table)

    def row(self, spot: Spot) -> bytes:
        """One document's bytes; Corrupt if they are not what was written there."""
        return self.log.row(spot)

    def document(self, row: Row) -> dict[str, Any]:
        """One document, parsed, for an index."""
        return decode(self.row(row.spot))

    def commit(self, ops: Sequence[Op]) -> None:
        """Make the ops durable, then take them in."""
        spots = self.log.append(ops)
        self._apply(ops, spots, remembers=len(ops) <= MAX_FRESH)

    def check_anchor(self, anchor: Anchor | None) -> None:
        """Rollback if this log does not hold what `anchor` says was once durable."""
        if anchor is None:
            return
        here, parent = self.log.last, self.header.parent
        if anchor.generation == here.generation:
            is_older = here.seq < anchor.seq or self._tag(anchor.seq) != anchor.tag
        elif anchor.generation == parent.generation:
            is_older = parent.seq < anchor.seq or (parent.seq == anchor.seq and parent.tag != anchor.tag)
        else:
            is_older = here.generation < anchor.generation
        if is_older:
            raise Rollback(generation=here.generation, seq=here.seq, expected=anchor.seq)

    def is_due(self) -> bool:
        """Whether so much has been written since the last checkpoint that a crash would cost a long replay."""
        fresh = self.log.end - self.covered.end
        return fresh > max(CHECKPOINT_BYTES, self.covered.end // CHECKPOINT_SHARE)

    def checkpoint(self) -> None:
        """Write down what the log adds up to; where that is refused, nothing is lost but time."""
        if self.covered.end == self.log.end and not self._owes_whole_index:
            return
        fresh = self._fresh_layer()
        is_whole = self._owes_whole_index or self._should_merge(fresh)
        self._put_on_top(fresh)
        try:
            if is_whole:
                self.index.replace(self._whole_layer(fresh.cover))
            else:
                self.index.add(fresh)
            self._owes_whole_index = False
        except (OSError, StoreError) as refusal:
            log_of.warning("index refused error=%s", type(refusal).__name__)
            self.index.forget()
            self._owes_whole_index = True

    def frozen(self) -> tuple[Cover, dict[str, Layers]]:
        """All that is committed, as it will stay while others go on: where the log ends, and each table's layers."""
        self.checkpoint()
        return self.covered, {name: Layers(layers.columns) for name, layers in self.tables.items() if layers.exists}

    def apply_frames(self, commit: Iterable[ReadFrame]) -> None:
        """Take in a commit that was read from the log."""
        for offset, frame in commit:
            seq = frame.seq
            ops: list[Op] = []
            spots: list[Spot] = []
            for pos, op in placed_ops(frame.text):
                ops.append(op)
                spots.append(_new(Spot, (offset, seq, pos)))
            self._apply(ops, spots, remembers=True)
            self._tags[seq] = frame.tag

    def live_bytes(self) -> int:
        """About how much of the log a compaction would keep; counts rows, not bytes, where that is dear."""
        rows = sum(len(layers) for layers in self.tables.values())
        written = max(1, self.log.last.seq - self.header.first_seq + 1)
        return min(self.log.end, rows * max(1, self.log.end // written))

    def close(self) -> None:
        """Write and read no more."""
        self.log.close()

    def _tag(self, seq: int) -> bytes | None:
        """The tag of a frame, be it one that the index spared reading."""
        return self._tags.get(seq) or tag_of(self.log, seq)

    def _apply(self, ops: Sequence[Op], spots: Sequence[Spot], *, remembers: bool) -> None:
        tables = self.tables
        seq, number = -1, 0
        for (kind, table, key, text), spot in zip(ops, spots, strict=True):
            number = number + 1 if spot[1] == seq else 0
            seq = spot[1]
            layers = tables[table] if table in tables else self._begun(table)
            if kind == PUT:
                row = _new(Row, ((seq << ORDER_SHIFT) + number, key, spot))
                layers.put(key, row, text if remembers else None)
            elif kind == DELETE:
                layers.delete(key)
            elif kind == DROP:
                layers.drop()
            else:
                layers.make()

    def _begun(self, table: str) -> Layers:
        layers = self.tables.get(table)
        if layers is None:
            layers = self.tables[table] = Layers(known=self._cache.of(table))
        return layers

    def _take_layers(self, read: Sequence[Layer]) -> Cover:
        if not read:
            return beginning(self.log)
        for layer in read:
            for name, columns in layer.tables.items():
                self._begun(name).add(columns)
        for name, layers in self.tables.items():
            if not layers.knows_all(self.indexes_of(name)):  # another release declared others
                self.tables[name] = Layers([layers.merged(self.indexes_of(name), self.document)], layers.known)
                self._owes_whole_index = True
        return read[-1].cover

    def _replay(self) -> Replayed:
        replayed = replay(self.log, self.covered, self.apply_frames)
        last = replayed.cover.last
        if last.seq < self.header.whole_seq:
            raise Corrupt(why="short", seq=last.seq)
        if replayed.torn_bytes:
            log_of.warning("torn commit cut bytes=%d seq=%d", replayed.torn_bytes, last.seq)
        self.log.resume(replayed.cover.end, last, is_torn=replayed.torn_bytes > 0)
        self._tags[last.seq] = last.tag
        return replayed

    def _fresh_layer(self) -> Layer:
        touched = {name: layers for name, layers in self.tables.items() if layers.is_changed}
        tables = {name: layers.fresh_columns(self.indexes_of(name), self.document) for name, layers in touched.items()}
        return Layer(Cover(self.log.end, self.log.last), tables)

    def _should_merge(self, fresh: Layer) -> bool:
        if self.index.records + 1 > MAX_LAYERS:
            return True
        older = sum(len(layers.columns[0]) for layers in self.tables.values() if layers.columns)
        newer = sum(len(columns) for layers in self.tables.values() for columns in layers.columns[1:])
        return bool(older) and newer + sum(map(len, fresh.tables.values())) > older

    def _whole_layer(self, cover: Cover) -> Layer:
        """All layers as one, here and for the file."""
        tables = {
            name: layers.merged(self.indexes_of(name), self.document)
            for name, layers in self.tables.items()
            if layers.exists
        }
        self.tables = {name: Layers([columns], self._cache.of(name)) for name, columns in tables.items()}
        return Layer(cover, tables)

    def _put_on_top(self, fresh: Layer) -> None:
        for name, columns in fresh.tables.items():
            self.tables[name].add(columns)
        self.covered = fresh.cover


def index_of(path: Path) -> Path:
    """Where the index of the log at `path` is kept."""
    return path.with_name(path.stem + ".index")


def begin_store(path: Path, header: Header, data_key: bytes, disk: Disk) -> None:
    """A store without documents at `path`, durable."""
    index_of(path).unlink(missing_ok=True)
    begin_log(path, header, data_key, disk).close()

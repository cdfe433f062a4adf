"""Letting go of what nobody can read any more: live documents are copied to a fresh log that takes the old one's place.

The copying needs no lock; only catching up with what was committed meanwhile, and the swap, hold writers up.
"""

import gc
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace

from field_app.vault.columns import Columns
from field_app.vault.engine import ORDER_SHIFT, Engine
from field_app.vault.frames import next_header
from field_app.vault.index_file import Layer
from field_app.vault.layers import Layers
from field_app.vault.log import FrameLog, Spot
from field_app.vault.ops import MAKE, PUT, Op, placed_ops
from field_app.vault.replay import Cover, ReadFrame, replay
from field_app.vault.storage import VaultStorage
from field_app.vault.writer import LogWriter, Packing
from visit_core.errors import NoRoom

GARBAGE_BYTES = 8 * 1024 * 1024


def is_worth_it(engine: Engine) -> bool:
    """Whether more than 8 MiB and more than half of what lives is garbage."""
    live = engine.live_bytes()
    return engine.log.end - live > max(GARBAGE_BYTES, live // 2)


def compact(storage: VaultStorage, data_key: bytes | None = None) -> int:
    """Replace the log by one with live documents alone, under `data_key` if one is given; give how many bytes less.

    NoRoom and Failed leave the store as it was. May run on a thread of its own.
    """
    with storage.rewriting():
        try:
            return _compact_with_reserve(storage, data_key)
        finally:
            if not storage.reserve.refill():
                gc.collect()  # errors of before may hold the old log, and with it its room on the disk
                storage.reserve.refill()


def _compact_with_reserve(storage: VaultStorage, data_key: bytes | None) -> int:
    try:
        return _compact(storage, data_key)
    except NoRoom:
        if not storage.make_room():
            raise
    gc.collect()  # the error's frames hold the old log, which is to make room
    return _compact(storage, data_key)


def _compact(storage: VaultStorage, data_key: bytes | None) -> int:
    with storage.mutex:
        engine = storage.engine
        cover, frozen = engine.frozen()
    key = data_key or engine.data_key
    writer = LogWriter(engine.path, next_header(engine.header, cover.last), key, engine.disk)
    try:
        tables = {name: _copied(name, layers, engine, writer) for name, layers in frozen.items()}
        base = Layer(writer.cover, tables)
        with storage.swapping(engine):
            _catch_up(engine.log, cover, writer)
            saved = engine.log.end - writer.cover.end
            writer.put_in_place()
            storage.engine = Engine(engine.path, key, engine.disk, engine.declared.indexes, base=base)
            storage.engine.checkpoint()
    except BaseException:
        writer.give_up()
        raise
    return saved


def _copied(name: str, layers: Layers, engine: Engine, writer: LogWriter) -> Columns:
    """The table's live documents, copied in order; what is known of them, at their new places."""
    columns = layers.merged(engine.indexes_of(name), engine.document)
    packing = Packing(writer)
    if not len(columns):
        packing.add(Op(MAKE, name))
        packing.flush()
        return columns
    for number in range(len(columns)):
        row = columns.row(number)
        packing.add(Op(PUT, name, row.key, engine.row(row.spot)))
    packing.flush()
    return _moved(columns, packing.spots)


def _moved(columns: Columns, spots: Sequence[Spot]) -> Columns:
    return replace(
        columns,
        orders=array("Q", _orders(spots)),
        offsets=array("Q", (spot.offset for spot in spots)),
        seqs=array("Q", (spot.seq for spot in spots)),
        places=array("I", (spot.pos for spot in spots)),
    )


def _orders(spots: Sequence[Spot]) -> Iterator[int]:
    seq, number = -1, 0
    for spot in spots:
        number = number + 1 if spot.seq == seq else 0
        seq = spot.seq
        yield (seq << ORDER_SHIFT) + number


def _catch_up(log: FrameLog, cover: Cover, writer: LogWriter) -> None:
    """Copy what was committed since: every commit as one commit."""

    def take(commit: list[ReadFrame]) -> None:
        writer.commit([op for _, frame in commit for _, op in placed_ops(frame.text)])

    replay(log, cover, take)

"""Holding everything that is kept against what memory believes: every frame is read from the disk again."""

from dataclasses import dataclass

from field_app.vault.engine import Engine
from field_app.vault.layers import Layers
from field_app.vault.replay import ReadFrame, beginning, replay
from field_app.vault.storage import VaultStorage
from visit_core.errors import Corrupt


@dataclass(frozen=True, slots=True)
class Verified:
    """What was read: documents that live, commits and frames of this generation of the log."""

    documents: int
    commits: int
    frames: int


def verify(storage: VaultStorage) -> Verified:
    """Read all of the log and count it, or raise Corrupt.

    The index is held against it, too: where the two differ, what people are shown is wrong.
    """
    with storage.mutex:
        engine, here = storage.engine, storage.engine.log.last
        fresh = Engine.by_log_alone(engine)
        commits = 0

        def take(commit: list[ReadFrame]) -> None:
            nonlocal commits
            commits += 1
            fresh.apply_frames(commit)

        replayed = replay(engine.log, beginning(engine.log), take)
        if replayed.cover.last != here:
            raise Corrupt(why="end", seq=replayed.cover.last.seq)
        for name in fresh.tables.keys() | engine.tables.keys():
            _compare(engine.layers_of(name), fresh.layers_of(name))
        documents = sum(len(layers) for layers in engine.tables.values())
        return Verified(documents, commits, replayed.frames)


def _compare(said: Layers, true: Layers) -> None:
    if said.exists != true.exists or len(said) != len(true):
        raise Corrupt(why="index")
    for believed, read in zip(said.in_order(), true.in_order(), strict=True):
        if (believed.key, believed.spot) != (read.key, read.spot):
            raise Corrupt(why="index")

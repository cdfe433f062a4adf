"""In a world where people photograph all day none is received before it is there, and each arrives in the end."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from tests.world.mix import drawn
from tests.world.photos import carry, check_all_arrived
from tests.world.story import lived
from tests.world.watch import Broken
from tests.world.world import World

SEEDS = range(12)
MISHAPS = {
    "absent",
    "backup",
    "restore",
    "crash",
    "crash_at_a_write",
    "copy_phone",
    "go_back",
    "restart_server",
    "revoke",
}


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


class Snapping(World):
    """Everybody carries a camera; how many photographs arrived is noted."""

    def __init__(self, seed: int) -> None:
        mix = drawn(Random(seed))
        kept = {name: weight for name, weight in mix.weights.items() if name in MISHAPS}
        weights = kept | {"snap": 25, "carry": 40, "sync": 30, "bin_photo": 20, "empty_bin": 12}
        super().__init__(seed, replace(mix, weights=weights))
        self.arrived = 0

    def drain(self) -> None:
        super().drain()
        for phone in self.phones:
            phone.absent = 0
            carry(self, phone)
        self._all_sync()
        self.arrived = check_all_arrived(self)


def run(seed: int) -> Snapping:
    world = Snapping(seed)
    lived(world, seed, acts=25)
    return world


def test_no_photo_is_received_before_it_is_there_and_each_arrives_in_the_end() -> None:
    assert sum(run(seed).arrived for seed in SEEDS) > 20


HOLES = {
    "received on arrival": ("sync_server.received._is_here", lambda blobs, key: True, 0),
    "let go of in silence": ("sync_server.care.collecting.take_back", lambda merging, deleted: None, 28),
    "never said": ("sync_server.blobs.say_received", lambda merging, records, by: None, 0),
}
"""Where, what stands there instead, and the first seed of eight of which one must notice."""


@pytest.mark.parametrize("hole", HOLES)
def test_a_hole_in_it_is_noticed(hole: str, monkeypatch: pytest.MonkeyPatch) -> None:
    where, instead, first = HOLES[hole]
    monkeypatch.setattr(where, instead)
    assert any(_breaks(seed) for seed in range(first, first + 8))


def _breaks(seed: int) -> bool:
    try:
        run(seed)
    except Broken:
        return True
    return False

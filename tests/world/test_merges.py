"""In a world where supervisors merge and part customers all day, all phones lead to the same ones as the server."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from sync_server.families import survivors_in
from tests.world.mix import drawn
from tests.world.story import lived
from tests.world.watch import Broken
from tests.world.world import World

SEEDS = range(30)


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


class Merging(World):
    """Two of the team are supervisors; how many customers are merged at the end is noted."""

    def __init__(self, seed: int) -> None:
        mix = drawn(Random(seed))
        weights = mix.weights | {"merge": 25, "part": 8, "create": 12, "change_role": 0, "revoke": 0}
        super().__init__(seed, replace(mix, weights=weights))
        self.merged = 0
        self.office.turns_role(self.phones[0].store.me.person)

    def close(self) -> None:
        self.merged = len(self.office.store.read(self.phones[0].store.me.team, survivors_in))
        super().close()


def run(seed: int) -> Merging:
    world = Merging(seed)
    lived(world, seed, acts=20)
    return world


def test_every_phone_and_the_server_lead_to_the_same_customers() -> None:
    assert sum(run(seed).merged for seed in SEEDS) > 10


def test_a_phone_that_leads_elsewhere_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("field_app.survivors.survivors", lambda into: {one: max(one, to) for one, to in into.items()})
    assert any(_leads_elsewhere(seed) for seed in SEEDS)


def _leads_elsewhere(seed: int) -> bool:
    try:
        run(seed)
    except Broken as broken:
        return "other_survivor" in str(broken)
    return False

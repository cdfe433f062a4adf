"""Each hole that the protocol must not have is noticed by the world within so many seeds."""

import logging

import pytest

from tests.world.mutants import MUTANTS, Mutant
from tests.world.story import run
from tests.world.watch import Broken


@pytest.mark.parametrize("mutant", MUTANTS.values(), ids=MUTANTS)
def test_a_hole_is_noticed(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    logging.disable(logging.WARNING)
    mutant.cuts(monkeypatch)
    try:
        assert any(_breaks(seed, mutant.notices) for seed in range(mutant.first, mutant.first + mutant.seeds))
    finally:
        logging.disable(logging.NOTSET)


def _breaks(seed: int, promise: str) -> bool:
    try:
        run(seed)
    except Broken as broken:
        return promise in str(broken)
    return False

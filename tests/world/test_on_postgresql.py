"""The same world with two server processes on one PostgreSQL: whatever goes wrong, nothing is lost and all end even."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from sync_server.store_sql.opening import make_store
from tests.server.clusters import TEMPLATE, Cluster, running
from tests.world.mix import drawn
from tests.world.places import KEY, InCluster
from tests.world.story import lived
from tests.world.world import World

SEEDS = 8


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    logging.disable(logging.WARNING)
    with running("wheel") as started:
        started.does(f"CREATE DATABASE {TEMPLATE}")
        make_store(started.url(TEMPLATE), KEY)
        yield started
    logging.disable(logging.NOTSET)


def with_two_servers(seed: int, cluster: Cluster) -> World:
    """Every other request is answered by the other process, and its clock may be another one."""
    mix = replace(drawn(Random(seed)), servers=2, server_skew_ms=900, crowd=0.3)
    return lived(World(seed, mix, InCluster(cluster, TEMPLATE)), seed)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_two_servers_on_one_postgresql_lose_nothing_and_end_even(seed: int, cluster: Cluster) -> None:
    world = with_two_servers(seed, cluster)
    assert len(world.office.stores) == 2
    assert sum(" served " in line for line in world.told) > 10


def test_both_databases_tell_the_same_story(cluster: Cluster) -> None:
    mix = replace(drawn(Random(3)), servers=2)
    told = [lived(World(3, mix, place), 3).told for place in (None, InCluster(cluster, TEMPLATE))]
    assert told[0] == told[1]

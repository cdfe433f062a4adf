"""Offices for every test: a real store each, on each kind of database, closed afterwards."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sync_server.store_sql.opening import make_store
from tests.server.clusters import SYSTEM, TEMPLATE, Cluster, running
from tests.server.world import Office

DATABASES = ["sqlite", "wheel", *(folder.parent.name for folder in SYSTEM)]
"""SQLite, the wheel's PostgreSQL, and those of the system by their version."""

DOOR = {"test_access", "test_logs", "test_blob_requests", "test_wanted_photos", "test_parting", "test_shared_backups"}
"""Tests of what is decided before any store is asked much: on one database."""

RIM = {
    "test_enrolment", "test_http", "test_rights", "test_clock", "test_recovery",
    "test_seats", "test_named_refusals", "test_first_release",
}  # fmt: skip
"""Tests of requests and answers, which ask little of the store: on one database of each kind."""

Clusters = dict[str, Cluster]


@pytest.fixture(scope="session")
def clusters() -> Iterator["StartedClusters"]:
    with ExitStack() as stack:
        yield StartedClusters(stack)


class StartedClusters:
    """PostgreSQL servers, each started when it is first asked for."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._running: Clusters = {}

    def of(self, wanted: str) -> Cluster:
        if wanted not in self._running:
            cluster = self._stack.enter_context(running(wanted))
            cluster.does(f"CREATE DATABASE {TEMPLATE}")
            make_store(cluster.url(TEMPLATE), b"")
            self._running[wanted] = cluster
        return self._running[wanted]


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Office]:
    """A server on the store in one file, for what only a file can promise."""
    made = Office(tmp_path / "home")
    yield made
    made.store.close()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What the store promises is proved on every database, with no exemption."""
    if "office" in metafunc.fixturenames:
        name = metafunc.module.__name__.rpartition(".")[2]
        count = 1 if name in DOOR else 2 if name in RIM else len(DATABASES)
        metafunc.parametrize("office", DATABASES[:count], indirect=True)


@pytest.fixture
def office(tmp_path: Path, request: pytest.FixtureRequest, clusters: StartedClusters) -> Iterator[Office]:
    """A server on each kind of store that there is."""
    if request.param == "sqlite":
        made = Office(tmp_path / "home")
        yield made
        made.store.close()
        return
    cluster = clusters.of(request.param)
    name = cluster.database(TEMPLATE)
    made = Office(tmp_path / "home", database=cluster.url(name))
    yield made
    made.store.close()
    cluster.done_with(name)

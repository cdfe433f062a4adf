"""Everybody who is measured, each with a fresh server for a round; who is not installed says so."""

import functools
import itertools
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from bench.sync.devices import Device
from bench.sync.limit_device import LimitDevice, limit_server
from bench.sync.ours import OurDevice, our_server
from bench.sync.packing import Packing, packing
from bench.sync.peers.kinto import KintoDevice, kinto_server
from bench.sync.peers.pouch import PouchDevice, begin_pouch, pouch_server
from bench.sync.workloads import Site
from tests.server.clusters import Cluster

OURS, OURS_GZIP, OURS_PG = "ours, SQLite", "ours, SQLite, gzip", "ours, PostgreSQL"
LIMIT, LIMIT_PG = "limit, SQLite", "limit, PostgreSQL"
POUCH, KINTO = "PouchDB", "Kinto, PostgreSQL"
SEATS = 30

Opens = Callable[[Path], AbstractAsyncContextManager[Site]]
"""A site in an empty folder."""


@dataclass(frozen=True, slots=True)
class Contender:
    """By name; `share` of the documents is what a slow one is given, rates being per document."""

    name: str
    opens: Opens
    share: float = 1.0


def contenders(packed: Packing, cluster: Cluster | None, peers: Path | None) -> list[Contender]:
    """Who can be measured here; a line for each who cannot."""
    found = [Contender(OURS, _ours(packed, None)), Contender(LIMIT, _limit(packed, None))]
    if packed.name != "gzip":
        found.append(Contender(OURS_GZIP, _ours(packing("gzip"), None)))
    if cluster:
        found += [Contender(OURS_PG, _ours(packed, cluster)), Contender(LIMIT_PG, _limit(packed, cluster))]
    else:
        print("- on PostgreSQL: not measured, no PostgreSQL here")
    return found + list(_peers(cluster, peers))


def _peers(cluster: Cluster | None, peers: Path | None) -> Sequence[Contender]:
    found = []
    modules = peers / "js" / "node_modules" if peers else Path()
    if peers and which("node") and (modules / "pouchdb-server").exists():
        found.append(Contender(POUCH, functools.partial(_pouch, modules)))
    else:
        print(f"- {POUCH}: not measured, not installed")
    if peers and cluster and (peers / "venv" / "bin" / "kinto").exists():
        found.append(Contender(KINTO, functools.partial(_kinto, peers / "venv" / "bin", cluster), share=0.2))
    else:
        print(f"- {KINTO}: not measured, not installed")
    return found


def _ours(packed: Packing, cluster: Cluster | None) -> Opens:
    @asynccontextmanager
    async def opens(folder: Path) -> AsyncIterator[Site]:
        database = cluster.url(cluster.database()) if cluster else ""
        with our_server(folder, sys.executable, SEATS, database) as (pid, address, seats):
            left = iter(seats)

            async def device(at: str) -> Device:
                return OurDevice(at, next(left), packed)

            yield Site(_pids(pid, cluster), address, device)

    return opens


def _limit(packed: Packing, cluster: Cluster | None) -> Opens:
    @asynccontextmanager
    async def opens(folder: Path) -> AsyncIterator[Site]:
        database = cluster.url(cluster.database()) if cluster else ""
        with limit_server(folder, sys.executable, database) as (pid, address):

            async def device(at: str) -> Device:
                return LimitDevice(at, packed)

            yield Site(_pids(pid, cluster), address, device)

    return opens


@asynccontextmanager
async def _kinto(programs: Path, cluster: Cluster, folder: Path) -> AsyncIterator[Site]:
    database = cluster.url(cluster.database()).replace("+psycopg", "")
    with kinto_server(folder, programs, database) as (pid, address):
        collections = itertools.count()

        async def device(at: str) -> Device:
            one = KintoDevice(at)
            if next(collections) == 0:
                await one.begin()
            return one

        yield Site(_pids(pid, cluster), address, device)


@asynccontextmanager
async def _pouch(modules: Path, folder: Path) -> AsyncIterator[Site]:
    with pouch_server(folder, modules) as (pid, address):
        pouch = await begin_pouch(modules)

        async def device(at: str) -> Device:
            one = PouchDevice(pouch)
            await one.begin(at)
            return one

        try:
            yield Site([pid], address, device)
        finally:
            await pouch.ends()


def _pids(pid: int, cluster: Cluster | None) -> Sequence[int]:
    return [pid, cluster.pid] if cluster else [pid]

"""Twenty writers of one team at once: the load under which acknowledged records were lost elsewhere."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from bench.sync import workloads
from bench.sync.devices import Device
from bench.sync.ours import OurDevice, our_server
from bench.sync.packing import packing
from bench.sync.workloads import Site, Size, Told
from tests.server.clusters import CALM, running
from torture.tally import Tally

WRITERS, EACH = 20, 100


def crowd(folder: Path, times: int, *, is_postgresql: bool = False) -> Tally:
    """Everybody pushes and pulls at once; then nothing may be missing, neither on the server nor on a device."""
    tally = Tally(f"{WRITERS} writers of one team{', PostgreSQL' if is_postgresql else ''}")
    if not is_postgresql:
        return _many(folder, times, str, tally)
    with running("wheel", CALM) as cluster:
        return _many(folder, times, lambda: cluster.url(cluster.database()), tally)


def _many(folder: Path, times: int, database: Callable[[], str], tally: Tally) -> Tally:
    for number in range(times):
        home = folder / str(number)
        home.mkdir(parents=True)
        told = asyncio.run(_once(home, database()))
        tally.ended("converged")
        tally.counted("records", WRITERS * EACH)
        for what in ("lost", "skipped"):
            if told.figures[what]:
                tally.lost(f"{told.figures[what]:.0f} {what}")
    return tally


async def _once(folder: Path, database: str) -> Told:
    told, packed = Told(), packing("gzip")
    with our_server(folder, sys.executable, WRITERS + 1, database) as (pid, address, seats):
        left = iter(seats)

        async def device(at: str) -> Device:
            return OurDevice(at, next(left), packed)

        await workloads.converge(Site([pid], address, device), Size(0, WRITERS, EACH, 0), told)
    return told

"""The workloads, the same for every contender: push, pull, one change there and back, many at once, edits of two."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bench.sync.counting import Counting
from bench.sync.devices import Device
from bench.sync.documents import documents
from bench.sync.processes import cpu_s

MOST_ROUNDS = 6
ALONE = 10


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything."""

    documents: int
    devices: int
    each: int  # documents of each of those devices
    there_and_back: int


@dataclass(frozen=True, slots=True)
class Site:
    """A running server of a contender: its processes, and how to make the next device, at another address if named."""

    pids: Sequence[int]
    address: str
    device: Callable[[str], Awaitable[Device]]


@dataclass(slots=True)
class Told:
    """What one contender took in one round, by name of the figure."""

    figures: dict[str, float] = field(default_factory=dict)

    @asynccontextmanager
    async def timed(self, site: Site, name: str, count: int) -> AsyncIterator[None]:
        """Documents per second, and ms of the server's CPU for each."""
        cpu, began = cpu_s(site.pids), time.perf_counter()
        yield
        wall_s = time.perf_counter() - began
        self.figures[f"{name} per s"] = count / wall_s
        self.figures[f"{name} cpu ms"] = (cpu_s(site.pids) - cpu) * 1000 / count


async def push_and_pull(site: Site, size: Size, told: Told) -> None:
    """One device pushes everything, an empty one pulls it; then single changes go there and back."""
    made = documents(size.documents)
    one, other = await site.device(site.address), await site.device(site.address)
    await one.takes(made)
    async with told.timed(site, "push", size.documents):
        await one.push()
    async with told.timed(site, "pull", size.documents):
        await other.pull()
    assert len(await other.held()) == size.documents
    told.figures["there and back ms"] = await _there_and_back(one, other, size)
    await one.close()
    await other.close()


async def _there_and_back(one: Device, other: Device, size: Size) -> float:
    took = []
    for visit in documents(size.there_and_back, device=900):
        await one.takes([visit])
        began = time.perf_counter()
        await one.push()
        await other.pull()
        took.append((time.perf_counter() - began) * 1000)
        assert visit["id"] in await other.held()
    return statistics.median(took)


async def converge(site: Site, size: Size, told: Told) -> None:
    """Devices push and pull all at once until each holds everything; what is lost or skipped is counted.

    Skipped is what the server has and a device was not given in any round.
    """
    devices = [await site.device(site.address) for _ in range(size.devices)]
    made = [documents(size.each, device=100 + number) for number in range(size.devices)]
    for device, own in zip(devices, made, strict=True):
        await device.takes(own)
    everything = {visit["id"] for own in made for visit in own}
    async with told.timed(site, "converge", len(everything)):
        await asyncio.gather(*map(_push_then_pull, devices))
        for _ in range(MOST_ROUNDS):
            if all([everything <= await device.held() for device in devices]):
                break
            await asyncio.gather(*(device.pull() for device in devices))
    late = await site.device(site.address)
    await late.pull()
    here = await late.held() & everything
    told.figures["lost"] = len(everything - here)
    told.figures["skipped"] = sum([len(here - await device.held()) for device in devices])
    for device in (*devices, late):
        await device.close()


async def _push_then_pull(device: Device) -> None:
    await device.push()
    await device.pull()


async def bytes_on_the_wire(site: Site, size: Size, told: Told) -> None:
    """What goes over TCP, heads and all, for a push and for a pull."""
    async with Counting(site.address) as wire:
        one, other = await site.device(wire.address), await site.device(wire.address)
        await one.takes(documents(size.documents, device=800))
        wire.total = 0
        await one.push()
        told.figures["push bytes"] = wire.total / size.documents
        before = len(await other.held())
        wire.total = 0
        await other.pull()
        told.figures["pull bytes"] = wire.total / (len(await other.held()) - before)
        await _little_at_a_time(wire, one, other, told)
        await one.close()
        await other.close()


async def _little_at_a_time(wire: Counting, one: Device, other: Device, told: Told) -> None:
    """What a visit costs that is pushed as soon as it is saved, and what asking in vain costs."""
    wire.total = 0
    for visit in documents(ALONE, device=801):
        await one.takes([visit])
        await one.push()
    told.figures["push alone bytes"] = wire.total / ALONE
    await other.pull()
    wire.total = 0
    await other.pull()
    told.figures["pull of nothing bytes"] = wire.total

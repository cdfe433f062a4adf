"""`dev.py bench sync`: push and pull over real HTTP, against the bare limit of the engine, PouchDB and Kinto."""

import argparse
import asyncio
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bench.asking import asks, say
from bench.machine import machine, tell, told
from bench.sync import edits, workloads
from bench.sync.contenders import OURS, OURS_GZIP, OURS_PG, Contender, contenders
from bench.sync.documents import as_json, documents, in_parts
from bench.sync.goals import figures
from bench.sync.packing import Packing, packing
from bench.sync.workloads import Size, Told
from tests.server.clusters import CALM, Cluster, running, wheels_programs
from visit_core.protocol import MAX_CHANGES


def main(words: Sequence[str]) -> int:
    """Measure, print one line a figure, and keep all of it where `--json` says. The exit status tells no speed."""
    asked = _asked(words)
    on = machine() | _size_of(asked)
    tell(on)
    packed = packing(asked.packing)
    with _postgresql() as cluster, tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        rivals = contenders(packed, cluster, asked.peers)
        size = Size(asked.documents, asked.devices, asked.each, asked.there_and_back)
        rounds: dict[str, list[Told]] = {rival.name: [] for rival in rivals}
        for number in range(asked.rounds):
            for rival in rivals[number % len(rivals) :] + rivals[: number % len(rivals)]:
                home = Path(folder) / f"{number}-{rivals.index(rival)}"
                rounds[rival.name].append(asyncio.run(_measured(rival, home, size)))
    told(list(figures(rounds, _packed_bytes(packed, size))), on, asked.json)
    return 0


async def _measured(rival: Contender, folder: Path, size: Size) -> Told:
    took, less = Told(), _share(size, rival.share)
    works: list[Any] = [workloads.push_and_pull, workloads.converge, workloads.bytes_on_the_wire]
    works += [edits.of_two] if rival.name in (OURS, OURS_GZIP, OURS_PG) else []
    for number, work in enumerate(works):
        say(f"{rival.name}: {work.__name__}")
        home = folder / str(number)
        home.mkdir(parents=True)
        async with rival.opens(home) as site:
            await work(site, less, took)
    return took


def _share(size: Size, share: float) -> Size:
    return replace(size, documents=round(size.documents * share), each=round(size.each * share))


def _packed_bytes(packed: Packing, size: Size) -> float:
    """What one document takes when nothing but documents is packed, as many together as in a request."""
    parts = in_parts(documents(size.documents, device=800), MAX_CHANGES)
    return sum(len(packed.pack(as_json(part))) for part in parts) / size.documents


@contextmanager
def _postgresql() -> Iterator[Cluster | None]:
    """A PostgreSQL that waits for the disk; None where there is none."""
    programs = wheels_programs()
    if programs is None or not (programs / "postgres").exists():
        yield None
        return
    with running("wheel", CALM) as cluster:
        yield cluster


def _size_of(asked: argparse.Namespace) -> dict[str, Any]:
    return {
        "packing": asked.packing,
        "documents": asked.documents,
        "devices": f"{asked.devices} x {asked.each}",
        "rounds": asked.rounds,
    }


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = asks("sync", __doc__)
    parser.add_argument("--documents", type=int, default=10_000, help="pushed and pulled by one device")
    parser.add_argument("--devices", type=int, default=20, help="that push and pull at once")
    parser.add_argument("--each", type=int, default=500, help="documents of each of these")
    parser.add_argument("--there-and-back", type=int, default=30, help="how often one change goes there and back")
    parser.add_argument("--rounds", type=int, default=3, help="how often everybody goes")
    parser.add_argument(
        "--packing", choices=("gzip", "zstd"), default="zstd", help="how bodies are packed, ours and the limit's"
    )
    parser.add_argument("--peers", type=Path, metavar="DIR", help="where peers are installed, see docs/measuring.md")
    return parser.parse_args(words)

"""What a life of captures writes: with index segments, checkpoints and closing shared out over all of them."""

import time
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, Goal
from bench.store.made_up import a_visit, an_entry, customers_of, visits
from bench.store.peers import Peer
from bench.store.peers.sqlcipher import SqlCipher
from bench.store.peers.vault import EagerDisk, Vault
from bench.turns import Cost, measured

CAPTURES, SETTLED_AT_ONCE = 4_000, 50
LASTS_S = 20.0


def living(folder: Path, records: int) -> Iterator[Figure]:
    """Capture and settle for a while, close, and count what was handed to the system."""
    folder.mkdir()
    written = {}
    for filled in (Vault(folder, EagerDisk()), SqlCipher(folder, "off")):
        filled.fill(visits(0, records, customers_of(records)))
        filled.close()
    for peer in (Vault(folder, EagerDisk()), SqlCipher(folder)):
        written[peer.name] = _life(peer, records)
    at = f"@ {records:,}"
    yield Figure(f"bytes written per capture, vault {at}", written["vault"], "B")
    yield Figure(f"bytes written per capture, sqlcipher {at}", written["sqlcipher"], "B")
    ratio = written["vault"] / written["sqlcipher"]
    yield Figure(f"bytes written per capture / SQLCipher {at}", ratio, "x", Goal(1 / 20))
    theirs = _size(folder, "data.db*")
    size = (_size(folder, "data.*") - theirs) / theirs
    yield Figure(f"size on disk / SQLCipher {at}", size, "x", Goal(0.85))


def _life(peer: Peer, records: int) -> float:
    cost, done, until = Cost(), 0, time.monotonic() + LASTS_S
    with measured(cost):
        while done < CAPTURES and time.monotonic() < until:
            visit = a_visit(records + done, customers_of(records))
            peer.capture(visit, an_entry(visit))
            done += 1
            if done % SETTLED_AT_ONCE == 0:
                peer.settle(SETTLED_AT_ONCE)
                peer.rest()
        peer.close()
    return cost.bytes / done


def _size(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern))

"""`python -m bench.store.alone opening|crashing …`: what is measured in a process of its own.

opening PEER FOLDER   open a filled store and ask one indexed question; prints CPU and memory as JSON
crashing FOLDER       capture until the index would be due, and stop as a crash does: without closing anything
"""

import gc
import json
import os
import random
import sys
from pathlib import Path

from bench.store.made_up import a_visit, an_entry, customer_id, customers_of
from bench.store.peers import Peer
from bench.store.peers.sqlcipher import SqlCipher
from bench.store.peers.vault import EagerDisk, Vault
from bench.turns import Cost, measured

GETS = 200
NOT_YET_THERE = 10_000_000  # no visit of that number was captured before


def opening(peer: str, folder: Path, records: int) -> dict[str, float]:
    """Open and ask; then get some visits and look at the memory."""
    before = memory_mb()
    cost = Cost()
    with measured(cost):
        store: Peer = Vault(folder) if peer == "vault" else SqlCipher(folder)
        store.visits_at(customer_id(3), "2025-03-01", "2025-03-31")
    opened = memory_mb() - before
    dice = random.Random(11)
    for _ in range(GETS):
        store.visit(dice.randrange(records) + 1)
    gc.collect()
    return {
        "cpu_ms": cost.cpu_us / 1000,
        "wall_ms": cost.wall_us / 1000,
        "opened_mb": opened,
        "after_gets_mb": memory_mb() - before,
    }


def crashing(folder: Path, records: int) -> int:
    """Capture until just before the index is due, so that nothing is worse to find; give how many."""
    vault, done = Vault(folder, EagerDisk()), 0
    while not vault.is_unindexed():
        visit = a_visit(NOT_YET_THERE + done, customers_of(records))
        vault.capture(visit, an_entry(visit))
        done += 1
    return done


def memory_mb() -> float:
    """What this process holds in memory now."""
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(words: list[str]) -> None:
    """Do the one or the other, tell it on stdout, and be gone."""
    what, *more = words
    is_opening = what == "opening"
    told = opening(more[0], Path(more[1]), int(more[2])) if is_opening else crashing(Path(more[0]), int(more[1]))
    print(json.dumps(told), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])

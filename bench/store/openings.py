"""What it costs to open a full store, after closing and after a crash, and what it holds in memory."""

import json
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.figures import Figure, Goal

OPENINGS, CRASHES = 5, 3
GOALS_AT = 50_000
ENDS_WITHIN_S = 30 * 60


def opening(folder: Path, records: int) -> Iterator[Figure]:
    """Open the filled stores in `folder`, each time in a fresh process."""
    at, is_bound = f"@ {records:,}", records == GOALS_AT
    for peer in ("vault", "sqlcipher"):
        told = [_told("opening", peer, str(folder), str(records)) for _ in range(OPENINGS)]
        ours = is_bound and peer == "vault"
        cpu_ms, mb = _middle(told, "cpu_ms"), _middle(told, "after_gets_mb")
        yield Figure(f"open + first question, CPU, {peer} {at}", cpu_ms, "ms", Goal(15, 8) if ours else None)
        yield Figure(f"memory above imports, open + gets, {peer} {at}", mb, "MB", Goal(25) if ours else None)


def reopening(folder: Path, records: int) -> Iterator[Figure]:
    """Open the vault in `folder` after the crash that leaves most to be read again: just before the index is due."""
    crashed = folder.with_name(f"{folder.name}-crashed")
    shutil.copytree(folder, crashed)
    count = _told("crashing", str(crashed), str(records))
    told = []
    for n in range(CRASHES):
        copy = folder.with_name(f"{folder.name}-crashed-{n}")
        shutil.copytree(crashed, copy)
        told.append(_told("opening", "vault", str(copy), str(records)))
        shutil.rmtree(copy)
    shutil.rmtree(crashed)
    goal = Goal(60) if records == GOALS_AT else None
    note = f"after {count:,} captures since the index"
    yield Figure(f"reopen after a crash, CPU @ {records:,}", _middle(told, "cpu_ms"), "ms", goal, note)


def _told(*words: str) -> Any:
    command = [sys.executable, "-m", "bench.store.alone", *words]
    ran = subprocess.run(command, check=True, capture_output=True, text=True, timeout=ENDS_WITHIN_S)
    return json.loads(ran.stdout)


def _middle(told: list[dict[str, float]], what: str) -> float:
    return statistics.median(one[what] for one in told)

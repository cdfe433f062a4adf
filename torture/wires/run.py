"""`dev.py torture wires`: the real server over real HTTP, hurt in every way a network and a machine can hurt it.

A trial is one function and one line in `_trials`.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from torture.tally import Tally
from torture.wires.crowd import crowd
from torture.wires.cuts import cuts
from torture.wires.drain import drain
from torture.wires.kills import kills
from torture.wires.mischief import mischief
from torture.wires.poison import poison
from torture.wires.restored import restored

Trial = Callable[[Path], Tally]


def run(words: Sequence[str]) -> int:
    """Run all trials, or those named by `--only`; 1 if anything was lost."""
    asked = _asked(words)
    tallies = []
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for name, trial in _trials(asked).items():
            if not asked.only or name in asked.only:
                tallies.append(_tried(trial, Path(folder) / name))
    losses = sum(len(tally.losses) for tally in tallies)
    print(f"{sum(tally.tried for tally in tallies):,} trials, {losses} losses, seed {asked.seed}")
    if asked.json:
        asked.json.write_text(json.dumps([tally.as_json() for tally in tallies], ensure_ascii=False, indent=1), "utf-8")
    return 1 if losses else 0


def _trials(asked: argparse.Namespace) -> dict[str, Trial]:
    return {
        "drain": lambda folder: drain(folder, asked.drain),
        "cuts": lambda folder: cuts(folder, asked.every),
        "mischief": lambda folder: mischief(folder, asked.acts, asked.seed),
        "kills": lambda folder: kills(folder, asked.kills, asked.seed),
        "poison": lambda folder: poison(folder, asked.queue, range(0, asked.queue, asked.every)),
        "restored": lambda folder: restored(folder, asked.restores),
        "crowd": lambda folder: crowd(folder, asked.crowds),
        "crowd-pg": lambda folder: crowd(folder, asked.crowds, is_postgresql=True),
    }


def _tried(trial: Trial, folder: Path) -> Tally:
    folder.mkdir()
    began = time.monotonic()
    tally = trial(folder)
    print(f"{tally}  ({time.monotonic() - began:.0f} s)", flush=True)
    return tally


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py torture wires", description=__doc__)
    parser.add_argument("--drain", type=int, default=50_000, help="changes in the long queue")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th of all bytes and places")
    parser.add_argument("--acts", type=int, default=300, help="syncs over the wire of which nothing can be expected")
    parser.add_argument("--kills", type=int, default=50, help="how often the server is killed")
    parser.add_argument("--queue", type=int, default=500, help="changes in a queue with one that is refused")
    parser.add_argument("--restores", type=int, default=5, help="how often the backup is restored")
    parser.add_argument("--crowds", type=int, default=3, help="how often twenty write at once")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same lots")
    parser.add_argument("--only", action="append", metavar="TRIAL", help="one trial; may be given again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all counts there")
    parser.add_argument("--folder", type=Path, help="on which disk; else where temporary files go")
    return parser.parse_args(words)

"""`dev.py torture wires`: the real server over real HTTP, hurt in every way a network and a machine can hurt it.

A trial is one function and one line in `_trials`.
"""

import argparse
from collections.abc import Sequence

from torture.trials import Trial, asks_for_trials, run_trials
from torture.wires.crowd import crowd
from torture.wires.cuts import cuts
from torture.wires.drain import drain
from torture.wires.failover import failover
from torture.wires.kills import kills
from torture.wires.mischief import mischief
from torture.wires.photos import photos
from torture.wires.poison import poison
from torture.wires.restored import copied_back, restored


def run(words: Sequence[str]) -> int:
    """Run all trials, or those named by `--only`; 1 if anything was lost."""
    asked = _asked(words)
    return run_trials(_trials(asked), asked)


def _trials(asked: argparse.Namespace) -> dict[str, Trial]:
    return {
        "drain": lambda folder: drain(folder, asked.drain),
        "cuts": lambda folder: cuts(folder, asked.every),
        "mischief": lambda folder: mischief(folder, asked.acts, asked.seed),
        "kills": lambda folder: kills(folder, asked.kills, asked.seed),
        "poison": lambda folder: poison(folder, asked.queue, range(0, asked.queue, asked.every)),
        "photos": lambda folder: photos(folder, asked.photos, asked.seed),
        "restored": lambda folder: restored(folder, asked.restores),
        "copied": lambda folder: copied_back(folder, asked.restores),
        "failover": lambda folder: failover(folder, asked.failovers, asked.seed),
        "crowd": lambda folder: crowd(folder, asked.crowds),
        "crowd-pg": lambda folder: crowd(folder, asked.crowds, is_postgresql=True),
    }


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = asks_for_trials("wires", __doc__)
    parser.add_argument("--drain", type=int, default=50_000, help="changes in the long queue")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th of all bytes and places")
    parser.add_argument("--acts", type=int, default=300, help="syncs over the wire of which nothing can be expected")
    parser.add_argument("--kills", type=int, default=50, help="how often the server is killed")
    parser.add_argument("--queue", type=int, default=500, help="changes in a queue with one that is refused")
    parser.add_argument("--photos", type=int, default=30, help="photographs, each cut once and its server killed once")
    parser.add_argument("--restores", type=int, default=5, help="how often a backup is restored, or a copy put back")
    parser.add_argument("--failovers", type=int, default=3, help="how often a standby takes over, in each of four ways")
    parser.add_argument("--crowds", type=int, default=3, help="how often twenty write at once")
    return parser.parse_args(words)

"""`dev.py torture store`: every way we know to hurt the device's store, each with its count. The bar is no loss.

A trial is one function and one line in `_trials`.
"""

import argparse
import logging
import sys
from collections.abc import Sequence

from torture.store.anchors import anchors
from torture.store.cuts import cuts
from torture.store.deaths import deaths
from torture.store.decoding import decoding
from torture.store.flips import flips
from torture.store.full_disks import full_disks
from torture.store.holes import holes
from torture.store.kills import kills
from torture.store.power import power_cuts
from torture.store.refusals import refusals
from torture.store.rotations import rotations
from torture.store.shuffles import shuffles
from torture.store.syscalls import syscalls
from torture.trials import Trial, asks_for_trials, run_trials


def run(words: Sequence[str]) -> int:
    """Run all trials, or those named by `--only`; 1 if anything was lost."""
    asked = _asked(words)
    logging.disable(logging.WARNING)  # a store that is hurt on purpose says so often
    return run_trials(_trials(asked), asked)


def _trials(asked: argparse.Namespace) -> dict[str, Trial]:
    return {
        "kills": lambda folder: kills(folder, asked.kills, asked.seed),
        "deaths": lambda folder: deaths(folder, asked.seed),
        "refusals": lambda folder: refusals(folder, asked.every, asked.seed),
        "full": lambda folder: full_disks(folder, asked.full, asked.seed),
        "cuts": lambda folder: cuts(folder, asked.every, asked.seed),
        "holes": lambda folder: holes(folder, asked.holes, asked.seed),
        "flips": lambda folder: flips(folder, asked.flips, asked.seed),
        "shuffles": lambda folder: shuffles(folder, asked.shuffles, asked.seed),
        "anchors": lambda folder: anchors(folder, asked.shuffles, asked.seed),
        "rotations": lambda folder: rotations(folder, asked.every),
        "decoding": lambda folder: decoding(folder, asked.decodings, asked.seed),
        "syscalls": lambda folder: syscalls(folder, asked.seed),
        "power": lambda folder: power_cuts(folder, asked.power_cuts, asked.seed),
    }


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = asks_for_trials("store", __doc__)
    parser.add_argument("--kills", type=int, default=300, help="how often the writer is killed")
    parser.add_argument("--full", type=int, default=40, help="how often the disk is filled")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every N-th of all bytes and steps")
    parser.add_argument("--holes", type=int, default=400, help="how often sectors are left out")
    parser.add_argument("--flips", type=int, default=3_000, help="how many bits are flipped, one at a time")
    parser.add_argument("--shuffles", type=int, default=50, help="how often frames are shuffled, in each way")
    parser.add_argument("--power-cuts", type=int, default=100, help="how often the power goes, on real file systems")
    parser.add_argument("--decodings", type=int, default=100_000, help="how many hurt frames are read")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))

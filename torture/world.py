"""The simulated world, seed by seed: phones, servers and all that may go wrong between them, judged at rest."""

import argparse
import logging
import time
from collections.abc import Sequence

from tests.world.story import ACTS_A_RUN
from tests.world.story import run as run_seed


def run(words: Sequence[str]) -> int:
    """Run N seeds; 1 if any broke a promise, each with the line that runs it again."""
    asked = _asked(words)
    logging.disable(logging.WARNING)  # a world that is hurt on purpose says so often
    began, broken = time.process_time(), 0
    for seed in range(asked.first, asked.first + asked.seeds):
        broken += not _holds(seed, asked.acts)
        done = seed - asked.first + 1
        if done % 500 == 0:
            print(f"{done:,} seeds, {broken} broken, {time.process_time() - began:.0f} s of CPU", flush=True)
    print(f"{asked.seeds:,} seeds from {asked.first}: {broken} broken, {time.process_time() - began:.0f} s of CPU")
    return 1 if broken else 0


def _holds(seed: int, acts: int) -> bool:
    try:
        run_seed(seed, acts)
    except Exception as broken:
        notes = "\n    ".join(getattr(broken, "__notes__", ()))
        print(f"seed {seed}: {type(broken).__name__} {broken}\n    {notes}", flush=True)
        return False
    return True


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py torture world", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200, metavar="N", help="how many runs")
    parser.add_argument("--from", dest="first", type=int, default=0, metavar="S", help="the first seed")
    parser.add_argument("--acts", type=int, default=ACTS_A_RUN, metavar="N", help="how much happens in a run")
    return parser.parse_args(words)

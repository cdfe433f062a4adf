"""The simulated world, seed by seed: phones, servers and all that may go wrong between them, judged at rest."""

import argparse
import logging
import time
from collections.abc import Sequence
from pathlib import Path

from field_app.actions.reporting import Report
from tests.world.replay import replay
from tests.world.story import ACTS_A_RUN
from tests.world.story import run as run_seed


def run(words: Sequence[str]) -> int:
    """Run N seeds; 1 if any broke a promise, each with the line that runs it again."""
    asked = _asked(words)
    if asked.replay:
        return _replayed(asked.replay)
    logging.disable(logging.WARNING)  # a world that is hurt on purpose says so often
    began, broken = time.process_time(), 0
    for seed in range(asked.first, asked.first + asked.seeds):
        broken += not _holds(seed, asked.acts)
        done = seed - asked.first + 1
        if done % 500 == 0:
            print(f"{done:,} seeds, {broken} broken, {time.process_time() - began:.0f} s of CPU", flush=True)
    print(f"{asked.seeds:,} seeds from {asked.first}: {broken} broken, {time.process_time() - began:.0f} s of CPU")
    return 1 if broken else 0


def _replayed(file: Path) -> int:
    """Play a report again and say how alike it went; 1 if a promise was broken, 2 if it is no report."""
    try:
        told = Report.model_validate_json(file.read_bytes())
    except (OSError, ValueError):
        print(f"{file} is no report of a problem")
        return 2
    logging.disable(logging.WARNING)
    try:
        came = replay(told)
    except Exception as broken:
        notes = "\n    ".join(getattr(broken, "__notes__", ()))
        print(f"{type(broken).__name__} {broken}\n    {notes}")
        return 1
    alike = came.steps - len(came.otherwise)
    print(f"{came.changes} changes, {came.steps} steps, {alike} as reported; every promise was kept")
    print("".join(f"  {line}\n" for line in came.otherwise), end="")
    return 0


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
    parser.add_argument("--replay", type=Path, metavar="FILE", help="play the report of a problem instead")
    return parser.parse_args(words)

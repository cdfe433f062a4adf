"""A campaign of many trials: each is tried in a folder of its own and told with its count."""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from torture.tally import Tally

Trial = Callable[[Path], Tally]


def run_trials(trials: Mapping[str, Trial], asked: argparse.Namespace) -> int:
    """Run all trials, or those named by `--only`; 1 if anything was lost."""
    tallies = []
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        for name, trial in trials.items():
            if not asked.only or name in asked.only:
                tallies.append(_tried(trial, Path(folder) / name))
    losses = sum(len(tally.losses) for tally in tallies)
    print(f"{sum(tally.tried for tally in tallies):,} trials, {losses} losses, seed {asked.seed}")
    if asked.json:
        asked.json.write_text(json.dumps([tally.as_json() for tally in tallies], ensure_ascii=False, indent=1), "utf-8")
    return 1 if losses else 0


def asks_for_trials(campaign: str, told: str | None) -> argparse.ArgumentParser:
    """What every such campaign may be asked; it adds its own counts."""
    parser = argparse.ArgumentParser(prog=f"dev.py torture {campaign}", description=told)
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same lots")
    parser.add_argument("--only", action="append", metavar="TRIAL", help="one trial; may be given again")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all counts there")
    parser.add_argument("--folder", type=Path, help="on which disk; else where temporary files go")
    return parser


def _tried(trial: Trial, folder: Path) -> Tally:
    folder.mkdir()
    began = time.monotonic()
    tally = trial(folder)
    print(f"{tally}  ({time.monotonic() - began:.0f} s)", flush=True)
    return tally

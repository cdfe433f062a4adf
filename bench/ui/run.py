"""`dev.py bench ui`: the app on a device with years of work on it, deed by deed, and an import beside openpyxl."""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.asking import asks, say
from bench.figures import Figure, Goal
from bench.machine import machine, tell, told
from bench.ui.device import fill
from bench.ui.importing import importing

ENDS_WITHIN_S = 30 * 60
FEW = 10  # times fewer on the device that a page is compared with
FIRST_RESULTS, COLD_START, SAVE = Goal(100), Goal(3_000), Goal(150)  # ms of CPU
PAGE, STEP = Goal(20_000), Goal(50)  # bytes of a page of fifty; ms of CPU in one step of the loop that draws

Deeds = Mapping[str, Mapping[str, float]]


def main(words: Sequence[str]) -> int:
    """Measure, print one line a figure, and keep all of it where `--json` says. The exit status tells no speed."""
    asked = _asked(words)
    on = machine()
    tell(on)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        figures = list(_measured(Path(folder), asked))
    told(figures, on, asked.json)
    return 0


def _measured(folder: Path, asked: argparse.Namespace) -> Iterator[Figure]:
    say(f"filling: {asked.customers:,} customers, {asked.visits:,} visits")
    fill(folder / "full", asked.customers, asked.visits)
    days = [_a_day(folder / "full", turn) for turn in range(asked.turns)]
    yield from _figures(days)
    few, less = asked.customers // FEW, asked.visits // FEW
    say(f"filling: {few:,} customers, {less:,} visits")
    fill(folder / "few", few, less)
    small = _a_day(folder / "few", 0)
    yield Figure(f"a list page at {few:,} customers, bytes", small["deeds"]["a list page"]["bytes"], "B", PAGE)
    say(f"importing {asked.rows:,} rows")
    yield from importing(folder / "import", asked.rows)


def _figures(days: Sequence[Mapping[str, Any]]) -> Iterator[Figure]:
    """The middle of the turns."""
    deeds = {name: _middle([day["deeds"][name] for day in days]) for name in days[0]["deeds"]}
    whole = _middle([{name: day[name] for name in ("load_ms", "memory_mb")} for day in days])
    inside = whole["load_ms"] + deeds["unlock"]["cpu_ms"] + deeds["the day"]["first_ms"]
    yield Figure("load the program, CPU", whole["load_ms"], "ms")
    yield Figure("unlock: key and store, CPU", deeds["unlock"]["cpu_ms"], "ms")
    yield Figure("cold start to the list of the day, CPU", inside, "ms", COLD_START)
    after = inside + deeds["customers"]["first_ms"]
    yield Figure("cold start to the list of customers after it, CPU", after, "ms", COLD_START)
    yield Figure("a list page, bytes", deeds["a list page"]["bytes"], "B", PAGE)
    for name, spent in deeds.items():
        yield from _of(name, spent)
    longest = max(deeds, key=lambda name: deeds[name]["step_ms"])
    yield Figure("longest step of the loop that draws, CPU", deeds[longest]["step_ms"], "ms", STEP, f"at: {longest}")
    yield Figure("memory above the loaded program", whole["memory_mb"], "MB")


def _of(name: str, spent: Mapping[str, float]) -> Iterator[Figure]:
    note = f"{spent['first_ms']:.0f} ms to the first; step {spent['step_ms']:.0f} ms; {spent['bytes']:,.0f} B"
    if name.startswith("search"):
        yield Figure(f"{name}, CPU to the first results", spent["first_ms"], "ms", FIRST_RESULTS, note)
    else:
        yield Figure(f"{name}, CPU", spent["cpu_ms"], "ms", SAVE if name == "save a visit" else None, note)


def _middle(told: Sequence[Mapping[str, float]]) -> dict[str, float]:
    return {name: statistics.median(each[name] for each in told) for name in told[0]}


def _a_day(filled: Path, turn: int) -> Any:
    """One day in a fresh process, on a copy: a day leaves traces."""
    say(f"a day, turn {turn + 1}")
    copy = filled.with_name(f"{filled.name}-{turn}")
    shutil.copytree(filled, copy)
    command = [sys.executable, "-m", "bench.ui.alone", str(copy)]
    lived = json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=ENDS_WITHIN_S).stdout
    )
    shutil.rmtree(copy)
    return lived


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = asks("ui", __doc__)
    parser.add_argument("--customers", type=int, default=5_000, help="how many are on the device")
    parser.add_argument("--visits", type=int, default=20_000, help="how many are on the device")
    parser.add_argument("--rows", type=int, default=10_000, help="of the workbook that is imported")
    parser.add_argument("--turns", type=int, default=5, help="how often the day is lived")
    return parser.parse_args(words)

"""Cold loads in a real browser: is our font there before the first frame, each time, and is nobody outside reached?"""

import argparse
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from tests.journeys.browser import chromium, serving
from tests.journeys.cold_load import ColdLoad, cold_load


def run(words: Sequence[str]) -> int:
    """Load N times; 1 if any load broke a promise."""
    parser = argparse.ArgumentParser(prog="dev.py torture web", description=__doc__)
    parser.add_argument("--loads", type=int, default=20, metavar="N")
    asked = parser.parse_args(words)
    with serving("tests.screens.gallery") as address, chromium() as browser:
        loads = [_told(number, cold_load(browser, address)) for number in range(1, asked.loads + 1)]
    broken = [broken for load in loads for broken in load.broken()]
    differing = sum(one.picture != other.picture for one, other in pairwise(loads))
    print(f"{len(loads)} cold loads: {len(broken)} promises broken, {differing} pictures unlike the one before")
    frames = [load.first_frame_ms for load in loads]
    print(f"first frame: best {min(frames):.0f} ms, median {median(frames):.0f} ms, worst {max(frames):.0f} ms")
    return 1 if broken or differing else 0


def _told(number: int, load: ColdLoad) -> ColdLoad:
    said = "; ".join(load.broken()) or "holds"
    fonts = ", ".join(f"{name} {ms:.0f} ms" for name, ms in load.font_ms.items())
    print(f"{number:>3}  first frame {load.first_frame_ms:.0f} ms  {fonts}  {said}", flush=True)
    return load

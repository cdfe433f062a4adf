"""`dev.py bench store`: the vault against SQLCipher, the bare disk, and TinyDB plain and sealed as a whole."""

import argparse
import gc
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.figures import Figure
from bench.machine import machine, told
from bench.store.bytes_written import living
from bench.store.captures import a_shelf, capturing, figures_of
from bench.store.openings import opening, reopening
from bench.store.reads import reading

LIFE_AT = 10_000
LARGE = 250_000


def main(words: Sequence[str]) -> int:
    """Measure, print one line a figure, and keep all of it where `--json` says. The exit status tells no speed."""
    asked = _asked(words)
    sizes = sorted(int(size) for size in asked.records.split(","))
    on = machine()
    print(" · ".join(f"{name} {value}" for name, value in on.items()), flush=True)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        figures = list(_measured(Path(folder), [*sizes, *([LARGE] if asked.large else [])], asked.turns))
    told(figures, on, asked.json)
    return 0


def _measured(folder: Path, sizes: Sequence[int], turns: int) -> Iterator[Figure]:
    _say("filling")
    shelves = [a_shelf(size, folder / str(size)) for size in sizes]
    gc.freeze()
    _say("capturing")
    yield from figures_of(capturing(shelves, folder, turns), sizes)
    for shelf in shelves:
        _say(f"reading at {shelf.records:,}")
        yield from reading(shelf, turns)
        shelf.close()
    _say("a life of captures")
    yield from living(folder / "life", min(LIFE_AT, sizes[-1]))
    for size in sizes:
        _say(f"opening at {size:,}")
        yield from opening(folder / str(size), size)
        yield from reopening(folder / str(size), size)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench store", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures there")
    parser.add_argument("--records", default="1000,10000,50000", help="how many visits are there already")
    parser.add_argument("--turns", type=int, default=9, help="how often every peer goes")
    parser.add_argument("--large", action="store_true", help=f"also with {LARGE:,} visits")
    parser.add_argument("--folder", type=Path, help="on which disk; else where temporary files go")
    return parser.parse_args(words)


def _say(what: str) -> None:
    sys.stderr.write(f"… {what}\n")
    sys.stderr.flush()

"""`dev.py bench store`: the vault against SQLCipher, the bare disk, and TinyDB plain and sealed as a whole."""

import argparse
import gc
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.asking import asks, say
from bench.figures import Figure
from bench.machine import machine, tell, told
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
    tell(on)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        figures = list(_measured(Path(folder), [*sizes, *([LARGE] if asked.large else [])], asked.turns))
    told(figures, on, asked.json)
    return 0


def _measured(folder: Path, sizes: Sequence[int], turns: int) -> Iterator[Figure]:
    say("filling")
    shelves = [a_shelf(size, folder / str(size)) for size in sizes]
    gc.freeze()
    say("capturing")
    yield from figures_of(capturing(shelves, folder, turns), sizes)
    for shelf in shelves:
        say(f"reading at {shelf.records:,}")
        yield from reading(shelf, turns)
        shelf.close()
    say("a life of captures")
    yield from living(folder / "life", min(LIFE_AT, sizes[-1]))
    for size in sizes:
        say(f"opening at {size:,}")
        yield from opening(folder / str(size), size)
        yield from reopening(folder / str(size), size)


def _asked(words: Sequence[str]) -> argparse.Namespace:
    parser = asks("store", __doc__)
    parser.add_argument("--records", default="1000,10000,50000", help="how many visits are there already")
    parser.add_argument("--turns", type=int, default=9, help="how often every peer goes")
    parser.add_argument("--large", action="store_true", help=f"also with {LARGE:,} visits")
    return parser.parse_args(words)

"""`python -m demo.pictures --out DIR [NAME …]`: one picture of each screen, in each size, brightness and language."""

import argparse
import shlex
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from demo.pictures.picture import Picture
from demo.pictures.taking import BRIGHTNESSES, SIZES, Variants, take
from demo.pictures.wanted import every_picture
from demo.plenty import tell_plenty
from demo.seeded import seed
from demo.stage import Stage, stage_in
from visit_core.explain import LANGUAGES

Each = TypeVar("Each")


def main() -> int:
    """Take them all, or those that are named; with `--stay` also what is asked for afterwards, on the same stage."""
    asked = _parser().parse_args()
    if asked.list:
        print("\n".join(each.name for each in every_picture()))
        return 0
    if wrong := _wrong_with(asked):
        print(wrong, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="visits-") as folder, stage_in(Path(folder), None) as stage:
        seed(stage)
        tell_plenty(stage)
        return max(_answered(stage, each) for each in _all_asked(asked, sys.stdin))


def _all_asked(first: argparse.Namespace, lines: Iterable[str]) -> Iterable[argparse.Namespace]:
    """What was asked for at the start, then each line that asks for more; a line that cannot be read is told."""
    yield first
    for line in lines if first.stay else ():
        try:
            asked = _parser().parse_args([f"--out={first.out}", *shlex.split(line)])
        except (SystemExit, ValueError):
            continue
        if wrong := _wrong_with(asked):
            print(wrong, file=sys.stderr)
        else:
            yield asked


def _wrong_with(asked: argparse.Namespace) -> str:
    unknown = set(asked.names) - {each.name for each in every_picture()}
    if unknown:
        return f"no such picture: {', '.join(sorted(unknown))}"
    return "" if asked.out else "--out is missing"


def _answered(stage: Stage, asked: argparse.Namespace) -> int:
    """Take what is asked for; gives 0, or 1 where something could not be taken."""
    variants = Variants(
        _some(asked.size, SIZES), _some(asked.brightness, BRIGHTNESSES), _some(asked.lang, LANGUAGES), asked.scale
    )
    taken = take(_wanted(asked.names), stage, variants, asked.out)
    print(f"{taken.pictures} pictures in {asked.out}", flush=True)
    wrong = [f"not taken: {each}" for each in taken.missed]
    wrong += [f"too small for a finger: {each}" for each in dict.fromkeys(taken.small)]
    print("".join(f"{each}\n" for each in wrong), end="", file=sys.stderr, flush=True)
    return 1 if wrong else 0


def _wanted(names: Sequence[str]) -> list[Picture]:
    return [each for each in every_picture() if not names or each.name in names]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py screens", description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--list", action="store_true", help="say which pictures there are")
    parser.add_argument("--size", choices=[f"{width}x{height}" for width, height in SIZES], help="this size alone")
    parser.add_argument("--brightness", choices=BRIGHTNESSES)
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.add_argument("--scale", type=float, default=1.0, help="the factor of all words, up to 2")
    parser.add_argument(
        "--stay", action="store_true", help="then read names and options from standard input, a line at a time"
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    return parser


def _some(one: str | None, every: Sequence[Each]) -> Sequence[Each]:
    """Those of that name; all of them without one."""
    return [each for each in every if one in (None, _named(each))]


def _named(each: object) -> str:
    return "x".join(str(part) for part in each) if isinstance(each, tuple) else str(each)


if __name__ == "__main__":
    sys.exit(main())

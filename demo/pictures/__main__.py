"""`python -m demo.pictures --out DIR [NAME …]`: one picture of each screen, in each size, brightness and language."""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from demo.pictures.taking import BRIGHTNESSES, SIZES, Variants, take
from demo.pictures.wanted import every_picture
from demo.plenty import tell_plenty
from demo.seeded import seed
from demo.stage import stage_in
from visit_core.explain import LANGUAGES

Each = TypeVar("Each")


def main() -> int:
    """Take them all, or those that are named."""
    asked = _parser().parse_args()
    pictures = every_picture()
    if asked.list:
        print("\n".join(each.name for each in pictures))
        return 0
    unknown = set(asked.names) - {each.name for each in pictures}
    if unknown or asked.out is None:
        print(f"no such picture: {', '.join(sorted(unknown))}" if unknown else "--out is missing", file=sys.stderr)
        return 2
    wanted = [each for each in pictures if not asked.names or each.name in asked.names]
    variants = Variants(
        _some(asked.size, SIZES), _some(asked.brightness, BRIGHTNESSES), _some(asked.lang, LANGUAGES), asked.scale
    )
    with tempfile.TemporaryDirectory(prefix="visits-") as folder, stage_in(Path(folder), None) as stage:
        seed(stage)
        tell_plenty(stage)
        taken, missed = take(wanted, stage, variants, asked.out)
    print(f"{taken} pictures in {asked.out}")
    print("".join(f"not taken: {each}\n" for each in missed), end="", file=sys.stderr)
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py screens", description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--list", action="store_true", help="say which pictures there are")
    parser.add_argument("--size", choices=[f"{width}x{height}" for width, height in SIZES], help="this size alone")
    parser.add_argument("--brightness", choices=BRIGHTNESSES)
    parser.add_argument("--lang", choices=LANGUAGES)
    parser.add_argument("--scale", type=float, default=1.0, help="the factor of all words, up to 2")
    parser.add_argument("names", nargs="*", metavar="NAME")
    return parser


def _some(one: str | None, every: Sequence[Each]) -> Sequence[Each]:
    """Those of that name; all of them without one."""
    return [each for each in every if one in (None, _named(each))]


def _named(each: object) -> str:
    return "x".join(str(part) for part in each) if isinstance(each, tuple) else str(each)


if __name__ == "__main__":
    sys.exit(main())

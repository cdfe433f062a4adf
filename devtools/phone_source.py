"""`build/phone-source/`: what goes to a phone, in a folder of its own, proved to run without the rest."""

import os
import shutil
import subprocess
from pathlib import Path

from devtools.environment import MAIN
from devtools.say import StepFailed
from devtools.shipped import ROOT, files_of_the_tree, would_ship

SETTINGS = "pyproject.toml"  # Flet reads it there; it does not travel further
SHIPPED = frozenset({"main.py", "field_app", "visit_core", "assets"})
PICTURES = ("assets/icon.png", "assets/splash.png", "assets/splash_dark.png")


def write_source(folder: Path) -> None:
    """Fill the folder anew."""
    if folder.exists():
        shutil.rmtree(folder)
    for name in [*would_ship(files_of_the_tree()), SETTINGS]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, folder / name)


def check_source(folder: Path) -> None:
    """StepFailed names what is missing, what is too much, or what cannot be imported."""
    _has_only_what_ships(folder)
    _runs_alone(folder)


def weigh(folder: Path) -> tuple[int, int]:
    """How many files, and how many bytes."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return len(sizes), sum(sizes)


def _has_only_what_ships(folder: Path) -> None:
    there = {path.name for path in folder.iterdir()}
    wanted = {*SHIPPED, SETTINGS}
    missing = [*(wanted - there), *(name for name in PICTURES if not (folder / name).is_file())]
    too_much = [*(there - wanted), *(path.name for path in folder.glob("assets/fonts"))]
    if missing or too_much:
        raise StepFailed(f"In {folder.name} is missing: {sorted(missing)}; is too much: {sorted(too_much)}.")


def _runs_alone(folder: Path) -> None:
    command = [MAIN.python, "-I", "-m", "devtools.alone", str(folder)]
    env = {**os.environ, "FLET_PLATFORM": "android"}  # Flet leaves out other parts of itself there
    tried = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", check=False)
    if tried.returncode != 0:
        why = (tried.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise StepFailed(f"What ships does not run by itself: {why}")

"""On what was measured, and how what was measured is told."""

import json
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.figures import Figure, misses, table
from bench.turns import calibration_ms, load


def machine() -> dict[str, Any]:
    """This machine, and how busy it is."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "calibration_ms": round(calibration_ms(), 2),
        "load": round(load(), 2),
    }


def tell(on: dict[str, Any]) -> None:
    """Print where it is measured, before the first figure."""
    print(" · ".join(f"{name} {value}" for name, value in on.items()), flush=True)


def told(figures: Sequence[Figure], on: dict[str, Any], file: Path | None) -> None:
    """Print one line a figure, and keep all of it in the file where one is named."""
    print(table(figures))
    print(f"{misses(figures)} of {sum(figure.goal is not None for figure in figures)} goals missed")
    if file:
        kept = {"machine": on, "figures": [figure.as_json() for figure in figures]}
        file.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")

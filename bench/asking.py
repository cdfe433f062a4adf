"""What every bench may be asked, and what it says while it works."""

import argparse
import sys
from pathlib import Path


def asks(bench: str, told: str | None) -> argparse.ArgumentParser:
    """What every bench may be asked; it adds its own counts."""
    parser = argparse.ArgumentParser(prog=f"dev.py bench {bench}", description=told)
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep all figures there")
    parser.add_argument("--folder", type=Path, help="on which disk; else where temporary files go")
    return parser


def say(what: str) -> None:
    """Tell what is done now, beside the figures."""
    sys.stderr.write(f"… {what}\n")
    sys.stderr.flush()

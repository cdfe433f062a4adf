"""Which interpreters this machine really has: each is asked by running it.

A shim on PATH may name a Python that is not there and exit 127, so a name proves nothing.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ASK = "import platform, sys; print(sys.executable); print(platform.python_version())"
ANSWER_S = 20


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that answered."""

    path: str
    version: str  # such as 3.12.1

    @property
    def minor(self) -> str:
        """The version without its last number, such as 3.12."""
        return ".".join(self.version.split(".")[:2])


def this_one() -> Interpreter:
    """Give the Python that runs these tools; inside a virtual environment, the one it was made from."""
    path: str = getattr(sys, "_base_executable", "") or sys.executable
    return Interpreter(path, platform.python_version())


def ask(command: Sequence[str]) -> Interpreter | None:
    """Give the Python behind a command, or nothing if it does not start or does not answer."""
    try:
        answer = subprocess.run([*command, "-c", ASK], capture_output=True, text=True, timeout=ANSWER_S, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    lines = answer.stdout.splitlines()
    return Interpreter(lines[0], lines[1]) if len(lines) == 2 else None


def find(minors: Iterable[str]) -> Interpreter | None:
    """Give the first Python that answers with one of these versions, the first version first."""
    for minor in minors:
        for command in ([this_one().path], *candidates(minor, Path.home())):
            found = ask(command)
            if found is not None and found.minor == minor:
                return found
    return None


def candidates(minor: str, home: Path) -> Iterator[list[str]]:
    """Name every place a Python of this version may be, PATH first."""
    yield from ([path] for path in [shutil.which(f"python{minor}")] if path)
    for folder in _folders_of_managers(minor, home):
        yield [str(folder / "python.exe" if os.name == "nt" else folder / "bin" / "python3")]
    if os.name == "nt":
        yield ["py", f"-{minor}"]


def _folders_of_managers(minor: str, home: Path) -> Iterator[Path]:
    yield from sorted((home / ".pyenv" / "versions").glob(f"{minor}*"))
    yield from sorted((home / ".local" / "share" / "uv" / "python").glob(f"cpython-{minor}*"))

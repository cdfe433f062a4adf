"""How a finished environment is known: by the lock and the Python it was made with."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

Need = Literal["nothing", "install", "anew"]


@dataclass(frozen=True, slots=True)
class InstallStamp:
    """What an environment was made from. Two that are equal need no second install."""

    python: str  # version, such as 3.11.7
    root: str  # the checkout its `.pth` line points at
    lock: str  # sha256 of the lock, hexadecimal

    @classmethod
    def of(cls, python: str, root: Path, lock: Path) -> Self:
        """Give the stamp an environment from this lock would bear."""
        return cls(python, str(root), hashlib.sha256(lock.read_bytes()).hexdigest())

    @classmethod
    def read(cls, file: Path) -> Self | None:
        """Give the stamp in a file, or nothing if there is none that can be read."""
        try:
            python, root, lock = file.read_text(encoding="utf-8").splitlines()
        except (OSError, ValueError):
            return None
        return cls(python, root, lock)

    def write(self, file: Path) -> None:
        """Put the stamp down in one step, so that a killed install never leaves a whole one."""
        draft = file.with_name(file.name + ".draft")
        draft.write_text(f"{self.python}\n{self.root}\n{self.lock}\n", encoding="utf-8")
        draft.replace(file)

    def needs(self, present: Self | None) -> Need:
        """Tell what is to be done where an environment bears the present stamp, or none."""
        if present is None or (self.python, self.root) != (present.python, present.root):
            return "anew"
        return "nothing" if self.lock == present.lock else "install"

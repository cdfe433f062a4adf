"""The one who writes: tells each act before it begins and after it is acknowledged, on a pipe.

`python -m torture.store.writer FOLDER SEED FIRST COUNT` does it on stdout, for whoever watches from outside.
"""

import itertools
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from field_app.vault.database import VaultDB
from torture.store.story import act_of, play
from torture.store.vaults import reopen


@dataclass(slots=True)
class Told:
    """What a pipe said before it fell silent."""

    begun: int = -1
    acknowledged: int = -1
    doing: str = "opening"

    def hear(self, line: str) -> None:
        """One line: `> n act` or `< n`."""
        sign, number, *name = line.split()
        if sign == ">":
            self.begun, self.doing = int(number), name[0]
        else:
            self.acknowledged, self.doing = int(number), "between two acts"


def write(db: VaultDB, numbers: Iterable[int], seed: int, pipe: int) -> None:
    """Play the acts of those numbers."""
    for n in numbers:
        os.write(pipe, f"> {n} {act_of(n, seed).__name__}\n".encode())
        play(db, n, seed)
        os.write(pipe, f"< {n}\n".encode())


def heard(pipe: int, told: Told) -> Told:
    """Read what is left in the pipe; a line that was cut off was not said."""
    with os.fdopen(pipe, "rb") as rest:
        for line in rest.read().split(b"\n")[:-1]:
            told.hear(line.decode("ascii"))
    return told


def main(words: list[str]) -> None:
    """For a process of its own."""
    folder, seed, first, count = Path(words[0]), int(words[1]), int(words[2]), int(words[3])
    db = reopen(folder)
    db.tables()  # whatever opening leaves for the first look is done before the first act is told
    write(db, itertools.islice(itertools.count(first), count), seed, 1)


if __name__ == "__main__":
    main(sys.argv[1:])

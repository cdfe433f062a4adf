"""The one who writes: tells each act before it begins and after it is acknowledged, on a pipe.

`python -m torture.store.writer FOLDER SEED FIRST COUNT` does it on stdout, for whoever watches from outside.
"""

import itertools
import os
import select
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


class Ear:
    """The reading end of the pipe."""

    def __init__(self, pipe: int) -> None:
        self.pipe, self.told, self._rest = pipe, Told(), b""

    def waits(self, timeout_s: float) -> None:
        """Until something is said."""
        select.select([self.pipe], [], [], timeout_s)

    def hears_so_far(self) -> int:
        """Take in what has been said by now; give the last act that was acknowledged."""
        while select.select([self.pipe], [], [], 0)[0]:
            said = os.read(self.pipe, 65_536)
            if not said:
                break
            self._take(said)
        return self.told.acknowledged

    def hears_out(self) -> Told:
        """Take in the rest, up to the end; a line that was cut off was not said."""
        while said := os.read(self.pipe, 65_536):
            self._take(said)
        os.close(self.pipe)
        return self.told

    def _take(self, said: bytes) -> None:
        *lines, self._rest = (self._rest + said).split(b"\n")
        for line in lines:
            self.told.hear(line.decode("ascii"))


def main(words: list[str]) -> None:
    """For a process of its own."""
    folder, seed, first, count = Path(words[0]), int(words[1]), int(words[2]), int(words[3])
    db = reopen(folder)
    db.tables()  # whatever opening leaves for the first look is done before the first act is told
    write(db, itertools.islice(itertools.count(first), count), seed, 1)


if __name__ == "__main__":
    main(sys.argv[1:])

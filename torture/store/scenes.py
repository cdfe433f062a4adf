"""One act of each kind, on a store that has lived a while: what is failed, killed and watched step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from torture.store.book import Book
from torture.store.disks import SteppingDisk
from torture.store.story import ACTS, Act, act_of, play
from torture.store.vaults import begin, fresh_copy, reopen

LIVED = 30  # acts before the scenes begin


@dataclass(frozen=True, slots=True)
class Scene:
    """The store in `folder` as it is before act number `n`."""

    folder: Path
    n: int
    seed: int

    @property
    def name(self) -> str:
        """Which kind of act."""
        return act_of(self.n, self.seed).__name__

    def book(self) -> Book:
        """What is expected before the act."""
        book = Book(self.seed)
        book.tell(self.n)
        return book

    def steps(self, copy: Path) -> list[str]:
        """The steps of the disk that the act takes, after those of opening; tried on a copy."""
        disk = SteppingDisk()
        db = reopen(fresh_copy(self.folder, copy), disk)
        disk.names.clear()
        play(db, self.n, self.seed)
        names = list(disk.names)
        db.close()
        return names


def scenes(folder: Path, seed: int) -> Iterator[Scene]:
    """One scene for each kind of act."""
    home, missing = folder / "scenes", set[Act](ACTS)
    db = begin(home / "present", SteppingDisk())
    n = 0
    while missing:
        act = act_of(n, seed)
        if n >= LIVED and act in missing:
            missing.discard(act)
            db.close()
            yield Scene(fresh_copy(home / "present", home / act.__name__), n, seed)
            db = reopen(home / "present", SteppingDisk())
        play(db, n, seed)
        n += 1
    db.close()

"""What a store has to look like: the story told to a plain TinyDB in memory."""

from typing import Any

from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from field_app.vault.database import VaultDB
from torture.store.story import index_disagrees, play, seen


class Book:
    """The expected state, told act by act. It never goes back."""

    def __init__(self, seed: int) -> None:
        self.seed, self.told = seed, 0
        self._model = TinyDB(storage=MemoryStorage)

    def tell(self, acts: int) -> None:
        """Go on until so many acts are told."""
        while self.told < acts:
            play(self._model, self.told, self.seed)
            self.told += 1

    def expected(self) -> dict[str, Any]:
        """What everybody must see now."""
        return seen(self._model)

    def judge(self, db: VaultDB, acknowledged: int, *, perhaps: int = 0) -> str:
        """Give how a reopened store stands to what was acknowledged; a text that begins with LOST is a loss.

        Of the acts behind `acknowledged`, `perhaps` so many more were acknowledged, and one may have been on its
        way. The book is afterwards where the store is.
        """
        there = seen(db)
        for more in range(perhaps + 2):
            self.tell(acknowledged + more)
            if there == self.expected():
                wrong = ", ".join(index_disagrees(db))
                return f"LOST: the index is not the documents: {wrong}" if wrong else _end(more, perhaps)
        return f"LOST: after {acknowledged} acts {_difference(self.expected(), there)}"


def _end(more: int, perhaps: int) -> str:
    if more == perhaps:
        return "as acknowledged"
    return "with the act on its way, whole" if more > perhaps else "without acts acknowledged too late to count"


def _difference(expected: dict[str, Any], there: dict[str, Any]) -> str:
    names = sorted(name for name in {*expected, *there} if expected.get(name) != there.get(name))
    return "; ".join(f"{name}: {len(there.get(name, []))} of {len(expected.get(name, []))} documents" for name in names)

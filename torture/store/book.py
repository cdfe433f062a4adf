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

    def judge(self, db: VaultDB, acknowledged: int) -> str:
        """Give how a reopened store stands to what was acknowledged; a text that begins with LOST is a loss.

        The book is afterwards where the store is.
        """
        self.tell(acknowledged)
        there = seen(db)
        how = "as acknowledged"
        if there != self.expected():
            self.tell(acknowledged + 1)
            how = "with the act on its way, whole"
        if there != self.expected():
            return f"LOST: after {acknowledged} acts {_difference(self.expected(), there)}"
        wrong = ", ".join(index_disagrees(db))
        return f"LOST: the index is not the documents: {wrong}" if wrong else how


def _difference(expected: dict[str, Any], there: dict[str, Any]) -> str:
    names = sorted(name for name in {*expected, *there} if expected.get(name) != there.get(name))
    return "; ".join(f"{name}: {len(there.get(name, []))} of {len(expected.get(name, []))} documents" for name in names)

"""Which texts a unique field has had since the newest columns, as hashes: nearly every save passes by one look.

Who asks for such a text is answered from here, too: from any thread, beside the one that saves.
"""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from field_app.vault.indexes import Index


class Taken:
    """Hashes, and the documents put with each. One that has gone since does no harm: a hit is looked at again."""

    __slots__ = ("_adding", "_index", "_keys", "seen")

    def __init__(self, index: Index) -> None:
        self._index, self._adding = index, threading.Lock()
        self._keys: dict[bytes, tuple[str, ...]] = {}
        self.seen = 0  # how much of the overlay's log it knows

    def catch_up(self, log: list[str], document: Callable[[str], Mapping[str, Any] | None]) -> None:
        """Take in what was put since the last time, by reading it."""
        upto = len(log)  # somebody may be saving on another thread
        for key in dict.fromkeys(log[self.seen : upto]):
            found = document(key)
            entry = None if found is None else self._index.entry(found)
            if entry is not None:
                self._add(entry, key)
        self.seen = upto

    def note(self, fresh: Iterable[tuple[bytes, str]], log: list[str]) -> None:
        """A commit has put just these: nothing needs to be read."""
        for entry, key in fresh:
            self._add(entry, key)
        self.seen = len(log)

    def by(self, entry: bytes) -> tuple[str, ...]:
        """The ids of documents that had that hash when they were put."""
        return self._keys.get(entry, ())

    def _add(self, entry: bytes, key: str) -> None:
        if key not in self._keys.setdefault(entry, (key,)):
            with self._adding:
                known = self._keys[entry]
                if key not in known:
                    self._keys[entry] = (*known, key)

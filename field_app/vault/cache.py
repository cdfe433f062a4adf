"""Documents' bytes that were asked for or written lately, so that asking again opens no frame. Bounded in bytes.

Two generations of each table: what is asked for again moves into the younger; when that is full it becomes the older,
and what was the older is let go of. A reader that finds a document takes no lock.
"""

import threading

MAX_BYTES = 2 * 1024 * 1024
BESIDE_A_ROW = 160  # about what Python needs to keep one row at all


class RowCache:
    """The rows used last, of all tables; safe to ask from any thread."""

    def __init__(self, most_bytes: int = MAX_BYTES) -> None:
        self.lock = threading.Lock()
        self._tables: dict[str, KnownRows] = {}
        self._most, self._bytes = most_bytes // 2, 0  # of the younger generation

    def of(self, table: str) -> "KnownRows":
        """Those of one table."""
        return self._tables.get(table) or self._tables.setdefault(table, KnownRows(self))

    def grow(self, size: int) -> None:
        """A row of that size came into the younger generation; the caller holds the lock."""
        self._bytes += size + BESIDE_A_ROW
        if self._bytes > self._most:
            self._bytes = 0
            for rows in list(self._tables.values()):
                rows.age()


class KnownRows:
    """The rows of one table that are remembered, by document id, as they are committed now."""

    __slots__ = ("_cache", "_older", "_young", "lock", "state")

    def __init__(self, cache: RowCache | None = None) -> None:
        self._cache = cache or RowCache()
        self.lock = self._cache.lock  # held by whoever changes the table, from `forget` to `settle`
        self._young: dict[str, bytes] = {}
        self._older: dict[str, bytes] = {}
        self.state: object | None = object()  # another one as soon as a document is another; None while one changes

    def get(self, key: str) -> bytes | None:
        """The document's bytes, if they are remembered."""
        row = self._young.get(key)
        return self._again(key) if row is None and key in self._older else row

    def is_still(self, state: object | None) -> bool:
        """Whether nothing has been written to the table since it was in that state."""
        return state is not None and state is self.state

    def keep(self, key: str, row: bytes, state: object | None) -> None:
        """Remember a row that was read after that state was seen; not if the table has been written to since."""
        with self.lock:
            if self.is_still(state):
                self._keep(key, row)

    def forget(self, key: str) -> None:
        """Memory is about to take in another version of that document; the caller holds the lock until `settle`."""
        self.state = None
        self._young.pop(key, None)
        self._older.pop(key, None)

    def forget_all(self) -> None:
        """The table is about to be dropped; the caller holds the lock until `settle`."""
        self.state = None
        self._young, self._older = {}, {}

    def settle(self, key: str = "", row: bytes | None = None) -> None:
        """Memory has taken it in; `row` is the document's present version, if it is worth remembering."""
        if row is not None:
            self._young[key] = row
            self._cache.grow(len(row))
        self.state = object()

    def age(self) -> None:
        """The younger generation is the older now; the caller holds the lock."""
        self._older, self._young = self._young, {}

    def _again(self, key: str) -> bytes | None:
        with self.lock:
            row = self._older.pop(key, None)
            if row is not None:
                self._keep(key, row)
        return row

    def _keep(self, key: str, row: bytes) -> None:
        self._young[key] = row
        self._cache.grow(len(row))

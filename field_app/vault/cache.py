"""Documents' bytes that were asked for lately, so that asking again opens no frame. Bounded in number and in bytes."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

from field_app.vault.log import Spot
from field_app.vault.ops import PUT, Op

MAX_ROWS = 4096
MAX_BYTES = 6 * 1024 * 1024
MAX_FRESH = 64  # a bulk commit would push everything else out


class RowCache:
    """The rows used last; safe to ask from any thread."""

    def __init__(self) -> None:
        self._rows: OrderedDict[Spot, bytes] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, spot: Spot) -> bytes | None:
        """The row, if it is remembered."""
        with self._lock:
            row = self._rows.get(spot)
            if row is not None:
                self._rows.move_to_end(spot)
            return row

    def keep(self, spot: Spot, row: bytes) -> None:
        """Remember a row; the one not asked for the longest makes room."""
        with self._lock:
            if spot not in self._rows:
                self._rows[spot] = row
                self._bytes += len(row)
                self._make_room()

    def keep_fresh(self, ops: Sequence[Op], spots: Sequence[Spot]) -> None:
        """Remember what a small commit has written."""
        if len(ops) <= MAX_FRESH:
            with self._lock:
                for op, spot in zip(ops, spots, strict=True):
                    if op.kind == PUT:
                        self._rows[spot] = op.row
                        self._bytes += len(op.row)
                if self._bytes > MAX_BYTES or len(self._rows) > MAX_ROWS:
                    self._make_room()

    def _make_room(self) -> None:
        while len(self._rows) > MAX_ROWS or self._bytes > MAX_BYTES:
            _, gone = self._rows.popitem(last=False)
            self._bytes -= len(gone)

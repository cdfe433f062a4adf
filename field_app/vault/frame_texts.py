"""The texts of a log's frames as readers ask for them, the ones used last remembered. Safe from any thread."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from field_app.vault.frames import FRAME_BYTES, TEXT_BYTES, FrameSeal, frame_size
from field_app.vault.ops import row_at
from visit_core.errors import Corrupt

AT_ONCE = 8 * 1024  # a frame is no longer, unless one document is; older files have frames of up to 9 KiB
MAX_BYTES = 6 * 1024 * 1024
LONG = 16 * 1024  # one that holds a long document alone would push many others out

_SEQ, _TEXT, _ASKED = 0, 1, 2
ReadAt = Callable[[int, int], bytes]
"""So many bytes from an offset; fewer where the file ends."""

Opened = list[Any]
"""A frame's number, its text, and whether it was asked for since it last stood where room is made."""


class FrameTexts:
    """Opens a frame once for as long as it is asked for; room is made by the oldest that nobody has asked for since.

    Which was asked for last is not kept: putting it in order at every look costs as much as the look.
    """

    def __init__(self, seal: FrameSeal) -> None:
        self._seal = seal
        self._known: OrderedDict[int, Opened] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def row(self, offset: int, seq: int, pos: int, read_at: ReadAt) -> bytes:
        """The document at that place of the frame at `offset` whose number is `seq`; Corrupt if it is not there."""
        known = self._known.get(offset)
        if known is None:
            known = self._opened(offset, read_at)
        else:
            known[_ASKED] = True
        if known[_SEQ] != seq:
            raise Corrupt(why="seq", offset=offset)
        return row_at(known[_TEXT], TEXT_BYTES + pos)

    def _opened(self, offset: int, read_at: ReadAt) -> Opened:
        blob = read_at(AT_ONCE, offset)
        size = frame_size(blob[:FRAME_BYTES])
        if size > len(blob):
            blob = read_at(size, offset)
        said = self._seal.opened(blob)
        if said is None:
            raise Corrupt(why="frame", offset=offset)
        opened = [*said, False]
        self._keep(offset, opened)
        return opened

    def _keep(self, offset: int, opened: Opened) -> None:
        size = len(opened[_TEXT])
        if size > LONG:
            return
        with self._lock:
            if offset not in self._known:
                self._known[offset] = opened
                self._bytes += size
            while self._bytes > MAX_BYTES:
                self._make_room()

    def _make_room(self) -> None:
        offset, oldest = self._known.popitem(last=False)
        if oldest[_ASKED]:
            oldest[_ASKED] = False
            self._known[offset] = oldest
        else:
            self._bytes -= len(oldest[_TEXT])

"""The texts of a log's frames as readers ask for them, the ones used last remembered. Safe from any thread."""

import threading
from collections import OrderedDict
from collections.abc import Callable

from field_app.vault.frames import FRAME_BYTES, TEXT_BYTES, FrameSeal, frame_size
from field_app.vault.ops import row_at
from visit_core.errors import Corrupt

AT_ONCE = 8 * 1024  # a frame is no longer, unless one document is; older files have frames of up to 9 KiB
MAX_BYTES = 6 * 1024 * 1024
LONG = 16 * 1024  # one that holds a long document alone would push many others out

ReadAt = Callable[[int, int], bytes]
"""So many bytes from an offset; fewer where the file ends."""

Opened = tuple[int, bytes]
"""A frame's number and its text."""


class FrameTexts:
    """Opens a frame once for as long as it is asked for; the one not asked for the longest makes room."""

    def __init__(self, seal: FrameSeal) -> None:
        self._seal = seal
        self._known: OrderedDict[int, Opened] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def row(self, offset: int, seq: int, pos: int, read_at: ReadAt) -> bytes:
        """The document at that place of the frame at `offset` whose number is `seq`; Corrupt if it is not there."""
        try:
            number, text = self._known[offset]
            self._known.move_to_end(offset)
        except KeyError:  # not known, or another thread has just let go of it
            number, text = self._opened(offset, read_at)
        if number != seq:
            raise Corrupt(why="seq", offset=offset)
        return row_at(text, TEXT_BYTES + pos)

    def _opened(self, offset: int, read_at: ReadAt) -> Opened:
        blob = read_at(AT_ONCE, offset)
        size = frame_size(blob[:FRAME_BYTES])
        if size > len(blob):
            blob = read_at(size, offset)
        opened = self._seal.opened(blob)
        if opened is None:
            raise Corrupt(why="frame", offset=offset)
        self._keep(offset, opened)
        return opened

    def _keep(self, offset: int, opened: Opened) -> None:
        size = len(opened[1])
        if size > LONG:
            return
        with self._lock:
            if offset not in self._known:
                self._known[offset] = opened
                self._bytes += size
            while self._bytes > MAX_BYTES:
                self._bytes -= len(self._known.popitem(last=False)[1][1])

"""The last durable commit, remembered outside the home: an older copy of the store put in its place is noticed.

Kept when the store is closed and, while it is open, at most every thirty seconds: a commit must not cost two syncs.
"""

import contextlib
import json

from field_app.clock import DeviceClock
from field_app.vault.frames import Anchor
from field_app.vault.secrets import Secrets
from visit_core.errors import Corrupt, StoreError

EVERY_MS = 30_000


class AnchorKeeper:
    """The anchor of one store."""

    def __init__(self, secrets: Secrets, store_id: str, clock: DeviceClock) -> None:
        self._secrets, self._name, self._clock = secrets, f"{store_id}.anchor", clock
        self._kept_ms: int | None = None

    def read(self) -> Anchor | None:
        """What was kept, or None; Corrupt if it cannot be read."""
        kept = self._secrets.read(self._name)
        if kept is None:
            return None
        try:
            generation, seq, tag = json.loads(kept)
            return Anchor(int(generation), int(seq), bytes.fromhex(tag))
        except (ValueError, TypeError) as refusal:
            raise Corrupt(why="anchor") from refusal

    def note(self, anchor: Anchor) -> None:
        """A commit was durable."""
        now_ms = self._clock.mono_ms()
        if self._kept_ms is None or not 0 <= now_ms - self._kept_ms < EVERY_MS:
            self.keep(anchor)

    def keep(self, anchor: Anchor) -> None:
        """Remember it now. A refusal costs the protection of the last seconds, not the commit."""
        with contextlib.suppress(StoreError):
            self._secrets.keep(self._name, json.dumps([*anchor[:2], anchor.tag.hex()]).encode("ascii"))
            self._kept_ms = self._clock.mono_ms()

    def forget(self) -> None:
        """The store is gone, or an older copy of it was accepted on purpose."""
        self._secrets.forget(self._name)

"""Devices that were here and brought nothing: kept in mind until something is written anyway."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sync_server.kept import Pace

LONGEST_MS = 60_000
"""So long one of them is kept in mind alone."""

NOBODY: Mapping[str, Pace] = {}


def latest(kept: Pace, seen: Pace | None) -> Pace:
    """How a device stands by what is written and what is in mind; backups are only ever written."""
    return kept if seen is None or seen.seen_ms < kept.seen_ms else replace(seen, safe_n=kept.safe_n)


class Seen:
    """Paces by team and device."""

    def __init__(self) -> None:
        self._paces: dict[str, dict[str, Pace]] = {}
        self._lock = threading.Lock()

    def add(self, team: str, pace: Pace) -> bool:
        """Keep it in mind; whether it is time to write."""
        with self._lock:
            paces = self._paces.setdefault(team, {})
            oldest_ms = min([one.seen_ms for one in paces.values()], default=pace.seen_ms)
            paces[pace.device] = pace
            return pace.seen_ms - oldest_ms >= LONGEST_MS

    def of(self, team: str) -> Mapping[str, Pace]:
        """Those of a team, by device."""
        with self._lock:
            return dict(self._paces.get(team, NOBODY))

    def teams(self) -> Sequence[str]:
        """The teams of which somebody is in mind."""
        with self._lock:
            return list(self._paces)

    def are_kept(self, team: str, written: Mapping[str, Pace]) -> None:
        """These are written by now; who has been here again since stays in mind."""
        with self._lock:
            rest = {name: pace for name, pace in self._paces.get(team, NOBODY).items() if written.get(name) != pace}
            self._paces[team] = rest
            if not rest:
                del self._paces[team]

"""How often an address may be wrong: a moving window of one hour, kept in memory.

Only failures count, and whoever brings a right token is never asked: nobody can lock out another person.
"""

import ipaddress
import threading
from collections import OrderedDict, deque
from collections.abc import Callable

from visit_core.errors import TooManyTries

HOUR_MS = 3_600_000
MOST_ADDRESSES = 10_000
"""Addresses remembered at once; the one that was quiet longest is forgotten first."""


class FailureLimit:
    """At most `per_hour` failures from one address in any hour."""

    def __init__(self, per_hour: int, now_ms: Callable[[], int]) -> None:
        self._per_hour = per_hour
        self._now_ms = now_ms
        self._failures: OrderedDict[str, deque[int]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, address: str) -> None:
        """TooManyTries, with the seconds to wait, if that address has used up its failures."""
        with self._lock:
            recent = self._recent(_network(address))
            if len(recent) >= self._per_hour:
                raise TooManyTries(wait_s=max(1, -(-(recent[0] + HOUR_MS - self._now_ms()) // 1000)))

    def count(self, address: str) -> None:
        """One more failure from that address."""
        with self._lock:
            network = _network(address)
            self._failures[network] = self._recent(network)
            self._failures[network].append(self._now_ms())
            self._failures.move_to_end(network)
            while len(self._failures) > MOST_ADDRESSES:
                self._failures.popitem(last=False)

    def _recent(self, network: str) -> deque[int]:
        failures = self._failures.get(network) or deque(maxlen=self._per_hour)
        while failures and failures[0] <= self._now_ms() - HOUR_MS:
            failures.popleft()
        return failures


def _network(address: str) -> str:
    """One IPv6 subscriber has a whole /64, so that counts as one address."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)

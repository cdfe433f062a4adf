"""What every request may need: settings, store, clock and the counts of failures. Built once, handed down."""

from collections.abc import Callable
from dataclasses import dataclass

from sync_server.limits import FailureLimit
from sync_server.seats import Seats
from sync_server.settings import Settings
from sync_server.store import CentralStore
from sync_server.trustee import Trustee


@dataclass(frozen=True, slots=True)
class Machinery:
    """The parts of one running server."""

    settings: Settings
    store: CentralStore
    trustee: Trustee
    now_ms: Callable[[], int]
    wrong_codes: FailureLimit
    wrong_tokens: FailureLimit
    seats: Seats

    @classmethod
    def of(cls, settings: Settings, store: CentralStore, trustee: Trustee, now_ms: Callable[[], int]) -> "Machinery":
        """The parts for these settings."""
        codes = FailureLimit(settings.wrong_codes_per_hour, now_ms)
        tokens = FailureLimit(settings.wrong_tokens_per_hour, now_ms)
        return cls(settings, store, trustee, now_ms, codes, tokens, Seats(settings.syncs_at_once))

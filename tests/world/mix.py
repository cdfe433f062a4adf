"""What may go wrong in one run. Each turns on a part of it only: some holes show only while the rest is calm."""

from dataclasses import dataclass
from random import Random

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
PAGES = (400, 1_500, 100_000)
WINDOWS = (0, 0, 30, 90)
RATES = (0.0, 0.0, 0.05, 0.15, 0.35)


@dataclass(frozen=True, slots=True)
class Mix:
    """One run's lots; rates are per request, weights per act."""

    lost_request: float
    lost_answer: float
    twice: float
    late_ms: int  # how late the second copy of a request may come
    slow_ms: int  # how long one way takes at most
    dies_in_commit: float  # the server, before its commit
    dies_between: float  # the server, after its commit
    crowd: float  # another process serves somebody between the two transactions of an exchange
    servers: int
    server_skew_ms: int
    page_bytes: int
    body_bytes: int
    pause_ms: int  # between two acts
    window_days: int  # how far back phones are sent what is done; 0: all of it
    weights: dict[str, int]


CALM = Mix(
    lost_request=0.0,
    lost_answer=0.0,
    twice=0.0,
    late_ms=1_000,
    slow_ms=40,
    dies_in_commit=0.0,
    dies_between=0.0,
    crowd=0.0,
    servers=1,
    server_skew_ms=0,
    page_bytes=100_000,
    body_bytes=10**9,
    pause_ms=2_000,
    window_days=0,
    weights={},
)
"""Nothing goes wrong by itself."""

OFTEN = {"edit": 22, "both": 14, "sync": 30}
SELDOM = {
    "create": 4,
    "delete": 12,
    "bring_back": 3,
    "visit": 4,
    "together": 5,
    "contact": 4,
    "older": 3,
    "review": 4,
    "settle_conflict": 3,
    "poison": 3,
    "unknown": 3,
    "impatient": 7,
    "crash": 4,
    "crash_at_a_write": 7,
    "reboot": 3,
    "turn_clock": 4,
    "absent": 9,
    "long_away": 9,
    "restart_server": 3,
    "turn_server_clock": 2,
    "change_role": 12,
    "reassign": 3,
    "backup": 12,
    "restore": 10,
    "fall_back": 6,
    "revoke": 1,
    "copy_phone": 4,
    "go_back": 4,
}


def drawn(lots: Random) -> Mix:
    """The lots of one run."""
    rates = [lots.choice(RATES) for _ in range(6)]
    return Mix(
        lost_request=rates[0],
        lost_answer=rates[1],
        twice=rates[2],
        late_ms=lots.choice((1_000, HOUR, 3 * DAY)),
        slow_ms=lots.choice((40, 3_000, 3_000, 15_000)),
        dies_in_commit=rates[3] / 3,
        dies_between=rates[4] / 3,
        crowd=rates[5],
        servers=lots.choice((1, 1, 2)),
        server_skew_ms=lots.choice((0, 0, 900)),
        page_bytes=lots.choice(PAGES),
        body_bytes=lots.choice((2_500, 100_000)),
        pause_ms=lots.choice((2_000, 20_000, 2 * HOUR, 4 * DAY)),
        window_days=lots.choice(WINDOWS),
        weights=OFTEN | {name: weight if lots.random() < 0.6 else 0 for name, weight in SELDOM.items()},
    )

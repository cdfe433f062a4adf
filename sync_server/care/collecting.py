"""What was deleted long ago is no longer told to anybody; the record itself stays, and with it the way back.

A tombstone leaves the feed once it is 90 days old and every device in use has read past it, or at 180 days anyway. The
floor rises with it: a device that had not read so far is told to read everything again and to forget what does not
come (`pull`).
"""

from functools import partial

from sync_server.kept import Device, Pace
from sync_server.store import CentralStore, Ledger, Reading

DAY_MS = 24 * 3_600_000
READ_MS = 90 * DAY_MS
ANYWAY_MS = 180 * DAY_MS


def collect(store: CentralStore, now_ms: int) -> int:
    """Take old tombstones out of every team's feed; how many."""
    return sum(store.write(team.id, partial(_collect, now_ms=now_ms)) for team in store.teams())


def _collect(ledger: Ledger, *, now_ms: int) -> int:
    paces = ledger.paces()
    read_by_all = min((paces.get(device.name, Pace("")).cursor for device in _in_use(ledger)), default=0)
    old = min(ledger.last_seq_before(now_ms - READ_MS), read_by_all)
    return ledger.collect(max(old, ledger.last_seq_before(now_ms - ANYWAY_MS)))


def _in_use(reading: Reading) -> list[Device]:
    return [device for device in reading.devices() if device.standing == "active"]

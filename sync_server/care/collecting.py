"""What was deleted long ago is no longer told to anybody; the record itself stays, and with it the way back.

A tombstone leaves the feed once it is 90 days old and every device in use has read past it, or at 180 days anyway. The
floor rises with it: a device that had not read so far is told to read everything again and to forget what does not
come (`pull`).

So do the bytes of an attachment, 30 days after the last of the records that tell of them was deleted. Such a record
says no longer that they are here, so that whoever takes it out of the bin later sees what is lacking.
"""

from functools import partial

from sync_server.kept import Device, Pace
from sync_server.merging import Merging
from sync_server.received import KIND, take_back
from sync_server.store import CentralStore, Ledger, Reading
from visit_core.merge import is_gone
from visit_core.stamp import instant, stamp_of

DAY_MS = 24 * 3_600_000
READ_MS = 90 * DAY_MS
ANYWAY_MS = 180 * DAY_MS
IN_THE_BIN_MS = 30 * DAY_MS
TAGGED_MS = 30 * DAY_MS


def collect(store: CentralStore, now_ms: int) -> int:
    """Take old tombstones out of every team's feed; how many."""
    return sum(store.write(team.id, partial(_collect, now_ms=now_ms)) for team in store.teams())


def _collect(ledger: Ledger, *, now_ms: int) -> int:
    paces = ledger.paces()
    read_by_all = min((paces.get(device.name, Pace("")).cursor for device in _in_use(ledger)), default=0)
    old = min(ledger.last_seq_before(now_ms - READ_MS), read_by_all)
    ledger.forget_tags(now_ms - TAGGED_MS)
    return ledger.collect(max(old, ledger.last_seq_before(now_ms - ANYWAY_MS)))


def collect_blobs(store: CentralStore, now_ms: int) -> int:
    """Let go of the bytes that only records long deleted tell of; how many attachments' bytes."""
    gone = 0
    for team in store.teams():
        for sha256 in store.read(team.id, lambda reading: reading.blobs.let_go()):
            gone += store.write(team.id, partial(_let_go, team=team.id, sha256=sha256, now_ms=now_ms))
    return gone


def _let_go(ledger: Ledger, *, team: str, sha256: str, now_ms: int) -> int:
    records, here = ledger.blobs.records(sha256), ledger.blobs.of(sha256)
    since = stamp_of(instant(now_ms - IN_THE_BIN_MS))
    touched = [cell.at for record in records for cell in record.cells.values()]
    if not all(is_gone(record.cells) for record in records) or max(touched) >= since:
        return 0
    merging = Merging(ledger, team, now_ms, [(KIND, record.id) for record in records])
    take_back(merging, records)
    for blob in here:
        ledger.blobs.drop(blob)
    ledger.keep(merging.work())
    return len(here)


def _in_use(reading: Reading) -> list[Device]:
    return [device for device in reading.devices() if device.standing == "active"]

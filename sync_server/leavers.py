"""Devices and their people, as those who answer for them see them; and what a leaver had in hand goes to another."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from sync_server.kept import Device, Event, Key, Pace, StoredRecord
from sync_server.merging import Merging
from sync_server.store import CentralStore, Ledger, Reading
from visit_core.errors import NotFound
from visit_core.merge import DELETED
from visit_core.overseeing import DeviceShown, PersonShown
from visit_core.stamp import instant

OPEN_BY_KIND: Mapping[str, frozenset[str] | None] = {
    "customer": None,
    "followup": frozenset({"open", "snoozed"}),
    "visit": frozenset({"planned", "in_progress"}),
}
"""What goes over: every customer, and of the others those in one of these states. What was done stays."""

BATCH = 500
_EVERYTHING = 1_000_000


def devices_in(store: CentralStore, team: str, *, quiet_since_ms: int | None = None) -> list[DeviceShown]:
    """The team's devices; with `quiet_since_ms` those in use that have not synced since."""
    shown = store.read(team, _devices)
    if quiet_since_ms is None:
        return [told for _, told in shown]
    return [told for seen_ms, told in shown if told.state == "active" and seen_ms < quiet_since_ms]


def people_in(store: CentralStore, team: str) -> list[PersonShown]:
    """Everybody of the team, whether they have a device or none."""
    records = store.read(team, lambda reading: reading.records_of("person", _EVERYTHING))
    return sorted((_person(one, team) for one in records), key=lambda one: (one.name, one.person))


def reassign(store: CentralStore, team: str, *, leaver: str, to: str, by: str, now_ms: int) -> dict[str, int]:
    """Give what the leaver has in hand to somebody else of the team; how many records, by kind."""
    for somebody in (leaver, to):
        if store.team_of(person_id=somebody) != team:
            raise NotFound("not_found", field="to" if somebody == to else "person")
    counts = {}
    for kind in OPEN_BY_KIND:
        keys = store.read(team, partial(_in_hand, kind=kind, leaver=leaver))
        for start in range(0, len(keys), BATCH):
            hand = partial(_hand_over, team=team, keys=keys[start : start + BATCH], leaver=leaver, to=to, by=by)
            store.write(team, partial(hand, now_ms=now_ms))
        counts[kind] = len(keys)
    event = Event(by, "reassigned", {"from": leaver, "to": to, **counts})
    store.write(team, lambda ledger: ledger.note([event], now_ms))
    return counts


def in_hand(store: CentralStore, team: str, person: str) -> dict[str, int]:
    """How many records of each kind `reassign` would give away."""
    return {kind: len(store.read(team, partial(_in_hand, kind=kind, leaver=person))) for kind in OPEN_BY_KIND}


def _person(record: StoredRecord, team: str) -> PersonShown:
    told = {name: cell.value for name, cell in record.cells.items()}
    is_here = told.get("active") is not False and told.get(DELETED) is not True
    return PersonShown(
        person=record.id, team=team, name=str(told.get("name")), role=str(told.get("role")), is_active=is_here
    )


def _devices(reading: Reading) -> list[tuple[int, DeviceShown]]:
    paces = reading.paces()
    return [_shown(reading, device, paces.get(device.name, Pace(device.name))) for device in reading.devices()]


def _shown(reading: Reading, device: Device, pace: Pace) -> tuple[int, DeviceShown]:
    somebody = reading.person(device.person)
    return pace.seen_ms, DeviceShown(
        device=device.name,
        team=device.team,
        person=device.person,
        name=somebody.name if somebody else "",
        label=device.label,
        state=device.standing,
        enrolled_at=instant(device.enrolled_ms),
        last_sync_at=instant(pace.seen_ms) if pace.seen_ms else None,
        last_n=device.last_n,
        safe_n=pace.safe_n,
    )


def _in_hand(reading: Reading, *, kind: str, leaver: str) -> Sequence[Key]:
    return list(_keys(reading.records_of(kind, _EVERYTHING), leaver))


def _keys(records: Sequence[StoredRecord], leaver: str) -> Iterator[Key]:
    for record in records:
        states = OPEN_BY_KIND[record.kind]
        told = {name: cell.value for name, cell in record.cells.items()}
        is_open = states is None or told.get("status") in states
        if told.get("owner_id") == leaver and is_open and not told.get(DELETED):
            yield record.kind, record.id


def _hand_over(ledger: Ledger, *, team: str, keys: Sequence[Key], leaver: str, to: str, by: str, now_ms: int) -> None:
    merging = Merging(ledger, team, now_ms, keys)
    for key in keys:
        if merging.cells(key)["owner_id"].value == leaver:
            merging.server_sets(key, {"owner_id": to}, by=by)
    ledger.keep(merging.work())

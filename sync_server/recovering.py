"""A forgotten PIN: a one-time code for one device, and its data key opened for whoever brings that code."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sync_server.auth import hash_of, new_code
from sync_server.kept import Device, Event, RecoveryCode
from sync_server.people import OPERATOR
from sync_server.store import CentralStore, Ledger
from sync_server.trustee import Trustee
from visit_core.errors import CodeRefused, DeviceRevoked, NotFound
from visit_core.joining import RecoverRequest

Clock = Callable[[], int]


def new_recovery_code(store: CentralStore, device: str, *, minutes: int, now_ms: Clock) -> str:
    """A one-time code for that device alone; NotFound or DeviceRevoked if there is nothing to recover."""
    team, now, code = store.team_of(device_name=device), now_ms(), new_code()
    if team is None:
        raise NotFound("not_found", field="device")
    kept = RecoveryCode(device, hash_of(code), now + minutes * 60_000)

    def add(ledger: Ledger) -> None:
        _in_use(ledger, device)
        if ledger.recovery_code(kept.hash) is None:
            ledger.keep_recovery_code(kept)
            ledger.note([Event(OPERATOR, "recovery_code_made", {"device": device, "minutes": minutes})], now)

    store.write(team, add)
    return code


def recover(store: CentralStore, trustee: Trustee, asked: RecoverRequest, now_ms: Clock) -> str:
    """The device's data key, in hex.

    CodeRefused alike for a wrong, a used, an old and another device's code. DeviceRevoked, and NotValid for what was
    sealed to another key, are told only to who has the code, which stays good.
    """
    team = store.team_of(device_name=asked.device)
    if team is None:
        raise CodeRefused()
    code_hash, request = hash_of(asked.code.strip()), secrets.token_hex(16)
    use = partial(_use, code_hash=code_hash, asked=asked, request=request, now=now_ms())
    return store.write(team, lambda ledger: use(ledger, trustee))


def _use(ledger: Ledger, trustee: Trustee, *, code_hash: str, asked: RecoverRequest, request: str, now: int) -> str:
    """Use the code up; for a try whose end nobody heard, find that it was this request that used it."""
    code = ledger.recovery_code(code_hash)
    if code is None or code.device != asked.device or code.expires_ms <= now or code.used_by not in (None, request):
        raise CodeRefused()
    device = _in_use(ledger, asked.device)
    data_key = trustee.opened(asked.device, asked.store, asked.sealed)
    if code.used_by is None:
        ledger.keep_recovery_code(replace(code, used_by=request))
        ledger.note([Event(device.person, "device_recovered", {"device": device.name, "store": asked.store})], now)
    return data_key


def _in_use(ledger: Ledger, name: str) -> Device:
    device = next(device for device in ledger.devices() if device.name == name)
    if device.standing == "revoked":
        raise DeviceRevoked(device=name)
    return device

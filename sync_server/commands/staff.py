"""People and their devices: `add-person`, `enrol-code`, `recovery-code`, `rescue`, `revoke`, `devices`."""

from argparse import Namespace
from collections.abc import Sequence
from functools import partial
from typing import Any

from sync_server import people
from sync_server.certificates import fingerprint_of
from sync_server.commands.context import Context
from sync_server.home import last_address, store_key
from sync_server.kept import Device
from sync_server.recovering import new_recovery_code
from sync_server.rescuing import rescue, rescue_all
from sync_server.settings import Settings, checked
from sync_server.store import CentralStore
from sync_server.trustee import Trustee
from visit_core.errors import NotFound
from visit_core.invite import Invite, make_invite
from visit_core.stamp import instant


def add_person(context: Context, asked: Namespace) -> dict[str, Any]:
    """Somebody new; the team is made when it is first named."""
    with context.store() as store:
        somebody = people.add_person(
            store, name=asked.name, role=asked.role, team_name=asked.team, now_ms=context.now_ms
        )
    return {"person_id": somebody.id, "team": somebody.team}


def enrol_code(context: Context, asked: Namespace) -> dict[str, Any]:
    """A one-time code, and the invite that carries it. No invite before the server has an address."""
    settings = context.settings()
    minutes = asked.minutes or settings.code_minutes
    with context.store() as store:
        code = people.new_enrol_code(store, asked.person, minutes=minutes, now_ms=context.now_ms)
    return {"code": code, "invite": invite_for(settings, code), "minutes": minutes}


def invite_for(settings: Settings, code: str) -> str | None:
    """The pasteable string; None while nobody knows where the server will be."""
    address = last_address(settings)
    if not address:
        return None
    ca = fingerprint_of(settings.home) if address.startswith("https:") else None
    return make_invite(Invite(address, ca, code))


def recovery_code(context: Context, asked: Namespace) -> dict[str, Any]:
    """A one-time code that lets one device set a new PIN."""
    settings = context.settings()
    if asked.minutes is not None:
        settings = checked({**dict(settings), "recovery_minutes": asked.minutes})
    minutes = settings.recovery_minutes
    with context.store() as store:
        code = new_recovery_code(store, asked.device, minutes=minutes, now_ms=context.now_ms)
    return {"code": code, "device": asked.device, "minutes": minutes}


def take_rescue(context: Context, asked: Namespace) -> dict[str, Any]:
    """What a device could not send itself, out of its rescue file, piece by piece."""
    trustee = Trustee(store_key(context.settings(), context.environment))
    try:
        with context.store() as store, asked.file.open("rb") as file:
            take = partial(rescue, store, trustee, by=people.OPERATOR, now_ms=context.now_ms())
            return rescue_all(file, take).model_dump()
    except OSError:
        raise NotFound("file_unreadable", field="file") from None


def revoke(context: Context, asked: Namespace) -> dict[str, Any]:
    """Take nothing more from a device, from its next request on."""
    with context.store() as store:
        people.revoke(store, asked.device, context.now_ms)
    return {"device": asked.device, "state": "revoked"}


def devices(context: Context, _: Namespace) -> dict[str, Any]:
    """Every device, whose it is, and how far it was taken."""
    with context.store() as store:
        return {"devices": [_shown(device) for team in store.teams() for device in _of(store, team.id)]}


def _of(store: CentralStore, team: str) -> Sequence[Device]:
    return store.read(team, lambda reading: reading.devices())


def _shown(device: Device) -> dict[str, Any]:
    return {
        "device": device.name,
        "team": device.team,
        "person": device.person,
        "state": device.standing,
        "enrolled_at": instant(device.enrolled_ms),
        "last_n": device.last_n,
    }

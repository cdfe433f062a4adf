"""Who works here and on which devices: people, one-time codes, enrolment, revocation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from sync_server.auth import hash_of, new_code, new_token
from sync_server.kept import Code, Device, Event, Person
from sync_server.merging import Merging
from sync_server.store import CentralStore, Ledger
from visit_core.change import Registers
from visit_core.errors import CodeRefused, NotFound, NotValid
from visit_core.fields import fields_of
from visit_core.ids import new_device, new_id, team_scope
from visit_core.joining import EnrolRequest, EnrolResponse
from visit_core.kinds.person import Person as PersonKind
from visit_core.shapes import Moment
from visit_core.words import one_line

OPERATOR = "operator"
Clock = Callable[[], int]
_ANY_MOMENT = Moment(0, date(1970, 1, 1))


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A device that has just been taken in; its token is told this once."""

    token: str
    device: str
    person: Person


def add_person(store: CentralStore, *, name: str, role: str, team_name: str, now_ms: Clock) -> Person:
    """Somebody new in a team, which is made when it is first named. Everybody in the team sees who it is."""
    now = now_ms()
    known_as, known_role = _read(name=name, role=role)
    team = store.team_named(_team_name(team_name))
    somebody = Person(team.id, new_id(now), known_as, known_role)

    def add(ledger: Ledger) -> None:
        if ledger.person(somebody.id):
            return
        ledger.add_person(somebody)
        ledger.note([Event(OPERATOR, "person_added", {"person": somebody.id, "role": somebody.role})], now)
        _tell_team(ledger, somebody, now)

    store.write(team.id, add)
    return somebody


def new_enrol_code(store: CentralStore, person: str, *, minutes: int, now_ms: Clock) -> str:
    """A one-time code for a person's next device."""
    team, now, code = store.team_of(person_id=person), now_ms(), new_code()
    if team is None:
        raise NotFound("not_found", field="person")
    kept = Code(team, person, hash_of(code), now + minutes * 60_000)

    def add(ledger: Ledger) -> None:
        if ledger.add_code(kept):
            ledger.note([Event(OPERATOR, "code_made", {"person": person, "minutes": minutes})], now)

    store.write(team, add)
    return code


def enrol(store: CentralStore, asked: EnrolRequest, now_ms: Clock) -> Enrolled:
    """A new device for the person of the code; CodeRefused alike for a wrong, a used and an old code."""
    code_hash, now = hash_of(asked.code.strip()), now_ms()
    found = store.code(code_hash)
    if found is None:
        raise CodeRefused()
    token, label = new_token(), one_line(asked.device_name)
    name = _unused_name(store)
    fresh = Device(found.team, name, found.person, hash_of(token), now, label=label)
    somebody = store.write(found.team, partial(_take_in, code_hash=code_hash, fresh=fresh))
    return Enrolled(token, name, somebody)


def revoke(store: CentralStore, device: str, now_ms: Clock, *, by: str = OPERATOR) -> None:
    """Take nothing more from that device, from the next request on."""
    team = store.team_of(device_name=device)
    if team is None:
        raise NotFound("not_found", field="device")
    now = now_ms()

    def take_out(ledger: Ledger) -> None:
        if ledger.revoke(device):
            ledger.note([Event(by, "device_revoked", {"device": device})], now)

    store.write(team, take_out)


def welcome(
    store: CentralStore, enrolled: Enrolled, *, organisation: str, organisation_key: str, now_ms: int
) -> EnrolResponse:
    """What a new device is told about itself, and what it seals its data key to."""
    somebody = enrolled.person
    team = next(team for team in store.teams() if team.id == somebody.team)
    return EnrolResponse.model_validate(
        {
            "device": enrolled.device,
            "token": enrolled.token,
            "person": somebody.id,
            "name": somebody.name,
            "role": somebody.role,
            "team": team.id,
            "team_name": team.name,
            "organisation": organisation,
            "epoch": team.epoch,
            "server_ms": now_ms,
            "organisation_key": organisation_key,
        }
    )


def _unused_name(store: CentralStore) -> str:
    name = new_device()
    while store.team_of(device_name=name):
        name = new_device()
    return name


def _take_in(ledger: Ledger, *, code_hash: str, fresh: Device) -> Person:
    """Use up the code for this device; for a try whose end nobody heard, find that it was done."""
    somebody = ledger.person(fresh.person)
    if somebody and fresh in ledger.devices():
        return somebody
    if somebody is None or ledger.use_code(code_hash, fresh.enrolled_ms) is None:
        raise CodeRefused()
    ledger.add_device(fresh)
    ledger.note([Event(somebody.id, "device_enrolled", {"device": fresh.name})], fresh.enrolled_ms)
    return somebody


def _tell_team(ledger: Ledger, somebody: Person, now: int) -> None:
    key = ("person", somebody.id)
    merging = Merging(ledger, somebody.team, now, [key])
    fields: Registers = {"name": somebody.name, "role": somebody.role, "active": True}
    merging.server_sets(key, fields, by=somebody.id, op="create", scopes=(team_scope(somebody.team),))
    ledger.keep(merging.work())


def _read(**fields: str) -> tuple[str, str]:
    specs = fields_of(PersonKind)
    read = [specs[name].read(value, _ANY_MOMENT) for name, value in fields.items()]
    for name, value in zip(fields, read, strict=True):
        if not isinstance(value, str):
            raise NotValid("required", field=name)
    return str(read[0]), str(read[1])


def _team_name(name: str) -> str:
    known_as = one_line(name)
    if not 1 <= len(known_as) <= 80:
        raise NotValid("required", field="team")
    return known_as

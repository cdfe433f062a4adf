"""This device itself: whose it is, how it stands, its PIN, its care."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial

from pydantic import JsonValue

from field_app.actions.conflicts import lost_by_me
from field_app.actions.photographs import damaged_photos, on_their_way, only_here
from field_app.actions.validity import validity
from field_app.enrolment import Me
from field_app.entry import Entry
from field_app.local_store import LocalStore, settle_in
from field_app.progress import Anchor
from field_app.remote import Remote
from field_app.sync import Run, at_once
from field_app.vault.entrusted import Entrusted
from field_app.vault.mending import salvage_vault
from field_app.vault.opening import (
    OpenVault,
    begin_vault,
    entrusted_of,
    erase_vault,
    open_vault,
    recover_vault,
    settle_vault,
)
from field_app.vault.pins import check_pin
from field_app.vault.place import Place
from field_app.vault.salvage import Salvaged
from field_app.vault.verify import verify
from visit_core.errors import NotValid
from visit_core.invite import Invite
from visit_core.joining import EnrolRequest, EnrolResponse, RecoverRequest
from visit_core.stamp import instant

CaPem = str | None
Reach = Callable[[Entrusted], AbstractAsyncContextManager[Remote]]
"""How to reach the server of a device that nobody can unlock."""

Pin = Callable[[Invite], AbstractAsyncContextManager[tuple[Remote, CaPem]]]
"""How to reach the server of an invite for the first time, its certificate checked by the invite."""


async def enrol(place: Place, pin: str, invite: Invite, pinned: Pin, device_name: str = "") -> Me:
    """Make this home the device of the person whose invite it is.

    The store is made before the code is used up, and counts only once it knows whose it is.
    """
    vault = begin_vault(place, pin)
    try:
        async with pinned(invite) as (remote, ca_pem):
            answer = await remote.enrol(EnrolRequest(code=invite.code, device_name=device_name))
        me = _me(answer, invite.address, ca_pem)
        clock = place.clock
        anchor = Anchor(server_ms=answer.server_ms, mono_ms=clock.mono_ms(), boot=clock.boot(), wall_ms=clock.wall_ms())
        settle_in(vault.db, me, answer.epoch, anchor)
        if answer.organisation_key:
            vault.entrust(me.device, me.server, me.ca_pem, answer.organisation_key)
        settle_vault(vault)
    except BaseException:
        erase_vault(vault)
        raise
    vault.close()
    return me


async def recover(place: Place, pin: str, code: str, reach: Reach, *, run: Run = at_once) -> None:
    """Let a new PIN open this device's store, with a one-time code that an admin gave; needs the server.

    NotAllowed if the store was never entrusted to the organisation, CodeRefused for a wrong, used or old code.
    `run` is the thread that derives the key.
    """
    check_pin(pin, has_secret=True)
    store_id, entrusted = entrusted_of(place)
    request = RecoverRequest(device=entrusted.device, store=store_id, code=code.strip(), sealed=entrusted.sealed)
    async with reach(entrusted) as remote:
        answer = await remote.recover(request)
    await run(partial(recover_vault, place, pin, bytes.fromhex(answer.data_key)))


@dataclass(frozen=True, slots=True)
class Mended:
    """What a salvage brought back."""

    found: Salvaged | None  # None: nothing was wrong
    records: int  # that the server had sent
    waiting: int  # changes still unsent

    @property
    def lost_saves(self) -> int:
        """How many saves could not be read."""
        return self.found.missing_frames if self.found else 0


def salvage(place: Place, pin: str) -> Mended:
    """Get a damaged or older store going again with all that can be read of it; Corrupt if nothing can."""
    found = salvage_vault(place, pin)
    vault = open_vault(place, pin)
    try:
        store = LocalStore(vault.db, place.clock)
        if found:
            store.begin_after_salvage()
        return Mended(found, store.count(), len(store.waiting()))
    finally:
        vault.close()


@dataclass(frozen=True, slots=True)
class Status:
    """How this device stands: what waits, what was refused, when it last met the server, and whose it is."""

    waiting: int
    quarantined: int
    conflicts: int
    notices: int
    returned: int
    last_sync: str | None  # instant
    records: int
    person: str
    name: str
    role: str
    team: str
    device: str
    server: str
    organisation: str
    photos_waiting: int  # photographs that have not arrived
    valid_until: str | None  # instant; the device locks then, unless it meets the server before; None for never
    is_valid: bool


def status(store: LocalStore) -> Status:
    """As it stands now."""
    last_ms, me, valid = store.progress().last_sync_ms, store.me, validity(store)
    returned = store.find("visit", {"review_state": "returned", "owner_id": me.person})
    return Status(
        waiting=len(store.waiting()),
        quarantined=len(store.quarantined()),
        conflicts=len(store.find("conflict", {"state": "open"})),
        notices=len(lost_by_me(store)) + len(returned),
        returned=len(returned),
        last_sync=instant(last_ms) if last_ms is not None else None,
        records=store.count(),
        photos_waiting=len(on_their_way(store)),
        valid_until=instant(valid.until_ms) if valid.until_ms is not None else None,
        is_valid=not valid.is_over,
        **me.model_dump(include={"person", "name", "role", "team", "device", "server", "organisation"}),
    )


def why_not_leave(store: LocalStore, *, but_photos: bool = False) -> NotValid | None:
    """What would be lost if this store were taken off the device now, and so forbids it; None if nothing.

    `but_photos`: that photographs have not arrived is known, and they are given up.
    """
    photos = () if but_photos else only_here(store)
    kept: dict[str, Sequence[object]] = {
        **_only_here(store),
        "unsaved": store.drafts.all(),
        "photos_unsent": photos,
    }
    return next((NotValid(why, count=len(what)) for why, what in kept.items() if what), None)


def not_rescued(store: LocalStore) -> int:
    """How many changes are on this device alone, and in no rescue file either."""
    return sum(len(entries) for entries in _only_here(store).values())


def _only_here(store: LocalStore) -> dict[str, Sequence[Entry]]:
    rescued_n = store.progress().rescued_n
    return {
        "unsent": [entry for entry in store.waiting() if entry.n is None or entry.n > rescued_n],
        "refused_here": [entry for entry in store.quarantined() if (entry.n or 0) > rescued_n],
    }


def check(store: LocalStore, vault: OpenVault) -> dict[str, JsonValue]:
    """Read everything that is kept from the disk again; Corrupt if any of it is not what was written."""
    verified, damaged = verify(vault.db.vault), damaged_photos(store)
    numbers = sorted(entry.n for entry in store.waiting() if entry.n is not None)
    return {
        "ok": numbers == sorted(set(numbers)) and not damaged,
        "documents": verified.documents,
        "records": store.count(),
        "waiting": len(store.waiting()),
        "photos": len(store.attachments.ids()),
        "photos_damaged": len(damaged),
        "generation": vault.db.vault.anchor.generation,
        "commits": verified.commits,
    }


def _me(answer: EnrolResponse, address: str, ca_pem: CaPem) -> Me:
    return Me(
        device=answer.device,
        token=answer.token,
        person=answer.person,
        name=answer.name,
        role=answer.role,
        team=answer.team,
        team_name=answer.team_name,
        organisation=answer.organisation,
        server=address,
        ca_pem=ca_pem,
    )

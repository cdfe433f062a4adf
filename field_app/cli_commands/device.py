"""Commands about this device: enrol, status, sync, its PIN, its care."""

import asyncio
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from field_app.actions import reporting, syncing, this_device
from field_app.actions.disclosing import disclosed
from field_app.actions.entrusting import entrust_late
from field_app.actions.importing import keep_file
from field_app.actions.older import fetch_older
from field_app.actions.photographs import sweep
from field_app.actions.rescuing import hand_in_file, keep_rescue_file
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed
from field_app.local_store import LocalStore
from field_app.vault.opening import OpenVault, entrusted_of, erase_vault, open_vault
from visit_core.errors import NotValid
from visit_core.invite import Invite, parse_invite


def enrol(desk: Desk, said: Namespace) -> Printed:
    """Make this home somebody's device."""
    me = asyncio.run(this_device.enrol(desk.place(), desk.pin(), _invite(said), desk.pinned, said.name))
    shown = me.model_dump(include={"device", "person", "name", "role", "team", "team_name", "organisation", "server"})
    return {**shown, "secrets": str(desk.settings.secrets)}


def status(desk: Desk, _said: Namespace) -> Printed:
    """How this device stands."""
    with desk.locked_store() as store:
        return asdict(this_device.status(store))


def sync(desk: Desk, _said: Namespace) -> Printed:
    """Meet the server."""

    async def meet(vault: OpenVault, store: LocalStore) -> Printed:
        sweep(store)
        report = await syncing.sync(store, desk.connect)
        if vault.ring.entrusted is None:
            async with desk.connect(store.me) as remote:
                await entrust_late(vault, store.me, remote)
        return asdict(report)

    with desk.vault() as vault:
        return asyncio.run(meet(vault, LocalStore(vault.db, desk.clock)))


def older(desk: Desk, said: Namespace) -> Printed:
    """Fetch and keep what was done with a customer before this device's window."""

    async def fetch(store: LocalStore) -> int:
        async with desk.connect(store.me) as remote:
            return await fetch_older(store, remote, customer=said.id)

    with desk.store() as store:
        return {"fetched": asyncio.run(fetch(store))}


def quarantine(desk: Desk, _said: Namespace) -> Printed:
    """Changes that the server refused, whole, with the reason."""
    with desk.store() as store:
        return {"quarantined": [entry.told() for entry in store.quarantined()]}


def disclosures(desk: Desk, _said: Namespace) -> Printed:
    """Which masked values were used in full here."""
    with desk.store() as store:
        return {"disclosures": disclosed(store)}


def change_pin(desk: Desk, _said: Namespace) -> Printed:
    """Let another PIN open this store."""
    if desk.settings.new_pin is None:
        raise NotValid("pin_missing", field="FIELD_APP_NEW_PIN")
    with desk.vault() as vault:
        vault.change_pin(desk.settings.new_pin)
    return {"changed": True}


def recover(desk: Desk, said: Namespace) -> Printed:
    """Let a new PIN open this store, with an admin's one-time code."""
    if desk.settings.new_pin is None:
        raise NotValid("pin_missing", field="FIELD_APP_NEW_PIN")
    asyncio.run(this_device.recover(desk.place(), desk.settings.new_pin, said.code, desk.entrusted))
    return {"recovered": True}


def verify(desk: Desk, _said: Namespace) -> Printed:
    """Read all that is kept and say that it is whole."""
    with desk.vault() as vault:
        return dict(this_device.check(LocalStore(vault.db, desk.clock), vault))


def compact(desk: Desk, _said: Namespace) -> Printed:
    """Let go of what nobody can read any more."""
    with desk.vault() as vault:
        return {"saved_bytes": vault.compact()}


def rotate_key(desk: Desk, _said: Namespace) -> Printed:
    """Seal everything that is kept under a new data key."""
    with desk.vault() as vault:
        vault.rotate_key(desk.pin())
        return {"rotated": True, "generation": vault.db.vault.anchor.generation}


def wipe(desk: Desk, said: Namespace) -> Printed:
    """Take this device's store away for good; NotValid while anything is unsent that is not rescued or given up."""
    vault = open_vault(desk.place(), desk.pin())
    try:
        store = LocalStore(vault.db, desk.clock)
        if said.rescue:
            keep_rescue_file(store, entrusted_of(desk.place())[1], said.rescue)
        refused = this_device.why_not_leave(store)
        if refused and not said.lose_unsent:
            raise refused
    except BaseException:
        vault.close()
        raise
    erase_vault(vault)
    return {"wiped": True, "lost": refused.facts["count"] if refused else 0}


def rescue(desk: Desk, said: Namespace) -> Printed:
    """Put what only this device has into a file that the organisation's server can open."""
    with desk.locked_store() as store:
        waiting = len(store.waiting())
        kept = keep_rescue_file(store, entrusted_of(desk.place())[1], said.file)
    told = {"rescued": waiting, "photos": len(kept.photos), "photos_left": kept.photos_left}
    return {**told, "file": str(said.file)}


def take_rescue(desk: Desk, said: Namespace) -> Printed:
    """Hand a colleague's rescue file to the server."""

    async def send(store: LocalStore) -> Printed:
        async with desk.connect(store.me) as remote:
            return (await hand_in_file(remote, said.file)).model_dump()

    with desk.store() as store:
        return asyncio.run(send(store))


def report(desk: Desk, said: Namespace) -> Printed:
    """Keep a report for whoever mends this program: ids, stamps, counts and lengths, nothing anybody entered."""
    with desk.locked_store() as store:
        keep_file(said.file, reporting.report(store))
    return {"file": str(said.file)}


def salvage(desk: Desk, _said: Namespace) -> Printed:
    """Get a damaged store going again with all that can still be read of it."""
    mended = this_device.salvage(desk.place(), desk.pin())
    found = mended.found
    told = (
        {"frames": found.frames, "missing_frames": found.missing_frames, "lost_bytes": found.lost_bytes}
        if found
        else {}
    )
    return {"salvaged": bool(found), **told, "records": mended.records, "waiting": mended.waiting}


def _older_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id", help="id of the customer")


def _file_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


def _wipe_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--rescue", type=Path, help="first put what only this device has into this sealed file")
    parser.add_argument("--lose-unsent", action="store_true", help="even though something has not reached the server")


def _recover_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--code", required=True, help="the one-time code that an admin gave")


def _enrol_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--server", help="address of the server")
    parser.add_argument("--code", help="one-time code")
    parser.add_argument("--invite", help="the whole invite: address, fingerprint and code in one")
    parser.add_argument("--name", default="", help="what this device is called")


def _invite(said: Namespace) -> Invite:
    if said.invite and not (said.server or said.code):
        return parse_invite(said.invite)
    if said.server and said.code and not said.invite:
        return Invite(said.server, None, said.code)
    raise NotValid("invite", field="invite")


COMMANDS = (
    Command("enrol", "make this home the device of an invited person", enrol, _enrol_arguments),
    Command("status", "how this device stands", status),
    Command("sync", "send what waits and fetch what is new", sync),
    Command("older", "fetch what was done with a customer before this device's window", older, _older_arguments),
    Command("quarantine", "changes that the server refused", quarantine),
    Command("disclosures", "masked values that were shown, called or copied here", disclosures),
    Command("change-pin", "the new PIN comes from FIELD_APP_NEW_PIN", change_pin),
    Command("recover", "the PIN is forgotten: the new one comes from FIELD_APP_NEW_PIN", recover, _recover_arguments),
    Command("verify", "read all that is kept", verify),
    Command("compact", "let go of what nobody can read any more", compact),
    Command("rotate-key", "seal everything that is kept under a new key", rotate_key),
    Command("wipe", "take this device's store away for good", wipe, _wipe_arguments),
    Command("rescue", "put what only this device has into a sealed file", rescue, _file_arguments),
    Command("take-rescue", "hand a colleague's rescue file to the server", take_rescue, _file_arguments),
    Command("report", "keep a report of a problem, without anybody's data", report, _file_arguments),
    Command("salvage", "get a damaged store going again with all that can be read", salvage),
)

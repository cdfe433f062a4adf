"""Commands about this device: enrol, status, sync, its PIN, its care."""

import asyncio
from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from field_app.actions import syncing, this_device
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed
from field_app.local_store import LocalStore
from field_app.vault.opening import salvage_vault
from visit_core.errors import NotValid
from visit_core.invite import Invite, parse_invite


def enrol(desk: Desk, said: Namespace) -> Printed:
    """Make this home somebody's device."""
    me = asyncio.run(this_device.enrol(desk.place(), desk.pin(), _invite(said), desk.pinned, said.name))
    shown = me.model_dump(include={"device", "person", "name", "role", "team", "team_name", "organisation", "server"})
    return {**shown, "secrets": str(desk.settings.secrets)}


def status(desk: Desk, _said: Namespace) -> Printed:
    """How this device stands."""
    with desk.store() as store:
        return dict(this_device.status(store))


def sync(desk: Desk, _said: Namespace) -> Printed:
    """Meet the server."""
    with desk.store() as store:
        return asdict(asyncio.run(syncing.sync(store, desk.connect)))


def quarantine(desk: Desk, _said: Namespace) -> Printed:
    """Changes that the server refused, whole, with the reason."""
    with desk.store() as store:
        return {"quarantined": [entry.model_dump(mode="json") for entry in store.quarantined()]}


def change_pin(desk: Desk, _said: Namespace) -> Printed:
    """Let another PIN open this store."""
    if desk.settings.new_pin is None:
        raise NotValid("pin_missing", field="FIELD_APP_NEW_PIN")
    with desk.vault() as vault:
        vault.change_pin(desk.settings.new_pin)
    return {"changed": True}


def verify(desk: Desk, _said: Namespace) -> Printed:
    """Read all that is kept and say that it is whole."""
    with desk.vault() as vault:
        return dict(this_device.check(LocalStore(vault.db, desk.clock), vault))


def salvage(desk: Desk, _said: Namespace) -> Printed:
    """Go back to the last generation of the store that can be read."""
    was_needed = salvage_vault(desk.place(), desk.pin())
    with desk.store() as store:
        if was_needed:
            store.ask_first()
        return {"salvaged": was_needed, "records": store.count(), "waiting": len(store.waiting())}


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
    Command("quarantine", "changes that the server refused", quarantine),
    Command("change-pin", "the new PIN comes from FIELD_APP_NEW_PIN", change_pin),
    Command("verify", "read all that is kept", verify),
    Command("salvage", "go back to the last readable copy of a damaged store", salvage),
)

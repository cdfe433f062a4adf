"""Somebody whose device was taken out and has not met the server for weeks, with work on it that nobody else has."""

from pathlib import Path

from demo import people
from demo.processes import Device
from demo.stage import Stage
from field_app.clock import SystemClock
from field_app.local_store import LocalStore
from field_app.validity import Watch
from field_app.vault.opening import open_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles

WHO, PIN, AWAY_DAYS = "孙丽", "528460", 20
_DAY_MS = 86_400_000


def stays_away(stage: Stage) -> Device:
    """The device, as it is after all that."""
    env = {"FIELD_APP_PIN": PIN, "FIELD_APP_SECRETS": str(stage.folder / "keystores" / "device-5")}
    device = Device(WHO, stage.folder / "device-5", env)
    words = ("--name", WHO, "--role", "rep", "--team", people.TEAM)
    person = stage.server.run("add-person", *words)["person_id"]
    name = device.run("enrol", "--invite", stage.server.run("enrol-code", "--person", person)["invite"])["device"]
    device.run("sync")
    device.run("add", "customer", "name=何静", "mobile=13577778888")
    stage.server.run("revoke", "--device", str(name))
    _lets_weeks_pass(device)
    return device


def _lets_weeks_pass(device: Device) -> None:
    clock = SystemClock()
    place = Place(device.home, SecretFiles(Path(device.env["FIELD_APP_SECRETS"]), device.home), clock)
    vault = open_vault(place, device.env["FIELD_APP_PIN"])
    try:
        watch = Watch(boot=clock.boot(), seen_ms=clock.mono_ms(), away_ms=AWAY_DAYS * _DAY_MS)
        LocalStore(vault.db, clock).keep_watch(watch)
    finally:
        vault.close()

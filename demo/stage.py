"""The stage of the story: the folders, the server, the wire and the three devices."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from demo import people
from demo.processes import Answer, Device, Server
from demo.wire import Wire


class NotProved(Exception):
    """What a step says is not so."""


@dataclass(slots=True)
class Stage:
    """Everything that a step may use, and what earlier steps found out."""

    folder: Path
    table: Path
    wire: Wire
    server: Server
    rep: Device
    colleague: Device
    supervisor: Device
    secrets: list[str] = field(default_factory=list)
    found: Answer = field(default_factory=dict)

    @property
    def devices(self) -> tuple[Device, Device, Device]:
        """All three devices."""
        return self.rep, self.colleague, self.supervisor

    def serve(self) -> str:
        """Start the server process and lead the wire to it; give its address."""
        address = self.server.start()
        self.wire.lead_to(address)
        return address

    def everyone_syncs(self) -> list[Answer]:
        """Each device syncs once; then again, so that everybody has everything."""
        for device in self.devices:
            device.run("sync")
        return [device.run("sync") for device in self.devices]

    def everywhere(self, kind: str, record: str, name: str) -> list[object]:
        """A field's value on each device and in the central store."""
        on_devices = [device.get(kind, record).get(name) for device in self.devices]
        return [*on_devices, self.server.run("get", kind, record)["record"].get(name)]


@contextmanager
def stage_in(folder: Path, table: Path | None) -> Iterator[Stage]:
    """A fresh stage below `folder`; the server process is ended when the story leaves it."""
    told = table or _made_up(folder)
    keys = folder / "server-keys"
    keys.mkdir(parents=True)
    env = {"SYNC_SERVER_KEY_FILE": str(keys / "central.key")}
    server = Server(folder / "server", env, folder / "server.log")
    rep, colleague, supervisor = (_device(folder, name) for name in people.PINS)
    with Wire() as wire:
        try:
            yield Stage(folder, told, wire, server, rep, colleague, supervisor)
        finally:
            server.stop()


def prove(holds: object, claim: str) -> None:
    """Go on only if the claim holds."""
    if not holds:
        raise NotProved(claim)


def _device(folder: Path, name: str) -> Device:
    place = f"device-{list(people.PINS).index(name) + 1}"
    env = {"FIELD_APP_PIN": people.PINS[name], "FIELD_APP_SECRETS": str(folder / "keystores" / place)}
    return Device(name, folder / place, env)


def _made_up(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    table = folder / "customers-to-import.csv"
    table.write_text(people.CUSTOMERS, "utf-8")
    return table

"""One home, its server process, and the devices of one team; judged by what the store holds in the end."""

import io
import logging
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.sync.ours import Seat, enrolled
from bench.sync.processes import free_port, with_our_code
from demo.processes import ProcessFailed, end, next_line
from field_app.enrolment import Me
from sync_server.home import fresh_settings, make_home, open_central
from sync_server.settings import Settings
from sync_server.store_sql.store import SqlStore
from torture.wires.device import NAME, SECRETS, Device, Owner


@dataclass(slots=True)
class Scene:
    """A home with so many enrolled people, and what was logged on both sides."""

    folder: Path
    settings: Settings
    seats: list[Seat]
    port: int
    devices: list[Device] = field(default_factory=list)
    process: "subprocess.Popen[bytes] | None" = None
    log: io.StringIO = field(default_factory=io.StringIO)  # of this process: the devices' side

    @property
    def address(self) -> str:
        """Where the server is, or will be."""
        return f"http://127.0.0.1:{self.port}"

    def device(self) -> Device:
        """The next person's device."""
        self.devices.append(Device.of(self.folder / f"device-{len(self.devices)}", self.owner()))
        return self.devices[-1]

    def owner(self) -> Owner:
        """Whose the next device is."""
        seat = self.seats[len(self.devices)]
        with self.opened() as store:
            (team,) = store.teams()
        me = Me(
            device=seat.device, token=seat.token, person=seat.person, name=NAME, role="rep", team=team.id,
            team_name=team.name, organisation="wires", server=self.address,
        )  # fmt: skip
        return Owner(me=me, epoch=team.epoch)

    def serves(self) -> None:
        """Start the server program, and wait until somebody can connect."""
        home = str(self.settings.home)
        words = [sys.executable, "-m", "sync_server", "serve", "--home", home, "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, env=with_our_code())
        try:
            next_line(self.process)
        except ProcessFailed as failure:
            raise RuntimeError((self.folder / "server.log").read_text("utf-8")[-600:]) from failure

    def stops(self, sign: int = signal.SIGTERM) -> None:
        """End the server program by that signal, and wait for its end."""
        if self.process:
            end(self.process, sign)
            self.process = None

    @contextmanager
    def opened(self, database: str = "") -> Iterator[SqlStore]:
        """The central store, beside the server or without it, or what is in the database of that address."""
        store = open_central(self.settings.model_copy(update={"database": database or self.settings.database}), {})
        try:
            yield store
        finally:
            store.close()

    def kept(self, database: str = "") -> set[str]:
        """The ids of all customers in the central store, or in the database of that address."""
        with self.opened(database) as store:
            (team,) = store.teams()
            found = store.read(team.id, lambda reading: reading.records_of("customer", 10**6))
        return {record.id for record in found}

    def ends(self) -> None:
        """Everything is closed."""
        self.stops()
        for device in self.devices:
            device.close()

    def flaws(self) -> Iterator[str]:
        """What is wrong in the end: a record missing or doubled, a number twice, a queue that stands, a name told."""
        made = [id for device in self.devices for id in device.made]
        missing, others = set(made) - self.kept(), self.kept() - set(made)
        yield from (f"{len(them)} {what}" for what, them in (("missing", missing), ("from nowhere", others)) if them)
        with self.opened() as store:
            yield from store.flaws()
            counts = store.counts()
        marks = sum(device.store.progress().next_n - 1 for device in self.devices)
        if marks != counts["change_log"] - self.of_the_server():
            yield f"{counts['change_log']} changes in the log for {marks} numbers"
        yield from self._left_over()
        yield from (f"{secret!r} in a log" for secret in SECRETS if secret in self.said())

    def of_the_server(self) -> int:
        """How many changes in the log the server made by itself: one for each person."""
        return len(self.seats)

    def said(self) -> str:
        """All that the server and the devices have logged, those in processes of their own too."""
        return "".join(path.read_text("utf-8") for path in self.folder.glob("*.log")) + self.log.getvalue()

    def _left_over(self) -> Iterator[str]:
        for number, device in enumerate(self.devices):
            if device.store.waiting():
                yield f"{len(device.store.waiting())} waiting on device {number}"


@contextmanager
def a_scene(folder: Path, people: int, database: str = "") -> Iterator[Scene]:
    """Found a home, enrol people, serve; in a file, or in the database of that address."""
    folder.mkdir(parents=True, exist_ok=True)
    given = {"organisation": "wires", "key_file": str(folder / "store.key"), "database": database}
    settings = fresh_settings(folder / "home", **given)
    make_home(settings, {})
    store = open_central(settings, {})
    scene = Scene(folder, settings, [enrolled(store, number) for number in range(people)], free_port())
    store.close()
    with _logged(scene.log):
        try:
            scene.serves()
            yield scene
        finally:
            scene.ends()


@contextmanager
def _logged(told: io.StringIO) -> Iterator[None]:
    """All that this process logs meanwhile is written down."""
    handler, root = logging.StreamHandler(told), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def all_even(devices: Iterable[Device]) -> None:
    """Everybody meets the server twice, so that all have everything."""
    for device in [*devices] * 2:
        device.syncs()

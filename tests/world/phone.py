"""A phone of the simulated world: the product's own store and sync, on a disk that may give out at any step.

A sync is a coroutine of the product that the world drives by hand: it stops where the request leaves and goes on when
the world brings an answer or a failure. So every order of events is one the world has chosen.
"""

import shutil
from collections.abc import Callable, Coroutine, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from field_app.blobs import Blobs
from field_app.enrolment import Me
from field_app.local_store import Edit, LocalStore, settle_in
from field_app.progress import Anchor
from field_app.remote import Answer
from field_app.sync import SyncReport, sync_once
from field_app.vault.database import VaultDB
from field_app.vault.files import Disk
from tests.world.clocks import SkewedClock
from visit_core.errors import DeviceRevoked, VisitError
from visit_core.joining import EnrolRequest, EnrolResponse, RecoverRequest, RecoverResponse
from visit_core.protocol import FieldPast, SyncRequest, SyncResponse

DATA_KEY = bytes(range(32))
ALL = 10**9
Sends = Callable[["Phone", int, SyncRequest], None]
Talk = Coroutine[Any, Any, SyncReport]


class BatteryOut(BaseException):
    """The phone stops here, whatever it was doing."""


class BrittleDisk(Disk):
    """Needs no waiting; the battery goes at the step at which the fuse has burnt down."""

    fuse = 0

    def _burns(self) -> bool:
        self.fuse -= 1
        return self.fuse == 0

    def write(self, fd: int, blob: memoryview) -> int:
        if self._burns():
            super().write(fd, blob[: len(blob) // 2])
            raise BatteryOut
        return super().write(fd, blob)

    def sync(self, fd: int) -> None:
        if self._burns():
            raise BatteryOut

    def allocate(self, fd: int, offset: int, size: int) -> bool:
        return False


class Wire:
    """The remote of a sync that the world drives."""

    @property
    def blobs(self) -> Blobs:
        raise NotImplementedError

    async def enrol(self, request: EnrolRequest) -> EnrolResponse:
        raise NotImplementedError

    async def recover(self, request: RecoverRequest) -> RecoverResponse:
        raise NotImplementedError

    async def read(self, path: str, shape: type[Answer]) -> Answer:
        raise NotImplementedError

    async def tell(self, path: str, said: BaseModel | None, shape: type[Answer]) -> Answer:
        raise NotImplementedError

    async def past(self, kind: str, record: str, field: str) -> FieldPast:
        raise NotImplementedError

    async def sync(self, request: SyncRequest) -> SyncResponse:
        return await _Asked(request)


@dataclass(slots=True)
class _Asked:
    request: SyncRequest

    def __await__(self) -> Generator[SyncRequest, SyncResponse, SyncResponse]:
        return (yield self.request)


@dataclass(slots=True)
class Named:
    """What the phone was told of one of its changes."""

    n: int
    status: str
    stamp: str | None
    life: int  # how often the server had been restored by then


@dataclass(slots=True)
class Phone:
    """One phone with one person; `talks` are its syncs under way."""

    path: Path
    clock: SkewedClock
    sends: Sends
    store: LocalStore = field(init=False)
    disk: BrittleDisk = field(init=False)
    talks: dict[int, Talk] = field(default_factory=dict)
    tickets: int = 0
    exchanges: int = 0
    absent: int = 0  # for how many of its acts it has no network
    is_revoked: bool = False
    has_copy: bool = False
    went_back: bool = False
    forgotten: set[str] = field(default_factory=set)  # stamps of what it had made and went back behind
    unheard: set[int] = field(default_factory=set)  # of what it was told and went back behind
    failures: list[str] = field(default_factory=list)
    named: dict[int, Named] = field(default_factory=dict)
    older: dict[str, set[tuple[str, str]]] = field(default_factory=dict)  # what came on demand, by customer
    companies: dict[int, set[tuple[int, ...]]] = field(default_factory=dict)  # by transaction, as they were sent

    def settles(self, me: Me, epoch: str, server_ms: int) -> None:
        """Become that person's."""
        self.disk = BrittleDisk()
        db = VaultDB(self.path, DATA_KEY, begin=True, disk=self.disk)
        settle_in(db, me, epoch, Anchor(server_ms=server_ms, mono_ms=self.clock.mono_ms(), boot=self.clock.boot()))
        self.store = LocalStore(db, self.clock)

    def restarts(self) -> None:
        """The app dies and is opened again: what is on disk is all there is."""
        self.ends()
        self.disk = BrittleDisk()
        self.store = LocalStore(VaultDB(self.path, DATA_KEY, disk=self.disk), self.clock)

    def is_copied(self) -> None:
        """What is on its disk is kept aside, as by a backup of the phone."""
        shutil.copyfile(self.path, self._copy)
        self.has_copy = True

    def goes_back(self) -> None:
        """The copy takes the place of what it had, and is opened as a store that has lost something."""
        self.ends()
        shutil.copyfile(self._copy, self.path)
        self.disk = BrittleDisk()
        self.store = LocalStore(VaultDB(self.path, DATA_KEY, disk=self.disk), self.clock)
        self.store.begin_after_salvage()
        self.unheard |= self.named.keys() - {entry.n for entry in self.store.confirmed(ALL)}
        self.went_back = True

    @property
    def _copy(self) -> Path:
        return self.path.with_suffix(".copy")

    def ends(self) -> None:
        """The app is gone, without a word."""
        for talk in self.talks.values():
            talk.close()
        self.talks.clear()
        self.store.together.vault.engine.close()

    def dies_after(self, steps: int) -> None:
        """The battery goes at that step of writing from now."""
        self.disk.fuse = steps

    def keeps(self, *edits: Edit) -> bool:
        """Keep what the person did; False if the battery went meanwhile."""
        try:
            self.store.keep(*edits)
        except BatteryOut:
            self.restarts()
            return False
        return True

    def syncs(self) -> None:
        """Begin to meet the server."""
        self.tickets += 1
        self.talks[self.tickets] = sync_once(self.store, Wire())
        self._goes_on(self.tickets, lambda talk: talk.send(None))

    def hears(self, ticket: int, answer: SyncResponse | VisitError) -> None:
        """An answer or a failure has come for that sync, if it is still under way."""
        if isinstance(answer, VisitError):
            self._goes_on(ticket, lambda talk: talk.throw(answer))
        else:
            self._goes_on(ticket, lambda talk: talk.send(answer))

    def was_told(self, told: SyncResponse, life: int) -> None:
        """Write down what it was told for good: neither what was ignored, nor what the battery took along."""
        waiting = {entry.n for entry in self.store.waiting()}
        for result in told.results:
            if result.n not in waiting:
                self.named.setdefault(result.n, Named(result.n, result.status, result.stamp, life))

    def sends_together(self, asked: SyncRequest) -> None:
        """Write down which numbers of one transaction leave in one request."""
        by_tx: dict[int, list[int]] = {}
        for change in asked.changes:
            if change.tx is not None:
                by_tx.setdefault(change.tx, []).append(change.n)
        for tx, numbers in by_tx.items():
            self.companies.setdefault(tx, set()).add(tuple(numbers))

    def _goes_on(self, ticket: int, move: Callable[[Talk], Any]) -> None:
        talk = self.talks.get(ticket)
        if talk is None:
            return
        try:
            asked = move(talk)
        except BatteryOut:
            self.restarts()
        except (StopIteration, VisitError) as ended:
            self.talks.pop(ticket, None)
            self._note(ended)
        else:
            self.exchanges += 1
            self.sends(self, ticket, asked)

    def _note(self, ended: Exception) -> None:
        if isinstance(ended, DeviceRevoked):
            self.is_revoked = True
        elif isinstance(ended, VisitError) and ended.code != "unreachable":
            self.failures.append(ended.code)

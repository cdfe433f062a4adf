"""A sync that is stopped at any line, and run again, ends as if nothing had happened (M3)."""

import asyncio
import copy
from pathlib import Path

import pytest
from pydantic import BaseModel

from field_app.blobs import Blobs
from field_app.local_store import LocalStore
from field_app.vault.files import Disk
from tests.app.fakes import Answer, FakeServer
from tests.app.phones import Phone, a_phone
from visit_core.change import Change
from visit_core.errors import Unreachable
from visit_core.joining import EnrolRequest, EnrolResponse, RecoverRequest, RecoverResponse
from visit_core.protocol import ErrorInfo, FieldPast, SyncRequest, SyncResponse


class Stopped(BaseException):
    """The battery is out."""


class StoppingDisk(Disk):
    """The battery goes out at one step of writing."""

    def __init__(self, stop_at: int) -> None:
        self.steps, self.stop_at = 0, stop_at

    def _step(self) -> None:
        self.steps += 1
        if self.steps == self.stop_at:
            raise Stopped

    def write(self, fd: int, blob: memoryview) -> int:
        self._step()
        return super().write(fd, blob)

    def sync(self, fd: int) -> None:
        self._step()

    def truncate(self, fd: int, size: int) -> None:
        super().truncate(fd, size)
        self._step()

    def rename(self, old: Path, new: Path) -> None:
        super().rename(old, new)
        self._step()


class StoppingWire:
    """The battery goes out while waiting for the server: before it has heard, or after."""

    def __init__(self, server: FakeServer, stop_at: int) -> None:
        self.server, self.moments, self.stop_at = server, 0, stop_at

    def _moment(self) -> None:
        self.moments += 1
        if self.moments == self.stop_at:
            raise Stopped

    @property
    def blobs(self) -> Blobs:
        return self.server.blobs

    async def enrol(self, request: EnrolRequest) -> EnrolResponse:
        return await self.server.enrol(request)

    async def recover(self, request: RecoverRequest) -> RecoverResponse:
        return await self.server.recover(request)

    async def read(self, path: str, shape: type[Answer]) -> Answer:
        return await self.server.read(path, shape)

    async def tell(self, path: str, said: BaseModel | None, shape: type[Answer]) -> Answer:
        return await self.server.tell(path, said, shape)

    async def past(self, kind: str, record: str, field: str) -> FieldPast:
        return await self.server.past(kind, record, field)

    async def sync(self, request: SyncRequest) -> SyncResponse:
        self._moment()
        answer = await self.server.sync(request)
        self._moment()
        return answer


def refuse_the_bad_one(change: Change) -> ErrorInfo | None:
    return ErrorInfo(code="not_valid", field="name") if change.fields.get("name") == "坏" else None


@pytest.fixture
def eventful(tmp_path: Path, server: FakeServer) -> Phone:
    """A phone with changes of every sort to push, and pages of rows to pull."""
    server.page, server.refuses = 2, refuse_the_bad_one
    ben, ana = a_phone(tmp_path / "ben", server, "ben"), a_phone(tmp_path / "ana", server)
    for name in ("甲", "乙", "丙"):
        ben.records(name)
    ben.syncs()
    ana.syncs()
    shared = next(view.id for view in ana.store.find("customer"))
    ben.sets(shared, remark="乙改")
    ben.syncs()
    ana.records("张三")
    ana.records("坏")
    ana.sets(shared, email="a@b.cn")
    ana.records("李四")
    return ana


def outcome(phone: Phone) -> tuple[object, ...]:
    """All that must not depend on when the battery went out."""
    store: LocalStore = phone.store
    seen = {view.id: dict(view.fields) for view in store.find("customer", deleted=True)}
    refused = [entry.fields for entry in store.quarantined()]
    kept = {key: dict(fields) for key, fields in phone.server.records.items()}
    numbers = phone.server.guests[store.me.device].last_n
    return seen, refused, kept, numbers, len(store.waiting()), store.progress().cursors


def after_one_stop(phone: Phone, folder: Path, at: int, where: str) -> tuple[bool, tuple[object, ...]]:
    """Sync with one stop, open again what is on disk, sync again; give whether it stopped, and the outcome."""
    server = copy.deepcopy(phone.server)
    disk = StoppingDisk(at if where == "disk" else 0)
    stopping = phone.copied(folder / f"{where}-{at}", server, disk)
    wire = StoppingWire(server, at if where == "wire" else 0)
    try:
        stopping.syncs(wire)
        was_stopped = False
    except Stopped:
        was_stopped = True
    again = stopping.copied(folder / f"{where}-{at}-again", server)
    again.syncs()
    return was_stopped, outcome(again)


@pytest.mark.parametrize("where", ["disk", "wire"])
def test_a_stop_at_any_step_and_a_second_run_give_the_same_end(eventful: Phone, tmp_path: Path, where: str) -> None:
    was_stopped, undisturbed = after_one_stop(eventful, tmp_path, 0, where)
    assert not was_stopped
    stops = 0
    while True:
        was_stopped, end = after_one_stop(eventful, tmp_path, stops + 1, where)
        assert end == undisturbed, stops
        if not was_stopped:
            break
        stops += 1
    assert stops >= (6 if where == "disk" else 4)


def test_a_wire_that_is_cut_again_and_again_only_takes_longer(eventful: Phone, tmp_path: Path) -> None:
    _, undisturbed = after_one_stop(eventful, tmp_path, 0, "wire")
    phone = eventful.copied(tmp_path / "cut", copy.deepcopy(eventful.server))
    for answers in (0, 0, 1):
        phone.server.cuts_after = answers
        with pytest.raises(Unreachable):
            phone.syncs()
    phone.server.cuts_after = None
    phone.syncs()
    assert outcome(phone) == undisturbed


def test_a_save_during_a_sync_is_not_lost(eventful: Phone) -> None:
    request = eventful.store.next_request()
    late = eventful.records("迟到")
    eventful.store.take_in(asyncio.run(eventful.server.sync(request)), request)
    assert [entry.id for entry in eventful.store.waiting()] == [late]
    eventful.syncs()
    assert ("customer", late) in eventful.server.records

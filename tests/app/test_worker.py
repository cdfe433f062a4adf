"""The store's own thread: steps in order, those that wait behind one another in one commit, each its own failure."""

import asyncio
import threading
from functools import partial
from pathlib import Path

import pytest

from field_app.device import Device
from field_app.settings import Settings
from field_app.vault.database import VaultDB
from field_app.vault.verify import verify
from field_app.worker import StoreThread
from tests.app.fakes import FakeClock
from tests.app.vaults import RefusingDisk, a_database, reopened
from visit_core.errors import NoRoom


class Gate:
    """Holds the store's thread busy until the test has asked for all it wants."""

    def __init__(self) -> None:
        self._open = threading.Event()

    def wait(self) -> None:
        assert self._open.wait(10)

    def open(self) -> None:
        self._open.set()


async def all_at_once(db: VaultDB, *steps):
    """The outcomes of steps that were asked for while the thread was busy."""
    thread, gate = StoreThread(), Gate()
    busy = asyncio.create_task(thread.run(gate.wait))
    await asyncio.sleep(0)
    asked = [asyncio.create_task(thread.run(step, together=db)) for step in steps]
    await asyncio.sleep(0)
    gate.open()
    outcomes = await asyncio.gather(busy, *asked, return_exceptions=True)
    thread.close()
    return outcomes[1:]


def fails(db: VaultDB) -> None:
    db.insert({"n": "undone"})
    raise ZeroDivisionError


def test_saves_that_wait_behind_one_another_are_one_commit(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data.log")
    ids = asyncio.run(all_at_once(db, *(partial(db.insert, {"n": n}) for n in range(20))))
    assert ids == list(range(1, 21))
    assert verify(db.vault).commits == 1
    assert [document["n"] for document in reopened(tmp_path / "data.log")] == list(range(20))


def test_one_of_them_that_fails_takes_nobody_along(tmp_path: Path) -> None:
    db = a_database(tmp_path / "data.log")
    steps = (partial(db.insert, {"n": 1}), partial(fails, db), partial(db.insert, {"n": 2}))
    first, failed, last = asyncio.run(all_at_once(db, *steps))
    assert (first, last) == (1, 2)
    assert isinstance(failed, ZeroDivisionError)
    assert db.all() == [{"n": 1}, {"n": 2}] == reopened(tmp_path / "data.log").all()


def test_nobody_is_told_that_it_is_saved_when_the_one_commit_is_refused(tmp_path: Path) -> None:
    disk = RefusingDisk()
    db = a_database(tmp_path / "data.log", disk)
    disk.refuse_at, disk.errno = disk.steps + 1, 28
    outcomes = asyncio.run(all_at_once(db, *(partial(db.insert, {"n": n}) for n in range(3))))
    assert [type(outcome) for outcome in outcomes] == [NoRoom] * 3
    assert db.all() == [] == reopened(tmp_path / "data.log").all()


def test_steps_run_in_the_order_they_were_asked_for() -> None:
    async def asked():
        thread = StoreThread()
        seen: list[int] = []
        await asyncio.gather(*(thread.run(partial(seen.append, n)) for n in range(50)))
        thread.close()
        return seen

    assert asyncio.run(asked()) == list(range(50))


def test_a_failure_reaches_the_one_who_asked() -> None:
    async def asked():
        thread = StoreThread()
        with pytest.raises(ZeroDivisionError):
            await thread.run(lambda: 1 // 0)
        assert await thread.run(lambda: 2) == 2
        thread.close()

    asyncio.run(asked())


def test_what_only_waits_for_a_disk_runs_there_too_while_the_store_is_locked(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", secrets=tmp_path / "secrets")

    async def asked() -> str:
        device = Device(settings, FakeClock())
        told = await device.aside(lambda: threading.current_thread().name)
        await device.close()
        return told

    assert asyncio.run(asked()) == "store"

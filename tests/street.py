"""A street for tests: phones and a server in one process, real parts throughout, wires that can be cut, clocks that
are set by hand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

from field_app.actions import conflicts, records, reviewing, syncing, this_device
from field_app.actions.older import fetch_older
from field_app.enrolment import Me
from field_app.local_store import LocalStore
from field_app.remote import HttpRemote, Remote
from field_app.sync import SyncReport
from field_app.vault.kdf import KdfCost
from field_app.vault.opening import OpenVault, open_vault
from field_app.vault.place import Place
from field_app.vault.secrets import SecretFiles
from tests.server.world import MINUTE, NINE, Office
from visit_core.invite import Invite
from visit_core.packing import unpacked

CHEAP = KdfCost(memory_kib=64, passes=1, scrypt_log_n=4)
ADDRESS, PIN = "http://127.0.0.1:9", "730914"


class Street:
    """One server and the phones of one team; the minute is set by `at`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.office = Office(folder / "server")
        self.phones: list[Phone] = []

    def phone(self, name: str, role: str = "rep", *, ahead_min: float = 0, team: str = "east") -> "Phone":
        """Somebody new with a phone whose wall clock is `ahead_min` minutes fast."""
        code = self.office.code_for(self.office.hires(name, role, team))
        phone = Phone(self, self.folder / f"phone-{len(self.phones)}", code, PhoneClock(self.office, ahead_min))
        self.phones.append(phone)
        return phone

    def at(self, minute: float) -> None:
        """It is so many minutes past the hour."""
        self.office.clock.at(minute)

    def everyone_syncs(self, times: int = 2) -> None:
        """Every phone meets the server, in turn; twice, so that all have everything."""
        for _ in range(times):
            for phone in self.phones:
                phone.syncs()

    def server_sees(self, kind: str, record: str) -> dict[str, Any]:
        """The record as the central store has it for the first phone's team."""
        return self.office.sees(self.phones[0].me.team, kind, record)

    def overruled(self) -> set[str]:
        """Every value in the first team's conflict log that did not stand."""
        return {str(one["loser"]["value"]) for one in self.office.conflicts(self.phones[0].me.team)}

    def sets(self, **settings: Any) -> None:
        """The operator changes settings and starts the server anew."""
        self.office.store.close()
        self.office.settings = self.office.settings.model_copy(update=settings)
        self.office.opens()

    def close(self) -> None:
        for phone in self.phones:
            phone.vault.close()
        self.office.store.close()


class PhoneClock:
    """A phone's clocks: the wall clock may be wrong, the other goes as time does."""

    def __init__(self, office: Office, ahead_min: float) -> None:
        self.office, self.ahead_ms, self.boots = office, round(ahead_min * MINUTE), 0

    def wall_ms(self) -> int:
        return self.office.clock() + self.ahead_ms

    def mono_ms(self) -> int:
        return self.office.clock() - NINE + 10**9

    def boot(self) -> str:
        return f"boot-{self.boots}"


class Wire(httpx.AsyncBaseTransport):
    """What lies between one phone and the server; set what is wrong with it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.is_cut = False
        self.loses_answers = False
        self.answers: httpx.Response | None = None
        self.cut_answer_at: int | None = None
        self.requests: list[bytes] = []
        self.last_answer = b""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.is_cut:
            raise httpx.ConnectError("no network")
        if self.answers:
            return self.answers
        self.requests.append(await request.aread())
        inner = httpx.ASGITransport(self._office.app, client=("198.51.100.7", 4711))
        answer = await inner.handle_async_request(request)
        packed = b"".join([piece async for piece in answer.stream])  # type: ignore[union-attr]
        self.last_answer = unpacked(packed, answer.headers.get("content-encoding", ""), 16_000_000)
        if self.loses_answers:
            raise httpx.ReadError("the connection broke")
        if self.cut_answer_at is not None:
            return httpx.Response(answer.status_code, content=self.last_answer[: self.cut_answer_at])
        told = {name: value for name, value in answer.headers.items() if name.startswith("upload-")}
        return httpx.Response(answer.status_code, headers=told, content=self.last_answer)


class Phone:
    """One person's phone, with the very actions that the screens call."""

    def __init__(self, street: Street, folder: Path, code: str, clock: PhoneClock) -> None:
        self.wire, self.clock = Wire(street.office), clock
        self.place = Place(folder / "home", SecretFiles(folder / "secrets", folder / "home"), clock, CHEAP)
        self.me = asyncio.run(this_device.enrol(self.place, PIN, Invite(ADDRESS, None, code), self._pinned))
        self.vault: OpenVault
        self.opens()

    def opens(self) -> None:
        """Unlock the store with the PIN."""
        self.vault = open_vault(self.place, PIN)
        self.store = LocalStore(self.vault.db, self.clock)

    def restarts(self) -> None:
        """The app is ended and opened again."""
        self.vault.close()
        self.opens()

    def reboots(self) -> None:
        """The phone itself starts anew: its clock that nobody can set begins again."""
        self.clock.boots += 1

    def adds(self, kind: str, /, **fields: Any) -> str:
        return records.add(self.store, kind, fields)

    def sets(self, kind: str, record: str, /, **fields: Any) -> None:
        records.change(self.store, kind, record, fields)

    def deletes(self, kind: str, record: str) -> None:
        records.delete(self.store, kind, record)

    def brings_back(self, kind: str, record: str) -> None:
        records.restore(self.store, kind, record)

    def reviews(self, visit: str, verdict: str, *notes: tuple[str | None, str]) -> None:
        reviewing.review(self.store, visit, verdict, notes)

    def sees(self, kind: str, record: str) -> dict[str, Any]:
        return records.get(self.store, kind, record)

    def lists(self, kind: str, **where: Any) -> list[dict[str, Any]]:
        return records.listed(self.store, kind, where)

    def conflicts(self) -> list[dict[str, Any]]:
        return conflicts.conflicts(self.store)

    def restores(self, conflict: str) -> None:
        conflicts.restore_value(self.store, conflict)

    def waiting(self) -> int:
        return len(self.store.waiting())

    def fetches_older(self, customer: str) -> int:
        return asyncio.run(self._older(customer))

    async def _older(self, customer: str) -> int:
        async with self.connect(self.me) as remote:
            return await fetch_older(self.store, remote, customer=customer)

    def syncs(self) -> SyncReport:
        return asyncio.run(syncing.sync(self.store, self.connect))

    @asynccontextmanager
    async def connect(self, me: Me) -> AsyncIterator[Remote]:
        """The server as this phone reaches it."""
        async with HttpRemote(me.server, token=me.token, transport=self.wire) as remote:
            yield remote

    @asynccontextmanager
    async def _pinned(self, invite: Invite) -> AsyncIterator[tuple[Remote, str | None]]:
        async with HttpRemote(invite.address, transport=self.wire) as remote:
            yield remote, None

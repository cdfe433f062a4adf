"""A device that speaks our protocol, with its records in memory; and the program it speaks to."""

import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.sync.documents import Document, as_json, in_parts
from bench.sync.packing import Packing, told
from bench.sync.processes import free_port, running, with_our_code
from sync_server import people
from sync_server.home import fresh_settings, make_home, open_central
from sync_server.store import CentralStore
from visit_core.change import SCHEMA_V
from visit_core.joining import EnrolRequest
from visit_core.protocol import MAX_CHANGES
from visit_core.registers import spread
from visit_core.stamp import HybridClock

TIMEOUT_S = 300
CODE_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Seat:
    """Who a device is, as the server enrolled it."""

    token: str
    device: str
    person: str


@dataclass(slots=True)
class OurDevice:
    """One enrolled device."""

    address: str
    seat: Seat
    packing: Packing
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    conflicts: int = 0
    _seqs: dict[str, int] = field(default_factory=dict)
    _unsent: list[dict[str, Any]] = field(default_factory=list)
    _n: int = 0
    _cursors: dict[str, int] = field(default_factory=dict)
    _client: httpx.AsyncClient = field(init=False)
    _stamps: HybridClock = field(init=False)

    def __post_init__(self) -> None:
        headers = {"authorization": f"Bearer {self.seat.token}", **self.packing.headers}
        self._client = httpx.AsyncClient(base_url=self.address, headers=headers, timeout=TIMEOUT_S, trust_env=False)
        self._stamps = HybridClock(self.seat.device)

    async def takes(self, documents: Sequence[Document]) -> None:
        """Visits that were made here."""
        for one in documents:
            self._does("create", one["id"], spread("visit", {}, one["fields"]))
            self.records[one["id"]] = one["fields"]

    async def edits(self, ids: Sequence[str], fields: dict[str, Any]) -> None:
        """Correct these visits, in sight of what was pulled."""
        for id in ids:
            self._does("set", id, fields)

    async def push(self) -> None:
        """Five hundred changes a request; every one must have been taken."""
        for part in in_parts(self._unsent, MAX_CHANGES):
            answer = await self._asks({"changes": part})
            statuses = {result["status"] for result in answer["results"]}
            assert len(answer["results"]) == len(part)
            assert "rejected" not in statuses
        self._unsent = []

    async def pull(self) -> None:
        """Page after page up to the head."""
        async for row in self._rows():
            if row["kind"] == "visit":
                self.records[row["id"]] = row["fields"]
                self._seqs[row["id"]] = row["seq"]
            self.conflicts += row["kind"] == "conflict"

    async def held(self) -> set[str]:
        """The ids of all visits that are here."""
        return set(self.records)

    async def close(self) -> None:
        """Done."""
        await self._client.aclose()

    def _does(self, op: str, id: str, registers: dict[str, Any]) -> None:
        self._n += 1
        said = {"n": self._n, "op": op, "kind": "visit", "id": id, "fields": registers, "by": self.seat.person}
        at, clock = str(self._stamps.tick(_now_ms())), _evidence()
        self._unsent.append({**said, "at": at, "clock": clock, "base": self._seqs.get(id, 0), "schema_v": SCHEMA_V})

    async def _rows(self) -> AsyncIterator[dict[str, Any]]:
        more = True
        while more:
            pulled = (await self._asks({"pull": {"cursors": self._cursors}}))["pull"]
            for row in pulled["rows"]:
                yield row
            self._cursors, more = pulled["cursors"], pulled["more"]

    async def _asks(self, said: dict[str, Any]) -> dict[str, Any]:
        body = as_json({"device": self.seat.device, "sent": _evidence(), "brief": True, **said})
        return told(await self._client.post("/v1/sync", content=self.packing.pack(body)))


@contextmanager
def our_server(folder: Path, python: str, seats: int, database: str = "") -> Iterator[tuple[int, str, list[Seat]]]:
    """Pid and address of the program as an operator runs it, with so many enrolled people of one team."""
    settings = fresh_settings(folder / "home", organisation="bench", key_file=str(folder / "store.key"))
    settings = settings.model_copy(update={"database": database})
    make_home(settings, {})
    store = open_central(settings, {})
    seated = [enrolled(store, number) for number in range(seats)]
    store.close()
    port = free_port()
    serve = [python, "-m", "sync_server", "serve", "--home", str(settings.home), "--port", str(port)]
    with running(serve, port, folder / "server.log", with_our_code()) as pid:
        yield pid, f"http://127.0.0.1:{port}", seated


def enrolled(store: CentralStore, number: int) -> Seat:
    """Somebody new in the one team, with a device."""
    somebody = people.add_person(store, name=f"Rep {number}", role="rep", team_name="east", now_ms=_now_ms)
    code = people.new_enrol_code(store, somebody.id, minutes=CODE_MINUTES, now_ms=_now_ms)
    taken = people.enrol(store, EnrolRequest(code=code), _now_ms)
    return Seat(taken.token, taken.device, somebody.id)


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


def _evidence() -> dict[str, Any]:
    return {"wall_ms": _now_ms(), "mono_ms": time.monotonic_ns() // 1_000_000, "boot": "bench"}

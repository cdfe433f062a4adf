"""An office for tests: a real encrypted store in a folder, a clock that is set by hand, phones that are scripted."""

import asyncio
import json
import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from fastapi import FastAPI
from sqlalchemy import Connection

from sync_server import people
from sync_server.app import build
from sync_server.auth import Principal
from sync_server.care.caretaker import Caretaker
from sync_server.care.restore import Restored, restore
from sync_server.exchange import exchange
from sync_server.home import fresh_settings, make_home, open_central
from sync_server.intake import read_push
from sync_server.kept import Person
from sync_server.keys import audit_key, read_key
from sync_server.looking import conflicts_in, record_in
from sync_server.settings import Settings
from sync_server.store_sql.audit import AuditChain
from sync_server.store_sql.copying import empty, fill
from sync_server.store_sql.engine import Engines, open_engines
from sync_server.store_sql.opening import once
from sync_server.trustee import Trustee
from visit_core.ids import new_id
from visit_core.joining import EnrolRequest
from visit_core.protocol import SyncResponse
from visit_core.stamp import HybridClock

NINE = 1_795_298_400_000  # 2026-11-21T22:00:00Z
MINUTE = 60_000


class Clock:
    """The server's clock, set by hand."""

    def __init__(self, now_ms: int = NINE) -> None:
        self.now_ms = now_ms

    def __call__(self) -> int:
        return self.now_ms

    def at(self, minute: float) -> None:
        self.now_ms = NINE + round(minute * MINUTE)


class Office:
    """A server that is not listening: its store, and its application for those who want HTTP."""

    def __init__(self, home: Path, **settings: Any) -> None:
        made = fresh_settings(home, organisation="好邻居", key_file=str(home.parent / "keys" / f"{home.name}.key"))
        self.settings: Settings = made.model_copy(update=settings)
        if not settings.keys() & {"database", "key_file"}:
            lay_blank_store(self.settings)
        make_home(self.settings, {})
        self.clock = Clock()
        self.opens()

    def opens(self) -> None:
        """Open the store and build the application over it."""
        self.store = open_central(self.settings, {})
        self.app: FastAPI = build(self.settings, self.store, Trustee(self.key()), self.clock)

    def backs_up(self, name: str = "one.backup") -> Path:
        """A good backup as of now."""
        path = self.settings.home.parent / "kept" / name
        Caretaker(self.settings, self.store, self.key()).back_up(path, self.clock())
        return path

    def restores(self, path: Path) -> Restored:
        """Put a backup in the store's place, and open the store again."""
        self.store.close()
        try:
            return restore(self.settings, self.key(), path, self.clock())
        finally:
            self.opens()

    def content(self) -> list[str]:
        """The store as it is."""
        lines: list[str] = []
        self.store.copied(lines.extend)
        return lines

    def falls_back(self, content: list[str]) -> None:
        """The store is what it was then, and nobody tells it: a copy put back by hand, a standby that was behind."""
        self.store.close()

        def replace(connection: Connection) -> None:
            empty(connection)
            fill(connection, content)

        once(self.settings.database_url, self.key(), replace)
        self.opens()

    def engines(self, readers: int = 1) -> Engines:
        """Ways into the store behind its back; the caller lets go of them."""
        return open_engines(self.settings.database_url, self.key(), readers)

    def chain(self) -> AuditChain:
        """What seals the office's audit log."""
        return AuditChain(audit_key(self.key()))

    def key(self) -> bytes:
        """What the store and its backups are sealed with."""
        assert self.settings.key_file
        return read_key(self.settings.key_file)

    def hires(self, name: str, role: str = "rep", team: str = "east") -> Person:
        return people.add_person(self.store, name=name, role=role, team_name=team, now_ms=self.clock)

    def code_for(self, somebody: Person, minutes: int = 60) -> str:
        return people.new_enrol_code(self.store, somebody.id, minutes=minutes, now_ms=self.clock)

    def phone(self, name: str, role: str = "rep", team: str = "east", **clock: int) -> "Phone":
        return self.phone_of(self.hires(name, role, team), **clock)

    def phone_of(self, somebody: Person, **clock: int) -> "Phone":
        asked = EnrolRequest(code=self.code_for(somebody))
        return Phone(self, people.enrol(self.store, asked, self.clock), **clock)

    def sees(self, team: str, kind: str, id: str) -> dict[str, Any]:
        return record_in(self.store, team, kind, id)

    def conflicts(self, team: str) -> list[dict[str, Any]]:
        return [conflict.model_dump() for conflict in conflicts_in(self.store, team, 1000)]

    def answers(self, method: str, path: str, **request: Any) -> httpx.Response:
        """One request over HTTP, without a socket."""
        return asyncio.run(self._ask(method, path, request))

    async def _ask(self, method: str, path: str, request: dict[str, Any]) -> httpx.Response:
        address = request.pop("address", "198.51.100.7")
        transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(address, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://office") as client:
            answer = await client.request(method, path, **request)
        self._check_described(method, path.partition("?")[0], answer.status_code)
        return answer

    def _check_described(self, method: str, path: str, status: int) -> None:
        """Whatever any test gets for an answer stands in the description of the API."""
        for pattern, responses in described(self.app).get(method.lower(), ()):
            if pattern.fullmatch(path):
                assert str(status) in responses, f"{method} {path} answered {status}, which is not described"


Described = dict[str, list[tuple[re.Pattern[str], set[str]]]]
_DESCRIBED: Described = {}


def described(app: FastAPI) -> Described:
    """By method the paths of the API and the statuses they may answer with; every office's API is the same one."""
    if not _DESCRIBED:
        for path, operations in app.openapi()["paths"].items():
            pattern = re.compile(re.sub(r"\{\w+\}", "[^/]+", path))
            for method, operation in operations.items():
                _DESCRIBED.setdefault(method, []).append((pattern, set(operation["responses"])))
    return _DESCRIBED


@cache
def blank_store() -> tuple[bytes, bytes]:
    """The key and the file of a store with nothing in it; all the steps that make its tables are gone once."""
    with TemporaryDirectory() as folder:
        settings = fresh_settings(Path(folder) / "home", key_file=f"{folder}/key")
        make_home(settings, {})
        assert settings.database_file
        return (Path(folder) / "key").read_bytes(), settings.database_file.read_bytes()


def lay_blank_store(settings: Settings) -> None:
    """What `make_home` finds already there, and leaves as it is."""
    assert settings.key_file
    assert settings.database_file
    for path, content in zip((settings.key_file, settings.database_file), blank_store(), strict=True):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.write_bytes(content)
        path.chmod(0o600)


class Phone:
    """One enrolled device: it counts its changes, and its clock may be wrong by `ahead_ms`."""

    def __init__(self, office: Office, enrolled: people.Enrolled, *, ahead_ms: int = 0) -> None:
        self.office = office
        self.token = enrolled.token
        self.device = enrolled.device
        self.person = enrolled.person.id
        self.team = enrolled.person.team
        self.principal = Principal(self.team, self.person, self.device, enrolled.person.role)
        self.ahead_ms = ahead_ms
        self.boot = "boot-1"
        self.n = 0
        self._clock = HybridClock(self.device)
        self.unsent: list[dict[str, Any]] = []
        self.cursors: dict[str, int] = {}
        self.rows: dict[tuple[str, str], dict[str, Any]] = {}
        self.seqs: dict[tuple[str, str], int] = {}

    @property
    def evidence(self) -> dict[str, Any]:
        now_ms = self.office.clock()
        return {"wall_ms": now_ms + self.ahead_ms, "mono_ms": now_ms - NINE + 10**9, "boot": self.boot}

    def does(self, op: str, kind: str, id: str, /, **fields: Any) -> dict[str, Any]:
        """A change made now, on what the phone has seen."""
        self.n += 1
        change = {
            "n": self.n,
            "op": op,
            "kind": kind,
            "id": id,
            "fields": fields,
            "at": str(self._clock.tick(self.evidence["wall_ms"])),
            "clock": self.evidence,
            "base": self.seqs.get((kind, id), 0),
            "by": self.person,
        }
        self.unsent.append(change)
        return change

    def creates(self, kind: str = "customer", /, **fields: Any) -> str:
        id = new_id(self.office.clock())
        self.does("create", kind, id, **fields)
        return id

    def sets(self, kind: str, id: str, **fields: Any) -> dict[str, Any]:
        return self.does("set", kind, id, **fields)

    def request(self, **more: Any) -> dict[str, Any]:
        asked = {"pull": {"cursors": self.cursors}}
        return {"device": self.device, "sent": self.evidence, "changes": self.unsent, **asked, **more}

    def syncs(self, **more: Any) -> SyncResponse:
        """Send all that is unsent, take in what comes; a page that was asked for is only handed on."""
        answer = self.sends(json.dumps(self.request(**more)).encode())
        self.unsent = [change for change in self.unsent if change["n"] >= answer.expect_n]
        if "pull" not in more:
            self._take_in(answer)
        return answer

    def sends(self, body: bytes) -> SyncResponse:
        push = read_push(body)
        answer = exchange(self.office.store, self.principal, push, now_ms=self.office.clock, max_bytes=10**7)
        return SyncResponse.model_validate_json(answer.as_json())

    def posts(self, body: bytes, **headers: str) -> httpx.Response:
        signed = {"authorization": f"Bearer {self.token}", **headers}
        return self.office.answers("POST", "/v1/sync", content=body, headers=signed)

    def sees(self, kind: str, id: str) -> dict[str, Any]:
        return self.rows[kind, id]

    def _take_in(self, answer: SyncResponse) -> None:
        if answer.pull is None:
            return
        for row in answer.pull.rows:
            self.rows[row.kind, row.id] = dict(row.fields or {})
            self.seqs[row.kind, row.id] = row.seq
        self.cursors = dict(answer.pull.cursors)
        if answer.pull.more:
            self.syncs()

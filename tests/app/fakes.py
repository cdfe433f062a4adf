"""A server and clocks that a test holds in its hand: real protocol, no network, time as a parameter."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, JsonValue

from tests.app.fake_blobs import BlobsInMemory
from visit_core.change import Change, fingerprint, said_in
from visit_core.errors import CodeRefused, NotFound, Unreachable, VisitError, WrongEpoch
from visit_core.ids import SERVER, lead_scope, new_id, team_scope, user_scope
from visit_core.joining import EnrolRequest, EnrolResponse, RecoverRequest, RecoverResponse
from visit_core.protocol import (
    ChangeResult,
    ClockVerdict,
    ErrorInfo,
    FeedRow,
    FieldPast,
    FieldStep,
    PullRequest,
    PullResponse,
    Role,
    SyncRequest,
    SyncResponse,
)
from visit_core.stamp import instant_of

NOON_MS = 1_795_226_400_000  # 2026-11-21T02:00:00Z, ten in the morning in Beijing
EPOCH = "e" * 32

Answer = TypeVar("Answer", bound=BaseModel)


def _private(key: bytes) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(key)


def opened(key: X25519PrivateKey, sealed: str, store: str) -> bytes:
    """The data key that a device has entrusted, as the organisation opens it."""
    blob, mine = bytes.fromhex(sealed), key.public_key().public_bytes_raw()
    shared = key.exchange(X25519PublicKey.from_public_bytes(blob[:32]))
    info = b"visits/entrusted" + bytes.fromhex(store) + blob[:32] + mine
    kek = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(shared)
    return AESGCM(kek).decrypt(blob[32:44], blob[44:], b"")


class FakeClock:
    """A phone's clocks, set by hand."""

    def __init__(self, wall_ms: int = NOON_MS, mono_ms: int = 1_000_000, boot: str = "boot-1") -> None:
        self.wall, self.mono, self.name = wall_ms, mono_ms, boot

    def wall_ms(self) -> int:
        return self.wall

    def mono_ms(self) -> int:
        return self.mono

    def boot(self) -> str:
        return self.name

    def passes(self, ms: int) -> None:
        """Time goes by."""
        self.wall += ms
        self.mono += ms

    def is_set(self, by_ms: int) -> None:
        """Somebody sets the wall clock."""
        self.wall += by_ms

    def restarts(self) -> None:
        """The phone boots again."""
        self.mono, self.name = 1_000, self.name + "x"


@dataclass
class Guest:
    """One enrolled device, as the fake server knows it."""

    device: str
    person: str
    role: Role
    scopes: list[str]
    scopes_v: int = 1
    last_n: int = 0
    results: dict[int, ChangeResult] = field(default_factory=dict)
    prints: dict[int, str] = field(default_factory=dict)


class FakeServer:
    """A central store in memory: later arrival wins, everything is numbered, the wire can be cut."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.epoch = EPOCH
        self.seq = 0
        self.records: dict[tuple[str, str], dict[str, JsonValue]] = {}
        self.feed: dict[tuple[str, str, str], FeedRow] = {}
        self.guests: dict[str, Guest] = {}
        self.requests: list[SyncRequest] = []
        self.codes: dict[str, tuple[str, Role]] = {}
        self.refuses: Callable[[Change], ErrorInfo | None] = lambda change: None
        self.is_off = False
        self.cuts_after: int | None = None  # answers until one is lost on its way back
        self.raises: VisitError | None = None
        self.page = 1000
        self.pasts: dict[tuple[str, str], list[FieldStep]] = {}
        self.organisation_key: bytes | None = os.urandom(32)  # its private half; None: a server of before
        self.window_from = ""
        self.offline_days: int | None = None  # a server of before says nothing
        self.told: dict[str, object] = {}  # what is answered beside the sync, by its path
        self.heard: list[tuple[str, BaseModel | None]] = []
        self.recovery_codes: dict[str, str] = {}  # the device of each
        self.blobs = BlobsInMemory(self._tells_of)

    def invites(self, name: str, role: Role = "rep") -> str:
        """A one-time code for a new person."""
        code = f"code-{len(self.codes)}-{name}"
        self.codes[code] = (name, role)
        return code

    async def enrol(self, request: EnrolRequest) -> EnrolResponse:
        self._answers()
        if request.code not in self.codes:
            raise CodeRefused()
        name, role = self.codes.pop(request.code)
        device = "aaaaaaa" + "abcdefgh"[len(self.guests)]
        person = str(new_id(self.clock.wall))
        scopes = [team_scope("north"), user_scope(person)] + ([lead_scope("north")] if role == "supervisor" else [])
        self.guests[device] = Guest(device, person, role, scopes)
        key = _private(self.organisation_key) if self.organisation_key else None
        self.puts("person", person, {"name": name, "role": role, "active": True}, scopes[:1])
        return EnrolResponse(
            device=device, token="token", person=person, name=name, role=role, team="north",
            team_name="North", organisation="Org", epoch=self.epoch, server_ms=self.clock.wall,
            organisation_key=key.public_key().public_bytes_raw().hex() if key else None,
        )  # fmt: skip

    async def recover(self, request: RecoverRequest) -> RecoverResponse:
        self._answers()
        if self.recovery_codes.pop(request.code, None) != request.device or self.organisation_key is None:
            raise CodeRefused()
        return RecoverResponse(data_key=opened(_private(self.organisation_key), request.sealed, request.store).hex())

    async def read(self, path: str, shape: type[Answer]) -> Answer:
        self._answers()
        if path not in self.told:
            raise NotFound("not_found", what="path")
        return shape.model_validate(self.told[path])

    async def tell(self, path: str, said: BaseModel | None, shape: type[Answer]) -> Answer:
        self._answers()
        self.heard.append((path, said))
        return shape.model_validate(self.told[path])

    def _tells_of(self, sha256: str, size: int | None) -> bool:
        """Whether a record of such a photograph is here."""
        self._answers()
        told = [record for (kind, _), record in self.records.items() if kind == "attachment"]
        return any(one.get("sha256") == sha256 and size in (None, one.get("size")) for one in told)

    async def sync(self, request: SyncRequest) -> SyncResponse:
        self._answers()
        self.requests.append(request)
        if request.epoch != self.epoch:
            raise WrongEpoch(epoch=self.epoch)
        answer = self._exchange(self.guests[request.device], request)
        if self.cuts_after is not None:
            self.cuts_after -= 1
            if self.cuts_after < 0:
                raise Unreachable()
        return answer

    async def past(self, kind: str, record: str, field: str) -> FieldPast:
        self._answers()
        told = [step for (kept, id), steps in self.pasts.items() if (kept, id) == (kind, record) for step in steps]
        return FieldPast(steps=[step for step in reversed(told) if step.name.partition(".")[0] == field])

    def puts(self, kind: str, record_id: str, fields: dict[str, JsonValue], scopes: list[str]) -> int:
        """The server itself writes a record."""
        self.seq += 1
        record = self.records.setdefault((kind, record_id), {})
        record |= fields
        for scope in scopes:
            row = FeedRow(scope=scope, seq=self.seq, op="put", kind=kind, id=record_id, fields=dict(record))
            self.feed[scope, kind, record_id] = row
        return self.seq

    def removes(self, scope: str, kind: str, record_id: str) -> None:
        """A record leaves a scope."""
        self.seq += 1
        self.feed[scope, kind, record_id] = FeedRow(scope=scope, seq=self.seq, op="remove", kind=kind, id=record_id)

    def overrules(self, kind: str, record_id: str, field_name: str, *, loser: str, stands: str, lost: str) -> str:
        """Write a conflict, as the real server does when two people set one field."""
        conflict, by = str(new_id(self.clock.wall)), self.guests[loser].person
        told: dict[str, JsonValue] = {
            "record_kind": kind, "record_id": record_id, "field": field_name, "rule": "last", "state": "open",
            "winner_value": stands, "winner_by": "b" * 32, "winner_at": "2026-11-21T02:00:01.000Z",
            "winner_device": str(SERVER), "loser_value": lost, "loser_by": by,
            "loser_at": "2026-11-21T02:00:00.000Z", "loser_device": loser,
        }  # fmt: skip
        self.puts("conflict", conflict, told, [user_scope(by)])
        return conflict

    def begins_anew(self, forget_from: int) -> None:
        """A restore from a backup that lacks what devices sent under numbers from `forget_from` on."""
        self.epoch = "f" * 32
        self.records, self.feed, self.seq = {}, {}, 0
        for guest in self.guests.values():
            guest.last_n = min(guest.last_n, forget_from - 1)

    def _answers(self) -> None:
        if self.is_off:
            raise Unreachable()
        if self.raises:
            raise self.raises

    def _exchange(self, guest: Guest, request: SyncRequest) -> SyncResponse:
        results = []
        for change in request.changes:
            if change.n > guest.last_n + 1:
                break
            results.append(self._take(guest, change))
        return SyncResponse(
            epoch=self.epoch,
            expect_n=guest.last_n + 1,
            results=results,
            server_ms=self.clock.wall,
            clock=ClockVerdict(offset_ms=0, status="ok"),
            offline_days=self.offline_days,
            pull=self._pull(guest, request.pull) if request.pull else None,
        )

    def _take(self, guest: Guest, change: Change) -> ChangeResult:
        known = guest.prints.setdefault(change.n, fingerprint(said_in(change)))
        assert known == fingerprint(said_in(change)), "the same number with other bytes"
        if change.n <= guest.last_n:
            first = guest.results[change.n]
            return first if first.status == "rejected" else first.model_copy(update={"status": "duplicate"})
        guest.last_n = change.n
        error = self.refuses(change)
        if error is None:
            self._note(guest, change)
        guest.results[change.n] = (
            ChangeResult(n=change.n, status="rejected", error=error)
            if error
            else ChangeResult(n=change.n, status="applied", stamp=change.at, seq=self._merge(change))
        )
        return guest.results[change.n]

    def _note(self, guest: Guest, change: Change) -> None:
        at = instant_of(str(change.at))
        steps = [
            FieldStep(name=name, value=value, by=change.by, at=at, device=guest.device)
            for name, value in change.fields.items()
        ]
        self.pasts.setdefault((change.kind, change.id), []).extend(steps)

    def _merge(self, change: Change) -> int:
        fields: dict[str, JsonValue] = dict(change.fields)
        if change.op in ("delete", "restore"):
            fields["deleted"] = change.op == "delete"
        held = [scope for scope, kind, id in self.feed if (kind, id) == (change.kind, change.id)]
        return self.puts(change.kind, change.id, fields, held or [change.scope or team_scope("north")])

    def _pull(self, guest: Guest, asked: PullRequest) -> PullResponse:
        rows = sorted(
            (
                row
                for row in self.feed.values()
                if row.scope in guest.scopes and row.seq > asked.cursors.get(row.scope, 0)
            ),
            key=lambda row: row.seq,
        )
        page, more = rows[: self.page], len(rows) > self.page
        reached = page[-1].seq if more else self.seq
        return PullResponse(
            epoch=self.epoch,
            scopes_v=guest.scopes_v,
            scopes=None if asked.scopes_v == guest.scopes_v else guest.scopes,
            rows=page,
            cursors=dict.fromkeys(guest.scopes, reached),
            more=more,
            head=self.seq,
            window_from=self.window_from,
        )

"""The server as a device sees it: a few questions, and every odd answer is `Unreachable`."""

import hashlib
import ipaddress
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Protocol, TypeVar
from urllib.parse import urlencode, urlsplit

import httpx
from pydantic import BaseModel

from field_app.blobs import Blobs, HttpBlobs
from field_app.enrolment import Me
from field_app.vault.entrusted import Entrusted
from field_app.wire import exchange, patient, read_as, refusal_in
from visit_core.errors import NotTrusted, Unreachable
from visit_core.invite import Invite
from visit_core.joining import EnrolRequest, EnrolResponse, RecoverRequest, RecoverResponse
from visit_core.packing import packed
from visit_core.protocol import FieldPast, SyncRequest, SyncResponse

PACKED_FROM_BYTES = 1_000
MAX_ANSWER_BYTES = 16_000_000
MAX_CA_BYTES = 100_000

Answer = TypeVar("Answer", bound=BaseModel)


class Remote(Protocol):
    """The server, over a network or, in tests, over none."""

    @property
    def blobs(self) -> Blobs:
        """The bytes of photographs."""

    async def enrol(self, request: EnrolRequest) -> EnrolResponse:
        """Become a device of the person whose code it is."""

    async def sync(self, request: SyncRequest) -> SyncResponse:
        """Push and pull in one exchange."""

    async def recover(self, request: RecoverRequest) -> RecoverResponse:
        """Have the organisation open a data key that was entrusted to it."""

    async def read(self, path: str, shape: type[Answer]) -> Answer:
        """Look something up."""

    async def tell(self, path: str, said: BaseModel | None, shape: type[Answer]) -> Answer:
        """Have something done beside a sync."""

    async def past(self, kind: str, record: str, field: str) -> FieldPast:
        """Who put what into one field of one record."""


class HttpRemote:
    """The server over HTTP. Plain http is for loopback only; elsewhere the organisation's own CA is pinned."""

    def __init__(
        self,
        address: str,
        *,
        token: str | None = None,
        ca_pem: str | None = None,
        timeout_s: float = 20.0,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._server_reads = "gzip"  # until it has said more
        self._client = httpx.AsyncClient(
            base_url=_checked(address),
            headers={"Authorization": f"Bearer {token}"} if token else {},
            verify=_trusting(ca_pem),
            timeout=timeout_s,
            transport=transport,
            trust_env=False,
        )
        self.blobs: Blobs = HttpBlobs(self._client)

    async def __aenter__(self) -> "HttpRemote":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def enrol(self, request: EnrolRequest) -> EnrolResponse:
        """Become a device of the person whose code it is."""
        return await self._ask("/v1/devices", request, EnrolResponse)

    async def sync(self, request: SyncRequest) -> SyncResponse:
        """Push and pull in one exchange."""
        return await self._ask("/v1/sync", request, SyncResponse)

    async def recover(self, request: RecoverRequest) -> RecoverResponse:
        """Have the organisation open a data key that was entrusted to it."""
        return await self._ask("/v1/recoveries", request, RecoverResponse)

    async def past(self, kind: str, record: str, field: str) -> FieldPast:
        """Who put what into one field of one record."""
        return await self.read(f"/v1/records/{kind}/{record}/past?{urlencode({'field': field})}", FieldPast)

    async def read(self, path: str, shape: type[Answer]) -> Answer:
        """Look something up."""
        return await self._answered("GET", path, b"", {}, shape)

    async def tell(self, path: str, said: BaseModel | None, shape: type[Answer]) -> Answer:
        """Have something done beside a sync."""
        return await self._ask(path, said, shape) if said else await self._answered("POST", path, b"", {}, shape)

    async def _ask(self, path: str, request: BaseModel, shape: type[Answer]) -> Answer:
        told = request.model_dump_json(exclude_none=True).encode("utf-8")
        body, headers = _packed(told, self._server_reads)
        return await self._answered("POST", path, body, headers, shape)

    async def _answered(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], shape: type[Answer]
    ) -> Answer:
        status, content, told = await exchange(self._client, method, path, body, headers, MAX_ANSWER_BYTES)
        self._server_reads = told.get("Accept-Encoding", self._server_reads)
        if status == httpx.codes.OK or status == httpx.codes.CREATED:
            return read_as(shape, content, status)
        raise patient(refusal_in(content, status), told.get("Retry-After", ""))


@asynccontextmanager
async def remote_of(me: Me, *, timeout_s: float) -> AsyncIterator[Remote]:
    """The server this device is enrolled with."""
    async with HttpRemote(me.server, token=me.token, ca_pem=me.ca_pem, timeout_s=timeout_s) as remote:
        yield remote


@asynccontextmanager
async def entrusted_remote(entrusted: Entrusted, *, timeout_s: float) -> AsyncIterator[Remote]:
    """The server of a device that nobody can unlock."""
    async with HttpRemote(entrusted.server, ca_pem=entrusted.ca_pem, timeout_s=timeout_s) as remote:
        yield remote


@asynccontextmanager
async def pinned_remote(invite: Invite, *, timeout_s: float) -> AsyncIterator[tuple[Remote, str | None]]:
    """The server of an invite; its certificate authority is fetched and held against the fingerprint."""
    ca_pem = await fetch_ca(invite.address, invite.ca, timeout_s=timeout_s) if invite.ca else None
    async with HttpRemote(invite.address, ca_pem=ca_pem, timeout_s=timeout_s) as remote:
        yield remote, ca_pem


async def fetch_ca(
    address: str, fingerprint: str, *, timeout_s: float = 20.0, transport: httpx.AsyncBaseTransport | None = None
) -> str:
    """The organisation's CA (PEM) as the server hands it out; NotTrusted unless it is the one the invite names.

    This one request is not verified: what it brings is checked against the fingerprint instead.
    """
    unverified = ssl.create_default_context()
    unverified.check_hostname = False
    unverified.verify_mode = ssl.CERT_NONE
    client = httpx.AsyncClient(
        base_url=_checked(address), verify=unverified, timeout=timeout_s, transport=transport, trust_env=False
    )
    async with client:
        status, content, _ = await exchange(client, "GET", "/v1/ca", b"", {}, MAX_CA_BYTES)
    if status != httpx.codes.OK:
        raise Unreachable(status=status)
    if fingerprint_of(content) != _plain_hex(fingerprint):
        raise NotTrusted()
    return content.decode("ascii")


def fingerprint_of(ca_pem: bytes) -> str:
    """SHA-256 of the certificate's DER form, in hex."""
    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(ca_pem.decode("ascii").strip())).hexdigest()
    except ValueError as refusal:
        raise Unreachable(answered="no_certificate") from refusal


def _packed(body: bytes, accepted: str) -> tuple[bytes, dict[str, str]]:
    headers = {"Content-Type": "application/json"}
    if len(body) < PACKED_FROM_BYTES:
        return body, headers
    body, coding = packed(body, accepted, level=6)
    return body, {**headers, "Content-Encoding": coding} if coding else headers


def _checked(address: str) -> str:
    """The address, if it is one we may speak to; a name over plain http would tell anybody the token."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError as refusal:
        raise Unreachable(answered="address") from refusal
    if not host or parts.scheme not in ("http", "https"):
        raise Unreachable(answered="address")
    if parts.scheme == "http" and not _is_loopback(host):
        raise NotTrusted(scheme="http")
    return address.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _trusting(ca_pem: str | None) -> ssl.SSLContext:
    """Trust the pinned CA and nobody else; without one, whom this system trusts."""
    if ca_pem is None:
        return ssl.create_default_context()
    try:
        return ssl.create_default_context(cadata=ca_pem)
    except ssl.SSLError as refusal:
        raise NotTrusted() from refusal


def _plain_hex(fingerprint: str) -> str:
    return fingerprint.replace(":", "").strip().lower()

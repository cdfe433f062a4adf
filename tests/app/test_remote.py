"""The wire from the device's side: odd answers, sizes, and whom it trusts."""

import asyncio
import gzip
import json
import ssl
import tracemalloc
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import trustme
from pydantic import JsonValue

from field_app.actions.importing import TableRefused
from field_app.remote import MAX_ANSWER_BYTES, HttpRemote, fetch_ca, fingerprint_of
from visit_core.change import Change, ClockEvidence
from visit_core.error_codes import BY_CODE, from_wire
from visit_core.errors import CodeRefused, DeviceRevoked, NotTrusted, NotValid, TooManyTries, Unreachable, VisitError
from visit_core.joining import EnrolRequest
from visit_core.packing import READABLE, NotUnpacked, packed, unpacked
from visit_core.protocol import MOST_DEPTH_READ, SyncRequest, SyncResponse
from visit_core.words import MAX_DEPTH

LOOPBACK = "http://127.0.0.1:1"
EVIDENCE = ClockEvidence(wall_ms=1, mono_ms=1, boot="b")
EMPTY = SyncRequest(device="aaaaaaaa", sent=EVIDENCE)
ANSWER = {"epoch": "e" * 32, "expect_n": 1, "server_ms": 1, "clock": {"offset_ms": 0, "status": "ok"}}

LARGE = Change(
    n=1, op="set", kind="customer", id="0" * 32, fields={"remark": "长" * 900, "tags.vip": None},
    at="0" * 15 + "aaaaaaaa", clock=EVIDENCE, by="0" * 32,
)  # fmt: skip

Answering = Callable[[httpx.Request], httpx.Response]


def ask(answering: Answering, request: SyncRequest = EMPTY) -> SyncResponse:
    async def once() -> SyncResponse:
        async with HttpRemote(LOOPBACK, token="t0", transport=httpx.MockTransport(answering)) as remote:
            return await remote.sync(request)

    return asyncio.run(once())


def cut(_: httpx.Request) -> httpx.Response:
    raise httpx.RemoteProtocolError("peer closed connection")


def slow(_: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("")


def falsely_packed(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"not gzip"))


def bomb(_: httpx.Request) -> httpx.Response:
    packed = gzip.compress(b" " * (MAX_ANSWER_BYTES + 1))
    return httpx.Response(200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(packed))


def too_deep(_: httpx.Request) -> httpx.Response:
    return httpx.Response(
        200, content=b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"," + json.dumps(ANSWER).encode()[1:]
    )


def strangely_packed(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, headers={"Content-Encoding": "br"}, stream=httpx.ByteStream(b"?"))


@pytest.mark.parametrize(
    "answering",
    [
        lambda _: httpx.Response(200, html="<html>Sign in to the hotel's Wi-Fi</html>"),
        lambda _: httpx.Response(200, content=b""),
        lambda _: httpx.Response(200, content=b"\xff\xfe\x00garbage"),
        lambda _: httpx.Response(200, json=[]),
        lambda _: httpx.Response(200, json={**ANSWER, "expect_n": "many"}),
        lambda _: httpx.Response(200, content=json.dumps(ANSWER).encode()[:-5]),
        lambda _: httpx.Response(302, headers={"Location": "http://hotel.example/"}),
        lambda _: httpx.Response(404, text="not here"),
        lambda _: httpx.Response(500, text="Internal Server Error"),
        lambda _: httpx.Response(502, html="<h1>Bad gateway</h1>"),
        lambda _: httpx.Response(503, json={"code": "tomorrow"}),
        cut,
        slow,
        falsely_packed,
        bomb,
        too_deep,
        strangely_packed,
    ],
)
def test_every_odd_answer_is_unreachable(answering: Answering) -> None:
    with pytest.raises(Unreachable):
        ask(answering)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((410, {"code": "device_revoked"}), DeviceRevoked),
        ((403, {"code": "code_refused"}), CodeRefused),
        ((429, {"code": "too_many_tries", "facts": {"wait_s": 7}}), TooManyTries),
        ((422, {"code": "not_valid", "facts": {"why": "shape", "field": "n"}}), NotValid),
    ],
)
def test_what_the_server_refuses_comes_back_as_the_same_error(
    answer: tuple[int, dict[str, Any]], error: type[VisitError]
) -> None:
    with pytest.raises(error):
        ask(lambda _: httpx.Response(answer[0], json=answer[1]))


@pytest.mark.parametrize(
    ("told", "wait_s"), [("9", 9), (" 9 ", 9), ("Wed, 21 Oct 2026 07:28:00 GMT", None), ("-3", None), ("9" * 9, None)]
)
@pytest.mark.parametrize("body", [b'{"code": "busy"}', b"<h1>Back soon</h1>"])
def test_the_wait_that_a_server_or_a_balancer_asks_for_is_told(told: str, wait_s: int | None, body: bytes) -> None:
    with pytest.raises(VisitError) as refused:
        ask(lambda _: httpx.Response(503, content=body, headers={"Retry-After": told}))
    assert refused.value.facts.get("wait_s") == wait_s


needs_zstd = pytest.mark.skipif("zstd" not in READABLE, reason="a Python as phones have it")


@pytest.mark.parametrize("coding", ["gzip", pytest.param("zstd", marks=needs_zstd)])
def test_a_bomb_is_never_unpacked_further_than_the_limit(coding: str) -> None:
    body, packed_as = packed(b" " * 200_000_000, coding, level=6)
    assert packed_as == coding
    answer = httpx.Response(200, headers={"Content-Encoding": coding}, stream=httpx.ByteStream(body))
    tracemalloc.start()
    with pytest.raises(Unreachable, match="too_much"):
        ask(lambda _: answer)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3 * MAX_ANSWER_BYTES


def test_a_row_nested_without_end_is_unreachable_and_one_that_a_form_may_hold_is_taken() -> None:
    def answering(depth: int) -> Answering:
        row = {
            "scope": "common",
            "seq": 1,
            "op": "put",
            "kind": "kennel",
            "id": "a" * 32,
            "fields": {"dogs": nested(depth)},
        }
        page = {"epoch": "e" * 32, "scopes_v": 1, "rows": [row]}
        return lambda _: httpx.Response(200, json={**ANSWER, "pull": page})

    pull = ask(answering(MAX_DEPTH)).pull
    assert pull
    assert pull.rows[0].fields == {"dogs": nested(MAX_DEPTH)}
    with pytest.raises(Unreachable, match="garbage"):
        ask(answering(MOST_DEPTH_READ + 1))


def nested(depth: int) -> JsonValue:
    value: JsonValue = 1
    for _ in range(depth):
        value = [value]
    return value


@needs_zstd
def test_zstd_is_spoken_once_the_server_has_said_that_it_reads_it() -> None:
    seen: list[httpx.Request] = []

    def answering(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        body, coding = packed(json.dumps(ANSWER).encode(), request.headers["Accept-Encoding"], level=1)
        headers = {"Accept-Encoding": READABLE, "Content-Encoding": coding}
        return httpx.Response(200, headers=headers, stream=httpx.ByteStream(body))

    async def twice() -> None:
        async with HttpRemote(LOOPBACK, transport=httpx.MockTransport(answering)) as remote:
            for _ in range(2):
                await remote.sync(EMPTY.model_copy(update={"changes": [LARGE]}))

    asyncio.run(twice())
    assert [request.headers["Content-Encoding"] for request in seen] == ["gzip", "zstd"]
    assert SyncRequest.model_validate_json(unpacked(seen[1].content, "zstd", 10_000)).changes == [LARGE]


def test_without_zstd_gzip_is_asked_for_and_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visit_core.packing.zstd", None)
    assert packed(b"x" * 2_000, "zstd, gzip", level=6)[1] == "gzip"
    with pytest.raises(NotUnpacked, match="encoding"):
        unpacked(b"", "zstd", 10)


def test_a_large_push_is_packed_and_a_small_one_is_not() -> None:
    seen: list[httpx.Request] = []

    def answering(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json=ANSWER)

    ask(answering)
    ask(answering, EMPTY.model_copy(update={"changes": [LARGE]}))
    assert "Content-Encoding" not in seen[0].headers
    sent = SyncRequest.model_validate_json(gzip.decompress(seen[1].content))
    assert sent.changes == [LARGE]
    assert all(request.headers["Authorization"] == "Bearer t0" for request in seen)


@pytest.mark.parametrize("address", ["http://10.0.0.1", "http://server.example", "http://127.0.0.1.example"])
def test_plain_http_is_spoken_with_loopback_alone(address: str) -> None:
    with pytest.raises(NotTrusted):
        HttpRemote(address)


@pytest.mark.parametrize("address", ["", "server", "ftp://127.0.0.1", "http://", "https://[::"])
def test_an_address_that_is_none_is_unreachable(address: str) -> None:
    with pytest.raises(Unreachable):
        HttpRemote(address)


class Organisation:
    """A CA, and a server on loopback with a certificate of it that says one thing to everybody."""

    def __init__(self) -> None:
        self.ca = trustme.CA()
        self.pem = self.ca.cert_pem.bytes()
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert("127.0.0.1").configure_cert(self.context)

    async def serving(self, content: bytes, visit: Callable[[str], Any], status: str = "200 OK") -> Any:
        async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            head = f"HTTP/1.1 {status}\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"
            writer.write(head.encode() + content)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(say, "127.0.0.1", 0, ssl=self.context)
        port = server.sockets[0].getsockname()[1]
        async with server:
            return await visit(f"https://127.0.0.1:{port}")


def test_the_authority_of_the_invite_is_fetched_and_from_then_on_trusted_alone() -> None:
    org, stranger = Organisation(), Organisation()

    async def meet() -> None:
        async def fetch(address: str) -> str:
            return await fetch_ca(address, fingerprint_of(org.pem).upper())

        pem = await org.serving(org.pem, fetch)

        async def sync(address: str) -> SyncResponse:
            async with HttpRemote(address, token="t", ca_pem=pem) as remote:
                return await remote.sync(EMPTY)

        assert (await org.serving(json.dumps(ANSWER).encode(), sync)).expect_n == 1
        with pytest.raises(NotTrusted):
            await stranger.serving(json.dumps(ANSWER).encode(), sync)

    asyncio.run(meet())


def test_another_authority_than_the_invites_is_not_trusted() -> None:
    org, stranger = Organisation(), Organisation()

    async def meet() -> None:
        async def fetch(address: str) -> str:
            return await fetch_ca(address, fingerprint_of(org.pem))

        with pytest.raises(NotTrusted):
            await stranger.serving(stranger.pem, fetch)
        with pytest.raises(Unreachable):
            await org.serving(b"<html>", fetch)
        with pytest.raises(Unreachable):
            await org.serving(b"", fetch, "500 No")

    asyncio.run(meet())


def test_a_server_that_only_the_system_trusts_is_not_ours() -> None:
    org = Organisation()

    async def meet() -> None:
        async def enrol(address: str) -> None:
            async with HttpRemote(address) as remote:
                await remote.enrol(EnrolRequest(code="x"))

        with pytest.raises(NotTrusted):
            await org.serving(b"{}", enrol)

    asyncio.run(meet())


def test_nobody_listening_is_unreachable() -> None:
    async def knock() -> None:
        async with HttpRemote("http://127.0.0.1:9", timeout_s=2) as remote:
            await remote.sync(EMPTY)

    with pytest.raises(Unreachable):
        asyncio.run(knock())


def test_a_refusal_of_one_part_alone_takes_no_code_from_the_tree() -> None:
    assert issubclass(TableRefused, NotValid)
    assert {kind.__module__ for kind in BY_CODE.values()} == {NotValid.__module__}
    assert type(from_wire("not_valid", {"why": "mobile"})) is NotValid

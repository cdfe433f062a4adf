"""Is nobody answered but pages of our own, and is the browser told to ask nobody else?"""

import asyncio

import pytest

from field_app.web.guard import guarded
from field_app.web.server import HERE, listen

PORT = 8123
OURS = (b"host", b"127.0.0.1:8123")


FLETS = [(b"access-control-allow-origin", b"*"), (b"cross-origin-embedder-policy", b"require-corp")]


async def open_app(scope, receive, send):
    """An app that answers everybody, and invites every page in."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": FLETS})


def answer(*headers, kind="http"):
    """What somebody hears who asks with these headers."""
    heard = []

    async def send(message):
        heard.append(message)

    async def receive():
        raise AssertionError("nothing is read from a stranger")

    asyncio.run(guarded(open_app, PORT)({"type": kind, "headers": list(headers)}, receive, send))
    return heard[0]


def test_a_page_of_our_own_is_answered():
    assert answer(OURS, (b"origin", b"http://127.0.0.1:8123"))["status"] == 200
    assert answer((b"host", b"localhost:8123"))["status"] == 200


@pytest.mark.parametrize("host", [b"evil.example:8123", b"127.0.0.1:9000", b"", b"127.0.0.1.evil.example:8123"])
def test_a_name_that_only_points_here_is_refused(host):
    assert answer((b"host", host))["status"] == 403


@pytest.mark.parametrize(
    "origin", [b"https://evil.example", b"null", b"http://127.0.0.1:9000", b"https://127.0.0.1:8123"]
)
def test_a_page_of_somebody_else_gets_no_line_to_the_app(origin):
    assert answer(OURS, (b"origin", origin), kind="websocket")["type"] == "websocket.close"
    assert answer(OURS, (b"origin", origin))["status"] == 403


def test_the_browser_is_told_to_ask_nobody_else_and_to_let_nobody_in():
    told = dict(answer(OURS)["headers"])
    assert b"default-src 'self'" in told[b"content-security-policy"]
    assert b"frame-ancestors 'none'" in told[b"content-security-policy"]
    assert b"access-control-allow-origin" not in told


def test_the_browser_is_not_asked_to_let_two_threads_draw_letters():
    assert b"cross-origin-embedder-policy" not in dict(answer(OURS)["headers"])


def test_the_door_is_open_to_this_machine_only():
    with listen(0) as door:
        assert door.getsockname()[0] == HERE == "127.0.0.1"

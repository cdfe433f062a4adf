"""Nobody but this machine is answered, and the browser is told to ask nobody else.

Any page open in the same browser can reach 127.0.0.1, also under a name of its own that points there. So a request
must name us as its host and, where it says from which page it comes, come from ours.
"""

from collections.abc import Awaitable, Callable, Coroutine, Iterator, MutableMapping
from typing import Any

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
AsgiApp = Callable[[Message, Receive, Send], Coroutine[Any, Any, None]]
Header = tuple[bytes, bytes]

# Flet's client asks a CDN for one script even when told to use none; it runs well without.
POLICY = "; ".join(
    (
        "default-src 'self' data: blob:",
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "connect-src 'self' data: blob:",
        "font-src 'self' data:",
        "worker-src 'self' blob:",
        "frame-ancestors 'none'",
    )
)
TOLD = {
    b"content-security-policy": POLICY.encode(),
    b"referrer-policy": b"no-referrer",
    b"x-content-type-options": b"nosniff",
}
TAKEN_BACK = {
    b"access-control-allow-origin",  # Flet invites every other page in
    # With it Flutter draws on a second thread, whose letters and the first one's share memory that no lock guards:
    # letters lay over each other, and a tab may stand still for good (flutter/flutter#190039, not yet in our engine).
    b"cross-origin-embedder-policy",
}


def guarded(app: AsgiApp, port: int) -> AsgiApp:
    """The app, answering only pages that it served itself on this port."""
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}

    async def answer(scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan" or is_ours(dict(scope["headers"]), hosts):
            await app(scope, receive, _telling(send))
        else:
            await _refuse(scope["type"], send)

    return answer


def is_ours(headers: dict[bytes, bytes], hosts: set[str]) -> bool:
    """Whether a request names us, and comes from a page of ours or from none."""
    origin = headers.get(b"origin", b"").decode("latin-1")
    return headers.get(b"host", b"").decode("latin-1") in hosts and origin in {"", *(f"http://{h}" for h in hosts)}


def told(headers: list[Header]) -> Iterator[Header]:
    """The headers of an answer with what the browser is told besides."""
    yield from (pair for pair in headers if pair[0].lower() not in {*TAKEN_BACK, *TOLD})
    yield from TOLD.items()


def _telling(send: Send) -> Send:
    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = list(told(message["headers"]))
        await send(message)

    return tell


async def _refuse(kind: str, send: Send) -> None:
    if kind == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": []})
    await send({"type": "http.response.body", "body": b""})

"""The outermost layer of every answer: headers, one log line, and the last catch.

The log has ids and counts only. A defect is logged by its type and place, never by its message: a message may
quote what a person wrote.
"""

import json
import logging
import time
import traceback
from collections.abc import Iterator

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("sync_server")
access = logging.getLogger("sync_server.access")

HEADERS = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
_DEFECT = json.dumps({"code": "unexpected", "facts": {}}).encode()


class Rim:
    """Wraps the application; lifespan and anything but HTTP goes straight through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        started = time.perf_counter()
        try:
            await self._app(scope, receive, answer.send)
        except Exception as defect:
            log.error("failed path=%s type=%s at=%s", _path(scope), type(defect).__name__, _places(defect))
            await answer.send_defect()
        took_ms = round((time.perf_counter() - started) * 1000)
        access.info("answered %s", " ".join(_line(scope, answer.status, took_ms)))


class _Answer:
    """What goes out, with our headers put on."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": [*message.get("headers", []), *HEADERS]}
        await self._send(message)

    async def send_defect(self) -> None:
        """A bare 500, unless an answer is already under way."""
        if self.status:
            return
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(_DEFECT)).encode())]
        await self.send({"type": "http.response.start", "status": 500, "headers": headers})
        await self.send({"type": "http.response.body", "body": _DEFECT})


def _line(scope: Scope, status: int, took_ms: int) -> Iterator[str]:
    yield f"method={scope['method']} path={_path(scope)} status={status} ms={took_ms}"
    yield from (f"{name}={value}" for name, value in scope.get("state", {}).get("counts", {}).items())


def _path(scope: Scope) -> str:
    """The route's pattern, not what was asked: paths may hold anything."""
    return str(getattr(scope.get("route"), "path", "-"))


def _places(defect: BaseException) -> str:
    frames = traceback.extract_tb(defect.__traceback__)[-6:]
    return ">".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames)

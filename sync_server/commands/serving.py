"""`serve`: one process on one home, TLS everywhere but on loopback."""

import asyncio
import gc
import json
import logging
import signal
import socket
import sys
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address

import uvicorn

from sync_server.app import build
from sync_server.care.caretaker import Caretaker, every_minute
from sync_server.certificates import names_in
from sync_server.commands.context import Context
from sync_server.home import alone, remember_address, store_key
from sync_server.settings import Settings
from sync_server.trustee import Trustee
from visit_core.errors import Failed, NotValid
from visit_core.invite import is_loopback

COLLECTED_AFTER = (100_000, 20, 20)
"""Objects that may be made before the collector looks, and how much more seldom it looks at older ones."""


def serve(context: Context, asked: Namespace) -> None:
    """Serve until SIGTERM or SIGINT; print one line with the address once somebody can connect."""
    settings = context.settings()
    use_tls = _needs_tls(settings, asked.host) or asked.tls
    _log_to_stderr()
    with alone(settings), context.store() as store, listening(asked.host, asked.port) as listener:
        address = _address(settings, asked.host, listener.getsockname()[1], use_tls=use_tls)
        key = store_key(settings, context.environment)
        app = build(settings, store, Trustee(key), context.now_ms)
        keeper = Caretaker(settings, store, key)
        config = uvicorn.Config(
            app, log_config=None, access_log=False, proxy_headers=False, server_header=False, date_header=True,
            timeout_graceful_shutdown=10, limit_concurrency=500,
            ssl_certfile=settings.home / "server.pem" if use_tls else None,
            ssl_keyfile=settings.home / "server.key" if use_tls else None,
        )  # fmt: skip
        with _caring(keeper, context):
            _run(_Announcing(config, settings, address), listener)


class _Announcing(uvicorn.Server):
    """Says where it is once it listens."""

    def __init__(self, config: uvicorn.Config, settings: Settings, address: str) -> None:
        super().__init__(config)
        self._settings = settings
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        remember_address(self._settings.home, self._address)
        print(json.dumps({"address": self._address}), flush=True)


def _run(server: uvicorn.Server, listener: socket.socket) -> None:
    """uvicorn gives a signal back once it has stopped; then it has done its work."""
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: None)
    _spare_the_collector()
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as loop:
        loop.run(server.serve(sockets=[listener]))


def _spare_the_collector() -> None:
    """A push makes hundreds of thousands of objects without one cycle; what is loaded by now stays for good."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


@contextmanager
def _caring(keeper: Caretaker, context: Context) -> Iterator[None]:
    """Look after the store beside serving it; a backup under way is finished first."""
    over = threading.Event()
    beside = threading.Thread(target=every_minute, args=(keeper.turn, context.now_ms, over.wait), name="care")
    beside.start()
    try:
        yield
    finally:
        over.set()
        beside.join()


def _needs_tls(settings: Settings, host: str) -> bool:
    if is_loopback(host):
        return False
    if not names_in(settings.home):
        raise NotValid("no_certificate", field="host", host=host)
    return True


def listening(host: str, port: int) -> socket.socket:
    """A socket there; its connections send at once: an answer is two writes, and the second would wait 40 ms."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=512)
    except OSError:
        raise Failed(why="port", port=port) from None
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _address(settings: Settings, host: str, port: int, *, use_tls: bool) -> str:
    """Where devices find it: for a host that means every address, the first name of the certificate."""
    name = host
    if use_tls and (_is_any(host) or host not in names_in(settings.home)):
        name = names_in(settings.home)[0]
    shown = f"[{name}]" if ":" in name else name
    return f"{'https' if use_tls else 'http'}://{shown}:{port}"


def _is_any(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("uvicorn", "uvicorn.error", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)

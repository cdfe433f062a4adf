"""One process that serves the app to browsers of this machine, on 127.0.0.1 and nowhere else."""

import logging
import signal
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import flet as ft
import flet_web.fastapi
import uvicorn

from field_app.actions.importing import MAX_FILE_BYTES
from field_app.web.emoji import with_emoji
from field_app.web.guard import AsgiApp, guarded
from field_app.web.overlay import lay

HERE = "127.0.0.1"
LEAVING_S = 3  # a browser that stopped reading half-way must not keep the app from ending
MOST_BYTES = 4 * MAX_FILE_BYTES  # of one message: a file that is handed over comes in one, and is told if too large
Main = Callable[[ft.Page], None]

log = logging.getLogger(__name__)


def serve(main: Main, port: int, listening: Callable[[str], None]) -> None:
    """Serve until stopped. `listening` hears the address once requests wait there; port 0 takes a free one."""
    with tempfile.TemporaryDirectory(prefix="field-visits-") as folder, listen(port) as door:
        lay(Path(folder))
        port = door.getsockname()[1]
        app = guarded(with_emoji(flet_web.fastapi.app(main, assets_dir=folder)), port)
        log.info("serving port=%d", port)
        server = uvicorn.Server(configured(app))
        _end_gently(server)
        listening(f"http://{HERE}:{port}")
        server.run(sockets=[door])


def _end_gently(server: uvicorn.Server) -> None:
    """The server gives the signal back once it has ended; by default the process would end before its folder goes."""

    def leave(*_: object) -> None:
        server.should_exit = True

    signal.signal(signal.SIGTERM, leave)


def configured(app: AsgiApp) -> uvicorn.Config:
    """How an app is served here."""
    return uvicorn.Config(
        app,
        log_level="warning",
        ws="websockets-sansio",
        access_log=False,
        ws_max_size=MOST_BYTES,
        timeout_graceful_shutdown=LEAVING_S,
    )


def listen(port: int) -> socket.socket:
    """The door that browsers of this machine knock at."""
    return socket.create_server((HERE, port))

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
        signal.signal(signal.SIGTERM, _leave)
        listening(f"http://{HERE}:{port}")
        uvicorn.Server(configured(app)).run(sockets=[door])


def _leave(*_: object) -> None:
    """The server gives the signal back once it has ended; by default the process would end before its folder goes."""
    raise SystemExit(0)


def configured(app: AsgiApp) -> uvicorn.Config:
    """How an app is served here."""
    ws = "websockets-sansio"
    return uvicorn.Config(app, log_level="warning", ws=ws, access_log=False, ws_max_size=MOST_BYTES)


def listen(port: int) -> socket.socket:
    """The door that browsers of this machine knock at."""
    return socket.create_server((HERE, port))

"""Does a file come through that a browser hands over in one message, and does the server leave nothing behind?"""

import asyncio
import os
import socket
import subprocess
import sys
from contextlib import contextmanager

import uvicorn
from websockets.asyncio.client import connect

from demo.processes import end, next_line
from field_app.web.server import HERE, configured, listen

SERVING = (
    "from field_app.web.server import serve; serve(lambda page: None, 0, lambda address: print(address, flush=True))"
)
LARGER_THAN_A_SERVER_TAKES_UNASKED = 20_000_000  # bytes


async def counting(scope, receive, send):
    """An app that tells how long each message is."""
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": str(len(message["bytes"]))})


async def told_of(size):
    with listen(0) as door:
        config = configured(counting)
        config.lifespan = "off"
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[door]))
        async with connect(f"ws://{HERE}:{door.getsockname()[1]}", compression=None) as line:
            await line.send(bytes(size))
            told = await line.recv()
        server.should_exit = True
        await serving
    return told


def test_a_large_file_comes_through_whole():
    size = LARGER_THAN_A_SERVER_TAKES_UNASKED
    assert asyncio.run(asyncio.wait_for(told_of(size), 30)) == str(size)


@contextmanager
def served(folder):
    """A server in a process of its own, whose temporary files go there; gives it and its port."""
    env = {**os.environ, "TMPDIR": str(folder)}
    server = subprocess.Popen([sys.executable, "-c", SERVING], env=env, stdout=subprocess.PIPE, text=True)
    try:
        address = next_line(server).strip()
        yield server, int(address.removeprefix(f"http://{HERE}:"))
    finally:
        end(server)


def test_a_server_that_is_told_to_end_leaves_no_folder_behind(tmp_path):
    with served(tmp_path) as (server, _):
        assert list(tmp_path.iterdir())
    assert server.returncode == 0
    assert not list(tmp_path.iterdir())


def test_a_server_ends_although_a_browser_stopped_reading_half_way(tmp_path):
    with socket.socket() as browser:
        browser.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        with served(tmp_path) as (server, port):
            browser.connect((HERE, port))
            browser.sendall(b"GET /main.dart.js HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port)
            assert browser.recv(12) == b"HTTP/1.1 200"
        assert server.returncode == 0

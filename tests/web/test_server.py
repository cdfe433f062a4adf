"""Does a file come through that a browser hands over in one message, and does the server leave nothing behind?"""

import asyncio
import os
import subprocess
import sys

import uvicorn
from websockets.asyncio.client import connect

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


def test_a_server_that_is_told_to_end_leaves_no_folder_behind(tmp_path):
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", SERVING], env=env, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline().startswith("http://127.0.0.1:")
        assert list(tmp_path.iterdir())
        server.terminate()
        assert server.wait(20) == 0
    assert not list(tmp_path.iterdir())

"""Does a file come through that a browser hands over in one message?"""

import asyncio

import uvicorn
from websockets.asyncio.client import connect

from field_app.web.server import HERE, configured, listen

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

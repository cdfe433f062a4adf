"""Does a knock tell whether anybody is at an address, and does it say nothing there?"""

import asyncio
import socket

import pytest

from field_app.web.knock import answers


def test_who_listens_is_there_and_hears_nothing():
    heard = []

    async def meet():
        async def open_up(reader, writer):
            heard.append(await reader.read())
            writer.close()

        async with await asyncio.start_server(open_up, "127.0.0.1", 0) as door:
            is_there = await answers(f"http://127.0.0.1:{door.sockets[0].getsockname()[1]}")
            while not heard:
                await asyncio.sleep(0)
            return is_there

    assert asyncio.run(meet())
    assert heard == [b""]


def test_a_closed_door_is_nobody():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    assert not asyncio.run(answers(f"http://127.0.0.1:{port}"))


@pytest.mark.parametrize("address", ["", "http://", "http://127.0.0.1:99999", "http://[::1", "http://127.0.0.1:x"])
def test_an_address_that_is_none_is_nobody(address):
    assert not asyncio.run(answers(address))

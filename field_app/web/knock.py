"""Is anybody at the server's door? A browser's process hears of no network that comes back, so it knocks.

A knock is a connection that says nothing and is closed at once: no token, no request, no line in a log.
"""

import asyncio
from contextlib import suppress
from urllib.parse import urlsplit

PATIENCE_S = 2.0


async def answers(address: str, patience_s: float = PATIENCE_S) -> bool:
    """Whether a connection to the server's address can be made within `patience_s`."""
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        _, writer = await asyncio.wait_for(asyncio.open_connection(parts.hostname, port), patience_s)
    except (OSError, ValueError):  # refused, nobody there, no such name, no such port
        return False
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
    return True

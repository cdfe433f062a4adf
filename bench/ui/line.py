"""The app's end of the wire to its screen: every message is packed as Flet's own server packs it, counted, and let go.

A real client answers some calls; here every call is answered with nothing, at once.
"""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

import msgpack
from flet.controls.base_control import BaseControl
from flet.messaging.connection import Connection
from flet.messaging.protocol import MessageAction, configure_encode_object_for_msgpack
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

PACKED = configure_encode_object_for_msgpack(BaseControl)  # type: ignore[no-untyped-call]


class Sent(NamedTuple):
    """One message: its bytes, and how much CPU this process had taken by then, in ns."""

    bytes: int
    cpu_ns: int


class Line(Connection):
    """One window's connection. `sent` holds each message, in order."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.loop = asyncio.get_running_loop()
        self.executor = ThreadPoolExecutor(1)
        self.pubsubhub = PubSubHub(self.loop, self.executor)
        self.sent: list[Sent] = []
        self.session: Session

    def send_message(self, message: Any) -> None:
        """Pack and count it: one byte of its sort, then action and body."""
        size = 1 + len(packed([message.action, message.body]))
        self.sent.append(Sent(size, time.process_time_ns()))
        if message.action == MessageAction.SESSION_CRASHED:
            raise RuntimeError(message.body.message)
        if message.action == MessageAction.INVOKE_METHOD:
            told = self.session.handle_invoke_method_results
            self.loop.call_soon(told, message.body.control_id, message.body.call_id, None, None)


def packed(message: Any) -> bytes:
    """A message as it goes over the wire."""
    content: bytes = msgpack.packb(message, default=PACKED)
    return content

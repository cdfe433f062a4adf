"""The app's end of the wire: every message is packed as the real one is, counted, and goes nowhere."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import msgpack
from flet.controls.base_control import BaseControl
from flet.messaging.connection import Connection
from flet.messaging.protocol import MessageAction, configure_encode_object_for_msgpack
from flet.messaging.session import Session
from flet.pubsub.pubsub_hub import PubSubHub

PACKED = configure_encode_object_for_msgpack(BaseControl)


@dataclass(frozen=True)
class Sent:
    """One message to the client."""

    action: MessageAction
    size: int  # bytes
    controls: int


class Line(Connection):
    """The app's end of the wire: packs every message as the real one does, and answers what a client is asked."""

    def __init__(self, answers: dict[str, Any]) -> None:
        super().__init__()
        self.loop = asyncio.get_running_loop()
        self.executor = ThreadPoolExecutor(1)
        self.pubsubhub = PubSubHub(self.loop, self.executor)
        self.answers = answers
        self.sent: list[Sent] = []
        self.asked: list[str] = []
        self.deaf_to: set[str] = set()  # what the client is asked and never answers
        self.urls: list[str] = []  # that the system was to open
        self.visited: list[str] = []  # the addresses of a browser, the last one shown
        self.late_turns = 0  # of the loop, after which the browser's news of an address is heard
        self.crashes: list[str] = []
        self.session: Session

    def send_message(self, message: Any) -> None:
        body = packed(message.body)
        controls = sum(1 for part in parts_of(unpacked(body)) if "_c" in part)
        self.sent.append(Sent(message.action, len(body), controls))
        if message.action == MessageAction.INVOKE_METHOD:
            self.asked.append(message.body.name)
            self.urls += [str((message.body.args or {})["url"])] if message.body.name == "launch_url" else []
            if message.body.name == "push_route":
                self.leads_to((message.body.args or {})["route"])
            answer = self.answers.get(message.body.name)
            told = self.session.handle_invoke_method_results
            if message.body.name not in self.deaf_to:
                self.loop.call_soon(told, message.body.control_id, message.body.call_id, answer, None)
        if message.action == MessageAction.SESSION_CRASHED:
            self.crashes.append(message.body.message)

    def leads_to(self, address: str) -> None:
        """The browser shows another address, and says so as it does whoever asked for it."""
        self.visited.append(address)
        page = self.session.page
        self.session.apply_patch(page._i, {"route": address})
        self.telling = self.loop.create_task(self._tells(page, address))

    async def _tells(self, page: BaseControl, address: str) -> None:
        for _ in range(self.late_turns):
            await asyncio.sleep(0)
        await self.session.dispatch_event(page._i, "route_change", {"route": address})


def packed(message: Any) -> bytes:
    """A message as it goes over the wire. Packing also notes what the client now knows."""
    content: bytes = msgpack.packb(message, default=PACKED)
    return content


def unpacked(body: bytes) -> Any:
    """A message as its client reads it."""
    return msgpack.unpackb(body, strict_map_key=False, ext_hook=lambda code, content: None)


def parts_of(message: Any) -> Iterator[dict[Any, Any]]:
    """Every mapping in a message, at any depth."""
    if isinstance(message, dict):
        yield message
    inside = message.values() if isinstance(message, dict) else message if isinstance(message, list) else ()
    for part in inside:
        yield from parts_of(part)

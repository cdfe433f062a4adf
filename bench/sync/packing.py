"""How bodies are packed on their way, and read again."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from visit_core import packing as wire

MOST_BYTES = 1 << 30
_ZSTD_STARTS = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class Packing:
    """By the name of its coding."""

    name: str
    pack: Callable[[bytes], bytes]

    @property
    def headers(self) -> dict[str, str]:
        """What tells the server."""
        return {"content-encoding": self.name, "accept-encoding": self.name}

    def unpack(self, body: bytes) -> bytes:
        """What was packed so."""
        return wire.unpacked(body, self.name, MOST_BYTES)


def packing(name: str) -> Packing:
    """`gzip`, or `zstd` where this Python has it; ValueError otherwise."""
    if name not in wire.READABLE:
        raise ValueError(f"no {name} here")
    return Packing(name, lambda body: wire.packed(body, name, level=6)[0])


def told(answer: httpx.Response) -> dict[str, Any]:
    """What an answer says; httpx unpacks gzip by itself, and zstd only with a module of its own."""
    answer.raise_for_status()
    body = answer.content
    said: dict[str, Any] = json.loads(wire.unpacked(body, "zstd", MOST_BYTES) if body[:4] == _ZSTD_STARTS else body)
    return said

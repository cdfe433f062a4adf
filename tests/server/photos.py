"""Photographs for tests: bytes that nobody can pack, records that tell of them, and the requests that carry them."""

import hashlib
import random
from collections.abc import Iterable, Mapping
from typing import Any

import httpx

from tests.server.world import Phone

PHOTO = random.Random(5).randbytes(5_077)
OTHER = random.Random(6).randbytes(2_500)
PIECE = 1_000


def sha_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def told_of(content: bytes = PHOTO) -> dict[str, Any]:
    """What the record of a photograph says."""
    about = {"mime": "image/jpeg", "taken_at": "2026-11-21T10:00:00.000Z", "source": "camera"}
    return {**about, "sha256": sha_of(content), "size": len(content)}


def tells_of(phone: Phone, content: bytes = PHOTO, **more: Any) -> str:
    """The record of a photograph, sent to the server."""
    id = phone.creates("attachment", **{**told_of(content), **more})
    phone.syncs()
    return id


def asks(phone: Phone, method: str, content: bytes = PHOTO, **headers: str) -> httpx.Response:
    signed = {"authorization": f"Bearer {phone.token}", **headers}
    return phone.office.answers(method, f"/v1/blobs/{sha_of(content)}", headers=signed)


def sends(
    phone: Phone, at: int, piece: bytes, content: bytes = PHOTO, *, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    """One chunk, whether or not it belongs there."""
    signed = {"authorization": f"Bearer {phone.token}", "upload-offset": str(at), **(headers or {})}
    return phone.office.answers("PATCH", f"/v1/blobs/{sha_of(content)}", content=piece, headers=signed)


def sends_all(phone: Phone, content: bytes = PHOTO, *, start: int = 0, end: int | None = None) -> None:
    for at in range(start, len(content) if end is None else end, PIECE):
        answer = sends(phone, at, content[at : at + PIECE], content)
        assert answer.status_code == 204, answer.text


def standing(phone: Phone, content: bytes = PHOTO) -> tuple[int, int, bool]:
    """How far the server has it: bytes, of how many, and whether that is all that is wanted."""
    told = asks(phone, "HEAD", content)
    assert told.status_code == 200
    return (
        int(told.headers["upload-offset"]),
        int(told.headers["upload-length"]),
        told.headers["upload-complete"] == "1",
    )


def received(phones: Iterable[Phone], id: str) -> list[Any]:
    """When everybody is told that it was received."""
    told = []
    for phone in phones:
        phone.syncs()
        told.append(phone.sees("attachment", id).get("received_at"))
    return told


def refusal(answer: httpx.Response) -> tuple[int, str]:
    told = answer.json()
    return answer.status_code, str(told["facts"].get("why", told["code"]))

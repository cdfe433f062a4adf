"""What only this device has, in a file that only the organisation's server can open; and such a file handed in."""

import base64
import gzip
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from field_app.actions.importing import MAX_FILE_BYTES
from field_app.actions.photographs import on_their_way
from field_app.drawing import View
from field_app.local_store import LocalStore
from field_app.remote import Remote
from field_app.rescued import Rescued
from field_app.sync import Run
from field_app.vault.entrusted import Entrusted, seal_file
from field_app.vault.files import Disk, replace_bit_by_bit
from visit_core.errors import Corrupt, Failed, NotFound, NotHere, NotValid, TooLarge
from visit_core.rescues import (
    PHOTO_PART_BYTES,
    RECORDS_ALONE,
    REQUESTS_IN_A_PIECE,
    WITH_PHOTO,
    PhotoPart,
    Rescue,
    RescueFile,
    RescueTaken,
    Takings,
    pieces_in,
)

MOST_PHOTO_BYTES = 24 * 2**20
"""Of photographs in one file that goes through memory; sealed they are half as much again. Others go into the next."""


@dataclass(frozen=True, slots=True)
class RescueMade:
    """A rescue file that nobody keeps yet."""

    content: bytes
    rescued: Rescued


def rescue_file(store: LocalStore, entrusted: Entrusted) -> RescueMade:
    """Make the file; only `has_kept` lets a person leave this device for it.

    Of photographs as many as it has room for, those first that are in no file yet.
    """
    rescued = _rescued(store, MOST_PHOTO_BYTES)
    return RescueMade(b"".join(_lines(store, entrusted, rescued)), rescued)


def keep_rescue_file(store: LocalStore, entrusted: Entrusted, file: Path) -> Rescued:
    """Write the file with all photographs, a piece at a time; NotFound where it cannot be written."""
    rescued = _rescued(store)
    try:
        replace_bit_by_bit(file, _lines(store, entrusted, rescued), Disk())
    except Failed as refusal:
        raise NotFound("file_unwritable", field="file") from refusal
    store.is_rescued(rescued)
    return rescued


def has_kept(store: LocalStore, made: RescueMade) -> None:
    """The file lies where somebody has put it: what is in it no longer keeps anybody from leaving."""
    store.is_rescued(made.rescued)


async def take_in(_store: LocalStore, remote: Remote, _run: Run, *, content: bytes) -> RescueTaken:
    """Hand in a file that was picked; NotFound for another kind of file, TooLarge where its end was cut off."""
    if len(content) > MAX_FILE_BYTES:
        raise TooLarge("too_large", field="file", limit=MAX_FILE_BYTES)
    return await hand_in(remote, io.BytesIO(content))


async def hand_in_file(remote: Remote, file: Path) -> RescueTaken:
    """The same for a file on this machine, which may be large; NotFound where there is none."""
    try:
        opened = file.open("rb")
    except OSError as refusal:
        raise NotFound("file_unreadable", field="file") from refusal
    with opened:
        return await hand_in(remote, opened)


async def hand_in(remote: Remote, file: BinaryIO) -> RescueTaken:
    """Have the server take in a colleague's rescue file, for supervisors and admins. Twice is harmless.

    A damaged piece is counted and keeps no other out; why it was refused is told where nothing else was taken.
    """
    takings = Takings()
    for piece in pieces_in(file):
        if piece is None:
            takings.leave_out()
            continue
        try:
            takings.add(await remote.tell("/v1/rescues", piece, RescueTaken))
        except NotValid as refused:
            takings.leave_out(refused)
    return takings.told()


def _rescued(store: LocalStore, most_bytes: int | None = None) -> Rescued:
    """What goes into the file, of photographs at most so many bytes, one at least."""
    before = store.progress().rescued_photos
    waiting = sorted(on_their_way(store), key=lambda photo: photo.id in before)
    chosen, room = list[str](), most_bytes
    for photo in waiting:
        size = len(_content(store, photo))
        if size and (room is None or size <= room or not chosen):
            chosen.append(photo.id)
            room = None if room is None else room - size
    left = sum(photo.id not in chosen and photo.id not in before for photo in waiting)
    return replace(store.for_rescue(), photos=chosen, photos_left=left)


def _lines(store: LocalStore, entrusted: Entrusted, rescued: Rescued) -> Iterator[bytes]:
    for told in chain(_records(rescued), _photos(store, rescued)):
        yield _line(told, store.me.device, entrusted.organisation_key)


def _records(rescued: Rescued) -> Iterator[Rescue]:
    """All changes; one piece at least, so that the file is never empty."""
    requests, made_ms = rescued.requests, rescued.made_ms
    for at in range(0, len(requests) or 1, REQUESTS_IN_A_PIECE):
        yield Rescue(made_ms=made_ms, requests=list(requests[at : at + REQUESTS_IN_A_PIECE]))


def _photos(store: LocalStore, rescued: Rescued) -> Iterator[Rescue]:
    """Part by part; one photograph is in memory at a time."""
    for id in rescued.photos:
        photo = store.itself("attachment", id)
        content = _content(store, photo) if photo else b""
        sha256 = hashlib.sha256(content).hexdigest()
        for at in range(0, len(content), PHOTO_PART_BYTES):
            part = PhotoPart(sha256=sha256, size=len(content), at=at, content=content[at : at + PHOTO_PART_BYTES])
            yield Rescue(made_ms=rescued.made_ms, photo=part)


def _content(store: LocalStore, photo: View) -> bytes:
    """The bytes that the record tells of; none where they are damaged."""
    try:
        content = store.attachments.whole(photo.id)
    except (Corrupt, NotHere):
        return b""
    return content if hashlib.sha256(content).hexdigest() == photo.fields.get("sha256") else b""


def _line(told: Rescue, device: str, organisation_key: str) -> bytes:
    said = told.model_dump_json(exclude_none=True).encode("utf-8")
    sealed = base64.b64encode(seal_file(organisation_key, device, gzip.compress(said, 6, mtime=0))).decode("ascii")
    piece = RescueFile(version=WITH_PHOTO if told.photo else RECORDS_ALONE, device=device, sealed=sealed)
    return piece.model_dump_json().encode("ascii") + b"\n"

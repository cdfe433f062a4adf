"""Photographs without a screen: a file is made small and bare, and kept with a visit; and one is written to a file."""

import asyncio
import hashlib
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from field_app.actions.importing import keep_file
from field_app.actions.photographing import attach
from field_app.actions.photographs import in_full, load
from field_app.cli_commands.desk import Command, Desk
from field_app.cli_commands.telling import Printed
from field_app.downloads import fetch_photo
from field_app.local_store import LocalStore
from field_app.photo import MOST_FILE_BYTES, photo_of
from visit_core.errors import NotFound
from visit_core.kinds.attachment import ATTACHMENT_SOURCE


def attach_file(desk: Desk, said: Namespace) -> Printed:
    """Keep a photograph of a visit; what is printed is of the bytes that are kept and sent."""
    photo = photo_of(_begin_of(Path(said.file)))
    with desk.store() as store:
        return asdict(attach(store, photo, visit=said.visit, source=said.source))


def fetch_file(desk: Desk, said: Namespace) -> Printed:
    """Write a photograph to a file, as it was kept when it was taken; asked of the server where it is not here."""

    async def fetch(store: LocalStore) -> int:
        async with desk.connect(store.me) as remote:
            return await fetch_photo(store, remote.blobs, photo=said.id)

    with desk.store() as store:
        is_here = load(store, said.id).picture
        fetched = 0 if is_here else asyncio.run(fetch(store))
        content = in_full(store, said.id)
    keep_file(Path(said.file), content)
    return {"id": said.id, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "fetched": fetched}


def _begin_of(file: Path) -> bytes:
    """As much of it as tells that it is too large; NotFound where it cannot be read."""
    try:
        with file.open("rb") as held:
            return held.read(MOST_FILE_BYTES + 1)
    except OSError as refusal:
        raise NotFound("file_unreadable", field="file") from refusal


def _attach_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("visit")
    parser.add_argument("file", help="JPEG, PNG, WebP or BMP")
    sources = [each.code for each in ATTACHMENT_SOURCE.choices if each.code != "file"]
    parser.add_argument("--source", choices=sources, default="", help="without it: by when the picture was taken")


def _fetch_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("id")
    parser.add_argument("file", help="where the JPEG is to lie, readable by anybody who may read the file")


COMMANDS = (
    Command("attach", "keep a photograph of a visit", attach_file, _attach_arguments),
    Command("fetch", "write a photograph to a file", fetch_file, _fetch_arguments),
)

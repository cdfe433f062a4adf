"""The bytes of photographs, each in a sealed file of its own beside the log: `<store>/attachments/<record id>`.

A file is whole on the medium under its name or it is not there. Which of them belong to a record the log says; what
belongs to none is swept away.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from field_app.vault.files import Disk, as_store_errors, replace_file
from field_app.vault.streams import (
    HEAD_BYTES,
    PIECE_BYTES,
    SEALED_PIECE_BYTES,
    StreamOpener,
    content_size,
    piece_at,
    seal_stream,
)
from visit_core.errors import Corrupt, Failed, NotHere

_ID = re.compile(r"[0-9a-f]{32}")


class AttachmentStore:
    """What is kept of photographs on this device, under the ids of their records."""

    def __init__(self, folder: Path, key: bytes, disk: Disk | None = None) -> None:
        """`key` is the store's data key; the folder is made when something is kept."""
        self._folder, self._key, self._disk = folder, key, disk or Disk()

    def keep(self, id: str, content: bytes) -> None:
        """Keep `content` durably, in the place of what was there; NoRoom or Failed leave that."""
        path = self._path(id)
        with as_store_errors(step="attachments"):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        replace_file(path, seal_stream(content, self._key, id), self._disk)

    def read(self, id: str, at: int, size: int) -> bytes:
        """Up to `size` bytes from `at`, none behind the end; NotHere, or Corrupt if they are not as written.

        Whoever reads up to the end has it on authority that it is the end.
        """
        with self._opened(id) as file:
            sealed_size = self._disk.size(file.fileno())
            opener = StreamOpener(file.read(HEAD_BYTES), sealed_size, self._key, id)
            numbers = opener.numbers(at, size)
            file.seek(piece_at(numbers.start))
            content = b"".join(opener.open(number, file.read(SEALED_PIECE_BYTES)) for number in numbers)
        return content[at - numbers.start * PIECE_BYTES :][:size] if at < opener.size else b""

    def whole(self, id: str) -> bytes:
        """All of it; NotHere and Corrupt as for a part."""
        size = self.size(id)
        if size is None:
            raise NotHere()
        return self.read(id, 0, size)

    def size(self, id: str) -> int | None:
        """How many bytes are kept under that id; None if there are none. Corrupt for a file of no possible length."""
        try:
            return content_size(self._path(id).stat().st_size)
        except FileNotFoundError:
            return None

    def __contains__(self, id: str) -> bool:
        """Whether anything is kept under that id, be it damaged."""
        return self._path(id).exists()

    def note_viewed(self, id: str, at_ms: int) -> None:
        """Somebody looks at it; nothing is told where it is not here."""
        with suppress(OSError):
            os.utime(self._path(id), ns=(at_ms * 1_000_000, at_ms * 1_000_000))

    def viewed_ms(self, id: str) -> int:
        """When somebody looked at it last, or when it was kept; 0 where it is not here."""
        try:
            return self._path(id).stat().st_mtime_ns // 1_000_000
        except FileNotFoundError:
            return 0

    def discard(self, id: str) -> None:
        """Keep it no longer."""
        self._path(id).unlink(missing_ok=True)

    def ids(self) -> set[str]:
        """Of what something is kept."""
        return {path.name for path in self._files() if _ID.fullmatch(path.name)}

    def sweep(self, living: set[str]) -> int:
        """Take away what belongs to none of these and what a crash left half-written; give how many files."""
        orphans = [path for path in self._files() if path.name not in living]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)

    @contextmanager
    def _opened(self, id: str) -> Iterator[BinaryIO]:
        try:
            file = self._path(id).open("rb")
        except FileNotFoundError as refusal:
            raise NotHere() from refusal
        except OSError as refusal:
            raise Failed(step="read", errno=refusal.errno or 0) from refusal
        with as_store_errors(step="read"), file:
            yield file

    def _path(self, id: str) -> Path:
        if not _ID.fullmatch(id):
            raise NotHere()
        return self._folder / id

    def _files(self) -> list[Path]:
        return list(self._folder.iterdir()) if self._folder.is_dir() else []


def attachments_of(log: Path) -> Path:
    """The folder that belongs to a log."""
    return log.with_name("attachments")


def reseal(folder: Path, known_keys: Sequence[bytes], key: bytes, disk: Disk) -> int:
    """Seal under `key` what is sealed under another of the known ones; give how many. Cut, it can be done again.

    What none of them opens stays as it is: reading it tells that it is damaged.
    """
    fresh, others = AttachmentStore(folder, key, disk), [each for each in known_keys if each != key]
    if not others:
        return 0
    before = [AttachmentStore(folder, each, disk) for each in others]
    return sum(_resealed(fresh, id, before) for id in fresh.ids())


def _resealed(fresh: AttachmentStore, id: str, before: Sequence[AttachmentStore]) -> bool:
    if _content(fresh, id) is not None:
        return False
    content = next((found for each in before if (found := _content(each, id)) is not None), None)
    if content is not None:
        fresh.keep(id, content)
    return content is not None


def _content(store: AttachmentStore, id: str) -> bytes | None:
    try:
        return store.whole(id)
    except Corrupt:
        return None

"""TinyDB as it comes, plain, and with what one would write in an afternoon to encrypt it."""

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tinydb import JSONStorage, Storage, TinyDB

from bench.store.made_up import Made


class SealedWhole(Storage):
    """Seals the whole database for every write: a temporary file, synced, renamed over the one before."""

    def __init__(self, path: Path) -> None:
        """Over the file at `path`."""
        self._path, self._cipher = path, AESGCM(bytes(range(32)))

    def read(self) -> dict[str, Any] | None:
        """All tables."""
        if not self._path.exists():
            return None
        blob = self._path.read_bytes()
        tables: dict[str, Any] = json.loads(self._cipher.decrypt(blob[:12], blob[12:], None))
        return tables

    def write(self, data: dict[str, Any]) -> None:
        """Replace the file."""
        nonce, fresh = os.urandom(12), self._path.with_suffix(".tmp")
        with fresh.open("wb") as file:
            file.write(nonce + self._cipher.encrypt(nonce, json.dumps(data, ensure_ascii=False).encode(), None))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


class WholeFile:
    """TinyDB over a storage that rewrites the whole. It has no transaction, so only the visit is asked of it."""

    def __init__(self, name: str, open_it: Callable[[], TinyDB]) -> None:
        """Called `name`, over the database that `open_it` gives."""
        self.name, self.db = name, open_it()
        self._visits = self.db.table("visits")

    def fill(self, visits: Iterable[Made]) -> None:
        """Keep all of them at once."""
        self.db.storage.write({"visits": {str(number): visit for number, visit in enumerate(visits, 1)}})

    def insert(self, visit: Made) -> None:
        """Keep one visit."""
        self._visits.insert(visit)

    def visit(self, number: int) -> Made:
        """The visit of that number."""
        return cast("Made", self._visits.get(doc_id=number))

    def close(self) -> None:
        """Done."""
        self.db.close()


def sealed_whole(folder: Path) -> WholeFile:
    """AES-GCM over the whole file."""
    return WholeFile("sealed whole", lambda: TinyDB(folder / "whole.sealed", storage=SealedWhole))


def plain(folder: Path) -> WholeFile:
    """TinyDB's own JSON file: not encrypted, and a crash within a write leaves half of it."""
    return WholeFile(
        "plain", lambda: TinyDB(folder / "plain.json", storage=JSONStorage, ensure_ascii=False, encoding="utf-8")
    )

"""The server's home: made by `init`, opened by every other command, served by one process at a time."""

import json
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sync_server.keys import audit_key, default_key_file, make_key, read_key
from sync_server.settings import Settings, checked, keep_settings
from sync_server.store_sql.opening import make_store, open_store
from sync_server.store_sql.store import SqlStore
from visit_core.errors import AlreadyEnrolled, Locked, NotValid


def make_home(settings: Settings, environment: Mapping[str, str]) -> None:
    """Settings, key and an empty store."""
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if (settings.home / "settings.json").exists():
        raise AlreadyEnrolled()
    path = key_file(settings, environment)
    make_key(path)
    make_store(settings.database_url, read_key(path))
    open_central(settings, environment).close()
    keep_settings(settings)


def fresh_settings(home: Path, **given: str) -> Settings:
    """Settings for a new home; `given` as the operator said, empty for the default."""
    named = {name: value for name, value in given.items() if value}
    return checked({"home": home.resolve(), "store_id": secrets.token_hex(16), **named})


def key_file(settings: Settings, environment: Mapping[str, str]) -> Path:
    """Where this home's key lies; never in the home, which is what gets copied."""
    path = settings.key_file or default_key_file(settings.store_id, environment)
    if path.resolve().is_relative_to(settings.home.resolve()):
        raise NotValid("key_file_home", field="key_file")
    return path


def open_central(settings: Settings, environment: Mapping[str, str]) -> SqlStore:
    """The central store of a home."""
    key = store_key(settings, environment)
    return open_store(settings.database_url, key, audit_key(key), readers=settings.threads)


def store_key(settings: Settings, environment: Mapping[str, str]) -> bytes:
    """The key of a home's store and backups."""
    return read_key(key_file(settings, environment))


def remember_address(home: Path, address: str) -> None:
    """Note where the server was last reached, for invites."""
    (home / "served.json").write_text(json.dumps({"address": address}), "utf-8")


def last_address(settings: Settings) -> str:
    """The address that invites name: the one set, else the last one served; empty if there is none yet."""
    if settings.address:
        return settings.address
    try:
        return str(json.loads((settings.home / "served.json").read_text("utf-8"))["address"])
    except (OSError, ValueError, KeyError):
        return ""


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Hold a store in a file for this process; Locked if another one has it. A PostgreSQL takes many."""
    if settings.database_file is None:
        yield
        return
    with (settings.home / "lock").open("a+b") as file:
        _lock(file)
        yield


def _lock(file: IO[bytes]) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise Locked() from None

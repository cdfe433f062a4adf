"""The device secret: 32 random bytes kept outside the home, so that a copied home is not enough.

A private file for now; on a phone the system's keystore is to play this part.
"""

import os
from pathlib import Path
from typing import Protocol

from field_app.vault.files import Disk, replace_file
from visit_core.errors import Corrupt, Failed, NotValid

SECRET_BYTES = 32


class Secrets(Protocol):
    """What is kept beside a store but never in it, under a name."""

    def read(self, name: str) -> bytes | None:
        """What was kept under `name`, or None."""

    def keep(self, name: str, value: bytes) -> None:
        """Keep `value` durably under `name`."""

    def forget(self, name: str) -> None:
        """Keep it no longer."""


class SecretFiles:
    """Secrets as files that only their owner may read, in one folder that is not inside any home."""

    def __init__(self, folder: Path, home: Path, disk: Disk | None = None) -> None:
        """Refuses a folder within `home`: whoever copies the home would copy the secret."""
        if folder.resolve().is_relative_to(home.resolve()):
            raise NotValid("secrets_inside_home", field="FIELD_APP_SECRETS")
        self._folder, self._disk = folder, disk or Disk()

    def read(self, name: str) -> bytes | None:
        """What was kept under `name`, or None."""
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as refusal:
            raise Failed(step="secrets", errno=refusal.errno or 0) from refusal

    def keep(self, name: str, value: bytes) -> None:
        """Keep `value` durably in a file of mode 0600."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as refusal:
            raise Failed(step="secrets", errno=refusal.errno or 0) from refusal
        replace_file(self._path(name), value, self._disk)

    def forget(self, name: str) -> None:
        """Remove the file."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / name


def new_secret(secrets: Secrets, store_id: str) -> bytes:
    """Draw and keep the secret of a new store."""
    secret = os.urandom(SECRET_BYTES)
    secrets.keep(_name(store_id), secret)
    return secret


def secret_of(secrets: Secrets, store_id: str) -> bytes | None:
    """The secret of a store, or None if it is not on this machine."""
    secret = secrets.read(_name(store_id))
    if secret is not None and len(secret) != SECRET_BYTES:
        raise Corrupt(why="secret", bytes=len(secret))
    return secret


def forget_secret(secrets: Secrets, store_id: str) -> None:
    """Keep a store's secret no longer: what it sealed is gone with it."""
    secrets.forget(_name(store_id))


def _name(store_id: str) -> str:
    return f"{store_id}.secret"

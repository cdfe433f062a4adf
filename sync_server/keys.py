"""The store's key: a file of its own outside the home, that only its owner can read."""

import os
import re
import secrets
import stat
import sys
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visit_core.errors import NotValid, WrongKey


def default_key_file(store_id: str, environment: Mapping[str, str]) -> Path:
    """Where the key lies unless a setting says otherwise: under the platform's configuration folder."""
    return _configuration_folder(environment) / "field-visits-server" / f"{store_id}.key"


def make_key(path: Path) -> None:
    """A fresh key in a fresh file; an existing file is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(opened, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_key(path: Path) -> bytes:
    """The 32 bytes of the key; refused when others can read the file, or when there is no key in it."""
    try:
        text = path.read_text("ascii").strip()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError):
        raise WrongKey(why="key_file") from None
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise NotValid("key_file_open", field="key_file")
    if re.fullmatch(r"[0-9a-f]{64}", text) is None:
        raise NotValid("key_file", field="key_file")
    return bytes.fromhex(text)


def audit_key(key: bytes) -> bytes:
    """The key that seals the audit log, drawn from the store's key."""
    return HKDF(SHA256(), 32, salt=None, info=b"field-visits audit chain").derive(key)


def _configuration_folder(environment: Mapping[str, str]) -> Path:
    if "XDG_CONFIG_HOME" in environment:
        return Path(environment["XDG_CONFIG_HOME"])
    match sys.platform:
        case "win32":
            return Path(environment.get("APPDATA", str(Path.home() / "AppData" / "Roaming")))
        case "darwin":
            return Path.home() / "Library" / "Application Support"
    return Path.home() / ".config"

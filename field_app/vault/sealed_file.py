"""The store's file: one authenticated ciphertext under a header that is bound to it.

Header, 52 bytes, little-endian: magic 8 · version u16 · suite u16 · file id 16 · generation u64 · reserved u32
· nonce 12. The whole header is the associated data, so another file's text, another version or another
generation never opens. Then AES-256-GCM text and tag.
"""

import os
import struct
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from field_app.vault.codec import Tables, from_lines, to_lines
from field_app.vault.files import Disk, replace_file
from visit_core.errors import Corrupt, Failed

MAGIC = b"VISITS\0\1"
VERSION = 1
AES_256_GCM = 1
_HEADER = struct.Struct("<8sHH16sQI12s")


@dataclass(frozen=True, slots=True)
class Generation:
    """One commit of the whole store."""

    file_id: bytes
    number: int
    tables: Tables


def first_generation() -> Generation:
    """An empty store under a file id of its own."""
    return Generation(os.urandom(16), 0, {})


def write_generation(path: Path, generation: Generation, data_key: bytes, disk: Disk) -> None:
    """Put `generation` on disk durably; the one before stays as `.prev`."""
    nonce = os.urandom(12)
    header = _HEADER.pack(MAGIC, VERSION, AES_256_GCM, generation.file_id, generation.number, 0, nonce)
    sealed = _cipher(data_key, generation.file_id).encrypt(nonce, to_lines(generation.tables), header)
    replace_file(path, header + sealed, disk, keep_previous=True)


def read_generation(path: Path, data_key: bytes) -> Generation:
    """The store's content, whole, or Corrupt."""
    blob = _bytes_of(path)
    if len(blob) < _HEADER.size:
        raise Corrupt(why="short", bytes=len(blob))
    magic, version, suite, file_id, number, _reserved, nonce = _HEADER.unpack_from(blob)
    if (magic, version, suite) != (MAGIC, VERSION, AES_256_GCM):
        raise Corrupt(why="header", version=version)
    try:
        text = _cipher(data_key, file_id).decrypt(nonce, blob[_HEADER.size :], blob[: _HEADER.size])
    except InvalidTag as refusal:
        raise Corrupt(why="seal", bytes=len(blob)) from refusal
    return Generation(file_id, number, from_lines(text))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as refusal:
        raise Corrupt(why="missing") from refusal
    except OSError as refusal:
        raise Failed(step="read", errno=refusal.errno or 0) from refusal


def _cipher(data_key: bytes, file_id: bytes) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=b"visits/data" + file_id).derive(data_key))

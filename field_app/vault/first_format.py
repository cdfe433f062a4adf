"""The store's first format, read only: one sealed file that every save replaced. It is taken over on opening.

Header, 52 bytes, little-endian: magic 8 · version u16 · suite u16 · file id 16 · generation u64 · reserved u32
· nonce 12; then the sealed text, a line a document: `table TAB id TAB document`, the first and last as JSON.
"""

import json
import struct
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from field_app.vault.ops import MAKE, PUT, Op
from visit_core.errors import Corrupt, Failed

MAGIC = b"VISITS\0\1"
_HEADER = struct.Struct("<8sHH16sQI12s")


def read_first_format(path: Path, data_key: bytes) -> list[Op]:
    """Everything the file holds, as ops; Corrupt if it is not what was written."""
    try:
        blob = path.read_bytes()
    except OSError as refusal:
        raise Failed(step="read", errno=refusal.errno or 0) from refusal
    if len(blob) < _HEADER.size:
        raise Corrupt(why="short", bytes=len(blob))
    magic, version, suite, file_id, _number, _reserved, nonce = _HEADER.unpack_from(blob)
    if (magic, version, suite) != (MAGIC, 1, 1):
        raise Corrupt(why="header", version=version)
    cipher = AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=b"visits/data" + file_id).derive(data_key))
    try:
        text = cipher.decrypt(nonce, blob[_HEADER.size :], blob[: _HEADER.size])
    except InvalidTag as refusal:
        raise Corrupt(why="seal", bytes=len(blob)) from refusal
    return list(_ops(text))


def _ops(text: bytes) -> Iterator[Op]:
    for line in text.split(b"\n") if text else ():
        name, key, row = line.split(b"\t", 2)
        table = json.loads(name.decode("utf-8", "surrogatepass"))
        yield Op(PUT, table, key.decode("ascii"), row) if key else Op(MAKE, table)

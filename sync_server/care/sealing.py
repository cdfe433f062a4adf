"""A stream of bytes in a file that only the store's key opens, and that cannot be cut or put together anew.

    magic · salt 32 · length u16 and JSON of the label · for each piece: length u32, AES-256-GCM of the piece

The key of a file is HKDF-SHA256(store's key, salt). A piece's nonce is its number and whether it is the last, so
pieces cannot change places and the end cannot be cut off unseen; magic, salt and label are bound to every piece.
(The STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár 2015.)
"""

import json
import secrets
import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visit_core.errors import Corrupt, WrongKey

MAGIC = b"VISITSBK\0\1"
PIECE = 1 << 20
_LONGEST = PIECE + 16
Label = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Opened:
    """A sealed file: what it says of itself in clear, and its content."""

    label: Label
    content: Iterator[bytes]


def seal(file: IO[bytes], key: bytes, label: Label, content: Iterable[bytes]) -> None:
    """Write the content sealed; the label is readable by all but cannot be altered."""
    head = _head(secrets.token_bytes(32), json.dumps(dict(label), sort_keys=True).encode())
    file.write(head)
    cipher = _cipher(key, head)
    number, held = 0, b""
    for piece in _pieces(content):
        if number or held:
            _put(file, cipher.encrypt(_nonce(number, is_last=False), held, head))
            number += 1
        held = piece
    _put(file, cipher.encrypt(_nonce(number, is_last=True), held, head))


def unseal(file: IO[bytes], key: bytes) -> Opened:
    """Open a sealed file. Corrupt while reading, if it is not whole; WrongKey for another key's file."""
    head = _read_head(file)
    label = json.loads(head[len(MAGIC) + 34 :])
    return Opened(label, _open(file, _cipher(key, head), head))


def _open(file: IO[bytes], cipher: AESGCM, head: bytes) -> Iterator[bytes]:
    number, is_last = 0, False
    sealed = _take(file)
    while sealed is not None:
        following = _take(file)
        is_last = following is None
        try:
            yield cipher.decrypt(_nonce(number, is_last=is_last), sealed, head)
        except InvalidTag:
            raise (Corrupt(why="backup") if number else WrongKey(why="backup")) from None
        number, sealed = number + 1, following
    if not is_last:
        raise Corrupt(why="backup")


def _head(salt: bytes, label: bytes) -> bytes:
    return MAGIC + salt + struct.pack("<H", len(label)) + label


def _read_head(file: IO[bytes]) -> bytes:
    fixed = file.read(len(MAGIC) + 34)
    if len(fixed) < len(MAGIC) + 34 or not fixed.startswith(MAGIC):
        raise Corrupt(why="no_backup")
    length = struct.unpack("<H", fixed[-2:])[0]
    label = file.read(length)
    try:
        readable = isinstance(json.loads(label), dict)
    except ValueError:
        readable = False
    if len(label) < length or not readable:
        raise Corrupt(why="backup")
    return fixed + label


def _cipher(key: bytes, head: bytes) -> AESGCM:
    salt = head[len(MAGIC) : len(MAGIC) + 32]
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"field-visits backup").derive(key))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return struct.pack(">IQ?", 0, number, is_last)[1:]


def _put(file: IO[bytes], sealed: bytes) -> None:
    file.write(struct.pack("<I", len(sealed)) + sealed)


def _take(file: IO[bytes]) -> bytes | None:
    length = file.read(4)
    if not length:
        return None
    size = struct.unpack("<I", length)[0] if len(length) == 4 else 0
    sealed = file.read(size) if 16 <= size <= _LONGEST else b""
    if len(sealed) != size or not sealed:
        raise Corrupt(why="backup")
    return sealed


def _pieces(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size, the last one shorter."""
    held = bytearray()
    for part in content:
        held += part
        while len(held) > PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    yield bytes(held)

"""Bytes of any length sealed piece by piece, so that a part is opened without the rest (STREAM, Hoang et al. 2015).

magic 8 · salt 32, random · pieces of 64 KiB, each AES-256-GCM with its tag of 16. Key: HKDF-SHA256 of the data key with
the salt, info = "visits/attachment" ‖ name, so that no two files share one, not even two of one name. Nonce: number of
the piece, 11 bytes, ‖ 1 for the last, else 0: pieces that were swapped, doubled, left out or cut off do not open.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visit_core.errors import Corrupt

MAGIC = b"VISATT\0\1"
SALT_BYTES = 32
HEAD_BYTES = len(MAGIC) + SALT_BYTES
PIECE_BYTES = 64 * 1024
TAG_BYTES = 16
SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES


def seal_stream(content: bytes, data_key: bytes, name: str) -> bytes:
    """The sealed file; empty content is one empty piece."""
    salt = os.urandom(SALT_BYTES)
    cipher = _cipher(data_key, salt, name)
    pieces = [content[at : at + PIECE_BYTES] for at in range(0, len(content), PIECE_BYTES)] or [b""]
    last = len(pieces) - 1
    sealed = (cipher.encrypt(_nonce(number, number == last), piece, None) for number, piece in enumerate(pieces))
    return b"".join((MAGIC, salt, *sealed))


def content_size(sealed_size: int) -> int:
    """How many bytes a sealed file of that length holds; Corrupt if none has that length."""
    whole, rest = divmod(sealed_size - HEAD_BYTES, SEALED_PIECE_BYTES)
    if sealed_size < HEAD_BYTES + TAG_BYTES or 0 < rest < TAG_BYTES:
        raise Corrupt(why="attachment_size", bytes=sealed_size)
    return whole * PIECE_BYTES + max(rest - TAG_BYTES, 0)


class StreamOpener:
    """Opens the pieces of one sealed file whose head and length are known."""

    def __init__(self, head: bytes, sealed_size: int, data_key: bytes, name: str) -> None:
        if head[: len(MAGIC)] != MAGIC:
            raise Corrupt(why="attachment_head")
        self.size = content_size(sealed_size)
        self._last = max(self.size - 1, 0) // PIECE_BYTES
        self._cipher = _cipher(data_key, head[len(MAGIC) : HEAD_BYTES], name)

    def numbers(self, at: int, size: int) -> range:
        """The pieces that hold the `size` bytes from `at` on; up to the end and behind it with the last one."""
        if at + size >= self.size:
            return range(min(at // PIECE_BYTES, self._last), self._last + 1)
        return range(at // PIECE_BYTES, (at + max(size, 1) - 1) // PIECE_BYTES + 1)

    def open(self, number: int, piece: bytes) -> bytes:
        """What a sealed piece holds; Corrupt unless it is that piece of this file, whole."""
        try:
            return self._cipher.decrypt(_nonce(number, number == self._last), piece, None)
        except InvalidTag as refusal:
            raise Corrupt(why="attachment_piece", piece=number) from refusal


def piece_at(number: int) -> int:
    """Where a piece begins in the sealed file."""
    return HEAD_BYTES + number * SEALED_PIECE_BYTES


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")


def _cipher(data_key: bytes, salt: bytes, name: str) -> AESGCM:
    info = b"visits/attachment" + name.encode("utf-8")
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=salt, info=info).derive(data_key))

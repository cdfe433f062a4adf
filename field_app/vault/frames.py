"""The log's two shapes on disk, as pure bytes: its header and its frames. Little-endian throughout.

Header, 136 bytes: magic 8 · version u16 · suite u16 · file id 16 · salt 16 · generation u64 · first seq u64 · whole
seq u64 · parent's file id 16 · parent's last seq u64 · parent's last tag 16 · nonce 12 · tag 16 of an empty text
whose associated data are the bytes before. It has a key of its own: a wrong data key is told from damage.

Frame, 44 bytes and its text: magic 4 · length of text and tag u32 · seq u64 · nonce 12 · sealed text · tag 16.
Associated data: file id and the first 16 bytes. The text begins with flags u8 (bit 0: the commit goes on) ·
7 reserved · first seq of the commit u64 · tag of the frame before 16; then ops. So a frame is bound to its file,
its place and all that came before it. Nonces are random: one drawn from a position would be used twice after a
torn write or a restored copy.
"""

import os
import struct
from dataclasses import dataclass
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visit_core.errors import Corrupt

MAGIC = b"VISITS\0\2"
VERSION = 2
AES_256_GCM = 1
FRAME_MAGIC = b"VFR1"
TAG_BYTES = 16
NO_TAG = bytes(TAG_BYTES)

_HEADER = struct.Struct("<8sHH16s16sQQQ16sQ16s12s")
HEADER_BYTES = _HEADER.size + TAG_BYTES
_FRAME = struct.Struct("<4sIQ12s")
FRAME_BYTES = _FRAME.size
_BOUND_BYTES = 16  # magic, length and seq
_TEXT = struct.Struct("<B7xQ16s")
TEXT_BYTES = _TEXT.size
MORE = 1
_new = tuple.__new__  # a named tuple's own constructor takes twice as long


class Anchor(NamedTuple):
    """The last commit that is known to have been durable: a store that ends before it is an older copy."""

    generation: int
    seq: int
    tag: bytes


@dataclass(frozen=True, slots=True)
class Header:
    """Which file this is, and of which it is the compaction."""

    file_id: bytes
    salt: bytes
    generation: int
    first_seq: int
    whole_seq: int  # a file that ends before this one is not whole: so far a compaction copied
    parent_id: bytes
    parent: Anchor


class Frame(NamedTuple):
    """An opened frame. `text` holds its ops; `tag` is what the next one names."""

    seq: int
    first_seq: int
    before: bytes
    has_more: bool
    text: bytes
    tag: bytes
    size: int  # bytes on disk


def first_header() -> Header:
    """The header of a new store's log."""
    return Header(os.urandom(16), os.urandom(16), 1, 1, 0, bytes(16), Anchor(0, 0, NO_TAG))


def next_header(old: Header, last: Anchor) -> Header:
    """The header of the log that takes the place of `old`, whose last frame was `last`; seqs go on."""
    return Header(os.urandom(16), os.urandom(16), old.generation + 1, last.seq + 1, last.seq, old.file_id, last)


def seal_header(header: Header, data_key: bytes) -> bytes:
    """The header's bytes."""
    nonce = os.urandom(12)
    plain = _HEADER.pack(
        MAGIC,
        VERSION,
        AES_256_GCM,
        header.file_id,
        header.salt,
        header.generation,
        header.first_seq,
        header.whole_seq,
        header.parent_id,
        header.parent.seq,
        header.parent.tag,
        nonce,
    )
    return plain + _header_cipher(data_key, header.salt, header.file_id).encrypt(nonce, b"", plain)


def open_header(blob: bytes, data_key: bytes) -> Header:
    """The header that begins `blob`; Corrupt if it is damaged, of another key or of a version unknown here."""
    if len(blob) < HEADER_BYTES:
        raise Corrupt(why="short", bytes=len(blob))
    magic, version, suite, file_id, salt, *numbers, parent_id, seq, tag, nonce = _HEADER.unpack_from(blob)
    if (magic, version, suite) != (MAGIC, VERSION, AES_256_GCM):
        raise Corrupt(why="header", version=version)
    try:
        cipher = _header_cipher(data_key, salt, file_id)
        cipher.decrypt(nonce, blob[_HEADER.size : HEADER_BYTES], blob[: _HEADER.size])
    except InvalidTag as refusal:
        raise Corrupt(why="header_seal") from refusal
    generation, first_seq, whole_seq = numbers
    return Header(file_id, salt, generation, first_seq, whole_seq, parent_id, Anchor(generation - 1, seq, tag))


class FrameSeal:
    """Seals and opens the frames of one file."""

    def __init__(self, header: Header, data_key: bytes) -> None:
        self._file_id = header.file_id
        self._cipher = AESGCM(_subkey(data_key, header.salt, b"visits/log" + header.file_id))

    def seal(self, text: bytes, seq: int, first_seq: int, before: bytes, *, has_more: bool) -> bytes:
        """One frame; its tag is the last 16 bytes."""
        nonce = os.urandom(12)
        length = TEXT_BYTES + len(text) + TAG_BYTES
        head = _FRAME.pack(FRAME_MAGIC, length, seq, nonce)
        said = _TEXT.pack(MORE if has_more else 0, first_seq, before) + text
        return head + self._cipher.encrypt(nonce, said, self._file_id + head[:_BOUND_BYTES])

    def opened(self, blob: bytes) -> tuple[int, bytes] | None:
        """Number and text of the frame that begins `blob`, ops from `TEXT_BYTES` on; None if none begins so.

        For readers who need no more: nothing is copied.
        """
        size = frame_size(blob)
        if not FRAME_BYTES + TEXT_BYTES + TAG_BYTES <= size <= len(blob):
            return None
        _magic, _length, seq, nonce = _FRAME.unpack_from(blob)
        try:
            sealed = memoryview(blob)[FRAME_BYTES:size]
            return seq, self._cipher.decrypt(nonce, sealed, self._file_id + blob[:_BOUND_BYTES])
        except InvalidTag:
            return None

    def open(self, blob: bytes | memoryview, at: int = 0) -> Frame | None:
        """The frame at `at`, or None: cut off, changed, or no frame of this file."""
        if at + FRAME_BYTES > len(blob):
            return None
        magic, length, seq, nonce = _FRAME.unpack_from(blob, at)
        end = at + FRAME_BYTES + length
        if magic != FRAME_MAGIC or length < TEXT_BYTES + TAG_BYTES or end > len(blob):
            return None
        bound = self._file_id + bytes(blob[at : at + _BOUND_BYTES])
        try:
            said = self._cipher.decrypt(nonce, blob[at + FRAME_BYTES : end], bound)
        except InvalidTag:
            return None
        flags, first_seq, before = _TEXT.unpack_from(said)
        tag = bytes(blob[end - TAG_BYTES : end])
        return _new(Frame, (seq, first_seq, before, bool(flags & MORE), said[TEXT_BYTES:], tag, end - at))


def frame_size(head: bytes) -> int:
    """How many bytes the frame that begins so takes on disk; 0 if none begins so."""
    if len(head) < FRAME_BYTES or head[:4] != FRAME_MAGIC:
        return 0
    length: int = _FRAME.unpack_from(head)[1]
    return FRAME_BYTES + length


def _header_cipher(data_key: bytes, salt: bytes, file_id: bytes) -> AESGCM:
    return AESGCM(_subkey(data_key, salt, b"visits/log-header" + file_id))


def _subkey(data_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=salt, info=info).derive(data_key)

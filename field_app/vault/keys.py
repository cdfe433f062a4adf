"""The key ring: the store's random data key, wrapped once per slot.

`kek = HKDF(KDF(PIN) ‖ device secret, info = "visits/kek" ‖ store id)`; the wrap is AES-256-GCM whose
associated data is the slot's own header, so a slot's parameters cannot be lowered. The file carries a plain
checksum: a wrong PIN is told from damage without helping a guesser.
"""

import contextlib
import hashlib
import json
import os
from pathlib import Path
from typing import Annotated, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, Field, ValidationError

from field_app.vault.entrusted import Entrusted
from field_app.vault.files import Disk, replace_file
from field_app.vault.kdf import Kdf, KdfCost, derive, has_argon2id
from field_app.vault.pins import pin_bytes
from visit_core.errors import Corrupt, Failed, NotEnrolled, WrongKey

VERSION = 1
Hex = Annotated[str, Field(pattern=r"^([0-9a-f]{2})*$")]


class KeySlot(BaseModel, frozen=True):
    """One way to the data key."""

    kind: Literal["pin"]
    kdf: Kdf
    needs_secret: bool
    nonce: Hex
    wrapped: Hex

    def header(self, store_id: str) -> bytes:
        """What the wrap is bound to, in one canonical form."""
        said = {"v": VERSION, "store": store_id, **self.model_dump(exclude={"wrapped"})}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")


class KeyRing(BaseModel, frozen=True):
    """What `keys.json` holds: nothing in it is secret without a PIN and, usually, the device secret."""

    v: Literal[1] = 1
    store_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    slots: Annotated[tuple[KeySlot, ...], Field(min_length=1)]
    pending: KeySlot | None = None  # the data key that a rotation is going over to
    entrusted: Entrusted | None = None  # the data key, or the pending one, as the organisation can open it
    replaced: Hex | None = None  # the data key, sealed under the pending one

    def unlock(self, pin: str, secret: bytes | None) -> list[bytes]:
        """The data key, and behind it the one that a rotation was going over to; WrongKey if this PIN opens none."""
        slots = [*self.slots, *([self.pending] if self.pending else [])]
        keys = [_unwrap(slot, self.store_id, pin, secret) for slot in slots]
        if None in keys:
            raise WrongKey()
        return [key for key in keys if key is not None]

    def with_pin(self, pin: str, secret: bytes | None, data_key: bytes, cost: KdfCost) -> "KeyRing":
        """The ring with its PIN slot rewritten; the data key, and so the store, stay as they are."""
        slot = _wrap(self.store_id, pin, secret, data_key, cost)
        return self.model_copy(update={"slots": (slot,)})

    def with_pending(self, pin: str, secret: bytes | None, keys: tuple[bytes, bytes], cost: KdfCost) -> "KeyRing":
        """The ring while the store is being sealed under another data key; `keys` are the present one and that.

        What the organisation opens is the pending key, and under it lies the present one: nobody can tell yet
        which of them the log will be under, and whoever has the present one alone learns nothing of the other.
        """
        present, fresh = keys
        slot = _wrap(self.store_id, pin, secret, fresh, cost)
        return self._entrusting(fresh).model_copy(
            update={"pending": slot, "replaced": _seal_replaced(present, fresh, self.store_id)}
        )

    def settled(self, data_key: bytes) -> "KeyRing":
        """The ring once the store is sealed under the pending key, which is `data_key`."""
        return self.at_rest(data_key).model_copy(update={"slots": (self.pending,)})

    def at_rest(self, data_key: bytes) -> "KeyRing":
        """The ring without a rotation under way, the store being sealed under `data_key`."""
        return self._entrusting(data_key).model_copy(update={"pending": None, "replaced": None})

    def recoverable(self, data_key: bytes) -> list[bytes]:
        """The data keys that one knows by the entrusted one: itself, and while a rotation is on the one before."""
        replaced = _open_replaced(self.replaced, data_key, self.store_id) if self.replaced else None
        return [data_key] if replaced is None else [data_key, replaced]

    def _entrusting(self, data_key: bytes) -> "KeyRing":
        entrusted = self.entrusted.resealed(data_key, self.store_id) if self.entrusted else None
        return self.model_copy(update={"entrusted": entrusted})


def new_data_key() -> bytes:
    """A data key nobody else has."""
    return os.urandom(32)


def new_ring(store_id: str, pin: str, secret: bytes | None, cost: KdfCost) -> tuple[KeyRing, bytes]:
    """A ring for a new store, and the data key it guards."""
    data_key = new_data_key()
    slot = _wrap(store_id, pin, secret, data_key, cost)
    return KeyRing(store_id=store_id, slots=(slot,)), data_key


def write_ring(path: Path, ring: KeyRing, disk: Disk) -> None:
    """Keep `ring` durably, with its checksum, and once more beside it."""
    body = ring.model_dump(mode="json", exclude_none=True)
    text = json.dumps({"ring": body, "sha256": _checksum(body)}, indent=1).encode("ascii")
    for place in (path, _copy(path)):
        replace_file(place, text, disk)


def read_ring(path: Path) -> KeyRing:
    """The ring at `path`, or its copy where that is damaged; NotEnrolled if there is none, Corrupt if both are."""
    try:
        return _read_ring(path)
    except Corrupt:
        with contextlib.suppress(Corrupt, NotEnrolled):
            return _read_ring(_copy(path))
        raise


def forget_ring(path: Path) -> None:
    """Take the ring away, and first the copy of it."""
    for place in (_copy(path), path):
        place.unlink(missing_ok=True)


def _copy(path: Path) -> Path:
    return path.with_name("keys.copy.json")


def _read_ring(path: Path) -> KeyRing:
    try:
        text = path.read_bytes()
    except FileNotFoundError as refusal:
        raise NotEnrolled() from refusal
    except OSError as refusal:
        raise Failed(step="read", errno=refusal.errno or 0) from refusal
    try:
        kept = json.loads(text)
        if kept["sha256"] != _checksum(kept["ring"]):
            raise Corrupt(why="checksum", file="keys")
        return KeyRing.model_validate(kept["ring"])
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as refusal:
        raise Corrupt(why="format", file="keys") from refusal


def _checksum(body: object) -> str:
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _wrap(store_id: str, pin: str, secret: bytes | None, data_key: bytes, cost: KdfCost) -> KeySlot:
    kdf = cost.kdf(os.urandom(16), has_argon2id=has_argon2id())
    nonce = os.urandom(12)
    slot = KeySlot(kind="pin", kdf=kdf, needs_secret=secret is not None, nonce=nonce.hex(), wrapped="")
    sealed = AESGCM(_kek(slot, store_id, pin, secret)).encrypt(nonce, data_key, slot.header(store_id))
    return slot.model_copy(update={"wrapped": sealed.hex()})


def _unwrap(slot: KeySlot, store_id: str, pin: str, secret: bytes | None) -> bytes | None:
    if slot.needs_secret and secret is None:
        raise WrongKey(why="secret_missing")
    kek = _kek(slot, store_id, pin, secret if slot.needs_secret else None)
    try:
        return AESGCM(kek).decrypt(bytes.fromhex(slot.nonce), bytes.fromhex(slot.wrapped), slot.header(store_id))
    except (InvalidTag, ValueError):
        return None


def _kek(slot: KeySlot, store_id: str, pin: str, secret: bytes | None) -> bytes:
    material = derive(pin_bytes(pin), slot.kdf) + (secret or b"")
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"visits/kek" + bytes.fromhex(store_id)).derive(material)


def _seal_replaced(present: bytes, fresh: bytes, store_id: str) -> str:
    nonce = os.urandom(12)
    return (nonce + _replacing(fresh, store_id).encrypt(nonce, present, b"")).hex()


def _open_replaced(sealed: str, fresh: bytes, store_id: str) -> bytes | None:
    blob = bytes.fromhex(sealed)
    try:
        return _replacing(fresh, store_id).decrypt(blob[:12], blob[12:], b"")
    except (InvalidTag, ValueError):
        return None


def _replacing(fresh: bytes, store_id: str) -> AESGCM:
    info = b"visits/replaced" + bytes.fromhex(store_id)
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(fresh))

"""The data key, sealed to a key of the organisation: a forgotten PIN or a lost device secret loses nothing.

`X25519(fresh key, organisation's key)`, then `HKDF-SHA256(shared, info = "visits/entrusted" ‖ store id ‖ fresh public
key ‖ organisation's public key)`, then AES-256-GCM. The organisation's half opens it on the server alone, for a
one-time code that an admin gives to the person. Kept beside it: which device this is and where its server is, since the
rest of what the device knows lies behind the PIN.
"""

import os
from typing import Annotated

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import BaseModel, Field

from visit_core.joining import OrganisationKey, SealedKey


class Entrusted(BaseModel, frozen=True):
    """What stands in the key ring for the organisation; none of it is secret."""

    device: str
    server: str
    ca_pem: str | None = None
    organisation_key: OrganisationKey
    sealed: Annotated[SealedKey, Field(repr=False)]

    def resealed(self, data_key: bytes, store_id: str) -> "Entrusted":
        """The same for another data key."""
        return self.model_copy(update={"sealed": seal_to(self.organisation_key, data_key, store_id)})


def seal_file(organisation_key: str, device: str, content: bytes) -> bytes:
    """A device's file as only the organisation can open it: public key 32 · nonce 12 · text and tag."""
    theirs, fresh = bytes.fromhex(organisation_key), X25519PrivateKey.generate()
    mine = fresh.public_key().public_bytes_raw()
    shared = fresh.exchange(X25519PublicKey.from_public_bytes(theirs))
    info = b"visits/rescue" + device.encode("ascii") + mine + theirs
    nonce = os.urandom(12)
    key = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(shared)
    return mine + nonce + AESGCM(key).encrypt(nonce, content, b"")


def seal_to(organisation_key: str, data_key: bytes, store_id: str) -> str:
    """The data key as only the organisation can open it, in hex: public key 32 · nonce 12 · text and tag 48."""
    theirs, fresh = bytes.fromhex(organisation_key), X25519PrivateKey.generate()
    mine = fresh.public_key().public_bytes_raw()
    shared = fresh.exchange(X25519PublicKey.from_public_bytes(theirs))
    info = b"visits/entrusted" + bytes.fromhex(store_id) + mine + theirs
    nonce = os.urandom(12)
    kek = HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(shared)
    return (mine + nonce + AESGCM(kek).encrypt(nonce, data_key, b"")).hex()

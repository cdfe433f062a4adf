"""Opens the data key of a device whose PIN is forgotten, as the device sealed it to the organisation.

Each device is given a public key of its own (X25519). The private half is drawn from the store's key and the device's
name when it is needed and is kept nowhere, so what one device entrusted cannot be brought under another's name.
How a device seals: `field_app/vault/entrusted.py`.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visit_core.errors import NotValid


class Trustee:
    """The organisation's half of a forgotten PIN; `store_key` is the server's key, 32 bytes."""

    def __init__(self, store_key: bytes) -> None:
        self._store_key = store_key

    def key_for(self, device: str) -> str:
        """The public key, in hex, that this device seals its data key to."""
        return _public(self._pair_of(device)).hex()

    def opened(self, device: str, store: str, sealed: str) -> str:
        """The data key, in hex; NotValid if it was sealed by another device, for another store or another server."""
        return self._unsealed(device, b"visits/entrusted" + bytes.fromhex(store), bytes.fromhex(sealed)).hex()

    def opened_file(self, device: str, sealed: bytes) -> bytes:
        """What a device sealed in a file; NotValid if another device did, or for another server, or it was altered."""
        return self._unsealed(device, b"visits/rescue" + device.encode("ascii"), sealed)

    def _unsealed(self, device: str, purpose: bytes, blob: bytes) -> bytes:
        pair = self._pair_of(device)
        theirs, nonce, text = blob[:32], blob[32:44], blob[44:]
        info = purpose + theirs + _public(pair)
        try:
            shared = pair.exchange(X25519PublicKey.from_public_bytes(theirs))
            return AESGCM(_drawn(shared, info)).decrypt(nonce, text, b"")
        except (InvalidTag, ValueError):  # a ValueError is a point of low order
            raise NotValid("sealed_elsewhere", field="sealed") from None

    def _pair_of(self, device: str) -> X25519PrivateKey:
        seed = _drawn(self._store_key, b"field-visits entrusted " + device.encode("ascii"))
        return X25519PrivateKey.from_private_bytes(seed)


def _public(pair: X25519PrivateKey) -> bytes:
    return pair.public_key().public_bytes_raw()


def _drawn(secret: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=info).derive(secret)

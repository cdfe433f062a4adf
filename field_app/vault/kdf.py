"""From a PIN to bytes, slowly on purpose: Argon2id where this machine has it, else scrypt.

The phone's wheels may be cryptography 43 (no Argon2id) or stand on an OpenSSL before 3.2, so the algorithm
is probed by running it. Name and parameters are kept in the slot: another machine derives the same key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pydantic import BaseModel, Field

from visit_core.errors import Failed

KEY_BYTES = 32


class Kdf(BaseModel, frozen=True):
    """One derivation, as a slot records it; the bounds keep a forged slot from eating the memory."""

    name: Literal["argon2id", "scrypt"]
    salt: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    memory_kib: int = Field(default=0, ge=0, le=1 << 20)
    passes: int = Field(default=0, ge=0, le=20)
    lanes: int = Field(default=1, ge=1, le=8)
    log_n: int = Field(default=0, ge=0, le=20)
    block: int = Field(default=8, ge=1, le=16)


@dataclass(frozen=True, slots=True)
class KdfCost:
    """How much a guess costs: RFC 9106's second set of Argon2id, or OWASP's scrypt for low-end phones."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    scrypt_log_n: int = 16

    def kdf(self, salt: bytes, *, has_argon2id: bool) -> Kdf:
        """The derivation for a new slot on this machine."""
        if has_argon2id:
            return Kdf(name="argon2id", salt=salt.hex(), memory_kib=self.memory_kib, passes=self.passes)
        return Kdf(name="scrypt", salt=salt.hex(), log_n=self.scrypt_log_n)


STRONG = KdfCost()


def has_argon2id() -> bool:
    """Whether Argon2id really runs here."""
    probe = Kdf(name="argon2id", salt="00" * 16, memory_kib=8, passes=1)
    try:
        return len(_argon2id(b"probe", probe)) == KEY_BYTES
    except (ImportError, UnsupportedAlgorithm):
        return False


def derive(pin: bytes, kdf: Kdf) -> bytes:
    """The 32 bytes that `pin` gives under `kdf`."""
    try:
        return _DERIVATIONS[kdf.name](pin, kdf)
    except (ImportError, UnsupportedAlgorithm, MemoryError) as refusal:
        raise Failed(step="kdf", kdf=kdf.name) from refusal


def _argon2id(pin: bytes, kdf: Kdf) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # absent before cryptography 44

    argon = Argon2id(
        salt=bytes.fromhex(kdf.salt),
        length=KEY_BYTES,
        iterations=kdf.passes,
        lanes=kdf.lanes,
        memory_cost=kdf.memory_kib,
    )
    return argon.derive(pin)


def _scrypt(pin: bytes, kdf: Kdf) -> bytes:
    return Scrypt(bytes.fromhex(kdf.salt), KEY_BYTES, n=1 << kdf.log_n, r=kdf.block, p=1).derive(pin)


_DERIVATIONS: dict[str, Callable[[bytes, Kdf], bytes]] = {"argon2id": _argon2id, "scrypt": _scrypt}

"""Which PIN or passphrase is worth having (architecture, decision 11)."""

import unicodedata
from itertools import pairwise

from visit_core.errors import NotValid

PIN_DIGITS = 6
PASSPHRASE_CHARACTERS = 10


def check_pin(pin: str, *, has_secret: bool) -> None:
    """Refuse what is guessed at once: with a device secret six digits do, without one it takes a passphrase."""
    told = plain(pin)
    is_long = len(told) >= PASSPHRASE_CHARACTERS
    is_pin = has_secret and len(told) >= PIN_DIGITS and told.isdecimal()
    if not (is_long or is_pin) or _is_obvious(told):
        raise NotValid("weak_pin" if has_secret else "weak_passphrase", field="pin")


def plain(pin: str) -> str:
    """The PIN as it is meant: full-width digits of a Chinese keyboard are the same digits."""
    return unicodedata.normalize("NFKC", pin)


def pin_bytes(pin: str) -> bytes:
    """The PIN as the key derivation takes it; a lone surrogate from the environment passes."""
    return plain(pin).encode("utf-8", "surrogatepass")


def _is_obvious(pin: str) -> bool:
    """One repeated character, or characters that count up or down by one."""
    steps = {ord(after) - ord(before) for before, after in pairwise(pin)}
    return steps in ({0}, {1}, {-1})

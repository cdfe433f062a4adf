"""How a value stands where it need not be read: enough to tell two apart, too little to use."""

from visit_core import phones
from visit_core.fields import Mask

SHOWN_ON_REQUEST: frozenset[Mask] = frozenset({"phone", "email", "secret"})
"""What a rep sees masked until asked for: by name and address alone one finds the door."""


LEAST_TO_VEIL = 11  # signs, so that four at least are hidden
MASK = "****"
"""What stands in the place of the signs that are not shown."""


def veiled(text: str) -> str:
    """A number or mailbox of which one sees how it is written, and not what it says: `010-****5678`."""
    signs = [place for place, sign in enumerate(text) if sign.isalnum()]
    seen = {*signs[:3], *signs[-4:]} if len(signs) >= LEAST_TO_VEIL else set()
    return "".join("*" if sign.isalnum() and place not in seen else sign for place, sign in enumerate(text))


def masked(text: str, mask: Mask) -> str:
    """A number or id as `138****0000`, a mailbox as `o****@example.com`; of what is secret nothing is told."""
    if mask == "secret":
        return MASK
    if mask == "email":
        name, _, host = text.partition("@")
        return f"{name[:1]}{MASK}@{host}"
    return phones.masked(text)

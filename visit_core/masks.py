"""How a value stands where it need not be read: enough to tell two apart, too little to use."""

from visit_core import phones
from visit_core.fields import Mask

SHOWN_ON_REQUEST: frozenset[Mask] = frozenset({"phone", "email", "secret"})
"""What a rep sees masked until asked for: by name and address alone one finds the door."""


MASK = "****"
"""What stands in the place of the signs that are not shown."""


def masked(text: str, mask: Mask) -> str:
    """A number or id as `138****0000`, a mailbox as `o****@example.com`; of what is secret nothing is told."""
    if mask == "secret":
        return MASK
    if mask == "email":
        name, _, host = text.partition("@")
        return f"{name[:1]}{MASK}@{host}"
    return phones.masked(text)

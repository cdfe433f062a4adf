"""How a value stands where it need not be read: enough to tell two apart, too little to use."""

from pydantic import JsonValue

from visit_core import phones
from visit_core.fields import Fields, Mask, Specs

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


def masked_fields(fields: Fields, specs: Specs) -> dict[str, JsonValue]:
    """The fields of a record as they leave without a reason: what is shown on request alone stands masked."""
    return {name: _shown(value, specs[name].asked.masked if name in specs else None) for name, value in fields.items()}


def _shown(value: JsonValue, mask: Mask | None) -> JsonValue:
    if mask not in SHOWN_ON_REQUEST or mask is None or value in (None, "", []):
        return value
    return masked(str(value), mask) if isinstance(value, str) or mask == "secret" else value

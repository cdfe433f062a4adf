"""Where a customer or a company lies: province, city, district and street say one place together."""

from collections.abc import Iterator
from itertools import pairwise

from pydantic import JsonValue

from visit_core.errors import NotValid
from visit_core.fields import Fields

DIVISIONS = (("province", 2), ("city", 4), ("district", 6), ("street", 9))


def apart(fields: Fields) -> Iterator[NotValid]:
    """Each of them that does not lie in the one above it; what is told in words says nothing of that."""
    said = [(name, str(fields[name]), width) for name, width in DIVISIONS if str(fields.get(name) or "").isdigit()]
    for (_, wide, width), (name, narrow, _) in pairwise(said):
        if not narrow.startswith(wide[:width]):
            yield NotValid("division_apart", field=name)


def street_left(before: Fields, given: Fields) -> dict[str, JsonValue]:
    """The street is no longer theirs who moved to another district and named none."""
    moved = "district" in given and given["district"] != before.get("district")
    return {"street": None} if moved and before.get("street") and "street" not in given else {}

"""What everybody is called, read once for a whole list; and values made readable by it."""

from collections.abc import Mapping

from pydantic import JsonValue

from field_app.actions.in_mind import in_mind
from field_app.local_store import LocalStore
from visit_core import phones
from visit_core.fields import FieldSpec
from visit_core.masks import MASK
from visit_core.shapes import Reference

Names = Mapping[str, str]
"""What customers and colleagues are called, by their ids."""


def names_in(store: LocalStore) -> Names:
    """Everybody this device knows, those in the bin too."""
    known = [*in_mind(store, "customer", deleted=True), *in_mind(store, "person", deleted=True)]
    return {view.id: str(view.fields.get("name") or "") for view in known}


def readable(spec: FieldSpec, value: JsonValue, names: Names, *, in_full: bool = False) -> JsonValue:
    """A value without ids in it; a telephone masked, unless it is needed in full."""
    if isinstance(spec.shape, Reference):
        return names.get(str(value)) or value
    if spec.asked.masked == "phone" and isinstance(value, str):
        return phones.shown(value) if in_full else phones.masked(value)
    return MASK if spec.asked.masked == "secret" and value not in (None, "", []) and not in_full else value
